"""What the board finds, how it counts, and that it knows of a change at once."""

from __future__ import annotations

import pytest

from tests.factories import edit, make_project, site, unit
from tracker.domain.shortcomings import SHORTCOMINGS
from tracker.services import quality

# what makes a project have exactly one shortcoming that a good one has not
SPOILT = {
    "no_place": {"sites": []},
    "province_only": {"sites": [site(lon=None, lat=None, accuracy="province")]},
    "no_source": {"sources": []},
    "no_english": {"name_en": None},
    "no_vietnamese": {"name_vi": None},
    "no_capacity": {"units": [unit(capacity_mw=None)]},
    "low_confidence": {"confidence": "low"},
    "overdue": {"milestones": [{"stage": "ipa", "planned": "2020"}]},
    "contradictory": {"status": "operating"},
    "stale": {"last_checked": None},
}


def good(**values):
    found = {"status": "pre_construction", "sources": [{"citation": "A"}], "last_checked": "2026-11-20"}
    return make_project(**found | values)


def kinds(code, **asked):
    found = quality.board(**asked).found
    return {kind for kind, findings in found.items() if any(item.row.code == code for item in findings)}


def test_a_good_project_lacks_only_its_link(inside):
    assert kinds(good()) == {"no_plan"}


@pytest.mark.parametrize("kind", SPOILT)
def test_each_shortcoming_is_found_and_gone_once_mended(inside, kind):
    values = {"status": "pre_construction", "sources": [{"citation": "A"}], "last_checked": "2026-11-20"}
    code = good(**SPOILT[kind])
    assert kind in kinds(code)
    item = next(item for item in quality.board().found[kind] if item.row.code == code)
    assert item.field
    mended = {"sites": [site()], "name_vi": "Tên", "name_en": "Name", "units": [unit()], "confidence": "high"}
    edit(code, publish=True, **values | mended | {"milestones": []})
    assert kind not in kinds(code)


def test_drafts_and_unpublished_changes_are_listed_until_published(inside):
    code = good()
    assert "unpublished" not in kinds(code)
    draft = good(publish=False)
    [item] = quality.board().found["unpublished"]
    assert (item.row.code, item.field, item.detail.en) == (draft, "", "Draft")


def test_a_summary_in_one_language_alone_is_wanting_in_the_other(inside):
    code = good(summary_vi="Tóm tắt")
    [item] = quality.board().found["no_english"]
    assert (item.row.code, item.field, item.detail.en) == (code, "summary_en", "Summary")


def test_an_lng_terminal_needs_its_own_quantity(inside):
    code = good(units=[unit(), unit("lng_terminal")])
    [item] = quality.board().found["no_capacity"]
    assert (item.row.code, item.detail.vi) == (code, "Tổ máy 2")
    assert item.field.startswith("units-1-")
    edit(code, units=[unit(), unit("lng_terminal", lng_mtpa=3.0)])
    assert not quality.board().found["no_capacity"]


def test_the_largest_come_first_and_mw_of_storage_are_not_added(inside):
    small, large = good(units=[unit(capacity_mw=10.0)]), good(units=[unit(capacity_mw=90.0)])
    store = good(units=[unit("battery_storage", capacity_mw=40.0)])
    board = quality.board()
    assert [item.row.code for item in board.found["no_plan"]] == [large, store, small]
    tally = next(tally for tally in board.tallies if tally.kind.code == "no_plan")
    assert (tally.projects, tally.generation_mw) == (3, 100.0)
    assert {tally.kind.code for tally in board.tallies} == set(SHORTCOMINGS.codes())


def test_a_province_shows_its_own_projects_wherever_their_sites_are(inside):
    here, there = good(), good(province_code="44", sites=[site(province_code="44")])
    across = good(province_code="44", sites=[site(province_code="44"), site()])
    board = quality.board(province="46")
    assert {item.row.code for item in board.found["no_plan"]} == {here, across}
    assert board.projects == 2
    assert there in {item.row.code for item in quality.board().found["no_plan"]}
