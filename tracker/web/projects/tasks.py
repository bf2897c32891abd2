"""Small things recorded without opening the whole form: a next action, a step of the procedure, a date of a change."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response
from wtforms import Form
from wtforms.fields import SelectChoice

from ...domain import Project
from ...domain.dates import today
from ...forms.actions import ActionForm
from ...forms.facts import ChangeForm
from ...forms.milestones import StepForm
from ...services import actions, documents, facts, procedure, projects
from ...services.transactions import write
from ..access import actor, requires
from ..redirects import local
from . import views

Document = dict[str, Any]


@views.get("/<code>/action")
@requires("editor")
def action(code: str) -> str:
    """Show the form of a next action, new or the one that `id` names."""
    project, number = projects.find(code), _number()
    start: Document = {}
    if number is not None:
        known = _action(project, number)
        start = {name: getattr(known, name) for name in ("text", "assignee_id")}
        start["due"] = known.due.isoformat() if known.due else None
        start["assignee"] = None if known.assignee_id else known.assignee
    else:
        start["assignee_id"] = request.args.get("who", type=int)
    return _page(project, ActionForm(people=actions.people(), data=start), "action", number)


@views.post("/<code>/action")
@requires("editor")
def record_action(code: str) -> Response:
    """Add or change a next action, tick it off or open it again."""
    project, number = projects.find(code), _number()
    step = request.form.get("do", "save")
    form = ActionForm(request.form, people=actions.people())
    if number is not None:
        _action(project, number)
    if step not in ("done", "reopen"):
        if not form.validate():
            return make_response(_page(project, form, "action", number), 400)
        with write(actor=actor(), action="record action"):
            actions.put(projects.find(code), number, **form.values())
    elif number is None:
        abort(404)
    else:
        with write(actor=actor(), action="record action"):
            actions.finish(projects.find(code), number, on=today() if step == "done" else None)
    flash({"done": _("Done."), "reopen": _("Open again.")}.get(step) or _("The next action is recorded."), "good")
    return _back(code, "next-actions")


@views.get("/<code>/step")
@requires("editor")
def step(code: str) -> str:
    """Show the form of a step of the procedure, new or the one that `id` names."""
    project, number = projects.find(code), _number()
    document = documents.full(project)
    start = _part(document, "milestones", number) or {"stage": request.args.get("stage")}
    return _page(project, _offered(StepForm(data=start), document), "step", number)


@views.post("/<code>/step")
@requires("editor")
def record_step(code: str) -> Response:
    """Record a step; what somebody else saved meanwhile is shown first."""
    project, number = projects.find(code), _number()
    document = documents.full(project)
    _part(document, "milestones", number)
    form = _offered(StepForm(request.form), document)
    if not form.validate():
        return make_response(_page(project, form, "step", number), 400)
    return _stored(
        project,
        form,
        "step",
        number,
        lambda found: {"milestones": procedure.with_step(found, number, form.values())},
    )


@views.get("/<code>/change")
@requires("editor")
def change(code: str) -> str:
    """Show the form that dates a change of status or capacity; `id` names the change."""
    project, number = projects.find(code), _number()
    document = documents.full(project)
    start = _part(document, "fact_changes", number)
    return _page(project, _sourced(ChangeForm(data=start or {}), document), "change", number)


@views.post("/<code>/change")
@requires("editor")
def date_change(code: str) -> Response:
    """Store since when a change holds and who says so, or forget one that only corrected a mistake."""
    project, number = projects.find(code), _number()
    document = documents.full(project)
    if _part(document, "fact_changes", number) is None or number is None:
        abort(404)
    form = _sourced(ChangeForm(request.form), document)
    if not form.validate():
        return make_response(_page(project, form, "change", number), 400)
    mistake = bool(form.mistake.data)

    def values(found: Document) -> Document:
        if mistake:
            return {"fact_changes": facts.drop_change(found, number)}
        return {"fact_changes": facts.date_change(found, number, **form.values())}

    return _stored(project, form, "change", number, values)


def _stored(project: Project, form: Form, kind: str, number: int | None, values: Any) -> Response:
    """Write the sections that `values` makes of the document as it stands, unless it changed since it was shown."""
    code, seen = project.code, request.form.get("lock_version", -1, type=int)
    try:
        with write(actor=actor(), action="record step" if kind == "step" else "record fact"):
            found = projects.find(code)
            before = documents.full(found)
            projects.put(found, values(before), expected_version=seen)
            if documents.full(found) != before and before["review_state"] != "returned":
                found.review_state = "draft"
    except (projects.EditConflict, LookupError):
        project = projects.find(code)
        flash(_("Somebody has changed the project since you opened it. Look at it again, then save."), "warn")
        return make_response(_page(project, form, kind, number), 409)
    flash(_("Recorded. The public page is unchanged until it is published."), "good")
    return _back(code, "steps" if kind == "step" else "facts")


def _page(project: Project, form: Form, kind: str, number: int | None) -> str:
    document = documents.full(project)
    return render_template(
        "projects/task.html",
        project=project,
        form=form,
        kind=kind,
        number=number,
        shown=_part(document, "fact_changes", number) if kind == "change" and number else None,
        back=_target(project.code),
    )


def _offered(form: StepForm, document: Document) -> StepForm:
    form.offer(document["documents"])
    return form


def _sourced(form: ChangeForm, document: Document) -> ChangeForm:
    form.source_ordinal.choices = [
        SelectChoice("", _("Not stated")),
        *(SelectChoice(str(s["ordinal"]), f"{s['ordinal']} · {s['citation'][:80]}") for s in document["sources"]),
    ]
    return form


def _action(project: Project, number: int) -> Any:
    try:
        return actions.find(project, number)
    except actions.ActionNotFound:
        abort(404)


def _part(document: Document, section: str, number: int | None) -> Document | None:
    """Return the part of that number; 404 when it is not there, None without a number."""
    if number is None:
        return None
    found: Document | None = next((item for item in document[section] if item["id"] == number), None)
    return found or abort(404)


def _number() -> int | None:
    """Return the number of the record in question; an unreadable one is none of the project's."""
    given = request.values.get("id") or None
    if given is None:
        return None
    return int(given) if given.isascii() and given.isdigit() and len(given) < 12 else abort(404)


def _target(code: str) -> str:
    return local(request.values.get("next"), url_for("projects.show", code=code))


def _back(code: str, fragment: str) -> Response:
    target = _target(code)
    return redirect(target if "#" in target or request.form.get("next") else f"{target}#{fragment}", 303)
