"""Dates known only in part: every way of writing gives one stored form, and that form sorts and spans
rightly.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain import dates


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("2030", "2030"),
        ("12/2030", "2030-12"),
        ("1/2030", "2030-01"),
        ("31/12/2030", "2030-12-31"),
        ("1.2.2030", "2030-02-01"),
        ("1-2-2030", "2030-02-01"),
        ("Q4/2030", "2030-Q4"),
        ("q1 2030", "2030-Q1"),
        ("Quý IV/2030", "2030-Q4"),
        ("quý 2/2030", "2030-Q2"),
        ("quy iii-2030", "2030-Q3"),
        ("2030-Q4", "2030-Q4"),
        ("2030-q4", "2030-Q4"),
        ("2030-06", "2030-06"),
        ("2030-06-30", "2030-06-30"),
        ("  2030 ", "2030"),
        ("29/02/2028", "2028-02-29"),
    ],
)
def test_ways_of_writing(typed, stored):
    assert dates.parse_partial(typed) == stored


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "soon",
        "30",
        "203",
        "20300",
        "32/01/2030",
        "29/02/2027",
        "13/2030",
        "0/2030",
        "Q5/2030",
        "2030-Q0",
        "2030-13",
        "2030-00",
        "12/31/2030",
        "1899",
        "2200",
        "31/12/30",
        "2030/12/31/1",
        "٢٠٣٠",
        "2030-06-31",
    ],
)
def test_what_is_no_date_is_refused(typed):
    with pytest.raises(ValueError, match=r".*"):
        dates.parse_partial(typed)


@pytest.mark.parametrize(
    ("stored", "first", "last"),
    [
        ("2028", date(2028, 1, 1), date(2028, 12, 31)),
        ("2028-Q1", date(2028, 1, 1), date(2028, 3, 31)),
        ("2028-Q4", date(2028, 10, 1), date(2028, 12, 31)),
        ("2028-02", date(2028, 2, 1), date(2028, 2, 29)),
        ("2028-02-07", date(2028, 2, 7), date(2028, 2, 7)),
    ],
)
def test_the_days_a_date_can_mean(stored, first, last):
    assert dates.span(stored) == (first, last)


days = st.dates(date(1900, 1, 1), date(2199, 12, 31))


@given(days)
def test_a_day_comes_back_from_every_way_of_writing_it(day):
    stored = day.isoformat()
    assert dates.parse_partial(f"{day.day}/{day.month}/{day.year}") == stored
    assert dates.parse_partial(f"{day.day:02d}.{day.month:02d}.{day.year}") == stored
    assert dates.parse_partial(stored) == stored
    assert dates.span(stored) == (day, day)


@given(days)
def test_coarser_dates_contain_the_day_and_stored_forms_are_stable(day):
    quarter = (day.month + 2) // 3
    for partial in (f"{day.year}", f"{day.year}-Q{quarter}", f"{day.year}-{day.month:02d}"):
        first, last = dates.span(partial)
        assert first <= day <= last
        assert dates.parse_partial(partial) == partial


@given(st.text(max_size=20))
def test_any_text_is_a_date_or_a_value_error(text):
    try:
        stored = dates.parse_partial(text)
    except ValueError:
        return
    first, last = dates.span(stored)
    assert first <= last
    assert dates.parse_partial(stored) == stored


def test_a_day_in_viet_nam_ends_at_five_in_the_afternoon_utc():
    assert dates.end_of_day_utc(date(2026, 11, 20)) == datetime(2026, 11, 20, 17, tzinfo=UTC)
