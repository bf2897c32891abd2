"""The map page and its panel: the same selection as the list, and a view (z, lat, lon) in the address bar."""

from __future__ import annotations

import math
from typing import Any

from flask import abort, current_app, g, make_response, render_template, request, url_for
from flask_babel import gettext as _

from ...domain.dates import today
from ...forms.numbers import write_number
from ...forms.selection import Problem, Selection
from ...services import portfolio
from ..access import audience, everyone
from ..selections import address, from_request
from . import frame, views, words
from . import panel as panels

VIEW = ("z", "lat", "lon")
_BOUNDS = {"z": (3.0, 19.0), "lat": (-85.0, 85.0), "lon": (-180.0, 180.0)}


@views.get("")
@everyone
def index() -> str:
    """Show the map with its filters, legend and list."""
    selection = from_request(also=VIEW, typed=True)
    settings = current_app.config["TRACKER"]
    return render_template(
        "maps/index.html",
        view=_view(),
        frame=frame.country(),
        words=words.for_scripts(),
        measuring=words.for_measuring(),
        tile_url=settings.tile_url,
        tile_attribution=settings.tile_attribution,
        **_context(selection),
    )


@views.get("/panel")
@everyone
def panel() -> str:
    """Return the part of the panel that changes with the selection, as a bare page for the script."""
    return render_template("maps/panel.html", **_context(from_request(also=VIEW, typed=True)))


def _context(selection: Selection) -> dict[str, Any]:
    found = portfolio.current(audience=audience(), as_of=selection.as_of)
    selected = found.select(selection)
    provinces, zones = portfolio.provinces(), portfolio.zones()
    return {
        "selection": selection,
        "selected": selected,
        "totals": selected.totals,
        "sample_data": selected.sample,
        "portfolio_revision": found.revision,
        "as_of": selection.as_of,
        "now_url": address(url_for("maps.index"), selection, as_of=None),
        "today": today().isoformat(),
        "panel": panels.panel(selected, provinces=provinces, lang=g.lang),
        "choices": panels.choices(selection, provinces=provinces, zones=zones, lang=g.lang),
        "kept": panels.kept(selection),
        "query": selection.pairs(page=1),
    }


def _view() -> dict[str, float] | None:
    """Return z, lat and lon of the address, None without them; answers 400 naming what is wrong."""
    values: dict[str, float] = {}
    problems: list[Problem] = []
    for name, (low, high) in _BOUNDS.items():
        raw = request.args.get(name, "")
        if not raw:
            continue
        try:
            value = float(raw)
        except ValueError:
            value = math.nan
        if low <= value <= high:
            values[name] = value
        else:
            bounds = {"low": write_number(low, g.lang), "high": write_number(high, g.lang)}
            problems.append(Problem(name, raw, _("Write a number from %(low)s to %(high)s.", **bounds)))
    if problems:
        abort(make_response(render_template("errors/400.html", error=None, problems=problems), 400))
    return values if len(values) == len(_BOUNDS) else None
