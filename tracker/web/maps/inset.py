"""A small picture of the whole country with both archipelagos, for views that show a part of it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import cache
from typing import Any
from xml.sax.saxutils import escape

from ...geo import layers
from ...geo.boundaries import COUNTRY

WIDTH = 132
_WEST, _SOUTH, _EAST, _NORTH = COUNTRY
_SCALE = WIDTH / (_EAST - _WEST)


@cache
def picture() -> bytes:
    """Return the SVG: outlines of the provinces, both archipelagos with their names and units. 132 × 145."""
    labels = "".join(_label(feature) for feature in layers.collection("islands")["features"])
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height():.0f}" width="{WIDTH}" '
        f'height="{height():.0f}"><rect width="100%" height="100%" fill="#dfe8ee"/>'
        f'<path d="{outlines(0.5)}" fill="#f7f5ee" stroke="#8593a0" stroke-width=".5"/>{labels}</svg>'
    ).encode()


def outlines(least: float) -> str:
    """Return the provinces as one path, without points closer than `least` units to the one before."""
    return "".join(_ring(ring, least) for ring in _rings())


def place_of(lon: float, lat: float) -> tuple[float, float]:
    """Return where a point of WGS84 lies in the picture."""
    return _x(lon), _y(lat)


def height() -> float:
    """Return the height of the picture in pixels."""
    return _y(_SOUTH)


def _x(lon: float) -> float:
    return (lon - _WEST) * _SCALE


def _y(lat: float) -> float:
    return (_mercator(_NORTH) - _mercator(lat)) * _SCALE


def _mercator(lat: float) -> float:
    return math.degrees(math.asinh(math.tan(math.radians(lat))))


def _rings() -> Iterator[list[list[float]]]:
    for feature in layers.collection("provinces-34")["features"]:
        geometry = feature["geometry"]
        parts = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
        for part in parts:
            yield part[0]


def _ring(ring: list[list[float]], least: float) -> str:
    kept: list[tuple[float, float]] = []
    for lon, lat in ring:
        spot = (round(_x(lon), 1), round(_y(lat), 1))
        if not kept or abs(spot[0] - kept[-1][0]) + abs(spot[1] - kept[-1][1]) >= least:
            kept.append(spot)
    return "" if len(kept) < 3 else "M" + "L".join(f"{x:g} {y:g}" for x, y in kept) + "Z"


def _label(feature: dict[str, Any]) -> str:
    lon, lat = feature["geometry"]["coordinates"]
    told = feature["properties"]
    x, y = _x(lon), _y(lat)
    dots = "".join(
        f'<circle cx="{x + dx:.1f}" cy="{y + dy:.1f}" r=".9"/>'
        for dx, dy in ((-5, -2), (-1, -5), (3, -3), (6, 1), (0, 0))
    )
    name = escape(told["name_vi"].removeprefix("Quần đảo "))
    style = 'font-family="Be Vietnam Pro,Noto Sans,sans-serif" text-anchor="middle" fill="#16222e"'
    return (
        f'<g fill="#16222e">{dots}</g><text x="{x:.1f}" y="{y + 11:.1f}" {style} font-size="9" '
        f'font-weight="600">{name}</text><text x="{x:.1f}" y="{y + 19:.1f}" {style} font-size="6.5">'
        f"({escape(told['unit_vi'])})</text>"
    )
