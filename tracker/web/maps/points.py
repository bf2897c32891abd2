"""The data of the map: every project of a selection once, in columns, and the points of their places.

Columns instead of objects keep the answer a third of GeoJSON's size. Codes of closed lists are places in the
lists that stand beside them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ...domain.sources import LICENCES
from ...domain.statuses import ACCURACIES, RELATIONS, STATUSES, UNLINKED
from ...domain.technologies import FAMILIES, TECHNOLOGIES
from ...geo.frames import family_of, spots_of
from ...services.rows import Row
from ...services.selecting import Selected
from .words import capacity

ATTRIBUTED = ("odbl", "cc_by_4")  # licences that ask to be named wherever their data is shown


def answer(selected: Selected, *, revision: int, provinces: dict[str, Any], lang: str) -> bytes:
    """Return the JSON of a selection in the words of `lang`; `provinces` by code. Projects stand by code."""
    import orjson

    rows = sorted(selected.rows, key=lambda row: row.code)
    places = list(dict.fromkeys(row.province_code for row in rows))
    return orjson.dumps(
        {
            "revision": revision,
            "families": FAMILIES.codes(),
            "statuses": [[status.code, status.label[lang]] for status in STATUSES],
            "accuracies": [[accuracy.code, accuracy.label[lang]] for accuracy in ACCURACIES],
            "provinces": [provinces[code].label[lang] if code in provinces else None for code in places],
            "projects": _projects(rows, places, lang),
            "points": _points(rows),
            "licences": attributions(selected, lang),
        }
    )


def attributions(selected: Selected, lang: str) -> list[str]:
    """Return how the sources of the selection ask to be named."""
    return [LICENCES[code].label[lang] for code in ATTRIBUTED if code in selected.licences]


def _projects(rows: Sequence[Row], places: list[str | None], lang: str) -> dict[str, list[Any]]:
    families, statuses = FAMILIES.codes(), STATUSES.codes()
    unknown = statuses.index("unknown")
    return {
        "code": [row.code for row in rows],
        "name": [row.name(lang) for row in rows],
        "family": [families.index(family_of(row)) for row in rows],
        "technology": [technologies(row, lang) for row in rows],
        "status": [statuses.index(row.status) if row.status in statuses else unknown for row in rows],
        "size_mw": [row.size_mw for row in rows],
        "capacity": [capacity(row, lang) for row in rows],
        "plan": [_plan(row, lang) for row in rows],
        "province": [places.index(row.province_code) for row in rows],
        "sites": [len(row.places) for row in rows],
    }


def _points(rows: Sequence[Row]) -> dict[str, list[Any]]:
    accuracies = ACCURACIES.codes()
    found = [
        (number, lon, lat, accuracies.index(accuracy) if accuracy in accuracies else 1)
        for number, row in enumerate(rows)
        for lon, lat, accuracy in spots_of(row)
    ]
    return {
        name: [point[column] for point in found]
        for column, name in enumerate(("project", "lon", "lat", "accuracy"))
    }


def technologies(row: Row, lang: str) -> str:
    """Return the technologies of a project in words."""
    return ", ".join(TECHNOLOGIES[code].label[lang] for code in row.technologies if code in TECHNOLOGIES)


def _plan(row: Row, lang: str) -> str:
    terms = [RELATIONS[code] for code in row.plan if code in RELATIONS] or [UNLINKED]
    return ", ".join(term.label[lang] for term in terms)
