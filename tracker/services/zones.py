"""Economic and industrial zones, as the office keeps them: entered and corrected, never deleted by a click."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import select

from ..domain import Province, Zone, db
from ..domain.text import fold

FIELDS = (
    "name_vi",
    "name_en",
    "kind",
    "parent_code",
    "province_code",
    "communes",
    "area_ha",
    "lat",
    "lon",
    "accuracy",
    "source",
    "confidence",
)


class UnknownZone(LookupError):
    """No zone has this code."""


def listed() -> list[tuple[Province | None, list[Zone]]]:
    """Return the zones by province, in order of the Vietnamese names, parts below the zone they belong to."""
    zones = list(db.session.scalars(select(Zone)))
    names = {zone.code: fold(zone.name_vi) for zone in zones}
    provinces = {province.code: province for province in db.session.scalars(select(Province))}
    zones.sort(
        key=lambda zone: (names.get(zone.parent_code or zone.code, ""), zone.parent_code or "", names[zone.code])
    )
    found: dict[str | None, list[Zone]] = {}
    for zone in zones:
        found.setdefault(zone.province_code, []).append(zone)
    order = sorted(found, key=lambda code: fold(provinces[code].name_vi) if code in provinces else "~")
    return [(provinces.get(code or ""), found[code]) for code in order]


def get(code: str) -> Zone:
    """Return the zone of a code; raises UnknownZone."""
    zone = db.session.get(Zone, code) if code.isprintable() else None  # PostgreSQL refuses to look for NUL
    if zone is None:
        raise UnknownZone(code)
    return zone


def put(code: str | None, values: dict[str, Any]) -> Zone:
    """Change the zone of `code`, or enter a new one with a code made of its name. Inside a write block.

    `values` has FIELDS; coordinates are decimal degrees (WGS84), the area hectares. Raises UnknownZone.
    """
    zone = get(code) if code is not None else Zone(code=_new_code(values["name_vi"]))
    for name in FIELDS:
        if getattr(zone, name) != values.get(name):
            setattr(zone, name, values.get(name))
    db.session.add(zone)
    db.session.flush()
    return zone


def _new_code(name: str) -> str:
    """Return a code in small letters that no zone has: `song-than`, `song-than-2`."""
    stem = re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")[:50] or "zone"
    code, number = stem, 1
    while db.session.get(Zone, code) is not None:
        number += 1
        code = f"{stem}-{number}"
    return code
