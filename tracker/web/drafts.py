"""Forms that are kept while somebody types: stored on the server for their author alone."""

from __future__ import annotations

from datetime import datetime

from flask import Blueprint, Response, abort, flash, g, jsonify, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Answer

from ..domain.dates import VIETNAM, today
from ..outputs import formats
from ..services import drafts, projects
from ..services.drafts import Draft
from .access import actor, current_user, requires

views = Blueprint("drafts", __name__, url_prefix="/drafts")
NEW = "new"
_NOT_KEPT = ("csrf_token", "action")


def key_of(code: str | None) -> str:
    """Return the name of the form of a project, or of the form for a new one."""
    return f"edit:{code}" if code else NEW


def waiting(form: str) -> Draft | None:
    """Return what the person of this request typed into a form and did not save."""
    user = current_user()
    return drafts.find(user_id=user.id, form=form) if user else None


def forget(form: str) -> None:
    """Drop the draft of the person of this request, after the form was saved."""
    user = current_user()
    if user is not None:
        drafts.drop(user_id=user.id, form=form)


@views.post("/<form>")
@requires("editor")
def store(form: str) -> Response:
    """Keep what is in a form; answers with the time of day for the person."""
    _check(form)
    pairs = [(name, value) for name, value in request.form.items(multi=True) if name not in _NOT_KEPT]
    try:
        moment = drafts.store(user_id=actor().id or 0, form=form, pairs=pairs)
    except drafts.DraftTooLarge:
        abort(413)
    return jsonify(message=_("Kept as you type, last at %(time)s.", time=clock(moment)))


@views.post("/<form>/discard")
@requires("editor")
def discard(form: str) -> Answer:
    """Drop what was kept and open the form as it stands."""
    _check(form)
    forget(form)
    flash(_("What had not been saved is dropped."), "info")
    code = form.partition(":")[2]
    return redirect(url_for("projects.edit", code=code) if code else url_for("projects.new"), 303)


def clock(moment: datetime) -> str:
    """Return a moment as the hour here, with the day when that is not today."""
    here = moment.astimezone(VIETNAM)
    if here.date() == today():
        return f"{here:%H:%M}"
    return str(formats.datetime_vn(moment, g.lang))


def _check(form: str) -> None:
    """Refuse names of forms that do not exist: 404."""
    kind, _colon, code = form.partition(":")
    if form != NEW and not (kind == "edit" and code and projects.exists(code)):
        abort(404)
