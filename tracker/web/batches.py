"""Changes of many projects at once: what was done, and taking one back."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, abort, flash, make_response, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ..domain.base import STAFF
from ..services import batches, portfolio
from .access import actor, current_user, requires

views = Blueprint("batches", __name__, url_prefix="/batches")


@views.get("")
@requires("viewer")
def index() -> str:
    """List the batches, the latest first."""
    return render_template("batches/index.html", batches=batches.listed(), kinds=_kinds())


@views.get("/<int(max=2147483647):number>")
@requires("viewer")
def show(number: int) -> Response:
    """Show a batch and its projects."""
    return _page(number)


@views.post("/<int(max=2147483647):number>/undo")
@requires("editor")
def undo(number: int) -> Response:
    """Take a batch back as a whole, or say why not."""
    user = current_user()
    try:
        if batches.find(number).publishes and (user is None or not user.may("approver")):
            abort(403)
        batches.undo(number, actor=actor())
    except batches.BatchNotFound:
        abort(404)
    except batches.AlreadyUndone:
        flash(_("This was undone before."), "info")
    except batches.BatchRefused as refusal:
        return _page(number, later=refusal.later, status=409)
    else:
        flash(_("Undone. The projects stand as before."), "good")
    return redirect(url_for("batches.show", number=number), 303)


def _page(number: int, *, later: Sequence[batches.Later] = (), status: int = 200) -> Response:
    try:
        batch = batches.find(number)
    except batches.BatchNotFound:
        abort(404)
    user = current_user()
    may = user is not None and user.may("approver" if batch.publishes else "editor")
    text = render_template(
        "batches/show.html",
        batch=batch,
        later=later,
        kinds=_kinds(),
        may_undo=may and batch.undone_at is None,
        known=portfolio.current(audience=STAFF).by_code,
    )
    return make_response(text, status)


def _kinds() -> dict[str, str]:
    return {"bulk": _("Bulk edit"), "import": _("Import")}
