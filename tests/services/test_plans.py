"""The board reconciles with the registry; three provinces are recomputed from the files alone."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.factories import edit, make_project, unit
from tracker.domain import Allocation, Entry, db
from tracker.services import plans, portfolio
from tracker.services.plan_counting import Counting
from tracker.services.plan_heads import heads, list_heads
from tracker.services.plan_registry import registry
from tracker.services.transactions import SYSTEM, write

DECISION = "qd-768-2025"
FIRST, SECOND = "2025-2030", "2031-2035"
FILES = Path(__file__).resolve().parents[2] / "data" / "plan"


def board(province="46", **options):
    return plans.board(
        instrument_code=DECISION,
        province_code=province,
        portfolio=portfolio.current(audience=options.pop("audience", "public")),
        **options,
    )


def lines(found, technology, subset=None):
    for group in found.groups:
        if group.technology == technology and subset in (None, group.subset):
            return {line.period.label: line for line in group.lines}
    raise AssertionError(technology)


def entry(table, ordinal):
    return db.session.scalars(
        select(Entry).where(
            Entry.table_no == str(table), Entry.ordinal == ordinal, Entry.instrument_code == DECISION
        )
    ).one()


def allocation(technology, period=FIRST, province="46"):
    return db.session.scalars(
        select(Allocation).where(
            Allocation.technology == technology,
            Allocation.period_label == period,
            Allocation.province_code == province,
            Allocation.kind == "added",
        )
    ).one()


def link(*, row=None, allocated=None, **values):
    target = {"entry_id": row.id} if row else {"allocation_id": allocated.id}
    return {"relation": "listed" if row else "allocation"} | target | values


# Huế


@pytest.mark.parametrize(
    ("technology", "first", "second"),
    [
        ("solar_ground", 397, 1583),
        ("solar_rooftop", 50, 136),
        ("wind_onshore", 100, 0),
        ("hydro", 31, 51.9),
        ("waste_to_energy", 2, 0),
        ("biomass", 10, 58),
    ],
)
def test_hue_is_allotted_what_appendix_ii_prints(inside, technology, first, second):
    found = lines(board(), technology)
    assert [found[FIRST].allocated_mw, found[SECOND].allocated_mw] == [first, second]


def test_hue_has_no_other_allotted_group(inside):
    found = [(g.technology, g.subset) for g in board().groups if g.allotted]
    assert len(found) == 6


def test_named_and_left_of_hue(inside):
    solar, wind = lines(board(), "solar_ground"), lines(board(), "wind_onshore")
    assert [row.mw_high for row in solar[FIRST].named] == [40, 105, 95, 50]
    assert (solar[FIRST].named_mw, solar[FIRST].left_mw) == (290, 107)
    assert (solar[SECOND].named_mw, solar[SECOND].left_mw) == (950, 633)
    assert (wind[FIRST].named_mw, wind[FIRST].left_mw) == (100, 0)
    assert solar[FIRST].named_without_investor_mw == 290


def test_figures_carry_table_and_page(inside):
    line = lines(board(), "solar_ground")[FIRST]
    assert [(row.key[1], row.key[2], row.page) for row in line.allocations] == [("II", "2", 3)]
    assert {(row.key[1], row.table_no, row.page) for row in line.named} == {
        ("III", "14", 57),
        ("III", "14", 58),
    }


def test_uprated_plant_never_counts(inside):
    found = board()
    hydro = next(g for g in found.groups if g.technology == "hydro")
    assert [(b.how, [row.name_en for row in b.rows]) for b in hydro.beside] == [
        ("earlier", ["Song Bo hydropower plant"])
    ]
    assert lines(found, "hydro")[FIRST].left_mw == 31


def test_left_is_the_headline(inside):
    found = plans.left(province_code="46", portfolio=portfolio.current())
    assert found["solar_ground"] == {FIRST: 107, SECOND: 633}
    assert found["hydro"] == {FIRST: 31, SECOND: 51.9}


# links


def test_unit_linked_to_the_allocation_is_taken(inside):
    make_project(
        status="announced", units=[unit(capacity_mw=29.5)], links=[link(allocated=allocation("solar_ground"))]
    )
    line = lines(board(), "solar_ground")[FIRST]
    assert (line.taken_mw, line.left_mw) == (29.5, 77.5)
    assert len(line.taken_by) == 1


def test_ended_project_takes_nothing(inside):
    make_project(
        status="cancelled", units=[unit(capacity_mw=29.5)], links=[link(allocated=allocation("solar_ground"))]
    )
    assert lines(board(), "solar_ground")[FIRST].left_mw == 107


def test_plant_that_ran_before_the_decision_takes_nothing(inside):
    make_project(
        status="operating",
        cod_actual="2018-10",
        units=[unit(capacity_mw=35)],
        links=[link(allocated=allocation("solar_ground"))],
    )
    line = lines(board(), "solar_ground")[FIRST]
    assert (line.taken_mw, [note.code for note in line.notes]) == (0, ["existing"])


def test_project_without_a_figure_is_remarked_on_not_counted(inside):
    make_project(
        status="announced",
        units=[unit("biomass", capacity_mw=None)],
        links=[link(allocated=allocation("biomass"))],
    )
    line = lines(board(), "biomass")[FIRST]
    assert (line.taken_mw, [note.code for note in line.notes]) == (0, ["mw_unknown"])


def test_project_tied_to_both_periods_is_subtracted_from_neither(inside):
    both_periods = [link(allocated=allocation("biomass", period)) for period in (FIRST, SECOND)]
    make_project(status="announced", units=[unit("biomass", capacity_mw=5)], links=both_periods)
    found = lines(board(), "biomass")
    assert [found[p].taken_mw for p in (FIRST, SECOND)] == [0, 0]
    assert [note.code for note in found[FIRST].notes] == ["period_open"]


def test_linked_by_status_and_investor(inside):
    make_project(
        status="construction",
        units=[unit(capacity_mw=100)],
        links=[link(row=entry(14, 718))],
        parties=[{"organisation": {"name_vi": "Công ty A"}, "role": "investor"}],
    )
    line = lines(board(), "solar_ground")[FIRST]
    assert line.linked_mw == {"construction": 100}
    assert line.named_without_investor_mw == 185
    assert line.left_mw == 107, "a link to a named row takes nothing more"


def test_one_row_two_units(inside):
    row = entry(1, 5)
    make_project(
        status="construction",
        province_code="75",
        sites=[],
        units=[
            unit("lng_power", capacity_mw=812, ordinal=n, status=s)
            for n, s in ((1, "operating"), (2, "construction"))
        ],
        links=[link(row=row, unit_ordinal=n, mw_share=812) for n in (1, 2)],
    )
    line = lines(board(None), "lng_power")[FIRST]
    assert line.linked_mw == {"operating": 812, "construction": 812}
    (found,) = list(
        plans.entries(instrument_code=DECISION, portfolio=portfolio.current(), table="1", linked=True)
    )
    assert len(found.linked) == 2 and [p.total_mw for p in found.projects] == [1624]


def test_unit_of_two_rows_without_a_share_counts_the_rows_figure(inside):
    rows = [entry(14, 717), entry(14, 720)]
    make_project(status="announced", units=[unit(capacity_mw=90)], links=[link(row=row) for row in rows])
    assert lines(board(), "solar_ground")[FIRST].linked_mw == {"announced": 90}, "40 + 50, not 90 + 90"


def test_public_sees_published_links_only(inside):
    code = make_project(
        publish=False,
        status="announced",
        units=[unit(capacity_mw=29.5)],
        links=[link(allocated=allocation("solar_ground"))],
    )
    assert lines(board(), "solar_ground")[FIRST].taken_mw == 0
    assert lines(board(audience="staff"), "solar_ground")[FIRST].taken_mw == 29.5
    edit(code, publish=True)
    assert lines(board(), "solar_ground")[FIRST].taken_mw == 29.5


def test_correction_of_a_row_is_seen_at_once(inside):
    assert lines(board(), "solar_ground")[FIRST].named_mw == 290
    with write(actor=SYSTEM, action="correct"):
        entry(14, 720).mw_high = 55
    assert lines(board(), "solar_ground")[FIRST].left_mw == 102


# provinces of today made of several old ones


def recomputed(new_province):
    """Allocated, named by group and period from the files alone."""
    allotted, named = {}, {}
    with (FILES / "allocations_768.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if (
                row["appendix"] == "II"
                and row["area_kind"] == "province"
                and row["province_new"] == new_province
            ):
                for period, column in ((FIRST, "mw_2025_2030"), (SECOND, "mw_2031_2035")):
                    if row[column]:
                        key = (row["technology"], row["subset"] or None, period)
                        allotted[key] = round(allotted.get(key, 0) + float(row[column]), 6)
    with (FILES / "entries_768.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            counted = row["table_no"] in ("13", "14") or (
                row["table_no"] == "9" and row["section"] == "Added 2025-2035"
            )
            if not counted or row["province_new"] != new_province or row["list_kind"] != "listed":
                continue
            start, end = row["period_from"], row["period_to"]
            if start and int(start) < 2031 < int(end):
                continue
            technology = {"9": "pumped_storage", "13": "wind_onshore", "14": "solar_ground"}[row["table_no"]]
            key = (technology, FIRST if int(end) <= 2030 else SECOND)
            named[key] = round(named.get(key, 0) + float(row["mw_high"]), 6)
    return allotted, named


@pytest.mark.parametrize(
    ("code", "name", "former"),
    [
        ("44", "Quảng Trị", {"Quảng Bình", "Quảng Trị"}),
        ("52", "Gia Lai", {"Bình Định", "Gia Lai"}),
        ("68", "Lâm Đồng", {"Bình Thuận", "Đắk Nông", "Lâm Đồng"}),
    ],
)
def test_merged_provinces_recomputed_from_the_files(app, code, name, former):
    with app.app_context():
        found = board(code)
    allotted, named = recomputed(name)
    assert {text.vi for text in found.former} == former
    seen = set()
    for group in found.groups:
        if not group.allotted:
            continue
        for line in group.lines:
            key = (group.technology, group.subset, line.period.label)
            seen.add(key)
            assert line.allocated_mw == allotted.get(key), key
            assert line.named_mw == named.get((group.technology, line.period.label), 0), key
            if line.allocated_mw is not None:
                assert line.left_mw == round(line.allocated_mw - line.named_mw, 6)
            assert {row.province_old for row in line.allocations} <= former
    assert seen >= set(allotted)


# the country


def test_lng_of_the_country(inside):
    found = lines(board(None), "lng_power")
    assert (found[FIRST].named_mw, found[SECOND].named_mw) == (25624, 10700)
    assert len(found[FIRST].named) + len(found[SECOND].named) == 21
    assert found[FIRST].allocated_mw is None and found[FIRST].left_mw is None
    beside = next(g for g in board(None).groups if g.technology == "lng_power").beside
    assert {(b.how, len(b.rows)) for b in beside} == {("potential", 1), ("backup", 5)}


def test_table_18_contains_table_17(inside):
    group = next(g for g in board(None).groups if g.technology == "wind_offshore")
    assert [(line.period.label, line.named_mw) for line in group.lines] == [(FIRST, 6000), (SECOND, 11000)]
    assert {row.table_no for line in group.lines for row in line.named} == {"18"}
    assert ("contained", 12) in {(b.how, len(b.rows)) for b in group.beside}


def test_approved_and_mixed_tables_are_beside(inside):
    found = {(b.rows[0].table_no, b.how): len(b.rows) for g in board(None).groups for b in g.beside}
    assert found["12", "earlier"] == 197
    assert found["9", "earlier"] + found["9", "beside"] == 4
    assert found["15", "beside"] == 29 and found["16", "beside"] == 5
    assert found["8", "earlier"] == 2 and found["8", "beside"] == 10
    assert found["7", "beside"] == 41


def test_regional_figure_is_not_divided(inside):
    line = lines(board("14"), "solar_ground")[SECOND]
    assert line.allocated_mw is None and line.left_mw is None and line.named_mw == 1050
    assert [(note.code, note.mw) for note in line.notes] == [("region_only", 9459)]
    country = lines(board(None), "solar_ground")[SECOND]
    assert country.allocated_mw == 25309 + 9459
    assert [note.code for note in country.notes] == ["includes_region"]


def test_period_over_both_is_not_divided(inside):
    solar = next(g for g in board(None).groups if g.technology == "solar_ground")
    assert [(n.code, n.rows, n.mw, n.period) for n in solar.notes] == [("unsplit", 1, 50, "2026-2035")]
    assert lines(board(None), "battery_storage")["2025-2035"].named_mw == 20287


def test_heads_that_do_not_add_are_told(inside):
    odd = {
        (h.technology, h.period, h.area.vi): (h.printed_mw, h.sum_mw)
        for h in heads(registry(), DECISION)
        if h.differs
    }
    assert odd["solar_ground", FIRST, "Trung Trung Bộ"] == (1444, 947)
    assert odd["wind_onshore", FIRST, "Trung Trung Bộ"] == (510, 760)
    assert odd["hydro", FIRST, "Toàn quốc"] == (3780.5, 3803.29)
    told = {
        (h.table_no, h.area.vi, h.period): (h.printed_mw, h.sum_mw) for h in list_heads(registry(), DECISION)
    }
    assert told["13", "Quảng Trị", FIRST] == (493.4, 538)
    assert told["14", "Gia Lai", FIRST] == (1030, 925.24)


def test_rows_printed_twice_are_remarked_on(inside):
    wind = next(g for g in board("56").groups if g.technology == "wind_onshore")
    assert "duplicate" in [note.code for note in wind.notes]
    assert lines(board("56"), "wind_onshore")[FIRST].over_mw == 200


def test_split_row_counts_in_each_period(inside):
    plan = registry()
    row = next(e for e in plan.entries[DECISION] if e.mw_split)
    assert sum(mw for _, mw in Counting(plan, DECISION).split(row)) == row.mw_high


# entries, targets, instruments


def test_entries_search_without_marks(inside):
    known = portfolio.current()
    found = plans.entries(instrument_code=DECISION, portfolio=known, q="dien huong", province_code="46")
    assert [e.row.name_vi for e in found] == ["Nhà máy điện mặt trời Điền Hương"]
    assert found[0].renamed and found[0].row.province_old == "Thừa Thiên Huế"


def test_entries_of_hue_and_marks(inside):
    known = portfolio.current()
    assert len(plans.entries(instrument_code=DECISION, portfolio=known, province_code="46")) == 8
    marked = plans.entries(instrument_code=DECISION, portfolio=known, table="1", q="Ca Na")[0]
    assert marked.row.mark == "*" and marked.marks[0].pages == (10,)


def test_potential_site_shows_in_the_province_of_its_project(inside):
    make_project(
        name_vi="LNG Chân Mây",
        status="announced",
        units=[unit("lng_power", capacity_mw=4000)],
        links=[link(row=entry(1, 22)) | {"relation": "backup"}],
    )
    found = plans.entries(instrument_code=DECISION, portfolio=portfolio.current(), province_code="46")
    assert [len(e.linked) for e in found if e.row.key[3] == 22] == [1]
    assert any(g.technology == "lng_power" for g in board().groups)


def test_default_is_the_latest_power_plan(inside):
    assert plans.default_instrument().code == DECISION
    assert plans.instrument("500").code == "qd-500-2023"
    with pytest.raises(plans.InstrumentNotFound):
        plans.instrument("999")


def test_targets_are_given_as_published(inside):
    found = {t.source_code: t for t in plans.targets(instrument_code=DECISION, year=2030)}
    assert (found["solar_total"].low, found["solar_total"].high) == (46459, 73416)
    total = found["total"]
    assert total.is_total and total.high == 236363
    assert sum(t.high or 0 for t in found.values() if t.scope == "component") != total.high


def test_board_of_500_has_lists_and_nothing_left(inside):
    found = plans.board(instrument_code="qd-500-2023", province_code=None, portfolio=portfolio.current())
    assert next((g.technology, g.lines[0].named_mw) for g in found.groups) == ("lng_power", 22524)
    assert all(line.left_mw is None for g in found.groups for line in g.lines)


def test_rows_that_count_in_unlike_ways_are_not_added_up(inside):
    known = portfolio.current()
    wind = plans.entries(instrument_code=DECISION, portfolio=known, technology=("wind_onshore",))
    assert plans.mw_by_period(wind) == ()
    lng = plans.entries(instrument_code=DECISION, portfolio=known, technology=("lng_power",))
    assert plans.mw_by_period(lng) == ((FIRST, 25624), (SECOND, 10700))


def test_projects_larger_than_their_rows_are_told(inside):
    make_project(status="construction", units=[unit(capacity_mw=120)], links=[link(row=entry(14, 718))])
    line = lines(board(), "solar_ground")[FIRST]
    assert line.not_linked_mw == 185
    assert [(note.code, note.mw, note.other_mw) for note in line.notes] == [("exceeds_rows", 120, 105)]


def test_projects_no_larger_than_their_rows_need_no_remark(inside):
    assert lines(board(), "solar_ground")[FIRST].not_linked_mw == 290
    make_project(status="construction", units=[unit(capacity_mw=105)], links=[link(row=entry(14, 718))])
    assert not [note for note in lines(board(), "solar_ground")[FIRST].notes if note.code == "exceeds_rows"]
