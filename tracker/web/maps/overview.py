"""The picture of the home page: the provinces, both archipelagos by name, a dot for each published place."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from xml.sax.saxutils import escape

from ...domain.technologies import FAMILIES
from ...geo import layers
from ...geo.frames import family_of, spots_of
from ...services.portfolio import Portfolio
from ...services.rows import Row
from .inset import WIDTH, height, outlines, place_of

_FINE = 0.2  # of the 132 units of width: a third of a pixel on a telephone


def overview(folio: Portfolio, lang: str) -> bytes:
    """Return the SVG of a portfolio of published versions in `lang`, made once for each revision."""
    return folio.once(f"overview_{lang}", lambda known: _picture(known.rows, lang))


def _picture(rows: Sequence[Row], lang: str) -> bytes:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height():.0f}">'
        f'<rect width="100%" height="100%" fill="#dfe8ee"/>'
        f'<path d="{_land()}" fill="#f7f5ee" stroke="#8593a0" stroke-width=".25"/>'
        f"{_names(lang)}{_dots(rows)}</svg>"
    ).encode()


@cache
def _land() -> str:
    return outlines(_FINE)


def _dots(rows: Sequence[Row]) -> str:
    """Return a dot for each place, grouped by the colour of its family; nothing that a person entered."""
    found: dict[str, set[str]] = {}
    for row in rows:
        for lon, lat, _accuracy in spots_of(row):
            x, y = place_of(lon, lat)
            found.setdefault(family_of(row), set()).add(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="1"/>')
    return "".join(
        f'<g fill="{FAMILIES[family].colour}" stroke="#ffffff" stroke-width=".25">{"".join(sorted(dots))}</g>'
        for family, dots in sorted(found.items())
        if family in FAMILIES
    )


def _names(lang: str) -> str:
    parts = []
    for feature in layers.collection("islands")["features"]:
        told = feature["properties"]
        x, y = place_of(*feature["geometry"]["coordinates"])
        around = ((-3, -1), (-0.5, -2.5), (2, -1.5), (3.5, 0.5), (0, 0))
        spots = "".join(f'<circle cx="{x + dx:.1f}" cy="{y + dy:.1f}" r=".5"/>' for dx, dy in around)
        name = told[f"name_{lang}"].removeprefix("Quần đảo ").removesuffix(" archipelago")
        style = 'font-family="Be Vietnam Pro,Noto Sans,sans-serif" text-anchor="middle"'
        parts.append(
            f'<g fill="#16222e">{spots}<text x="{x:.1f}" y="{y + 6:.1f}" {style} font-size="4.6" '
            f'font-weight="600">{escape(name)}</text>'
            f'<text x="{x:.1f}" y="{y + 10.5:.1f}" {style} font-size="3.6">({escape(told[f"unit_{lang}"])})</text></g>'
        )
    return "".join(parts)
