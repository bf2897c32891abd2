"""The filter bar of the list: what each control offers and what of it is chosen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ...domain.statuses import ACCURACIES, RELATIONS, STAGES, STATUSES, UNLINKED
from ...domain.technologies import FAMILIES, TECHNOLOGIES
from ...forms.numbers import write_number
from ...forms.selection import WITHOUT_PLACE, Selection
from ...forms.typed import FORM
from ...outputs.selections import LABELS, NO_PLACE


@dataclass(frozen=True, slots=True)
class Choice:
    """One box of a closed list; `indent` marks a member of the group above it."""

    value: str
    label: str
    chosen: bool
    indent: bool = False


@dataclass(frozen=True, slots=True)
class Choices:
    """A closed list of which several may be chosen."""

    name: str
    label: str
    options: tuple[Choice, ...]

    @property
    def chosen(self) -> tuple[Choice, ...]:
        return tuple(option for option in self.options if option.chosen)


@dataclass(frozen=True, slots=True)
class FilterBar:
    """The lists in sight, those under "more", typed values, and what no control shows but the form keeps."""

    main: tuple[Choices, ...]
    more: tuple[Choices, ...]
    labels: dict[str, str]
    values: dict[str, str]
    hidden: tuple[tuple[str, str], ...]
    open: bool


_RANGES = ("mw_min", "mw_max", "cod_from", "cod_to", "investor")
_MORE = ("stage", "plan", "zone", "accuracy", *_RANGES)
_TYPED = ("q", "as_of", *_RANGES)


def filter_bar(
    selection: Selection,
    lang: str,
    *,
    provinces: Mapping[str, Any],
    zones: Mapping[str, Any],
    typed: Mapping[str, str] | None = None,
) -> FilterBar:
    """Return the filter bar for `selection` in `lang`; `typed` are values that could not be read, as typed."""
    unread = {name: value for name, value in (typed or {}).items() if name in _TYPED}

    def choices(name: str, options: Iterable[tuple[str, Any, bool]]) -> Choices:
        wanted = getattr(selection, name)
        found = (Choice(code, str(label[lang]), code in wanted, indent) for code, label, indent in options)
        return Choices(name, LABELS[name][lang], tuple(found))

    def terms(name: str, *found: Any) -> Choices:
        return choices(name, ((term.code, term.label, False) for term in found))

    empty = Selection()
    return FilterBar(
        main=(
            choices("technology", _technologies()),
            choices("province", ((code, place.label, False) for code, place in provinces.items())),
            terms("status", *STATUSES),
        ),
        more=(
            terms("plan", *RELATIONS, UNLINKED),
            terms("stage", *STAGES),
            choices(
                "zone", ((code, zone.label, zone.parent_code is not None) for code, zone in zones.items())
            ),
            choices(
                "accuracy",
                [*((a.code, a.label, False) for a in ACCURACIES), (WITHOUT_PLACE, NO_PLACE, False)],
            ),
        ),
        labels={name: label[lang] for name, label in LABELS.items()},
        values={name: _written(selection, name, value, lang) for name, value in selection.pairs() if name in _TYPED}
        | unread,
        hidden=((FORM, "1"), *(pair for pair in selection.pairs(page=1) if pair[0] in ("bbox", "sort"))),
        open=bool(unread) or any(getattr(selection, name) != getattr(empty, name) for name in _MORE),
    )


def _written(selection: Selection, name: str, value: str, lang: str) -> str:
    """Return a value as people of `lang` type it."""
    number = getattr(selection, name)
    return write_number(number, lang) if isinstance(number, float) else value


def _technologies() -> Iterable[tuple[str, Any, bool]]:
    """Return families, each followed by its technologies; a family of one stands alone."""
    for family in FAMILIES:
        if len(family.members) == 1:
            alone = TECHNOLOGIES[family.members[0]]
            yield alone.code, alone.label, bool(family.within)
            continue
        yield family.code, family.asked, False
        for code in family.members:
            if code != family.code:
                yield code, TECHNOLOGIES[code].label, True
