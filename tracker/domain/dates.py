"""Dates known only to the year, quarter or month, kept as they are known.

Stored as text that sorts: `2029`, `2029-Q4`, `2029-06`, `2029-06-30`.
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")

_STORED = re.compile(r"(\d{4})(?:-(?:Q([1-4])|(\d{2})(?:-(\d{2}))?))?", re.ASCII)
_TYPED = (
    (re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})", re.A), "dmy"),
    (re.compile(r"(?:q|quý\s*|quy\s*)([1-4]|iv|iii|ii|i)[/.\-\s]+([0-9]{4})", re.I), "qy"),
    (re.compile(r"(\d{1,2})[/.\-](\d{4})", re.A), "my"),
)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


def parse_partial(text: str) -> str:
    """Return the stored form of a date as people write it: 31/12/2030, 12/2030, Q4/2030, quý IV/2030, 2030,
    ISO.

    Day comes before month. Raises ValueError when it is not a date between 1900 and 2199.
    """
    cleaned = unicodedata.normalize("NFC", " ".join(text.split()))
    stored = _STORED.fullmatch(cleaned.upper())
    if stored:
        year, quarter, month, day = stored.groups()
        return _checked(int(year), quarter, month, day)
    for pattern, kind in _TYPED:
        found = pattern.fullmatch(cleaned)
        if not found:
            continue
        if kind == "dmy":
            return _checked(int(found[3]), None, found[2], found[1])
        if kind == "my":
            return _checked(int(found[2]), None, found[1], None)
        quarter = found[1].lower()
        return _checked(int(found[2]), str(_ROMAN.get(quarter, quarter)), None, None)
    raise ValueError(text)


def _checked(year: int, quarter: str | None, month: str | None, day: str | None) -> str:
    if not 1900 <= year <= 2199:
        raise ValueError(year)
    if quarter:
        return f"{year:04d}-Q{quarter}"
    if month and day:
        return date(year, int(month), int(day)).isoformat()
    if month:
        return date(year, int(month), 1).isoformat()[:7]
    return f"{year:04d}"


def span(partial: str) -> tuple[date, date]:
    """Return the first and last day that a stored partial date can mean."""
    found = _STORED.fullmatch(partial)
    if not found:
        raise ValueError(partial)
    year, quarter, month, day = int(found[1]), found[2], found[3], found[4]
    if quarter:
        first, last = 3 * int(quarter) - 2, 3 * int(quarter)
    elif month:
        first = last = int(month)
    else:
        first, last = 1, 12
    if day:
        return date(year, first, int(day)), date(year, first, int(day))
    return date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1])


def year_of(partial: str | None) -> int | None:
    """Return the year of a stored partial date."""
    return int(partial[:4]) if partial else None


def months_before(day: date, months: int) -> date:
    """Return the day that lies `months` before `day`; the last of the month where there is no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def months_between(earlier: date, later: date) -> int:
    """Return how many full months lie between two days."""
    return (later.year - earlier.year) * 12 + later.month - earlier.month - (later.day < earlier.day)


def utc_now() -> datetime:
    """Return the present moment in UTC."""
    return datetime.now(UTC)


def end_of_day_utc(day: date) -> datetime:
    """Return the first moment after `day` in Viet Nam, in UTC: what `as_of` that day means."""
    return datetime.combine(day + timedelta(days=1), time(), VIETNAM).astimezone(UTC)


def today() -> date:
    """Return today's date in Viet Nam."""
    return datetime.now(VIETNAM).date()
