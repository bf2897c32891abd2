"""Reading a selection: what is asked is understood, what cannot be read is named, and it can be written
again.
"""

from __future__ import annotations

import string
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.domain.dates import span, today
from tracker.domain.statuses import ACCURACIES, RELATIONS, STAGES, STATUSES
from tracker.domain.technologies import FAMILIES, TECHNOLOGIES
from tracker.domain.text import tidy
from tracker.forms.selection import SORTS, Selection, SelectionError, is_tracking, parse

PROVINCES = {"46": "Huế", "01": "Hà Nội", "44": "Quảng Trị"}
ZONES = {"phong-dien": "", "chan-may-lang-co": ""}


def read(*pairs: tuple[str, str], **options: tuple[str, ...]) -> Selection:
    return parse(pairs, provinces=PROVINCES, zones=ZONES, **options)


def refused(*pairs: tuple[str, str]) -> list[str]:
    with pytest.raises(SelectionError) as error:
        read(*pairs)
    assert all(problem.message for problem in error.value.problems)
    return [problem.parameter for problem in error.value.problems]


@pytest.fixture(autouse=True)
def spoken(app):
    with app.test_request_context("/?lang=en"):
        yield


def test_nothing_asked_is_everything():
    assert read() == Selection()
    assert not read().filtered


def test_everything_asked_is_understood():
    found = read(
        ("q", "  điện   gió "),
        ("technology", "solar,wind_onshore"),
        ("technology", "lng"),
        ("status", "operating"),
        ("stage", "ipa"),
        ("province", "46"),
        ("zone", "phong-dien"),
        ("plan", "unlinked"),
        ("mw_min", "29.5"),
        ("mw_max", "1e3"),
        ("cod_from", "30/06/2027"),
        ("cod_to", "Q4/2030"),
        ("calling", "true"),
        ("accuracy", "none"),
        ("investor", "EVN"),
        ("bbox", "107,16,108.3,16.8"),
        ("as_of", "01/11/2026"),
        ("sort", "-capacity"),
        ("page", "3"),
        ("lang", "en"),
        ("utm_source", "zalo"),
    )
    assert found.technology == ("solar", "wind_onshore", "lng")
    assert (found.mw_min, found.mw_max, found.calling) == (29.5, 1000.0, True)
    assert (found.cod_from, found.cod_to, found.as_of) == ("2027-06-30", "2030-Q4", date(2026, 11, 1))
    assert found.bbox == (107, 16, 108.3, 16.8)
    assert found.filtered


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("technology", "sun"),
        ("technology", "solar,"),
        ("status", "built"),
        ("stage", "x"),
        ("province", "64"),
        ("province", "Huế"),
        ("zone", "mars"),
        ("plan", "maybe"),
        ("accuracy", "good"),
        ("mw_min", "abc"),
        ("mw_min", "-1"),
        ("mw_min", "nan"),
        ("mw_max", "inf"),
        ("mw_max", "1,5"),
        ("cod_from", "soon"),
        ("cod_to", "2030-13"),
        ("cod_to", "31/02/2030"),
        ("calling", "maybe"),
        ("bbox", "1,2,3"),
        ("bbox", "108,16,107,17"),
        ("bbox", "a,b,c,d"),
        ("bbox", "nan,1,2,3"),
        ("bbox", "-999,0,0,0"),
        ("as_of", "2026"),
        ("as_of", "2999-01-01"),
        ("as_of", "hôm qua"),
        ("sort", "price"),
        ("sort", "--code"),
        ("page", "0"),
        ("page", "-1"),
        ("page", "٣"),
        ("page", "1.5"),
        ("page", "9" * 5000),
        ("q", "x" * 201),
        ("investor", "x" * 201),
        ("lang", "fr"),
        ("tecnology", "solar"),
        ("", "x"),
        ("Q", "x"),
    ],
)
def test_what_cannot_be_read_is_named(name, value):
    assert refused((name, value)) == [name]


def test_every_bad_value_is_named_at_once():
    assert refused(("mw_min", "a"), ("page", "b"), ("colour", "red")) == ["mw_min", "page", "colour"]


@pytest.mark.parametrize(
    "pairs",
    [
        (("mw_min", "50"), ("mw_max", "30")),
        (("cod_from", "2031"), ("cod_to", "2030")),
        (("cod_from", "2030-12"), ("cod_to", "2030-Q3")),
    ],
)
def test_a_lower_bound_above_the_upper_one_is_refused(pairs):
    assert refused(*pairs) == [pairs[0][0]]


