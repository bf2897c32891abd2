"""Rows of the plan that a project may be tied to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, or_, select

from ..domain import Allocation, Entry, Instrument, db
from ..domain.technologies import TECHNOLOGIES, expand
from ..forms.plan_links import PLAN_KINDS


@dataclass(frozen=True, slots=True)
class Candidates:
    """What a link may point to, in the order of the plan."""

    entries: tuple[Entry, ...]
    allocations: tuple[Allocation, ...]
    instruments: tuple[Instrument, ...]


def candidates(
    *, province_code: str | None, technologies: Iterable[str], also: Iterable[str] = ()
) -> Candidates:
    """Return the rows of a province and of the families of `technologies`, and all plans.

    Rows that the plan gives to no province are among them. `also`: values such as `entry:12` that are offered
    in any case, as they are chosen already.
    """
    families = {TECHNOLOGIES[code].family for code in technologies if code in TECHNOLOGIES}
    also = tuple(also)
    chosen = {kind: _numbers(also, kind) for kind in ("entry", "allocation")}
    entries = select(Entry).where(or_(_near(families, province_code), Entry.id.in_(chosen["entry"])))
    # a printed sum of a list is no allocation of its own
    allocations = select(Allocation).where(
        or_(
            and_(
                Allocation.kind == "added",
                Allocation.province_code == province_code,
                Allocation.technology.in_(_members(families)),
            ),
            Allocation.id.in_(chosen["allocation"]),
        )
    )
    return Candidates(
        entries=tuple(
            db.session.scalars(entries.order_by(Entry.instrument_code.desc(), Entry.appendix, Entry.ordinal))
        ),
        allocations=tuple(
            db.session.scalars(
                allocations.order_by(
                    Allocation.instrument_code.desc(), Allocation.ordinal, Allocation.period_from
                )
            )
        ),
        instruments=tuple(
            db.session.scalars(
                select(Instrument)
                .where(or_(Instrument.kind.in_(PLAN_KINDS), Instrument.code.in_(_values(also, "instrument"))))
                .order_by(Instrument.issued_on.desc())
            )
        ),
    )


def _values(keys: Iterable[str], kind: str) -> list[str]:
    return [value for name, _colon, value in (key.partition(":") for key in keys) if name == kind]


def _numbers(keys: Iterable[str], kind: str) -> set[int]:
    return {
        int(value)
        for value in _values(keys, kind)
        if value.isascii() and value.isdigit() and len(value) < 10
    }


def _members(families: set[str]) -> tuple[str, ...]:
    return expand(sorted(families)) if families else ()


def _near(families: set[str], province_code: str | None) -> ColumnElement[bool]:
    matching = Entry.technology.in_(_members(families))
    if province_code is None:
        return matching
    return and_(matching, or_(Entry.province_code == province_code, Entry.province_code.is_(None)))
