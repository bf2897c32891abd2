"""Each filter, what is in the totals and what is not, sorting."""

from __future__ import annotations

import pytest

from tests.factories import make_project, party, site, unit
from tracker.forms.selection import Selection, parse
from tracker.services import portfolio

NOT_KNOWN: dict[str, float | None] = {"capacity_mw": None}


@pytest.fixture
def chosen(app):
    """A small portfolio with a bit of everything; returns the codes that query pairs select."""
    with app.app_context():
        make_project(
            code="A-SOL-1",
            name_vi="Điện mặt trời Đông Hải",
            status="operating",
            cod_actual="2020-06-30",
            units=[unit(capacity_mw=50.0, cod_actual="2020-06-30")],
            parties=[party("Tập đoàn Trường Thành")],
            milestones=[{"stage": "operating", "actual": "2020-06-30"}],
            invest_vnd_bn=1000.0,
        )
        make_project(
            code="B-MIX-1",
            name_vi="Trời và pin",
            units=[unit(capacity_mw=30.0), unit("battery_storage", capacity_mw=10.0, storage_mwh=20.0)],
            cod_latest_planned="2028",
            links=[{"relation": "listed", "instrument_code": "qd-768-2025"}],
            call={"objective_vi": "Kêu gọi"},
            sites=[site(zone_code="phong-dien", accuracy="exact", lon=107.3, lat=16.5)],
            status="announced",
        )
        make_project(
            code="C-BAT-1",
            name_vi="Pin không rõ",
            units=[unit("battery_storage", **NOT_KNOWN)],
            sites=[],
            province_code="44",
            status="pre_construction",
        )
        make_project(
            code="D-WIN-1",
            name_vi="Gió đã hủy",
            units=[unit("wind_onshore", capacity_mw=100.0)],
            status="cancelled",
            province_code="44",
            sites=[site(province_code="44", accuracy="province", lon=None, lat=None)],
        )
        make_project(
            code="E-H2-1",
            name_vi="Hydro xanh",
            status="announced",
            units=[unit("green_hydrogen", electrolyser_mw=240.0, hydrogen_kt_per_year=24.0)],
            sites=[site(lon=108.0)],
            links=[{"relation": "outside", "instrument_code": "qd-165-2024"}],
            cod_latest_planned="2030-Q4",
        )
        make_project(
            code="F-PHA-1",
            name_vi="Hai giai đoạn",
            status="operating",
            units=[
                unit("wind_nearshore", capacity_mw=20.0),
                unit("wind_nearshore", capacity_mw=40.0, status="shelved"),
            ],
        )
        make_project(
            code="G-LNG-1",
            name_vi="Kho LNG",
            status="construction",
            units=[unit("lng_terminal", lng_mtpa=3.6)],
        )

        def codes(*pairs: tuple[str, str]) -> list[str]:
            selection = parse(pairs, provinces=portfolio.provinces(), zones=portfolio.zones())
            return [row.code[0] for row in portfolio.current().select(selection).rows]

        yield codes


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ((), "ABCDEFG"),
        ((("technology", "solar_ground"),), "AB"),
        ((("technology", "solar"),), "AB"),
        ((("technology", "solar"), ("technology", "lng")), "ABG"),
        ((("technology", "storage"),), "BC"),
        ((("status", "cancelled"),), "D"),
        ((("status", "shelved"),), "F"),
        ((("stage", "operating"),), "A"),
        ((("province", "44"),), "CD"),
        ((("province", "46"), ("technology", "wind")), "F"),
        ((("zone", "phong-dien"),), "B"),
        ((("plan", "listed"),), "B"),
        ((("plan", "outside"), ("plan", "listed")), "BE"),
        ((("plan", "unlinked"),), "ACDFG"),
        ((("mw_min", "30"), ("mw_max", "50")), "AB"),
        ((("mw_min", "200"),), "E"),
        ((("cod_from", "2028"), ("cod_to", "2029")), "B"),
        ((("cod_from", "2030-12"),), "E"),
        ((("cod_to", "2030-09-30"),), "AB"),
        ((("calling", "1"),), "B"),
        ((("calling", "0"),), "ACDEFG"),
        ((("accuracy", "exact"),), "B"),
        ((("accuracy", "none"),), "C"),
        ((("accuracy", "province"),), "D"),
        ((("investor", "truong thanh"),), "A"),
        ((("bbox", "107.9,16,108.1,17"),), "E"),
        ((("q", "dong hai"),), "A"),
        ((("q", "ĐÔNG HẢI"),), "A"),
        ((("q", "a-sol"),), "A"),
        ((("q", "quảng bình"),), "CD"),
        ((("q", "khong co gi"),), ""),
    ],
)
def test_a_filter_selects(chosen, pairs, expected):
    assert "".join(chosen(*pairs)) == expected


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("code", "ABCDEFG"),
        ("-code", "GFEDCBA"),
        ("name", "ADFEGCB"),
        ("-capacity", "EDABFCG"),
        ("capacity", "FBADECG"),
        ("cod", "ABECDFG"),
        ("-cod", "EBACDFG"),
        ("invest", "ABCDEFG"),
        ("province", "CDABEFG"),
        ("status", "BECGAFD"),
    ],
)
def test_sorting_puts_what_is_not_known_last(chosen, sort, expected):
    assert "".join(chosen(("sort", sort))) == expected