@pytest.mark.parametrize(
    "pairs",
    [
        (("cod_from", "2030-Q4"), ("cod_to", "2030-12")),
        (("cod_from", "2030-06"), ("cod_to", "2030")),
        (("mw_min", "30"), ("mw_max", "30")),
    ],
)
def test_bounds_that_meet_are_fine(pairs):
    assert read(*pairs).filtered


def test_a_single_value_may_not_stand_twice_and_an_empty_one_asks_nothing():
    assert refused(("mw_min", "1"), ("mw_min", "2")) == ["mw_min"]
    assert read(("q", ""), ("technology", " "), ("page", "")) == Selection()


def test_parameters_of_the_page_are_left_to_it():
    assert read(("view", "cards"), also=("view",)) == Selection()


def test_changes_of_a_selection_are_applied_and_defaults_left_out():
    found = read(("technology", "solar"), ("page", "2"))
    assert found.pairs(page=1) == [("technology", "solar")]
    assert found.pairs(technology=(), page=1) == []


def codes(*vocabularies: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    every = [code for vocabulary in vocabularies for code in vocabulary]
    return st.lists(st.sampled_from(every), unique=True, max_size=4).map(tuple)


words = st.text(
    alphabet=string.ascii_letters + string.digits + " đĐăâêôơưáàảãạ%&=+,;#'\"<>{}", max_size=60
).map(lambda text: tidy(text) or "")
partials = st.one_of(
    st.integers(1900, 2199).map(str),
    st.dates(date(1900, 1, 1), date(2199, 12, 31)).map(str),
    st.tuples(st.integers(1900, 2199), st.integers(1, 4)).map(lambda p: f"{p[0]}-Q{p[1]}"),
    st.tuples(st.integers(1900, 2199), st.integers(1, 12)).map(lambda p: f"{p[0]}-{p[1]:02d}"),
)
numbers = st.floats(0, 1e9, allow_nan=False)
longitudes = st.tuples(st.floats(-180, 180), st.floats(-180, 180)).map(sorted)
latitudes = st.tuples(st.floats(-90, 90), st.floats(-90, 90)).map(sorted)
selections = st.builds(
    Selection,
    q=words,
    technology=codes(TECHNOLOGIES.codes(), FAMILIES.codes()),
    status=codes(STATUSES.codes()),
    stage=codes(STAGES.codes()),
    province=codes(tuple(PROVINCES)),
    zone=codes(tuple(ZONES)),
    plan=codes(RELATIONS.codes(), ("unlinked",)),
    mw_min=st.none() | numbers,
    mw_max=st.none() | numbers,
    cod_from=st.none() | partials,
    cod_to=st.none() | partials,
    calling=st.none() | st.booleans(),
    accuracy=codes(ACCURACIES.codes(), ("none",)),
    investor=words,
    bbox=st.none() | st.tuples(longitudes, latitudes).map(lambda p: (p[0][0], p[1][0], p[0][1], p[1][1])),
    as_of=st.none() | st.dates(date(1900, 1, 1), today()),
    sort=st.sampled_from(["", *SORTS, *("-" + s for s in SORTS)]),
    page=st.integers(1, 1_000_000),
)


@given(selections)
@settings(max_examples=200, deadline=None)
def test_a_selection_written_as_pairs_is_read_again_as_the_same(selection):
    if selection.mw_min is not None and selection.mw_max is not None and selection.mw_min > selection.mw_max:
        return
    if selection.cod_from and selection.cod_to and span(selection.cod_from)[0] > span(selection.cod_to)[1]:
        return
    assert read(*selection.pairs()) == selection


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["q", "mw_min", "bbox", "page", "as_of", "cod_to", "sort", "calling", "lang"]),
            st.text(max_size=30),
        ),
        max_size=5,
    )
)
@settings(max_examples=300, deadline=None)
def test_no_text_breaks_the_reading(pairs):
    try:
        found = read(*pairs)
    except SelectionError as error:
        assert error.problems
    else:
        assert read(*found.pairs()) == found


def test_tracking_parameters_are_known():
    assert is_tracking("utm_source")
    assert is_tracking("fbclid")
    assert not is_tracking("q")
