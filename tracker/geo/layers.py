"""The map layers that ship with Tracker: what each shows, where it comes from and how exact it is.

A file of an office replaces a shipped layer of the same kind once it is loaded; until then checks use the
shipped ones, with their accuracy as tolerance.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ..domain.text import Text
from ..settings import ROOT

FOLDER = ROOT / "data" / "geo"


class UnknownLayer(LookupError):
    """No layer has this code."""


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer file (GeoJSON, WGS84). `accuracy_km`: how far its borders may lie from the real ones."""

    code: str
    kind: str
    label: Text
    path: Path
    source: str
    licence: str
    made: str
    accuracy_km: float
    features: int


_SHIPPED = (
    (
        "provinces-34",
        "provinces",
        Text("34 tỉnh, thành phố (từ 01/7/2025)", "34 provinces and cities (since 1 July 2025)"),
        "provinces_34.geojson",
    ),
    (
        "provinces-63",
        "former_provinces",
        Text("63 tỉnh, thành phố (trước 01/7/2025)", "63 provinces and cities (before 1 July 2025)"),
        "provinces_63.geojson",
    ),
    (
        "islands",
        "islands",
        Text("Quần đảo Hoàng Sa, Trường Sa (tên)", "Hoàng Sa and Trường Sa archipelagos (names)"),
        "islands.geojson",
    ),
)


@cache
def shipped() -> tuple[Layer, ...]:
    """Return the layers that come with the program, in order of display."""
    return tuple(_described(*entry) for entry in _SHIPPED)


def shipped_layer(code: str) -> Layer:
    """Return the shipped layer `code`; raises UnknownLayer."""
    for layer in shipped():
        if layer.code == code:
            return layer
    raise UnknownLayer(code)


@cache
def collection(code: str) -> dict[str, Any]:
    """Return the GeoJSON FeatureCollection of a shipped layer; raises UnknownLayer. Not to be changed."""
    return _read(shipped_layer(code).path)


def _described(code: str, kind: str, label: Text, name: str) -> Layer:
    path = FOLDER / name
    content = _read(path)
    told = content["provenance"]
    return Layer(
        code=code,
        kind=kind,
        label=label,
        path=path,
        source=told["source"],
        licence=told["licence"],
        made=told["made"],
        accuracy_km=float(told["accuracy_km"]),
        features=len(content["features"]),
    )


def _read(path: Path) -> dict[str, Any]:
    import orjson

    found: dict[str, Any] = orjson.loads(path.read_bytes())
    return found
