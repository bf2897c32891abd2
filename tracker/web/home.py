"""The home page, the reader's choice of size and contrast, and what every page says of the office."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, current_app, g, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Answer

from ..domain.technologies import FAMILIES, TECHNOLOGIES
from ..forms.selection import Problem, Selection
from ..outputs import files, phrases
from ..services import office, plans, portfolio
from ..services.portfolio import Portfolio
from ..services.selecting import Totals
from . import freshness
from .access import audience, everyone
from .redirects import local
from .selections import from_request

views = Blueprint("home", __name__)

SIZES = ("s", "m", "l")
CONTRASTS = ("normal", "high")


@dataclass(frozen=True, slots=True)
class Display:
    """How the reader wants pages to look."""

    size: str
    contrast: str


@dataclass(frozen=True, slots=True)
class Tile:
    """A family of technologies with what the portfolio has of it."""

    family: Any
    asked: tuple[str, ...]
    totals: Totals


@dataclass(frozen=True, slots=True)
class Free:
    """What the latest plan leaves for the home province: MW of generation, and for each technology."""

    province: Any
    short: str
    mw: float
    parts: tuple[tuple[Any, float], ...]
    last_year: str


@views.app_context_processor
def office_and_display() -> dict[str, Any]:
    """Return what the frame of every page needs."""
    size, contrast = request.cookies.get("size", ""), request.cookies.get("contrast", "")
    chosen = Display(size if size in SIZES else "m", contrast if contrast in CONTRASTS else "normal")
    profile = office.profile(g.get("lang", "vi"))
    return {"office": profile, "office_name": profile.name, "display": chosen}


@views.get("/")
@everyone
def index() -> Response:
    """Show what is on offer, what the plan leaves, what runs, and the ways in."""
    from_request()
    folio = portfolio.current(audience=audience())
    moment = portfolio.recorded_at(folio.revision)
    return freshness.page(lambda: _render(folio), revision=folio.revision, recorded_at=moment)


def _render(folio: Portfolio) -> str:
    everything = folio.select(Selection())
    found = [_tile(family, folio) for family in FAMILIES]
    stamp = files.context(Selection(), folio, lang=g.lang)
    return render_template(
        "home/index.html",
        calling=folio.select(Selection(calling=True)).totals,
        operating=folio.select(Selection(status=("operating",))).totals,
        everything=everything.totals,
        placed=everything.totals.projects - everything.totals.without_place,
        free=_free(folio),
        tiles=[tile for tile in found if tile.totals.projects],
        sizes=lambda sums: phrases.totals(sums, g.lang)[1:],
        home=portfolio.provinces().get(office.home_province()),
        licences=stamp.licences(everything),
        sample_data=everything.sample,
        portfolio_revision=folio.revision,
        as_of=stamp.day,
    )


def _tile(family: Any, folio: Portfolio) -> Tile:
    """Return a family on its own: a family within it has its own tile."""
    asked = family.members if family.together else (family.code,)
    return Tile(family, asked, folio.select(Selection(technology=asked)).totals)


def _free(folio: Portfolio) -> Free | None:
    """Return what the latest plan leaves for the home province; None when no plan allots anything to it.

    A technology over its allocation takes nothing from another, so only what is left counts.
    """
    code = office.home_province()
    province, instrument = portfolio.provinces().get(code), plans.default_instrument()
    if province is None or instrument is None:
        return None
    found = plans.left(province_code=code, portfolio=folio, instrument_code=instrument.code)
    generation = {t: p for t, p in found.items() if TECHNOLOGIES[t].counts_as == "generation"}
    if not generation:
        return None
    parts = [
        (TECHNOLOGIES[t], round(sum(max(mw, 0.0) for mw in p.values()), 6)) for t, p in generation.items()
    ]
    parts = sorted((part for part in parts if part[1]), key=lambda part: -part[1])
    years = sorted({period[-4:] for p in generation.values() for period in p})
    return Free(
        province,
        phrases.instrument(instrument.code, g.lang),
        round(sum(mw for _, mw in parts), 6),
        tuple(parts),
        years[-1],
    )


@views.get("/display")
@everyone
def display() -> Answer:
    """Remember size and contrast for a year, and go back to the page."""
    asked = {"size": (request.args.get("size", ""), SIZES), "contrast": (request.args.get("contrast", ""), CONTRASTS)}
    problems = [
        Problem(name, value, _("Choose one of: %(codes)s.", codes=", ".join(allowed)))
        for name, (value, allowed) in asked.items()
        if value and value not in allowed
    ]
    if problems:
        return make_response(render_template("errors/400.html", error=None, problems=problems), 400)
    answer = redirect(local(request.args.get("next"), url_for("home.index")), 303)
    secure = current_app.config["TRACKER"].secure_cookies
    for name, (value, _allowed) in asked.items():
        if value:
            answer.set_cookie(name, value, max_age=365 * 86400, samesite="Lax", httponly=True, secure=secure)
    return answer


@views.get("/favicon.ico")
@everyone
def favicon() -> Answer:
    """Send browsers that ask for the old name to the icon."""
    return redirect(url_for("static", filename="img/favicon.svg"), 301)


@views.get("/robots.txt")
@everyone
def robots() -> Response:
    """Tell search engines what to leave alone: endless filters, forms and files."""
    lines = (
        "User-agent: *",
        "Disallow: /display",
        "Disallow: /sign-in",
        "Disallow: /projects?",
        "Disallow: /map/",
    )
    return Response("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
