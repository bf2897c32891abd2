"""The list as GeoJSON (RFC 7946): each selected project is a feature, geometry null without a place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from .context import FileContext

if TYPE_CHECKING:
    from ..services.rows import Row
    from ..services.selecting import Selected

_PORTION = 200


def write(selected: Selected, context: FileContext) -> Iterator[bytes]:
    """Yield the collection in portions. Coordinates are WGS84 longitude, latitude."""
    import orjson

    head = orjson.dumps(_head(selected, context))
    yield head[:-1] + b',"features":['
    words = context.words
    first = True
    for start in range(0, len(selected.rows), _PORTION):
        rows = selected.rows[start : start + _PORTION]
        drawn = [row for row in rows if any(place.shape for place in row.places)]
        shapes = {
            row.id: _shape(document["sites"])
            for row, document in zip(drawn, context.documents(drawn), strict=True)
        }
        portion = b",\n".join(
            orjson.dumps(
                feature(row, shapes.get(row.id) or _point(row), words.base_url, words.provinces, context.lang)
            )
            for row in rows
        )
        yield portion if first else b",\n" + portion
        first = False
    yield b"]}\n"


def _head(selected: Selected, context: FileContext) -> dict[str, Any]:
    return {
        "type": "FeatureCollection",
        "title": context.title,
        "generated": {
            "office": context.office,
            "revision": context.revision,
            "recorded_at": context.recorded_at.isoformat(),
            "as_of": context.day.isoformat(),
            "selection": [list(pair) for pair in context.selection.pairs()],
            "selection_text": context.conditions(),
            "language": context.lang,
            "audience": context.audience,
            "projects": len(selected.rows),
            "sample": selected.sample,
            "notices": [*context.warnings(selected), *context.notes(selected)],
            "licences": list(selected.licences),
            "attribution": list(context.licences(selected)),
        },
    }


def feature(
    row: Row, geometry: dict[str, Any] | None, base_url: str, provinces: Mapping[str, Any], lang: str
) -> dict[str, Any]:
    """Return a project as a GeoJSON feature; figures that are not known are null."""
    return {
        "type": "Feature",
        "id": row.code,
        "geometry": geometry,
        "properties": {
            "code": row.code,
            "name_vi": row.name_vi,
            "name_en": row.name_en,
            "technologies": list(row.technologies),
            "status": row.status,
            "stage": row.stage,
            "province": row.province_code,
            "province_name": _name(provinces, row.province_code, lang),
            "accuracy": row.accuracy,
            "capacity_mw": row.capacity_mw,
            "storage_mw": row.storage_mw,
            "storage_mwh": row.storage_mwh,
            "plan": list(row.plan) or ["unlinked"],
            "cod": row.cod,
            "calling": row.calling,
            "investors": list(row.investors),
            "invest_vnd_bn": row.invest_vnd_bn,
            "confidence": row.confidence,
            "last_checked": row.last_checked,
            "sample": row.sample,
            "licences": list(row.licences),
            "url": f"{base_url}/projects/{row.code}",
        },
    }


def _name(provinces: Mapping[str, Any], code: str | None, lang: str) -> str | None:
    found = provinces.get(code or "")
    return str(found[lang]) if found else None


def _point(row: Row) -> dict[str, Any] | None:
    """Return the places of a project without drawn shapes."""
    return _joined(
        {"type": "Point", "coordinates": [place.lon, place.lat]}
        for place in row.places
        if place.lon is not None
    )


def _shape(sites: Iterable[Mapping[str, Any]]) -> dict[str, Any] | None:
    """Return the shapes of a project's sites; a site known only by its province has none."""
    return _joined(site["geom"] for site in sites if site["geom"] and site["accuracy"] != "province")


def _joined(found: Iterable[dict[str, Any]]) -> dict[str, Any] | None:
    parts = list(found)
    if len(parts) < 2:
        return parts[0] if parts else None
    kinds = {part["type"] for part in parts}
    if len(kinds) == 1 and kinds <= {"Point", "LineString", "Polygon"}:
        return {"type": f"Multi{kinds.pop()}", "coordinates": [part["coordinates"] for part in parts]}
    return {"type": "GeometryCollection", "geometries": parts}
