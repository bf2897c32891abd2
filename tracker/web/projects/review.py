"""Asking for review, publishing, returning and withdrawing a project."""

from __future__ import annotations

from flask import flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ...domain import Project
from ...domain.text import tidy
from ...forms.projects import missing_for_publication
from ...services import documents, projects
from ...services.transactions import write
from ..access import actor, requires
from . import views


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


def _answer(code: str, action: str) -> Response:
    """Do one step of the review and go back to the project; refuses what the person has not seen."""
    comment = (tidy(request.form.get("comment")) or "")[:2000] or None
    project = projects.find(code)
    problem = _problem(project, action, comment)
    if problem:
        status, message = problem
        return make_response(
            render_template(
                "projects/refused.html", project=project, message=message, action=action, comment=comment
            ),
            status,
        )
    with write(actor=actor(), action=f"{action} project", reason=comment) as revision:
        project = projects.find(code)
        if action == "submit":
            projects.submit(project)
        elif action == "publish":
            projects.publish(project, revision=revision, note=comment)
        elif action == "return":
            projects.send_back(project, comment=comment or "")
        else:
            projects.withdraw(project, revision=revision)
        code = project.code
    flash(
        {
            "submit": _("Submitted for review."),
            "publish": _("Published. The public page shows this version now."),
            "return": _("Returned to the editor."),
            "withdraw": _("Withdrawn: the public no longer sees this project."),
        }[action],
        "good",
    )
    return redirect(url_for("projects.show", code=code), 303)


def _problem(project: Project, action: str, comment: str | None) -> tuple[int, str] | None:
    """Return the status and words with which a step is refused."""
    seen = request.form.get("seen", type=int)
    if seen is not None and seen != projects.last_revision(project):
        return 409, _("Somebody has changed the project since you opened it. Look at it again first.")
    if action in ("submit", "publish") and missing_for_publication(documents.full(project)):
        return 400, _("A name, a unit and a source are needed before the public may read a project.")
    if action in ("return", "withdraw") and comment is None:
        return 400, _("Write why, so that others understand it later.")
    return None
