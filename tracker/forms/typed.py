"""What people type into the filter, as the addresses say it: numbers with a decimal point, dates as stored."""

from __future__ import annotations

from collections.abc import Sequence

from ..domain.dates import parse_partial
from .numbers import read_number

FORM = "form"
"""The parameter by which a form marks its values as typed by a person."""

_NUMBERS = frozenset(("mw_min", "mw_max"))
_DATES = frozenset(("cod_from", "cod_to", "as_of"))


def canonical(pairs: Sequence[tuple[str, str]], *, lang: str) -> list[tuple[str, str]]:
    """Return the pairs of an address without empty ones and the mark of the form, numbers and dates as stored.

    A number with a comma, and in a marked form every number, is read as `lang` writes it; addresses made by
    programs have a decimal point. What can mean two things, or nothing, stays as it was typed.
    """
    marked = any(name == FORM for name, _value in pairs)
    return [
        (name, _plain(name, value.strip(" \t"), lang, marked) or value)
        for name, value in pairs
        if name != FORM and value.strip(" \t")
    ]


def _plain(name: str, value: str, lang: str, marked: bool) -> str | None:
    try:
        if name in _NUMBERS and (marked or "," in value):
            return repr(read_number(value, lang)).removesuffix(".0")
        if name in _DATES:
            return parse_partial(value)
    except ValueError:
        pass
    return None
