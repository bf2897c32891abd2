"""Two documents of one project compared: parts matched, fields named, what only the office knows kept apart."""

from __future__ import annotations

from typing import Any

from tests.factories import edit, make_project, party, site, unit
from tracker.domain import Entry, db
from tracker.services import differences, documents, projects


def full(code: str) -> dict[str, Any]:
    db.session.expire_all()
    return documents.full(projects.find(code))


def told(changes: tuple[differences.Change, ...]) -> list[tuple[Any, ...]]:
    return [(change.section, change.kind, change.field, change.before, change.after) for change in changes]


def test_the_same_document_has_no_differences(inside):
    code = make_project(parties=[party()], milestones=[{"stage": "policy", "actual": "2025"}])
    assert differences.between(full(code), full(code)) == ()


def test_a_field_is_told_with_title_and_audience(inside):
    code = make_project(jobs=4)
    old = full(code)
    edit(code, jobs=5, remarks_internal="riêng")
    changes = differences.between(old, full(code))
    assert ("project", "changed", "jobs", 4, 5) in told(changes)
    by_field = {change.field: change for change in changes}
    assert by_field["jobs"].title.vi == "Số lao động"
    assert by_field["remarks_internal"].audience == "staff"
    public = differences.between(old, full(code), audience="public")
    assert [change.field for change in public] == ["jobs"]


def test_parts_are_matched_by_id_whatever_their_order(inside):
    code = make_project(units=[unit(capacity_mw=10.0), unit("wind_onshore", capacity_mw=20.0)])
    old = full(code)
    first, second = old["units"]
    edit(code, units=[second | {"ordinal": 1}, first | {"ordinal": 2, "capacity_mw": 11.0}])
    changes = [one for one in told(differences.between(old, full(code))) if one[2] != "ordinal"]
    assert changes == [("units", "changed", "capacity_mw", 10.0, 11.0)]


def test_parts_that_came_and_went_are_told_field_by_field(inside):
    code = make_project(units=[unit(capacity_mw=10.0), unit("wind_onshore", capacity_mw=20.0)])
    old = full(code)
    edit(code, units=[old["units"][0], unit("battery_storage", capacity_mw=5.0, storage_mwh=10.0)])
    changes = told(differences.between(old, full(code)))
    assert ("units", "removed", "capacity_mw", 20.0, None) in changes
    assert ("units", "added", "storage_mwh", None, 10.0) in changes
    assert not [one for one in changes if one[1] == "changed"]


def test_organisations_and_rows_of_the_plan_are_told_by_name(inside):
    entries = db.session.query(Entry).filter_by(province_code="46").limit(2).all()
    ids = [entry.id for entry in entries]
    code = make_project(parties=[party("Công ty A")], links=[{"relation": "listed", "entry_id": ids[0]}])
    old = full(code)
    edit(
        code,
        parties=[old["parties"][0] | {"organisation_id": None, "organisation": {"name_vi": "Công ty B"}}],
        links=[old["links"][0] | {"entry_id": ids[1]}],
    )
    changes = {change.field: change for change in differences.between(old, full(code))}
    assert changes["organisation"].before["name_vi"] == "Công ty A"
    assert changes["organisation"].after["name_vi"] == "Công ty B"
    assert changes["target"].before["kind"] == "entry"
    assert changes["target"].before["ordinal"] != changes["target"].after["ordinal"]
    assert not {"organisation_id", "entry_id"} & set(changes)


def test_published_copies_without_ids_are_compared_part_by_part(inside):
    code = make_project(
        units=[unit(capacity_mw=10.0), unit("wind_onshore", capacity_mw=20.0)],
        sources=[{"citation": "QĐ 768"}],
        external_ids=[{"scheme": "gem", "value": "G1"}],
    )
    old = documents.for_public(full(code), published_codes={code})
    units = full(code)["units"]
    edit(code, units=[units[0], units[1] | {"capacity_mw": 25.0}])
    new = documents.for_public(full(code), published_codes={code})
    assert told(differences.between(old, new, audience="public")) == [
        ("units", "changed", "capacity_mw", 20.0, 25.0)
    ]


def test_a_first_version_is_told_whole_and_without_the_state_of_review(inside):
    code = make_project(sites=[site(commune="Phong Điền")], call={"objective_vi": "50 MW"})
    changes = differences.without_workflow(differences.between(None, full(code)))
    sections = {change.section for change in changes}
    assert {"project", "units", "sites", "call"} <= sections
    assert all(change.before is None for change in changes)
    assert "review_state" not in {change.field for change in changes}


def test_what_an_older_document_does_not_hold_is_no_change(inside):
    code = make_project()
    new = full(code)
    old = {name: value for name, value in new.items() if name not in ("overrides", "fact_changes", "jobs")}
    assert differences.between(old, new) == ()


def test_a_moved_point_is_told_by_its_coordinates_and_a_drawn_shape_by_itself(inside):
    code = make_project(sites=[site()])
    old = full(code)
    edit(code, sites=[old["sites"][0] | {"lon": 107.5, "geom": None}])
    assert {change.field for change in differences.between(old, full(code))} == {"lon"}
    drawn = {"type": "Polygon", "coordinates": [[[107.4, 16.6], [107.5, 16.6], [107.5, 16.7], [107.4, 16.6]]]}
    moved = full(code)
    edit(code, sites=[moved["sites"][0] | {"geom": drawn}])
    assert "geom" in {change.field for change in differences.between(moved, full(code))}
