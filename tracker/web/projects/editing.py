"""The form of a project: entering, changing, and what happens when two people change the same one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Response, abort, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import Forbidden
from werkzeug.wrappers import Response as BaseResponse

from ...domain import Project
from ...forms.plausibility import Warning
from ...forms.projects import SECTIONS, ProjectForm, entered, missing_for_publication
from ...forms.units import technologies_of
from ...services import documents, office, projects
from ...services.drafts import Draft
from .. import drafts
from ..access import current_user, requires
from . import conflicts, saving, views
from .choices import known

KEPT_NUMBERS = ("lock_version", "base")


@views.get("/new")
@requires("editor")
def new() -> str:
    """Show an empty form, or what was typed and not saved; the home province is chosen, as most projects are there."""
    draft = drafts.waiting(drafts.NEW)
    if draft is not None and "draft" in request.args:
        return _page(_refilled(None, draft), None, dirty=True)
    form = _form(None, start={"province_code": request.args.get("province") or office.home_province()})
    return _page(form, None, draft=draft)


@views.post("/new")
@requires("editor")
def create() -> BaseResponse:
    """Add a project as a draft."""
    form = _form(None, posted=True)
    return _rows_changed(form, None) or _store(form, None)


@views.get("/<code>/edit")
@requires("editor")
def edit(code: str) -> BaseResponse | str:
    """Show the form of a project's working copy, or what was typed into it and not saved."""
    project = projects.find(code)
    target = projects.redirect_of(code) if project.merged_into_id else project.code
    if target != code:
        return redirect(url_for("projects.edit", code=target), 301)
    draft = drafts.waiting(drafts.key_of(project.code))
    if draft is not None and "draft" in request.args:
        # the version that was opened then: a change made since is a conflict, as it would have been
        opened = {name: int(value) for name, value in draft.pairs if name in KEPT_NUMBERS and value.isdecimal()}
        version, base = (opened.get(name, 0) for name in KEPT_NUMBERS)
        return _page(_refilled(project, draft), project, version=version, base=base, dirty=True)
    form = _form(project, start=entered(documents.full(project)))
    return _page(form, project, version=project.lock_version, base=projects.last_revision(project), draft=draft)


@views.post("/<code>/edit")
@requires("editor")
def save(code: str) -> BaseResponse:
    """Save the working copy, unless somebody else saved meanwhile."""
    project = projects.find(code)
    if project.merged_into_id is not None:
        abort(409)
    form = _form(project, posted=True)
    return _rows_changed(form, project) or _store(form, project)


def _form(
    project: Project | None, *, start: dict[str, Any] | None = None, posted: bool = False
) -> ProjectForm:
    """Return the form as posted, or filled with `start`."""
    return _filled(project, request.form) if posted else _started(project, start or {})


def _refilled(project: Project | None, draft: Draft) -> ProjectForm:
    return _filled(project, MultiDict(draft.pairs))


def _filled(project: Project | None, typed: MultiDict[str, str]) -> ProjectForm:
    province = typed.get("province_code") or None
    technologies = [value for name, value in typed.items() if name.endswith("-technology")]
    chosen = [value for name, value in typed.items() if name.endswith("-target")]
    offers = known(province_code=province, technologies=technologies, chosen=chosen)
    return ProjectForm(typed, known=offers, had_call=_had_call(project))


def _started(project: Project | None, start: dict[str, Any]) -> ProjectForm:
    province = start.get("province_code")
    technologies = [unit["technology"] for unit in start.get("units", ())]
    chosen = [link["target"] for link in start.get("links", ())]
    offers = known(province_code=province, technologies=technologies, chosen=chosen)
    return ProjectForm(known=offers, had_call=_had_call(project), data=start)


def _had_call(project: Project | None) -> bool:
    return project is not None and project.call is not None


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
    action = action if action in saving.ACTIONS else "save"
    if action == "publish" and not _may("approver"):
        raise Forbidden
    if not form.validate():
        return make_response(_page(form, project), 400)
    code = project.code if project is not None else None
    values = conflicts.resolved(form.values(), request.form, project)
    if action != "save":
        missing, doubts = missing_for_publication(values), saving.open_doubts(code, values)
        if missing or doubts:
            return make_response(_page(form, project, missing=missing, doubts=doubts), 400)
    try:
        saved = saving.store(code, values, action, form)
    except projects.EditConflict as conflict:
        assert code is not None  # noqa: S101  only a stored project can be in conflict
        return conflicts.page(code, mine=values, conflict=conflict, form=form)
    drafts.forget(drafts.key_of(code))
    flash(saving.said(action, saved), "warn" if saved.doubts else "good" if saved.changed else "info")
    return redirect(url_for("projects.show", code=saved.code), 303)


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
    doubts: Sequence[Warning] = (),
    changed: str = "",
    draft: Draft | None = None,
    dirty: bool = False,
) -> str:
    return render_template(
        "projects/form.html",
        form=form,
        project=project,
        changed=changed,
        missing=missing or [],
        doubts=doubts,
        reasons=saving.reasons(request.form),
        draft_key=drafts.key_of(project.code if project else None),
        draft_from=drafts.clock(draft.saved_at) if draft else None,
        dirty=dirty or request.method == "POST",
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
