"""The filter of every list, map, board and file: one typed value, read from an address or from flags.

Parameters: q, technology, status, stage, province, zone, plan, mw_min, mw_max, cod_from, cod_to, calling,
accuracy,
investor, bbox, as_of, sort, page, lang. Closed lists may be repeated. A malformed value is named, never
dropped.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from flask_babel import gettext as _

from ..domain.dates import parse_partial, span, today
from ..domain.statuses import ACCURACIES, RELATIONS, STAGES, STATUSES
from ..domain.technologies import FAMILIES, TECHNOLOGIES
from ..domain.text import LANGUAGES, tidy

SORTS = ("code", "name", "technology", "status", "stage", "province", "capacity", "cod", "invest", "checked")
WITHOUT_PLACE = "none"
TRACKING = ("utm_", "fbclid", "gclid", "zalo_", "_ga", "mc_cid", "mc_eid")
PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Problem:
    """A value that cannot be read: the parameter, what was there, what to write instead."""

    parameter: str
    value: str
    message: str


class SelectionError(ValueError):
    """One or more values of a filter cannot be read."""

    def __init__(self, problems: list[Problem], readable: Selection | None = None) -> None:
        super().__init__("; ".join(f"{p.parameter}={p.value}: {p.message}" for p in problems))
        self.problems = problems
        self.readable = readable
        """What of the filter could be read."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What is asked of the portfolio.

    Empty means no condition; MW are sizes of projects, see `Row.size_mw`.
    """

    q: str = ""
    technology: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    stage: tuple[str, ...] = ()
    province: tuple[str, ...] = ()
    zone: tuple[str, ...] = ()
    plan: tuple[str, ...] = ()
    mw_min: float | None = None
    mw_max: float | None = None
    cod_from: str | None = None
    cod_to: str | None = None
    calling: bool | None = None
    accuracy: tuple[str, ...] = ()
    investor: str = ""
    bbox: tuple[float, float, float, float] | None = None
    as_of: date | None = None
    sort: str = ""
    page: int = 1

    @property
    def filtered(self) -> bool:
        """Whether any condition narrows the portfolio (sort, page and date apart)."""
        return replace(self, sort="", page=1, as_of=None) != Selection()

    def pairs(self, **changes: Any) -> list[tuple[str, str]]:
        """Return the query pairs that give this selection again, `changes` applied, defaults left out."""
        changed = replace(self, **changes) if changes else self
        found: list[tuple[str, str]] = []
        for field in fields(changed):
            value = getattr(changed, field.name)
            if value == field.default:
                continue
            if field.name == "bbox":
                found.append(("bbox", ",".join(_digits(part) for part in value)))
            elif isinstance(value, tuple):
                found += [(field.name, part) for part in value]
            elif isinstance(value, bool):
                found.append((field.name, "1" if value else "0"))
            elif isinstance(value, float):
                found.append((field.name, _digits(value)))
            else:
                found.append((field.name, str(value)))
        return found


def parse(
    args: Iterable[tuple[str, str]],
    *,
    provinces: Mapping[str, Any],
    zones: Mapping[str, Any],
    also: Sequence[str] = (),
) -> Selection:
    """Return the selection that the pairs of name and value ask for.

    `provinces` and `zones` are the known codes; `also` names parameters that belong to the page. Raises
    SelectionError.
    """
    values: dict[str, Any] = {}
    typed: dict[str, str] = {}
    problems: list[Problem] = []
    for name, raw in args:
        if unreadable(raw):
            problems.append(Problem(name, raw, _("This text contains characters that cannot be read.")))
            continue
        text = tidy(raw) or ""
        typed[name] = text
        if (name == "lang" and text in LANGUAGES) or name in also or is_tracking(name):
            continue
        if name not in _READERS and name not in _closed(provinces, zones) and name != "lang":
            problems.append(Problem(name, raw, _("This filter does not exist.")))
            continue
        if not text:
            continue
        try:
            _read(values, name, text, provinces, zones)
        except ValueError as error:
            problems.append(Problem(name, raw, str(error)))
    problems += [
        Problem(name, typed[name], _("The lower bound is above the upper bound."))
        for name in _crossed(values)
    ]
    if problems:
        raise SelectionError(problems, Selection(**values))
    return Selection(**values)


def unreadable(text: str) -> bool:
    """Return whether control characters are in a text, or the sign that stands for bytes that were no UTF-8."""
    return "\ufffd" in text or any((ord(c) < 32 and c not in "\t\r\n") or 127 <= ord(c) < 160 for c in text)


def _crossed(values: Mapping[str, Any]) -> list[str]:
    """Return the lower bounds that lie above their upper ones; of a partial date every day it can mean
    counts.
    """
    bounds = [("mw_min", values.get("mw_min"), values.get("mw_max"))]
    first, last = values.get("cod_from"), values.get("cod_to")
    bounds.append(("cod_from", span(first)[0] if first else None, span(last)[1] if last else None))
    return [name for name, low, high in bounds if low is not None and high is not None and low > high]


def _digits(value: float) -> str:
    """Return a number in the shortest form that reads back as the same."""
    return repr(value).removesuffix(".0")


def is_tracking(name: str) -> bool:
    """Return whether a parameter was added by a mail or advertising service."""
    return name.startswith(TRACKING)


def _closed(provinces: Mapping[str, Any], zones: Mapping[str, Any]) -> dict[str, Callable[[str], bool]]:
    return {
        "technology": lambda code: code in TECHNOLOGIES or code in FAMILIES,
        "status": STATUSES.__contains__,
        "stage": STAGES.__contains__,
        "province": provinces.__contains__,
        "zone": zones.__contains__,
        "plan": lambda code: code in RELATIONS or code == "unlinked",
        "accuracy": lambda code: code in ACCURACIES or code == WITHOUT_PLACE,
    }


def _read(
    values: dict[str, Any], name: str, text: str, provinces: Mapping[str, Any], zones: Mapping[str, Any]
) -> None:
    allowed = _closed(provinces, zones).get(name)
    if allowed is not None:
        for code in text.split(","):
            if not allowed(code.strip()):
                raise ValueError(_("No such code. Choose one from the list of the filter."))
            values[name] = tuple(dict.fromkeys((*values.get(name, ()), code.strip())))
    elif name == "lang":
        raise ValueError(_("Write vi or en."))
    elif name in values:
        raise ValueError(_("This filter may stand only once."))
    else:
        values[name] = _READERS[name](text)


def _number(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value) or value < 0:
        raise ValueError(_("Write a number of MW with a decimal point, for example 29.5."))
    return value


def _cod(text: str) -> str:
    try:
        return parse_partial(text)
    except ValueError:
        raise ValueError(_("Write a year or a date, for example 2030 or 2030-06.")) from None


def _flag(text: str) -> bool:
    if text.lower() not in ("1", "0", "true", "false", "yes", "no"):
        raise ValueError(_("Write 1 or 0."))
    return text.lower() in ("1", "true", "yes")


def _bbox(text: str) -> tuple[float, float, float, float]:
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError:
        west = math.nan
        south = east = north = 0.0
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise ValueError(_("Write west,south,east,north in degrees, for example 107,16,108.3,16.8."))
    return (west, south, east, north)


def _as_of(text: str) -> date:
    try:
        stored = parse_partial(text)
        day = date.fromisoformat(stored)
    except ValueError:
        raise ValueError(_("Write a day, for example 2026-11-24.")) from None
    if day > today():
        raise ValueError(_("The day lies in the future."))
    return day


def _sort(text: str) -> str:
    if text.removeprefix("-") not in SORTS:
        raise ValueError(_("The list cannot be sorted by this."))
    return text


def _page(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 7 and 1 <= int(text) <= 1_000_000):
        raise ValueError(_("Write a page number from 1."))
    return int(text)


def _words(text: str) -> str:
    if len(text) > 200:
        raise ValueError(_("Write at most 200 characters."))
    return text


_READERS: dict[str, Callable[[str], Any]] = {
    "q": _words,
    "mw_min": _number,
    "mw_max": _number,
    "cod_from": _cod,
    "cod_to": _cod,
    "calling": _flag,
    "investor": _words,
    "bbox": _bbox,
    "as_of": _as_of,
    "sort": _sort,
    "page": _page,
}
