"""Numbers and dates as people type them: never silently another number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.forms import numbers


@pytest.fixture(autouse=True)
def _words(app):
    with app.test_request_context():
        yield


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1250", 1250),
        ("1.250,5", 1250.5),
        ("1250,5", 1250.5),
        ("1,250.5", 1250.5),
        ("1 250,5", 1250.5),
        ("1\u00a0250\u00a0000", 1_250_000),
        ("1.250", 1250),
        ("1.250.000", 1_250_000),
        ("1,250,000", 1_250_000),
        ("29.5", 29.5),
        ("29,5", 29.5),
        ("0,125", 0.125),
        ("0.125", 0.125),
        ("12.50", 12.5),
        ("51,9850", 51.985),
        (" 7 ", 7),
        ("1250.500", 1250.5),
        ("1.234.567,89", 1234567.89),
        ("000", 0),
    ],
)
def test_vietnamese_numbers(text, value):
    assert numbers.read_number(text, "vi") == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1250", 1250),
        ("1,250", 1250),
        ("1,250.5", 1250.5),
        ("1.250,5", 1250.5),
        ("1250.5", 1250.5),
        ("29,5", 29.5),
        ("0.125", 0.125),
        ("51.9850", 51.985),
        ("1,250,000", 1_250_000),
        ("1.250.000", 1_250_000),
    ],
)
def test_english_numbers(text, value):
    assert numbers.read_number(text, "en") == value


@pytest.mark.parametrize(
    ("text", "lang", "said"),
    [
        ("1,250", "vi", ("1250", "1,25")),
        ("1.250", "en", ("1250", "1.25")),
        ("51,985", "vi", ("51985", "51,9850")),
    ],
)
def test_what_can_mean_two_things_is_asked_back_with_both(text, lang, said):
    with pytest.raises(ValueError, match=said[0]) as refused:
        numbers.read_number(text, lang)
    assert all(reading in str(refused.value) for reading in said)


@pytest.mark.parametrize(
    ("text", "lang"), [("16,463", "vi"), ("16.463", "vi"), ("16.463", "en"), ("16,463", "en")]
)
def test_bounds_tell_which_reading_is_meant(text, lang):
    assert numbers.read_number(text, lang, low=-180, high=180) == 16.463


@pytest.mark.parametrize(
    "text",
    [
        "",
        "abc",
        "50 MW",
        "1e3",
        "NaN",
        "inf",
        "1..2",
        "1,2,3",
        "1.2.3",
        "1.25.000",
        "12,34,567",
        "1.250,5,0",
        "--1",
        "1-2",
        "٣",
        "１２",
        "1.250.5",
        "1,250,5",
        "{{7*7}}",
        "=1+1",
        "0.250.000",
        ".5",
        "5.",
    ],
)
def test_what_is_no_number_is_refused(text):
    for lang in ("vi", "en"):
        with pytest.raises(ValueError, match=r"\w"):
            numbers.read_number(text, lang)


@pytest.mark.parametrize(("text", "low", "high"), [("-1", 0, None), ("−1", 0, None), ("101", 0, 100)])
def test_bounds_are_kept(text, low, high):
    with pytest.raises(ValueError, match=r"\w"):
        numbers.read_number(text, "vi", low=low, high=high)


@given(st.floats(min_value=0, max_value=1e9, allow_nan=False), st.sampled_from(["vi", "en"]))
def test_what_is_written_reads_back_as_the_same_number(value, lang):
    assert numbers.read_number(numbers.write_number(value, lang), lang) == value


@given(st.decimals(min_value=0, max_value=10**8, places=3), st.sampled_from(["vi", "en"]))
def test_three_decimals_read_back_too(value, lang):
    assert numbers.read_number(numbers.write_number(float(value), lang), lang) == float(value)


def test_whole_numbers():
    assert numbers.read_whole("1.250", "vi") == 1250
    with pytest.raises(ValueError, match=r"\w"):
        numbers.read_whole("1,5", "vi")


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("31/12/2030", "2030-12-31"),
        ("12/2030", "2030-12"),
        ("Q4/2030", "2030-Q4"),
        ("quý IV/2030", "2030-Q4"),
        ("2030", "2030"),
        ("2030-12-31", "2030-12-31"),
        ("2030-Q4", "2030-Q4"),
        ("1/2/2030", "2030-02-01"),
    ],
)
def test_dates(text, stored):
    assert numbers.read_date(text) == stored
    assert numbers.read_date(numbers.write_date(stored)) == stored


@pytest.mark.parametrize(
    "text", ["12/31/2030", "31/02/2030", "13/2030", "Q5/2030", "soon", "30", "31/12/30", "2030-13"]
)
def test_what_is_no_date_is_refused(text):
    with pytest.raises(ValueError, match="2030"):
        numbers.read_date(text)


def test_a_day_must_be_whole():
    assert numbers.read_day("01/07/2025") == "2025-07-01"
    with pytest.raises(ValueError, match=r"\w"):
        numbers.read_day("07/2025")
