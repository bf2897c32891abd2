"""What may be asked of the plan pages: one typed value; a malformed value is named, never dropped."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _

from ..domain.plan_terms import LIST_KINDS
from ..domain.text import LANGUAGES, tidy
from .selection import Problem, SelectionError, is_tracking, parse

TABS = ("board", "targets", "entries", "rules")
WHOLE_COUNTRY = "all"
WITHOUT_PERIOD = "none"

_SHARED = ("q", "technology", "page", "as_of")
_PERIOD = re.compile(r"\d{0,4}-\d{4}")
_TABLE = re.compile(r"[0-9A-Za-z.]{1,10}")


@dataclass(frozen=True, slots=True)
class PlanQuery:
    """What the plan page is to show. `province` None is the home province, "" the whole country."""

    instrument: str = ""
    compare: str = ""
    province: str | None = None
    tab: str = "board"
    technology: tuple[str, ...] = ()
    q: str = ""
    list_kind: tuple[str, ...] = ()
    period: str = ""
    table: str = ""
    linked: bool | None = None
    investor: bool | None = None
    as_of: date | None = None
    page: int = 1


def read(
    args: Iterable[tuple[str, str]], *, instruments: Mapping[str, str], provinces: Mapping[str, Any]
) -> PlanQuery:
    """Return what the pairs of name and value ask for.

    `instruments` gives the code for every way to name one (code, or number as in 768); `decision` is another
    name of `instrument`. Raises SelectionError.
    """
    values: dict[str, Any] = {}
    shared: list[tuple[str, str]] = []
    problems: list[Problem] = []
    readers = _readers(instruments, provinces)
    for name, raw in args:
        text = tidy(raw) or ""
        if is_tracking(name) or (name == "lang" and text in LANGUAGES):
            continue
        if name in _SHARED or name == "lang":
            shared.append((name, raw))
            continue
        field = "instrument" if name == "decision" else name
        if field not in readers:
            problems.append(Problem(name, raw, _("This filter does not exist.")))
        elif field in values and field != "list_kind":
            problems.append(Problem(name, raw, _("This filter may stand only once.")))
        elif text or field == "province":
            try:
                found = readers[field](text)
                values[field] = (*values.get(field, ()), found) if field == "list_kind" else found
            except ValueError as error:
                problems.append(Problem(name, raw, str(error)))
    try:
        common = parse(shared, provinces=provinces, zones={})
    except SelectionError as error:
        raise SelectionError([*problems, *error.problems]) from error
    if problems:
        raise SelectionError(problems)
    return PlanQuery(**values, technology=common.technology, q=common.q, page=common.page, as_of=common.as_of)


def _readers(instruments: Mapping[str, str], provinces: Mapping[str, Any]) -> dict[str, Callable[[str], Any]]:
    def instrument(text: str) -> str:
        if text not in instruments:
            raise ValueError(_("No such decision. Choose one from the list, for example 768."))
        return instruments[text]

    def province(text: str) -> str:
        if text in ("", WHOLE_COUNTRY):
            return ""
        return _one_of(provinces)(text)

    return {
        "instrument": instrument,
        "compare": instrument,
        "province": province,
        "tab": _one_of(TABS),
        "list_kind": _one_of(LIST_KINDS),
        "period": _period,
        "table": _table,
        "linked": _yes_or_no,
        "investor": _yes_or_no,
    }


def _one_of(known: Any) -> Callable[[str], str]:
    def read_code(text: str) -> str:
        if text not in known:
            raise ValueError(_("No such code. Choose one from the list of the filter."))
        return text

    return read_code


def _period(text: str) -> str:
    label = text.replace("–", "-")
    if label != WITHOUT_PERIOD and not _PERIOD.fullmatch(label):
        raise ValueError(_("Write a period of the plan, for example 2025-2030."))
    return label


def _table(text: str) -> str:
    if not _TABLE.fullmatch(text):
        raise ValueError(_("Write the number of a table, for example 14."))
    return text


def _yes_or_no(text: str) -> bool:
    if text not in ("1", "0", "yes", "no"):
        raise ValueError(_("Write 1 or 0."))
    return text in ("1", "yes")
