"""Two people changed one project: both versions field by field, and the choice between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import g, make_response, render_template, request
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from ...domain import Project
from ...domain.dates import utc_now
from ...forms import conflicts
from ...forms.projects import ProjectForm
from ...outputs import formats
from ...services import documents, history, projects
from ..access import actor
from . import words

CHOOSE = "choose-"


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference in words."""

    path: str
    label: str
    mine: list[str]
    theirs: list[str]
    choice: str


def page(code: str, *, mine: dict[str, Any], conflict: projects.EditConflict, form: ProjectForm) -> Response:
    """Answer 409 with both versions; whoever saved last chooses per field and saves again."""
    project = projects.find(code)
    base = projects.recorded(project, request.form.get("base", 0, type=int)) or {}
    found = [_worded(difference) for difference in conflicts.differences(mine, conflict.theirs, base)]
    kept = [
        (name, value)
        for name, value in request.form.items(multi=True)
        if name not in ("csrf_token", "lock_version", "base", "action") and not name.startswith(CHOOSE)
    ]
    latest = next(iter(history.versions(project.id)), None)
    return make_response(
        render_template(
            "projects/conflict.html",
            project=project,
            differences=found,
            kept=kept,
            lock_version=conflict.version,
            base=conflict.revision,
            action=request.form.get("action", "save"),
            latest=latest,
            latest_at=formats.datetime_vn(latest.at, g.lang) if latest else "",
            me=actor().name,
            now=formats.datetime_vn(utc_now(), g.lang),
        ),
        409,
    )


def resolved(values: dict[str, Any], posted: MultiDict[str, str], project: Project | None) -> dict[str, Any]:
    """Return the values with the other person's where those were chosen."""
    choices = {name.removeprefix(CHOOSE): value for name, value in posted.items() if name.startswith(CHOOSE)}
    if project is None or not choices:
        return values
    return conflicts.resolved(values, documents.full(project), choices)


def nothing_seen_differs(code: str, values: dict[str, Any], theirs: dict[str, Any], base: int) -> bool:
    """Return whether all that the form shows is still as it was at revision `base`: then nobody is overwritten."""
    before = projects.recorded(projects.find(code), base)
    if before is None:
        return False
    return not conflicts.differences({name: before[name] for name in values if name in before}, theirs, before)


def _worded(found: conflicts.Difference) -> Difference:
    if found.row is None:
        return Difference(
            found.path, words.label(found.name), words.lines(found.name, found.mine),
            words.lines(found.name, found.theirs), found.choice,
        )
    label = words.heading(found.name, found.row)
    if found.field is not None:
        mine, theirs = (
            [words.word(found.field, value) or formats.unknown(g.lang)] for value in (found.mine, found.theirs)
        )
        label = f"{label} · {words.field_label(found.name, found.field)}"
        return Difference(found.path, label, mine, theirs, found.choice)
    absent = [str(_("(not there)"))]
    mine, theirs = (
        [words.row(found.name, value)] if value is not None else absent for value in (found.mine, found.theirs)
    )
    return Difference(found.path, label, mine, theirs, found.choice)
