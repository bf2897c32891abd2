"""Numbers, quantities and dates as an office of Viet Nam and an English reader write them.

Pure functions: a value and the language (`vi` or `en`) in, text out. A value that is not known comes out in
words, never as a dash or 0; a range stays a range; nothing is rounded further than the digits asked for.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal

from ..domain.dates import VIETNAM, span

Number = int | float | Decimal

DIGITS = 3  # decimals shown at most: no source of the portfolio prints more

_UNKNOWN = {"vi": "chưa có thông tin", "en": "not known"}
_NOT_SET = {"vi": "chưa xác định", "en": "not determined"}


@dataclass(frozen=True, slots=True)
class _Written:
    """How a unit is written around a number: `{}` stands for the number."""

    vi: str
    en: str
    en_one: str | None = None

    def around(self, digits: str, lang: str) -> str:
        pattern = self.vi if lang == "vi" else self.en
        if lang == "en" and self.en_one and digits == "1":
            pattern = self.en_one
        return pattern.format(digits)


def _same(pattern: str) -> _Written:
    return _Written(pattern, pattern)


_UNITS: dict[str, _Written] = {
    "mw": _same("{} MW"),
    "mwp": _same("{} MWp"),
    "mwac": _same("{} MWac"),
    "gw": _same("{} GW"),
    "mwh": _same("{} MWh"),
    "gwh_per_year": _Written("{} GWh/năm", "{} GWh/year"),
    "mw_per_turbine": _Written("{} MW/tua-bin", "{} MW per turbine"),
    "turbine_mw": _Written("{} MW/tua-bin", "{} MW per turbine"),
    "turbine_count": _Written("{} tua-bin", "{} turbines", "{} turbine"),
    "mtpa": _Written("{} triệu tấn/năm", "{} mtpa"),
    "kt_per_year": _Written("{} nghìn tấn/năm", "{} kt/year"),
    "million_litres_per_year": _Written("{} triệu lít/năm", "{} million litres/year"),
    "t_per_day": _Written("{} tấn/ngày", "{} t/day"),
    "tco2_per_year": _Written("{} tấn CO2/năm", "{} t CO2/year"),
    "ha": _same("{} ha"),
    "m": _same("{} m"),
    "km": _same("{} km"),
    "kv": _same("{} kV"),
    "hours": _Written("{} giờ", "{} hours", "{} hour"),
    "jobs": _Written("{} việc làm", "{} jobs", "{} job"),
    "vnd_bn": _Written("{} tỷ đồng", "VND {} bn"),
    "usd_m": _Written("{} triệu USD", "USD {} m"),
    "percent": _same("{}%"),
    "": _same("{}"),
}
_LONGEST_FIRST = sorted((name for name in _UNITS if name), key=len, reverse=True)

# "About" and "at least" as the plan's annexes and the office's own texts print them.
_ABOUT = re.compile(r"\s*(about|approx|around|some\b|circa|ca\.|khoảng|gần|~|≈)", re.IGNORECASE)
_AT_LEAST = re.compile(
    r"\s*(at least|over|more than|from|above|tối thiểu|ít nhất|trên|hơn|từ|≥|>)", re.IGNORECASE)
_UP_TO = re.compile(r"\s*(up to|at most|under|below|less than|tối đa|đến|dưới|không quá|≤|<)", re.IGNORECASE)
_WORDS = {
    "about": {"vi": "khoảng {}", "en": "about {}"},
    "at_least": {"vi": "từ {} trở lên", "en": "at least {}"},
    "up_to": {"vi": "đến {}", "en": "up to {}"},
}

_MONTH = re.compile(r"\d{4}-\d{2}")
_QUARTER = re.compile(r"(\d{4})-Q([1-4])")
_YEAR = re.compile(r"\d{4}")


def unknown(lang: str) -> str:
    """Return the words for a value that nobody has told."""
    return _UNKNOWN[lang]


def country(code: str, lang: str) -> str:
    """Return the name of a country by its ISO code: "VN" → "Việt Nam"; anything else as it stands."""
    return str(Locale.parse(lang).territories.get(code.upper(), code))


def not_set(lang: str) -> str:
    """Return the words for a value that the source itself leaves open."""
    return _NOT_SET[lang]


def number(value: Number | None, lang: str, max_digits: int = DIGITS, signed: bool = False) -> str:
    """Return `value` with the language's separators and at most `max_digits` decimals, none of them idle.

    Halves round away from zero. What would round to nothing reads "< 0,001"; `signed` puts a plus before
    gains. Raises ValueError for NaN and infinity.
    """
    if value is None:
        return unknown(lang)
    exact = _exact(value)
    step = Decimal(1).scaleb(-max_digits)
    with localcontext(prec=max(28, exact.adjusted() + max_digits + 2)):
        rounded = exact.quantize(step, ROUND_HALF_UP)
    if not rounded:
        if not exact:
            return "0"
        sign = "> −" if exact < 0 else "< "
        return sign + _decimal(step, lang, max_digits)
    written = _decimal(rounded.copy_abs(), lang, max_digits)
    return ("−" if rounded < 0 else "+" if signed else "") + written


def quantity(value: Number | None, unit: str, lang: str, max_digits: int = DIGITS) -> str:
    """Return `value` with its unit: "1.583 MW", "8.000 tỷ đồng"; "1,583 MW", "VND 8,000 bn".

    `unit` is a unit (`mw`, `vnd_bn`, `t_per_day`) or a column that ends in one (`capacity_mw`). Raises
    KeyError for a unit that is not known here.
    """
    written = _unit(unit)
    return unknown(lang) if value is None else written.around(number(value, lang, max_digits), lang)


def number_range(
    low: Number | None, high: Number | None, text: str | None, unit: str, lang: str, max_digits: int = DIGITS,
) -> str:
    """Return a quantity that may be a range or an estimate: "2.000–3.200 MW", "khoảng 20.287 MW".

    `text` is what the source printed beside the numbers; its "about", "at least" or "up to" is kept. One
    bound alone is the value, or "up to" when it is the upper one. Without numbers the printed text itself
    is returned; without that either, the words for unknown.
    """
    written = _unit(unit)
    if low is None and high is None:
        return text.strip() if text and text.strip() else unknown(lang)
    first, last = (low if low is not None else high), (high if high is not None else low)
    digits = number(first, lang, max_digits)
    if first != last:
        digits += "–" + number(last, lang, max_digits)
    amount = written.around(digits, lang)
    hedge = _hedge(text or "", low, high)
    return _WORDS[hedge][lang].format(amount) if hedge else amount


def date(value: dt.date | str | None, lang: str) -> str:
    """Return a date, or one known only to the month, quarter or year, as stored by `domain.dates`.

    31/12/2030, 12/2029, Q4/2029, 2029 in Vietnamese; 31 Dec 2030, Dec 2029, Q4 2029, 2029 in English. A
    moment is taken as the day it is in Viet Nam. Raises ValueError for text that is not such a date.
    """
    if value is None or value == "":
        return unknown(lang)
    if isinstance(value, dt.datetime):
        return _day(_in_vietnam(value).date(), lang)
    if isinstance(value, dt.date):
        return _day(value, lang)
    first, _ = span(value)
    if _YEAR.fullmatch(value):
        return value
    if quarter := _QUARTER.fullmatch(value):
        return f"Q{quarter[2]}/{quarter[1]}" if lang == "vi" else f"Q{quarter[2]} {quarter[1]}"
    if _MONTH.fullmatch(value):
        return f"{first.month:02d}/{first.year}" if lang == "vi" else format_date(first, "MMM y", "en")
    return _day(first, lang)


def datetime_vn(moment: dt.datetime | None, lang: str) -> str:
    """Return a moment in Viet Nam's time: "24/11/2026 08:46", "24 Nov 2026, 08:46". A naive one is UTC."""
    if moment is None:
        return unknown(lang)
    local = _in_vietnam(moment)
    return _day(local.date(), lang) + (" " if lang == "vi" else ", ") + f"{local:%H:%M}"


