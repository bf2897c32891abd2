"""The form of a project: entering, changing, and what happens when two people change the same one."""

from __future__ import annotations

from typing import Any

from flask import Response, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import Forbidden
from werkzeug.wrappers import Response as BaseResponse

from ...domain import Project
from ...domain.dates import utc_now
from ...forms.projects import SECTIONS, ProjectForm, entered, missing_for_publication
from ...forms.units import technologies_of
from ...services import documents, facts, office, projects
from ...services.transactions import write
from ..access import actor, current_user, requires
from . import conflicts, views
from .choices import known

ACTIONS = ("save", "submit", "publish")


@views.get("/new")
@requires("editor")
def new() -> str:
    """Show an empty form; the home province is chosen, as most projects are there."""
    form = _form(None, start={"province_code": request.args.get("province") or office.home_province()})
    return _page(form, None)


@views.post("/new")
@requires("editor")
def create() -> BaseResponse:
    """Add a project as a draft."""
    form = _form(None, posted=True)
    return _rows_changed(form, None) or _store(form, None)


@views.get("/<code>/edit")
@requires("editor")
def edit(code: str) -> BaseResponse | str:
    """Show the form of a project's working copy."""
    project = projects.find(code)
    if project.code != code:
        return redirect(url_for("projects.edit", code=project.code), 301)
    form = _form(project, start=entered(documents.full(project)))
    return _page(form, project, version=project.lock_version, base=projects.last_revision(project))


@views.post("/<code>/edit")
@requires("editor")
def save(code: str) -> BaseResponse:
    """Save the working copy, unless somebody else saved meanwhile."""
    project = projects.find(code)
    form = _form(project, posted=True)
    return _rows_changed(form, project) or _store(form, project)


def _form(
    project: Project | None, *, start: dict[str, Any] | None = None, posted: bool = False
) -> ProjectForm:
    """Return the form as posted, or filled with `start`."""
    had_call = project is not None and project.call is not None
    if posted:
        province = request.form.get("province_code") or None
        technologies = [value for name, value in request.form.items() if name.endswith("-technology")]
        chosen = [value for name, value in request.form.items() if name.endswith("-target")]
    else:
        start = start or {}
        province = start.get("province_code")
        technologies = [unit["technology"] for unit in start.get("units", ())]
        chosen = [link["target"] for link in start.get("links", ())]
    offers = known(province_code=province, technologies=technologies, chosen=chosen)
    if posted:
        return ProjectForm(request.form, known=offers, had_call=had_call)
    return ProjectForm(known=offers, had_call=had_call, data=start)


def _rows_changed(form: ProjectForm, project: Project | None) -> Response | None:
    """Add or take out a row, or look for plan rows again, and show the form; None when it is to be saved."""
    action = request.form.get("action", "save")
    kind, _space, name = action.partition(" ")
    if kind == "add" and name in SECTIONS:
        form.add_row(name)
    elif kind == "remove":
        form.remove_row(name)
    elif action != "refresh":
        return None
    return make_response(_page(form, project, changed=name.rpartition("-")[0] or name))


def _store(form: ProjectForm, project: Project | None) -> BaseResponse:
    action = request.form.get("action", "save")
    action = action if action in ACTIONS else "save"
    if action == "publish" and not _may("approver"):
        raise Forbidden
    if not form.validate():
        return make_response(_page(form, project), 400)
    values = form.values()
    missing = missing_for_publication(values) if action != "save" else []
    if missing:
        return make_response(_page(form, project, missing=missing), 400)
    code = project.code if project is not None else None
    try:
        values = conflicts.resolved(values, request.form, project)
        stored, changed = _write(code, values, action, form)
    except projects.EditConflict as conflict:
        assert code is not None  # noqa: S101  only a stored project can be in conflict
        return conflicts.page(code, mine=values, theirs=conflict.theirs, form=form)
    flash(_said(action, changed), "good" if changed else "info")
    return redirect(url_for("projects.show", code=stored), 303)


def _write(code: str | None, values: dict[str, Any], action: str, form: ProjectForm) -> tuple[str, bool]:
    """Store the values; returns the code and whether anything changed."""
    who, reason, change = actor(), form.reason.data, form.change.form
    expected = request.form.get("lock_version", -1, type=int)
    with write(actor=who, action="edit project" if code else "add project", reason=reason) as revision:
        project = projects.find(code) if code else None
        before = documents.full(project) if project is not None else None
        _sign_links(values["links"], before, who.name)
        if before is not None and not change.mistake.data:
            values = values | {"fact_changes": facts.note_changes(before, values, **change.values())}
        project = projects.put(project, values, expected_version=expected if code else None)
        changed = documents.full(project) != before
        if changed and before is not None and before["review_state"] != "returned":
            project.review_state = "draft"
        if action == "submit":
            projects.submit(project)
        elif action == "publish":
            projects.publish(project, revision=revision, note=reason)
        stored = project.code
    return stored, changed or action != "save"


def _sign_links(links: list[dict[str, Any]], before: dict[str, Any] | None, name: str) -> None:
    """Note who decided on each link that is new or points elsewhere than before."""
    old = {link["id"]: link for link in before["links"]} if before else {}
    told = ("entry_id", "allocation_id", "instrument_code", "relation", "unit_ordinal", "mw_share")
    for link in links:
        stored = old.get(link.get("id"))
        if stored is None or any(stored[key] != link[key] for key in told):
            link |= {"decided_by": name, "decided_at": utc_now().isoformat()}


def _said(action: str, changed: bool) -> str:
    if not changed:
        return str(_("Nothing was changed."))
    return str(
        {
            "save": _("The draft is saved. The public page is unchanged until it is published."),
            "submit": _("Saved and submitted for review."),
            "publish": _("Saved and published."),
        }[action]
    )


def _may(role: str) -> bool:
    user = current_user()
    return user is not None and user.may(role)


def _page(
    form: ProjectForm,
    project: Project | None,
    *,
    version: int | None = None,
    base: int | None = None,
    missing: list[str] | None = None,
    changed: str = "",
) -> str:
    return render_template(
        "projects/form.html",
        form=form,
        project=project,
        changed=changed,
        missing=missing or [],
        technologies_of=technologies_of,
        lock_version=version if version is not None else request.form.get("lock_version", type=int),
        base=base if base is not None else request.form.get("base", type=int),
        may_publish=_may("approver"),
    )


@views.errorhandler(CSRFError)
@views.errorhandler(Forbidden)
def keep_what_was_typed(error: CSRFError | Forbidden) -> BaseResponse:
    """Give a form back whose sender was signed out meanwhile: nothing of it is stored or lost."""
    if request.endpoint not in ("projects.create", "projects.save"):
        return _ordinary(error)
    if current_user() is None:
        return make_response(render_template("projects/signed_out.html", pairs=_posted()), error.code or 403)
    if isinstance(error, Forbidden) or not _may("editor"):
        return _ordinary(error)
    project = projects.find(request.view_args["code"]) if request.view_args else None
    flash(_("The form had become too old to be accepted. Everything is still here: save it again."), "warn")
    return make_response(_page(_form(project, posted=True), project), 400)


def _ordinary(error: CSRFError | Forbidden) -> BaseResponse:
    return make_response(render_template(f"errors/{error.code}.html", error=error), error.code or 403)


def _posted() -> list[tuple[str, str]]:
    """Return what the form held, without the token that no longer counts."""
    return [(name, value) for name, value in request.form.items(multi=True) if name != "csrf_token"]
