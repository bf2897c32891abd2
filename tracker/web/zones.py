"""The zones of the office's province, for its administrators: another province enters its own."""

from __future__ import annotations

from flask import Blueprint, Response, abort, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from ..domain import Zone
from ..domain.places import ZONE_KINDS
from ..forms.zones import ZoneForm
from ..services import office, portfolio, zones
from ..services.transactions import write
from .access import actor, requires

views = Blueprint("zones", __name__)


@views.get("/settings/zones")
@requires("administrator")
def index() -> str:
    """List the zones by province."""
    return render_template("settings/zones.html", groups=zones.listed(), kinds=ZONE_KINDS)


@views.get("/settings/zones/new")
@requires("administrator")
def new() -> str:
    """Ask for a new zone."""
    return _page(_form(None, data={"province_code": office.home_province()}), None)


@views.post("/settings/zones/new")
@requires("administrator")
def add() -> BaseResponse:
    """Enter a zone."""
    form = _form(None, typed=True)
    if not form.validate():
        return _refused(form, None)
    with write(actor=actor(), action="add zone"):
        zones.put(None, form.values())
    return _done(_("The zone is added."))


@views.get("/settings/zones/<zone_code>")
@requires("administrator")
def edit(zone_code: str) -> str:
    """Show a zone for correcting."""
    zone = _zone(zone_code)
    return _page(_form(zone, data={name: getattr(zone, name) for name in zones.FIELDS}), zone)


@views.post("/settings/zones/<zone_code>")
@requires("administrator")
def change(zone_code: str) -> BaseResponse:
    """Correct a zone; loading the reference data again leaves the correction alone."""
    zone = _zone(zone_code)
    form = _form(zone, typed=True)
    if not form.validate():
        return _refused(form, zone)
    with write(actor=actor(), action="change zone"):
        zones.put(zone_code, form.values())
    return _done(_("The zone is changed."))


def _zone(code: str) -> Zone:
    try:
        return zones.get(code)
    except zones.UnknownZone:
        abort(404)


def _form(zone: Zone | None, *, data: dict[str, object] | None = None, typed: bool = False) -> ZoneForm:
    return ZoneForm(
        request.form if typed else None,
        data=data,
        provinces=portfolio.provinces().values(),
        parents=portfolio.zones().values(),
        code=zone.code if zone is not None else None,
    )


def _page(form: ZoneForm, zone: Zone | None) -> str:
    return render_template("settings/zone.html", form=form, zone=zone)


def _refused(form: ZoneForm, zone: Zone | None) -> Response:
    return make_response(_page(form, zone), 400)


def _done(words: str) -> BaseResponse:
    flash(words, "good")
    return redirect(url_for("zones.index"), 303)