def years(first: int | None, last: int | None, lang: str) -> str:
    """Return a period of the plan: "2026–2030", or one year when both are the same or one is missing."""
    known = [year for year in (first, last) if year is not None]
    if not known:
        return unknown(lang)
    return str(known[0]) if known[0] == known[-1] else f"{known[0]}–{known[-1]}"


def _exact(value: Number) -> Decimal:
    # repr() of a float is the shortest text that means it: 0.1 stays 0.1.
    exact = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    if not exact.is_finite():
        raise ValueError(f"not a number to show: {value}")
    return exact


def _decimal(value: Decimal, lang: str, max_digits: int) -> str:
    # Babel rounds half to even: it gets the value already rounded, and room for all of its digits.
    pattern = "#,##0." + "#" * max_digits if max_digits else "#,##0"
    with localcontext(prec=max(28, value.adjusted() + max_digits + 2)):
        return format_decimal(value, pattern, lang)


def _unit(unit: str) -> _Written:
    if unit in _UNITS:
        return _UNITS[unit]
    for name in _LONGEST_FIRST:
        if unit.endswith("_" + name):
            return _UNITS[name]
    raise KeyError(unit)


def _hedge(text: str, low: Number | None, high: Number | None) -> str | None:
    if _ABOUT.match(text):
        return "about"
    if low is None:
        return "up_to"
    if high is None or low == high:
        if _AT_LEAST.match(text):
            return "at_least"
        if _UP_TO.match(text):
            return "up_to"
    return None


def _in_vietnam(moment: dt.datetime) -> dt.datetime:
    return (moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)).astimezone(VIETNAM)


def _day(day: dt.date, lang: str) -> str:
    return f"{day.day:02d}/{day.month:02d}/{day.year}" if lang == "vi" else format_date(day, "d MMM y", "en")
