"""Figures and dates read as an official of Viet Nam and an English reader would write them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from tracker.domain.technologies import QUANTITIES
from tracker.outputs import formats


@pytest.mark.parametrize(
    ("value", "vi", "en"),
    [
        (0, "0", "0"),
        (1583, "1.583", "1,583"),
        (1583.0, "1.583", "1,583"),
        (51.9, "51,9", "51.9"),
        (2.4000001, "2,4", "2.4"),
        (0.1 + 0.2, "0,3", "0.3"),
        (1.0005, "1,001", "1.001"),
        (2.675, "2,675", "2.675"),
        (Decimal("1234567.50"), "1.234.567,5", "1,234,567.5"),
        (Decimal("1E+3"), "1.000", "1,000"),
        (Decimal("100"), "100", "100"),
        (-4.25, "−4,25", "−4.25"),
        (0.0004, "< 0,001", "< 0.001"),
        (-0.0004, "> −0,001", "> −0.001"),
        (-0.0, "0", "0"),
        (999.9999, "1.000", "1,000"),
        (None, "chưa có thông tin", "not known"),
    ],
)
def test_numbers_have_the_separators_of_the_language_and_no_noise(value, vi, en):
    assert formats.number(value, "vi") == vi
    assert formats.number(value, "en") == en


def test_halves_round_away_from_zero():
    assert [formats.number(v, "en", max_digits=0) for v in (0.5, 1.5, 2.5, -2.5)] == ["1", "2", "3", "−3"]
    assert formats.number(Decimal("2.345"), "vi", max_digits=2) == "2,35"


def test_no_decimals_when_none_are_asked_for():
    assert formats.number(Decimal("1582.6"), "vi", max_digits=0) == "1.583"


def test_very_long_numbers_keep_every_digit():
    assert formats.number(10**30 + 1, "en") == "1,000,000,000,000,000,000,000,000,000,001"


def test_a_difference_carries_its_sign():
    assert formats.number(4.2, "vi", signed=True) == "+4,2"
    assert formats.number(-15, "vi", signed=True) == "−15"
    assert formats.number(0, "vi", signed=True) == "0"


@pytest.mark.parametrize("value", [float("nan"), float("inf"), Decimal("-Infinity"), Decimal("NaN")])
def test_what_is_no_number_is_refused(value):
    with pytest.raises(ValueError, match="not a number"):
        formats.number(value, "vi")


@pytest.mark.parametrize(
    ("value", "unit", "vi", "en"),
    [
        (1583, "mw", "1.583 MW", "1,583 MW"),
        (48, "mwp", "48 MWp", "48 MWp"),
        (40.5, "mwac", "40,5 MWac", "40.5 MWac"),
        (210, "mwh", "210 MWh", "210 MWh"),
        (1.5, "mtpa", "1,5 triệu tấn/năm", "1.5 mtpa"),
        (24, "kt_per_year", "24 nghìn tấn/năm", "24 kt/year"),
        (100, "million_litres_per_year", "100 triệu lít/năm", "100 million litres/year"),
        (600, "t_per_day", "600 tấn/ngày", "600 t/day"),
        (11.25, "ha", "11,25 ha", "11.25 ha"),
        (12, "km", "12 km", "12 km"),
        (100, "m", "100 m", "100 m"),
        (220, "kv", "220 kV", "220 kV"),
        (8000, "vnd_bn", "8.000 tỷ đồng", "VND 8,000 bn"),
        (1200, "usd_m", "1.200 triệu USD", "USD 1,200 m"),
        (15, "percent", "15%", "15%"),
        (4.5, "mw_per_turbine", "4,5 MW/tua-bin", "4.5 MW per turbine"),
        (1, "turbine_count", "1 tua-bin", "1 turbine"),
        (12, "turbine_count", "12 tua-bin", "12 turbines"),
        (None, "mw", "chưa có thông tin", "not known"),
    ],
)
def test_units_stand_where_each_language_puts_them(value, unit, vi, en):
    assert formats.quantity(value, unit, "vi") == vi
    assert formats.quantity(value, unit, "en") == en


@pytest.mark.parametrize(
    ("column", "shown"),
    [
        ("capacity_mw", "5 MW"),
        ("capacity_mwp", "5 MWp"),
        ("storage_mwh", "5 MWh"),
        ("biofuel_million_litres_per_year", "5 million litres/year"),
        ("hydrogen_kt_per_year", "5 kt/year"),
        ("waste_t_per_day", "5 t/day"),
        ("lng_mtpa", "5 mtpa"),
        ("invest_vnd_bn", "VND 5 bn"),
        ("line_km", "5 km"),
        ("turbine_mw", "5 MW per turbine"),
    ],
)
def test_a_column_name_gives_its_unit(column, shown):
    assert formats.quantity(5, column, "en") == shown


def test_every_quantity_of_the_vocabulary_has_a_unit():
    for term in QUANTITIES:
        for lang in ("vi", "en"):
            assert formats.quantity(1, term.code, lang).strip()


@pytest.mark.parametrize("unit", ["horsepower", "comw", "capacity"])
def test_an_unknown_unit_is_refused_whatever_the_value(unit):
    with pytest.raises(KeyError):
        formats.quantity(None, unit, "vi")
    with pytest.raises(KeyError):
        formats.quantity(1, unit, "vi")


@pytest.mark.parametrize(
    ("low", "high", "text", "unit", "vi", "en"),
    [
        (2000, 3200, None, "mw", "2.000–3.200 MW", "2,000–3,200 MW"),
        (20287, None, "About 20,287", "mw", "khoảng 20.287 MW", "about 20,287 MW"),
        (20287, 20287, "khoảng 20.287", "mw", "khoảng 20.287 MW", "about 20,287 MW"),
        (2000, 3200, "about 2,000-3,200", "mw", "khoảng 2.000–3.200 MW", "about 2,000–3,200 MW"),
        (8000, 9000, None, "vnd_bn", "8.000–9.000 tỷ đồng", "VND 8,000–9,000 bn"),
        (350, 350, None, "mw", "350 MW", "350 MW"),
        (350, None, None, "mw", "350 MW", "350 MW"),
        (350, None, "350", "mw", "350 MW", "350 MW"),
        (None, 500, None, "mw", "đến 500 MW", "up to 500 MW"),
        (500, None, "at least 500", "mw", "từ 500 MW trở lên", "at least 500 MW"),
        (500, 500, "không quá 500", "ha", "đến 500 ha", "up to 500 ha"),
        (None, None, "theo nhu cầu", "mw", "theo nhu cầu", "theo nhu cầu"),
        (None, None, "  ", "mw", "chưa có thông tin", "not known"),
        (None, None, None, "mw", "chưa có thông tin", "not known"),
        (0, 0, None, "mw", "0 MW", "0 MW"),
        (Decimal("2.0"), 2, None, "mw", "2 MW", "2 MW"),
    ],
)
def test_a_range_stays_a_range_and_about_stays_about(low, high, text, unit, vi, en):
    assert formats.number_range(low, high, text, unit, "vi") == vi
    assert formats.number_range(low, high, text, unit, "en") == en


@pytest.mark.parametrize(
    ("value", "vi", "en"),
    [
        (dt.date(2030, 12, 31), "31/12/2030", "31 Dec 2030"),
        (dt.date(2026, 9, 1), "01/09/2026", "1 Sep 2026"),
        ("2030-12-31", "31/12/2030", "31 Dec 2030"),
        ("2029-12", "12/2029", "Dec 2029"),
        ("2029-05", "05/2029", "May 2029"),
        ("2029-Q4", "Q4/2029", "Q4 2029"),
        ("2029", "2029", "2029"),
        (None, "chưa có thông tin", "not known"),
        ("", "chưa có thông tin", "not known"),
    ],
)
def test_dates_are_written_as_exactly_as_they_are_known(value, vi, en):
    assert formats.date(value, "vi") == vi
    assert formats.date(value, "en") == en


@pytest.mark.parametrize("value", ["31/12/2030", "2030-13", "2030-02-30", "soon"])
def test_text_that_is_no_stored_date_is_refused(value):
    with pytest.raises(ValueError):
        formats.date(value, "vi")


def test_moments_are_told_in_viet_nam():
    late = dt.datetime(2026, 11, 23, 18, 5, tzinfo=dt.UTC)
    assert formats.datetime_vn(late, "vi") == "24/11/2026 01:05"
    assert formats.datetime_vn(late, "en") == "24 Nov 2026, 01:05"
    assert formats.datetime_vn(late.replace(tzinfo=None), "vi") == "24/11/2026 01:05"
    assert formats.date(late, "vi") == "24/11/2026"
    assert formats.datetime_vn(None, "en") == "not known"


def test_periods_of_the_plan():
    assert formats.years(2026, 2030, "vi") == "2026–2030"
    assert formats.years(2030, 2030, "en") == "2030"
    assert formats.years(None, 2035, "en") == "2035"
    assert formats.years(None, None, "vi") == "chưa có thông tin"


def test_words_for_what_is_missing():
    assert formats.unknown("vi") == "chưa có thông tin"
    assert formats.unknown("en") == "not known"
    assert formats.not_set("vi") == "chưa xác định"
    assert formats.not_set("en") == "not determined"


def test_countries_by_their_names():
    assert [formats.country("VN", lang) for lang in ("vi", "en")] == ["Việt Nam", "Vietnam"]
    assert formats.country("TH", "vi") == "Thái Lan"
    assert formats.country("Liên Xô", "vi") == "Liên Xô"