def test_cancelled_and_shelved_units_are_outside_the_default_totals(chosen):
    folio = portfolio.current()
    totals = folio.select(Selection()).totals
    assert totals.projects == 7
    assert totals.generation_mw == 50 + 30 + 20
    asked = folio.select(Selection(status=("cancelled", "shelved"))).totals
    assert asked.generation_mw == 100 + 40


def test_storage_and_electrolysers_are_never_in_generation(chosen):
    totals = portfolio.current().select(Selection()).totals
    assert (totals.storage_mw, totals.storage_mwh, totals.storage_units, totals.storage_mwh_unknown) == (
        10,
        20,
        2,
        1,
    )
    assert (totals.electrolyser_mw, totals.hydrogen_kt_per_year, totals.lng_mtpa) == (240, 24, 3.6)
    only = portfolio.current().select(Selection(technology=("battery_storage",))).totals
    assert (only.generation_mw, only.storage_mw, only.units) == (0, 10, 2)


def test_a_technology_counts_only_its_own_units(chosen):
    selected = portfolio.current().select(Selection(technology=("solar",)))
    assert selected.totals.generation_mw == 80
    assert [(share.code, share.projects, share.mw) for share in selected.by_technology] == [
        ("solar_ground", 2, 80)
    ]


def test_a_project_shows_its_live_units_and_an_ended_one_all(chosen):
    rows = {row.code[0]: row for row in portfolio.current().rows}
    assert (rows["F"].capacity_mw, rows["D"].capacity_mw) == (20, 100)
    assert (rows["B"].capacity_mw, rows["B"].storage_mw, rows["B"].storage_mwh) == (30, 10, 20)
    assert rows["C"].storage_mwh is None
    assert rows["E"].capacity_mw is None


def test_counts_without_a_place_and_by_status(chosen):
    selected = portfolio.current().select(Selection())
    assert selected.totals.without_place == 2
    assert {share.code: share.projects for share in selected.by_status} == {
        "announced": 2,
        "pre_construction": 1,
        "construction": 1,
        "operating": 2,
        "cancelled": 1,
    }


def test_nothing_selected_has_empty_totals(chosen):
    selected = portfolio.current().select(Selection(q="không có"))
    assert (selected.rows, selected.totals.projects, selected.totals.generation_mw) == ((), 0, 0)


def test_an_empty_portfolio_can_be_selected_from(app):
    with app.app_context():
        every = Selection(
            technology=("solar",),
            status=("operating",),
            stage=("planned",),
            province=("46",),
            q="a",
            zone=("phong-dien",),
            plan=("listed",),
            accuracy=("exact",),
            mw_min=1.0,
            bbox=(0, 0, 1, 1),
        )
        assert portfolio.current().select(every).rows == ()
