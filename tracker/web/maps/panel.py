"""The panel beside the map: what the filter keeps, as legend and list; the map's equivalent without a map."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from ...domain.sources import LICENCES
from ...domain.statuses import ACCURACIES, RELATIONS, STATUSES, UNLINKED
from ...domain.technologies import FAMILIES, TECHNOLOGIES, Family
from ...domain.vocabulary import Term
from ...forms.selection import WITHOUT_PLACE, Selection
from ...geo.frames import family_of, spots_of
from ...services.rows import Row
from ...services.selecting import Selected
from .points import ATTRIBUTED
from .words import capacity

LISTED = 300  # lines in the panel; the list page has them all


@dataclass(frozen=True, slots=True)
class Line:
    """A project in the panel's list."""

    code: str
    name: str
    capacity: str
    family: Family
    status: Any
    accuracy: Term | None


@dataclass(frozen=True, slots=True)
class Panel:
    """What the panel shows. `without_place` holds (province name, lines), the largest group first."""

    located: tuple[Line, ...]
    more: int
    without_place: tuple[tuple[str, tuple[Line, ...]], ...]
    without_place_count: int
    approximate_count: int
    licences: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One filter of a closed list: parameter, title, options as (code, label), the chosen codes."""

    name: str
    title: str
    options: tuple[tuple[str, str], ...]
    chosen: tuple[str, ...]


def panel(selected: Selected, *, provinces: Mapping[str, Any], lang: str) -> Panel:
    """Return the panel of a selection in the words of `lang`, in the order of the selection."""
    located: list[Row] = []
    apart: dict[str | None, list[Row]] = {}
    approximate = 0
    for row in selected.rows:
        spots = spots_of(row)
        if spots:
            located.append(row)
            approximate += all(accuracy != "exact" for _lon, _lat, accuracy in spots)
        else:
            apart.setdefault(row.province_code, []).append(row)
    groups = sorted(apart.items(), key=lambda item: (-len(item[1]), item[0] or "~"))
    return Panel(
        located=tuple(_line(row, lang) for row in located[:LISTED]),
        more=max(0, len(located) - LISTED),
        without_place=tuple(
            (_province(code, provinces, lang), tuple(_line(row, lang) for row in rows[:LISTED]))
            for code, rows in groups
        ),
        without_place_count=sum(len(rows) for rows in apart.values()),
        approximate_count=approximate,
        licences=tuple(LICENCES[code] for code in ATTRIBUTED if code in selected.licences),
    )


def _line(row: Row, lang: str) -> Line:
    return Line(
        code=row.code,
        name=row.name(lang),
        capacity=capacity(row, lang),
        family=FAMILIES[family_of(row)],
        status=STATUSES.get(row.status),
        accuracy=ACCURACIES.get(row.accuracy),
    )


def _province(code: str | None, provinces: Mapping[str, Any], lang: str) -> str:
    province = provinces.get(code) if code else None
    return str(province.label[lang]) if province else _("Province not known")


def choices(
    selection: Selection, *, provinces: Mapping[str, Any], zones: Mapping[str, Any], lang: str
) -> list[Choice]:
    """Return the closed filters of the map's form."""
    families = [(family.code, family.label[lang]) for family in FAMILIES]
    single = [
        (t.code, t.label[lang])
        for t in TECHNOLOGIES
        if t.code in selection.technology and t.code not in FAMILIES
    ]
    return [
        _choice("technology", _("Technology"), (*families, *single), selection),
        _choice("status", _("Status"), _options(STATUSES, lang), selection),
        _choice(
            "province", _("Province"), [(code, p.label[lang]) for code, p in provinces.items()], selection
        ),
        _choice(
            "zone",
            _("Economic or industrial zone"),
            [(code, z.label[lang]) for code, z in zones.items()],
            selection,
        ),
        _choice("plan", _("Power plan"), _options((*RELATIONS, UNLINKED), lang), selection),
        _choice(
            "accuracy",
            _("Location"),
            (*_options(ACCURACIES, lang), (WITHOUT_PLACE, _("No location yet"))),
            selection,
        ),
    ]


def _choice(name: str, title: str, options: Iterable[tuple[str, str]], selection: Selection) -> Choice:
    """Return a filter with what is chosen in front, so that it is seen without scrolling."""
    chosen: tuple[str, ...] = getattr(selection, name)
    return Choice(name, title, tuple(sorted(options, key=lambda option: option[0] not in chosen)), chosen)


def kept(selection: Selection) -> list[tuple[str, str]]:
    """Return the parts of the selection that the map's form does not ask for, to be carried along."""
    asked = {
        "technology",
        "status",
        "province",
        "zone",
        "plan",
        "accuracy",
        "q",
        "mw_min",
        "mw_max",
        "calling",
        "as_of",
    }
    return [(name, value) for name, value in selection.pairs(page=1) if name not in asked]


def _options(terms: Iterable[Term], lang: str) -> tuple[tuple[str, str], ...]:
    return tuple((term.code, term.label[lang]) for term in terms)
