"""Numbers and dates as people of both languages type them: read rightly, or asked back."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from flask_babel import gettext as _

from ..domain.dates import parse_partial

_SHAPE = re.compile(r"-?[0-9]+(?:[.,][0-9]+)*")
_SPACED = re.compile(r"-?[0-9]{1,3}(?: [0-9]{3})+(?:[.,][0-9]+)?")


def read_number(
    text: str, lang: str, *, low: float | None = None, high: float | None = None, example: str | None = None
) -> float:
    """Return the number that `text` means: 1.250,5 · 1250,5 · 1 250,5 · 1,250.5 are the same.

    A single mark before exactly three digits groups thousands when it is the grouping mark of `lang` ("1.250"
    in Vietnamese); when it is the decimal mark of `lang` ("1,250") both readings are common, so the person is
    asked, unless only one of them lies between `low` and `high`. Raises ValueError with words for the person,
    `example` among them.
    """
    example = example or _example(lang)
    cleaned = re.sub(r"[ \u00a0\u2009\u202f]+", " ", text.strip()).replace("\u2212", "-")
    if _SPACED.fullmatch(cleaned):
        cleaned = cleaned.replace(" ", "")
        readings = [cleaned.replace(",", ".")]
    else:
        if not _SHAPE.fullmatch(cleaned):
            raise ValueError(_("Write a number in digits, for example %(example)s.", example=example))
        readings = _readings(cleaned)
    if not readings:
        raise ValueError(_("The separators do not fit together. Write for example %(example)s.", example=example))
    values = [float(Decimal(reading)) for reading in readings]
    fitting = [value for value in values if _fits(value, low, high)]
    if len(values) == 1 or not fitting:
        return _bounded(values[0], lang, low, high)
    if len(fitting) == 1:
        return fitting[0]
    grouping = "." if lang == "vi" else ","
    if grouping in cleaned:
        return values[0]
    raise ValueError(
        _(
            "This can mean %(first)s or %(second)s. Write one of these.",
            first=write_number(values[0], lang),
            second=write_number(values[1], lang),
        )
    )


def _readings(text: str) -> list[str]:
    """Return what digits with marks can mean as plain numbers, thousands first; none when malformed."""
    marks = [letter for letter in text if letter in ".,"]
    if not marks:
        return [text]
    if len(set(marks)) == 2:
        whole, _mark, rest = text.rpartition(marks[-1])
        if marks.count(marks[-1]) > 1 or not _grouped(whole):
            return []
        return [re.sub("[.,]", "", whole) + "." + rest]
    plain = re.sub("[.,]", "", text)
    if len(marks) > 1:
        return [plain] if _grouped(text) else []
    decimal = text.replace(marks[0], ".")
    return [plain, decimal] if _grouped(text) else [decimal]


def _grouped(text: str) -> bool:
    first, *others = re.split("[.,]", text.lstrip("-"))
    return 1 <= len(first) <= 3 and first[0] != "0" and all(len(part) == 3 for part in others)


def _fits(value: float, low: float | None, high: float | None) -> bool:
    return (low is None or value >= low) and (high is None or value <= high)


def _bounded(value: float, lang: str, low: float | None, high: float | None) -> float:
    if low is not None and value < low:
        if low == 0:
            raise ValueError(_("Write a number that is not negative."))
        raise ValueError(_("Write a number from %(low)s upwards.", low=write_number(low, lang)))
    if high is not None and value > high:
        raise ValueError(_("Write a number up to %(high)s.", high=write_number(high, lang)))
    return value


def _example(lang: str) -> str:
    return "1250,5" if lang == "vi" else "1250.5"


def write_number(value: float, lang: str) -> str:
    """Return `value` as `read_number` reads it back in `lang`, every digit kept: 1250,5; 51,9850.

    Without grouping; three decimals get a fourth, as three would look like thousands.
    """
    exact = format(Decimal(repr(float(value))).normalize(), "f")
    whole, _mark, rest = exact.partition(".")
    if not rest:
        return whole
    if len(rest) == 3:
        rest += "0"
    return whole + ("," if lang == "vi" else ".") + rest


def read_whole(text: str, lang: str, *, low: int | None = None, high: int | None = None) -> int:
    """Return a whole number; raises ValueError with words for the person. A lowest bound serves as example."""
    value = read_number(text, lang, low=low, high=high, example=str(low or 1250))
    if value != int(value):
        raise ValueError(_("Write a whole number."))
    return int(value)


def read_date(text: str) -> str:
    """Return the stored form of a day, month, quarter or year; raises ValueError with words."""
    try:
        return parse_partial(text)
    except ValueError:
        raise ValueError(_("Write a date, for example 31/12/2030, 12/2030, Q4/2030 or 2030.")) from None


def read_day(text: str) -> str:
    """Return a full day in ISO form; raises ValueError with words for the person."""
    try:
        return date.fromisoformat(parse_partial(text)).isoformat()
    except ValueError:
        raise ValueError(_("Write a day, for example 31/12/2030.")) from None


def write_date(stored: str) -> str:
    """Return a stored date as people type it: 31/12/2030, 12/2030, Q4/2030, 2030."""
    if "Q" in stored:
        year, quarter = stored.split("-")
        return f"{quarter}/{year}"
    return "/".join(reversed(stored.split("-")))
