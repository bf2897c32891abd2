"""Projects that may be the same: shown while somebody types and after saving, with the reasons in words."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response, flash, g, jsonify, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Answer

from ...domain.base import STAFF
from ...domain.text import tidy
from ...forms.numbers import read_number
from ...outputs import formats, phrases
from ...services import duplicates, portfolio, projects
from ...services.duplicates import Candidate, Probe
from ...services.rows import Row
from ...services.transactions import write
from ..access import actor, requires
from . import views


@dataclass(frozen=True, slots=True)
class Lookalike:
    """A project that may be the same, in words."""

    code: str
    name: str
    size: str
    reasons: list[str]
    url: str


@views.get("/duplicates.json")
@requires("editor")
def lookalikes() -> Response:
    """Answer what may be the project being typed; numbers as they are typed."""
    asked = request.args
    probe = Probe(
        name=(asked.get("name") or "")[:300],
        lat=_number("lat", -90, 90),
        lon=_number("lon", -180, 180),
        capacity_mw=_number("mw", 0, 1_000_000),
        technologies=asked.getlist("technology")[:60],
        investors=[name[:300] for name in asked.getlist("investor")[:60]],
        province_code=asked.get("province") or None,
        code=(asked.get("except") or "").upper() or None,
    )
    folio = portfolio.current(audience=STAFF)
    own = folio.by_code.get(probe.code) if probe.code else None
    apart = duplicates.told_apart(own.id) if own else frozenset()
    found = [_worded(candidate) for candidate in duplicates.candidates(folio, probe, but=apart)]
    return jsonify(
        [{"code": f.code, "name": f.name, "size": f.size, "reasons": f.reasons, "url": f.url} for f in found]
    )


@views.post("/<code>/not-duplicate")
@requires("editor")
def not_duplicate(code: str) -> Answer:
    """Record that two projects that look alike are not the same."""
    one, other = projects.find(code), projects.find(request.form.get("other", ""))
    reason = (tidy(request.form.get("reason")) or "")[:2000] or None
    if one.id != other.id:
        ids, who = (one.id, other.id), actor()
        with write(actor=who, action="tell projects apart", reason=reason):
            duplicates.tell_apart(project_id=ids[0], other_id=ids[1], name=who.name, reason=reason)
        flash(_("Noted: these are two projects. They are not shown as alike any more."), "good")
    return redirect(url_for("projects.show", code=code), 303)


def of_row(row: Row) -> list[Lookalike]:
    """Return what may be the same as a stored project."""
    return [_worded(found) for found in duplicates.of_project(portfolio.current(audience=STAFF), row)]


def _worded(found: Candidate) -> Lookalike:
    row = found.row
    reasons = []
    if found.name >= duplicates.LEAST:
        percent = formats.quantity(round(found.name * 100), "percent", g.lang)
        reasons.append(_("names alike by %(percent)s", percent=percent))
    if found.km is not None and found.km <= duplicates.NEAR_KM:
        reasons.append(_("%(km)s away", km=formats.quantity(found.km, "km", g.lang)))
    if found.same_size:
        reasons.append(_("same size within 10 %"))
    if found.same_investor:
        reasons.append(_("same investor"))
    if found.same_technology:
        reasons.append(_("same technology"))
    if found.same_province:
        reasons.append(_("same province"))
    return Lookalike(
        row.code,
        row.name(g.lang),
        ", ".join(phrases.size(row, g.lang)),
        reasons,
        url_for("projects.show", code=row.code),
    )


def _number(name: str, low: float, high: float) -> float | None:
    """Return a number of the address; what is not readable yet is not told yet."""
    try:
        return read_number(request.args.get(name, ""), g.lang, low=low, high=high)
    except ValueError:
        return None
