"""The history of one project: its versions, what each changed, any two side by side, and bringing one back."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, g, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ...domain import Project
from ...domain.base import STAFF
from ...domain.text import tidy
from ...forms.selection import Selection
from ...outputs import history as words
from ...services import differences as compare
from ...services import documents, history, portfolio, projects, rows, versions
from ...services.transactions import write
from ..access import actor, requires
from . import views
from .page import render

PAGE = 20
OFFERED = 100
"""Versions that the form for comparing two offers; older ones are compared from their own page."""


@views.get("/<code>/history", endpoint="history")
@requires("viewer")
def history_of(code: str) -> Response | str:
    """Show the versions of a project with what each changed, the latest first."""
    project = projects.find(code)
    if project.code != code:
        return redirect(url_for("projects.history", code=project.code), 301)
    found = history.versions(project.id, before=_number("before"), limit=PAGE + 1)
    shown = found[:PAGE]
    speaker = words.Speaker.of(g.lang)
    # one more is read than shown, so that the oldest shown has its predecessor at hand
    changed = history.changes_of(project.id, shown)
    return render_template(
        "history/project.html",
        project=project,
        versions=shown,
        changes={number: words.groups(changes, speaker) for number, changes in changed.items()},
        first=shown[-1].revision if shown and len(found) <= PAGE else None,
        latest=projects.last_revision(project),
        offered=history.versions(project.id, limit=OFFERED),
        older_url=url_for("projects.history", code=code, before=shown[-1].revision) if len(found) > PAGE else None,
        newest_url=url_for("projects.history", code=code) if request.args.get("before") else None,
        said=lambda code: words.action(code, g.lang),
        portfolio_revision=portfolio.revision(),
    )


@views.get("/<code>/versions/<int(max=2147483647):revision>")
@requires("viewer")
def version(code: str, revision: int) -> str:
    """Show a project as a revision recorded it."""
    project, document, found = _recorded(code, revision)
    row = rows.row_of(project.id, document, revision=revision, provinces={})
    moment = {"revision": revision, "recorded_at": found.at.isoformat(), "number": found.publication}
    return render(
        row,
        document | moment,
        portfolio.current(audience=STAFF),
        Selection(),
        version=found,
        latest=revision == projects.last_revision(project),
    )


@views.get("/<code>/differences")
@requires("viewer")
def differences(code: str) -> Response | str:
    """Show what two recorded versions say differently: `from` and `to` are revisions, `to` the latest without."""
    project = projects.find(code)
    latest = projects.last_revision(project)
    older, newer = _number("from"), _number("to") or latest
    if older is None:
        return redirect(url_for("projects.history", code=project.code), 303)
    if older > newer:
        older, newer = newer, older
    (_one, old, first), (_two, new, second) = _recorded(code, older), _recorded(code, newer)
    return render_template(
        "history/differences.html",
        project=project,
        first=first,
        second=second,
        latest=latest,
        groups=words.groups(compare.between(old, new), words.Speaker.of(g.lang)),
        portfolio_revision=portfolio.revision(),
    )


@views.get("/<code>/versions/<int(max=2147483647):revision>/restore")
@requires("editor")
def restoring(code: str, revision: int) -> Response:
    """Show what restoring a version would change, before anything is changed."""
    return _preview(code, revision)


@views.post("/<code>/versions/<int(max=2147483647):revision>/restore")
@requires("editor")
def restore(code: str, revision: int) -> Response:
    """Bring an earlier version back as a new revision of the working copy."""
    project, document, _found = _recorded(code, revision)
    reason = (tidy(request.form.get("reason")) or "")[:2000]
    if not reason:
        return _preview(code, revision, problem=_("Write why, so that others understand it later."), status=400)
    if request.form.get("seen", type=int) != projects.last_revision(project):
        return _preview(
            code,
            revision,
            problem=_("Somebody has changed the project since you opened it. Look at it again first."),
            status=409,
        )
    try:
        with write(actor=actor(), action="restore version", reason=f"{revision}: {reason}"):
            stored = versions.restore(projects.find(code), document).code
    except versions.CannotRestore:
        return _preview(code, revision, status=409)
    flash(_("The version is restored as a new draft. The public page is unchanged until it is published."), "good")
    return redirect(url_for("projects.show", code=stored), 303)


def _preview(code: str, revision: int, *, problem: str = "", status: int = 200) -> Response:
    project, document, found = _recorded(code, revision)
    speaker = words.Speaker.of(g.lang)
    missing: list[words.Line] = []
    try:
        versions.restorable(project, document)
    except versions.CannotRestore as error:
        missing = [
            words.Line(compare.title_of(section, field)[g.lang], speaker.value(section, field, value), "")
            for section, field, value in error.missing
        ]
    changes = compare.without_workflow(compare.between(documents.full(project), document))
    return make_response(
        render_template(
            "history/restore.html",
            project=project,
            version=found,
            groups=words.groups(changes, speaker),
            missing=missing,
            problem=problem,
            reason=request.form.get("reason", ""),
            seen=projects.last_revision(project),
            archived=project.archived_at is not None,
            portfolio_revision=portfolio.revision(),
        ),
        status,
    )


def _number(name: str) -> int | None:
    """Return a revision of the address; None for anything that cannot be one."""
    value = request.args.get(name, type=int)
    return value if value is not None and 0 < value < 2**31 else None


def _recorded(code: str, revision: int) -> tuple[Project, dict[str, Any], history.Version]:
    """Return a project with the document and origin of a recorded version; answers 404 without one."""
    project = projects.find(code)
    document = projects.recorded(project, revision)
    found = history.version(project.id, revision)
    if document is None or found is None:
        abort(404)
    return project, document, found
