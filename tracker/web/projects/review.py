"""Asking for review, comparing with what the public reads, publishing, returning, withdrawing and archiving."""

from __future__ import annotations

from flask import flash, g, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ...domain import Project
from ...domain.base import PUBLIC
from ...domain.text import tidy
from ...forms.projects import missing_for_publication
from ...outputs import history as words
from ...services import differences as compare
from ...services import documents, portfolio, projects, versions
from ...services.checks import open_doubts
from ...services.transactions import write
from ..access import actor, requires
from . import views
from .saving import data_folder


@views.get("/<code>/review")
@requires("editor")
def review(code: str) -> Response | str:
    """Show what publishing would change, the public's fields and the office's apart."""
    project = projects.find(code)
    if project.code != code:
        return redirect(url_for("projects.review", code=project.code), 301)
    document = documents.full(project)
    published = projects.published(project)
    related = [relation["code"] for relation in document["relations"]]
    shown = documents.for_public(document, published_codes=projects.published_codes(related))
    changes = compare.between(published.document if published else None, shown, audience=PUBLIC)
    before = projects.recorded(project, published.source_revision) if published else None
    internal = [
        change for change in compare.without_workflow(compare.between(before, document)) if change.audience != PUBLIC
    ]
    speaker = words.Speaker.of(g.lang)
    return render_template(
        "history/review.html",
        project=project,
        published=published,
        published_at=portfolio.recorded_at(published.revision) if published else None,
        groups=words.groups(changes, speaker),
        internal=words.groups(internal, speaker),
        missing=missing_for_publication(document),
        seen=projects.last_revision(project),
        portfolio_revision=portfolio.revision(),
    )


@views.post("/<code>/submit")
@requires("editor")
def submit(code: str) -> Response:
    """Ask for review."""
    return _answer(code, "submit")


@views.post("/<code>/publish")
@requires("approver")
def publish(code: str) -> Response:
    """Publish the working copy that the approver has seen."""
    return _answer(code, "publish")


@views.post("/<code>/return")
@requires("approver")
def send_back(code: str) -> Response:
    """Return the project to its editor with a comment."""
    return _answer(code, "return")


@views.post("/<code>/withdraw")
@requires("approver")
def withdraw(code: str) -> Response:
    """Take the project off the public pages."""
    return _answer(code, "withdraw")


@views.post("/<code>/archive")
@requires("approver")
def archive(code: str) -> Response:
    """Put the project into the archive; nothing of it is deleted."""
    return _answer(code, "archive")


@views.post("/<code>/take-out")
@requires("approver")
def take_out(code: str) -> Response:
    """Bring the project back from the archive as a draft."""
    return _answer(code, "take out")


@views.get("/archived")
@requires("viewer")
def archived() -> str:
    """Show the archive."""
    return render_template(
        "projects/archived.html", projects=versions.archived(), portfolio_revision=portfolio.revision()
    )


class _Refused(Exception):
    """A step that must not be done: the status and the words of the answer."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status, self.message = status, message


def _answer(code: str, action: str) -> Response:
    """Do one step of the review and go back to the project; refuses what the person has not seen."""
    comment = (tidy(request.form.get("comment")) or "")[:2000] or None
    said = "restore" if action == "take out" else action
    try:
        with write(actor=actor(), action=f"{said} project", reason=comment) as revision:
            project = projects.find(code)
            if problem := _problem(project, action, comment):
                raise _Refused(*problem)  # asked here, where nobody else changes it between the answer and the step
            _step(project, action, comment, revision)
            code = project.code
    except _Refused as refused:
        page = render_template(
            "projects/refused.html",
            project=projects.find(code),
            message=refused.message,
            action=action,
            comment=comment,
        )
        return make_response(page, refused.status)
    flash(
        {
            "submit": _("Submitted for review."),
            "publish": _("Published. The public page shows this version now."),
            "return": _("Returned to the editor."),
            "withdraw": _("Withdrawn: the public no longer sees this project."),
            "archive": _("Archived: lists, maps and totals leave it out. It can be brought back at any time."),
            "take out": _("Brought back from the archive as a draft."),
        }[action],
        "good",
    )
    if action == "archive":
        return redirect(url_for("projects.archived"), 303)
    return redirect(url_for("projects.show", code=code), 303)


def _step(project: Project, action: str, comment: str | None, revision: int) -> None:
    if action == "submit":
        projects.submit(project)
    elif action == "publish":
        projects.publish(project, revision=revision, note=comment)
    elif action == "return":
        projects.send_back(project, comment=comment or "")
    elif action == "archive":
        versions.archive(project, reason=comment or "", revision=revision)
    elif action == "take out":
        versions.take_out(project)
    else:
        projects.withdraw(project, revision=revision)


def _problem(project: Project, action: str, comment: str | None) -> tuple[int, str] | None:
    """Return the status and words with which a step is refused."""
    seen = request.form.get("seen", type=int)
    if seen is not None and seen != projects.last_revision(project):
        return 409, _("Somebody has changed the project since you opened it. Look at it again first.")
    if (project.archived_at is not None) != (action == "take out") or project.merged_into_id is not None:
        return 409, _("Somebody has changed the project since you opened it. Look at it again first.")
    if action in ("submit", "publish") and missing_for_publication(documents.full(project)):
        return 400, _("A name, a unit and a source are needed before the public may read a project.")
    if action in ("submit", "publish") and open_doubts(documents.full(project), data=data_folder()):
        return 400, _("Values are unlikely. Correct them, or accept each warning with a reason on the project's page.")
    if action in ("return", "withdraw", "archive") and comment is None:
        return 400, _("Write why, so that others understand it later.")
    return None
