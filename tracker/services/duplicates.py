"""Projects that may be the same one: alike in name, place, size and investor.

Names are compared by the groups of three letters they share (Dice's coefficient, or nine tenths of how far one name
contains the other) once folded and freed of the words that every project has. An inverted index over the portfolio
makes this a few milliseconds for ten thousand projects, where `difflib` needs twenty times as long or more.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from sqlalchemy import or_, select

from ..domain import NotDuplicate, db
from ..domain.dates import utc_now
from ..domain.technologies import TECHNOLOGIES
from ..domain.text import fold
from .portfolio import Portfolio
from .rows import Row

MOST = 5
NEAR_KM, CLOSE_KM = 10.0, 2.0
LEAST = 0.6  # likeness of names below which only place and size tell
SHORTEST = 7  # groups of letters: shorter names stand in many others
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6}
_COMMON = frozenset(
    (
        "an", "and", "battery", "bien", "biomass", "bo", "cang", "cong", "dien", "du", "energy", "farm", "gan",
        "gio", "green", "hop", "hydrogen", "hydropower", "khi", "kho", "khoi", "lng", "luu", "mat", "may", "mw",
        "nearshore", "ngoai", "nha", "nhiet", "noi", "of", "offshore", "onshore", "pin", "plant", "power",
        "project", "rac", "sinh", "solar", "storage", "tam", "tap", "terminal", "the", "thuy", "to", "tren",
        "trinh", "troi", "tru", "trung", "waste", "wind", "xanh",
    )
)


@dataclass(frozen=True, slots=True)
class Probe:
    """What is known of the project that may be there already; None and empty where it is not told."""

    name: str = ""
    lat: float | None = None
    lon: float | None = None
    capacity_mw: float | None = None
    technologies: Sequence[str] = ()
    investors: Sequence[str] = ()
    province_code: str | None = None
    code: str | None = None  # its own, which is no duplicate of it


@dataclass(frozen=True, slots=True)
class Candidate:
    """A project that may be the same. `name` is the likeness of the names (0…1), `km` the distance."""

    row: Row
    score: float
    name: float
    km: float | None
    same_size: bool
    same_investor: bool
    same_technology: bool
    same_province: bool


@dataclass(frozen=True, slots=True)
class _Index:
    """The groups of letters of all names. A project with two names stands in it twice."""

    owners: Any
    sizes: Any
    groups: dict[str, Any] = field(repr=False)


def candidates(folio: Portfolio, probe: Probe, *, but: frozenset[int] = frozenset()) -> list[Candidate]:
    """Return the likeliest first, at most five; `but` are ids of projects known to be others."""
    likeness = _likeness(folio, probe.name)
    wanted = {fold(name) for name in probe.investors if name}
    found = []
    for number, row in enumerate(folio.rows):
        alike = float(likeness[number])
        km = _km(probe, row)
        if (alike < LEAST and (km is None or km > CLOSE_KM)) or row.code == probe.code or row.id in but:
            continue
        candidate = _compared(row, alike, km, probe, wanted)
        if candidate is not None:
            found.append(candidate)
    return sorted(found, key=lambda c: (-c.score, c.row.code))[:MOST]


def of_project(folio: Portfolio, row: Row) -> list[Candidate]:
    """Return what may be the same as a stored project and was not told apart by a person yet."""
    place = row.place
    probe = Probe(
        name=row.name_vi or row.name_en or "",
        lat=place.lat if place else None,
        lon=place.lon if place else None,
        capacity_mw=row.size_mw,
        technologies=row.technologies,
        investors=row.investors,
        province_code=row.province_code,
        code=row.code,
    )
    return candidates(folio, probe, but=told_apart(row.id))


def told_apart(project_id: int) -> frozenset[int]:
    """Return the projects of which somebody said that they are not this one."""
    pairs = db.session.execute(
        select(NotDuplicate.project_id, NotDuplicate.other_id).where(
            or_(NotDuplicate.project_id == project_id, NotDuplicate.other_id == project_id)
        )
    )
    return frozenset(one if other == project_id else other for one, other in pairs)


def tell_apart(*, project_id: int, other_id: int, name: str, reason: str | None) -> None:
    """Record that two projects are not the same. Call inside a write block. Flushes."""
    if other_id in told_apart(project_id):
        return
    db.session.add(
        NotDuplicate(
            project_id=project_id, other_id=other_id, decided_by=name, decided_at=utc_now(), reason=reason
        )
    )
    db.session.flush()


def _compared(
    row: Row, alike: float, km: float | None, probe: Probe, wanted: set[str]
) -> Candidate | None:
    families = {TECHNOLOGIES[code].family for code in row.technologies if code in TECHNOLOGIES}
    asked = {TECHNOLOGIES[code].family for code in probe.technologies if code in TECHNOLOGIES}
    same_technology = bool(families & asked)
    size = row.size_mw
    same_size = bool(
        probe.capacity_mw and size and abs(size - probe.capacity_mw) <= 0.1 * max(size, probe.capacity_mw)
    )
    same_investor = bool(wanted & {fold(name) for name in row.investors})
    same_province = probe.province_code is not None and row.province_code == probe.province_code
    near = km is not None and km <= NEAR_KM
    close = km is not None and km <= CLOSE_KM
    if (asked and not same_technology) or _other_phase(probe.name, row):
        return None
    elsewhere = probe.province_code is not None and row.province_code not in (None, probe.province_code)
    supported = same_size or same_investor or near or same_province
    if not (
        (alike >= 0.8 and not (elsewhere and not supported))
        or (alike >= LEAST and sum((same_size, same_investor, near)) >= 1 and not elsewhere)
        or (close and same_technology and same_size)
    ):
        return None
    score = 3 * alike + 1.5 * close + 0.5 * near + same_size + same_investor + 0.5 * same_technology
    return Candidate(
        row, round(score + 0.5 * same_province, 3), round(alike, 3), km, same_size, same_investor, same_technology,
        same_province,
    )


def _likeness(folio: Portfolio, name: str) -> Any:
    """Return for each row how much its best name is like `name`, 0 to 1."""
    import numpy as np

    index = folio.once("names by letters", _index)
    groups = _groups(name)
    best = np.zeros(len(folio.rows))
    hits = [index.groups[group] for group in groups if group in index.groups]
    if hits:
        shared = np.bincount(np.concatenate(hits), minlength=len(index.owners))
        dice = 2 * shared / (index.sizes + len(groups))
        shorter = np.minimum(index.sizes, len(groups))
        contained = np.where(shorter >= SHORTEST, 0.9 * shared / shorter, 0)
        np.maximum.at(best, index.owners, np.maximum(dice, contained))
    return best


def _index(folio: Portfolio) -> _Index:
    import numpy as np

    owners: list[int] = []
    sizes: list[int] = []
    places: dict[str, list[int]] = defaultdict(list)
    for number, row in enumerate(folio.rows):
        for name in {row.name_vi, row.name_en} - {None, ""}:
            groups = _groups(name)
            for group in groups:
                places[group].append(len(owners))
            owners.append(number)
            sizes.append(len(groups))
    return _Index(
        np.array(owners, dtype=np.intp),
        np.array(sizes, dtype=float),
        {group: np.array(where, dtype=np.intp) for group, where in places.items()},
    )


def _other_phase(name: str, row: Row) -> bool:
    """Return whether both names are numbered and differently: phases and neighbours, not the same project twice."""
    mine = _numbers(name)
    theirs = _numbers(row.name_vi or row.name_en)
    return bool(mine and theirs and mine != theirs)


@lru_cache(maxsize=20_000)
def _numbers(name: str | None) -> tuple[int, ...]:
    words = "".join(letter if letter.isalnum() else " " for letter in fold(name)).split()
    plain = (word for word in words if word in _ROMAN or (word.isascii() and word.isdigit()))
    return tuple(_ROMAN.get(word) or int(word) for word in plain)


@lru_cache(maxsize=40_000)
def _groups(name: str | None) -> frozenset[str]:
    """Return the groups of three letters of what is particular about a name."""
    words = "".join(letter if letter.isalnum() else " " for letter in fold(name)).split()
    own = [word for word in words if word not in _COMMON] or words
    text = f"  {' '.join(own)} "
    return frozenset(text[at : at + 3] for at in range(len(text) - 2)) if own else frozenset()


def _km(probe: Probe, row: Row) -> float | None:
    """Return the distance on the sphere to the place of a row, in km."""
    place = row.place
    if probe.lat is None or probe.lon is None or place is None or place.lat is None or place.lon is None:
        return None
    if place.accuracy not in ("exact", "approximate") or abs(place.lat - probe.lat) > 0.2:
        return None  # centres of communes coincide without the projects doing so
    north = math.radians(place.lat - probe.lat)
    east = math.radians(place.lon - probe.lon) * math.cos(math.radians(place.lat))
    return round(6371 * math.hypot(north, east), 1)
