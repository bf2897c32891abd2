"""Storing what the form of a project holds: one write block, unless somebody else's change must be seen first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import abort, current_app, request
from flask_babel import gettext as _
from flask_babel import ngettext

from ...domain import Project
from ...domain.dates import utc_now
from ...forms.plausibility import Warning
from ...forms.projects import ProjectForm
from ...services import checks, documents, facts, projects
from ...services.transactions import write
from ..access import actor
from . import conflicts

ACTIONS = ("save", "submit", "publish")
ACCEPT = "accept-"


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a form: the project's code, whether anything changed, how many warnings are open."""

    code: str
    changed: bool
    doubts: int


def reasons(posted: Mapping[str, str]) -> dict[str, str]:
    """Return the reasons for accepting warnings, by the key of the warning."""
    return {
        name.removeprefix(ACCEPT): " ".join(value.split())[:2000]
        for name, value in posted.items()
        if name.startswith(ACCEPT) and value.strip()
    }


def open_doubts(code: str | None, values: dict[str, Any]) -> list[Warning]:
    """Return the warnings about values that are neither accepted already nor in this request."""
    stored = documents.full(projects.find(code))["overrides"] if code else []
    given = reasons(request.form)
    return [
        warning
        for warning in checks.open_doubts(values | {"overrides": stored}, data=data_folder())
        if warning.key not in given
    ]


def store(code: str | None, values: dict[str, Any], action: str, form: ProjectForm) -> Saved:
    """Store the values, and submit or publish the project; raises EditConflict.

    A change that touched nothing the form shows, such as a step of the review, is no conflict.
    """
    expected = request.form.get("lock_version", -1, type=int)
    try:
        return _write(code, values, action, form, expected)
    except projects.EditConflict as conflict:
        base = request.form.get("base", 0, type=int)
        if code is None or not conflicts.nothing_seen_differs(code, values, conflict.theirs, base):
            raise
        return _write(code, values, action, form, conflict.version)


def _write(
    code: str | None, values: dict[str, Any], action: str, form: ProjectForm, expected: int
) -> Saved:
    who, reason, change = actor(), form.reason.data, form.change.form
    values = dict(values)
    with write(actor=who, action="edit project" if code else "add project", reason=reason) as revision:
        project = projects.find(code) if code else None
        if project is not None and not _open(project, action):
            abort(409)
        before = documents.full(project) if project is not None else None
        _sign_links(values["links"], before, who.name)
        if before is not None and not change.mistake.data:
            values["fact_changes"] = facts.note_changes(before, values, **change.values())
        standing = values | {"overrides": before["overrides"] if before else []}
        values["overrides"] = checks.decided(
            standing, reasons=reasons(request.form), name=who.name, data=data_folder()
        )
        project = projects.put(project, values, expected_version=expected if code else None)
        after = documents.full(project)
        if after != before and before is not None and before["review_state"] != "returned":
            project.review_state = "draft"
        if action == "submit":
            projects.submit(project)
        elif action == "publish":
            projects.publish(project, revision=revision, note=reason)
        stored = project.code
    doubts = len(checks.open_doubts(after, data=data_folder()))
    return Saved(stored, after != before or action != "save", doubts)


def _open(project: Project, action: str) -> bool:
    """Return whether the form may do this to a project: merged ones rest, archived ones do not become public."""
    return project.merged_into_id is None and (project.archived_at is None or action == "save")


def said(action: str, saved: Saved) -> str:
    """Return what is told after saving."""
    words = {
        "save": _("The draft is saved. The public page is unchanged until it is published."),
        "submit": _("Saved and submitted for review."),
        "publish": _("Saved and published."),
    }[action]
    if not saved.changed:
        words = _("Nothing was changed.")
    if saved.doubts:
        words += " " + ngettext(
            "%(num)d value is unlikely: see the warnings on this page.",
            "%(num)d values are unlikely: see the warnings on this page.",
            saved.doubts,
        )
    return str(words)


def data_folder() -> Path:
    """Return the folder of the reference data."""
    folder: Path = current_app.config["TRACKER"].data
    return folder


def _sign_links(links: list[dict[str, Any]], before: dict[str, Any] | None, name: str) -> None:
    """Note who decided on each link that is new or points elsewhere than before."""
    old = {link["id"]: link for link in before["links"]} if before else {}
    told = ("entry_id", "allocation_id", "instrument_code", "relation", "unit_ordinal", "mw_share")
    for link in links:
        stored = old.get(link.get("id"))
        if stored is None or any(stored[key] != link[key] for key in told):
            link |= {"decided_by": name, "decided_at": utc_now().isoformat()}
