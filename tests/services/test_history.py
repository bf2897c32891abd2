"""The trail of changes: filters, reading on by key, names of what is gone; versions and bringing one back."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from tests.factories import edit, make_project, make_user, party, site, unit
from tracker.domain import Batch, Entry, Organisation, db
from tracker.forms.history import HistoryQuery
from tracker.outputs import history as words
from tracker.services import documents, history, portfolio, projects, versions
from tracker.services.transactions import SYSTEM, Actor, write

CODE = "HUE-SOL-001"


def events(**query: Any) -> tuple[history.Event, ...]:
    return history.trail(HistoryQuery(**query), limit=500).events


def test_a_word_that_finds_more_projects_than_a_statement_takes_parameters(inside, monkeypatch):
    make_project()
    many = SimpleNamespace(rows=[SimpleNamespace(id=n) for n in range(300_000)])
    monkeypatch.setattr(portfolio, "current", lambda **_: SimpleNamespace(select=lambda _: many))
    assert {event.project_id for event in events(q="hue", what="project")} == {projects.find(CODE).id}


def test_each_filter_keeps_what_it_names(inside, clock):
    clock.set("2026-01-10T03:00:00+00:00")
    make_project(jobs=1)
    clock.set("2026-02-10T18:00:00+00:00")  # the 11th in Viet Nam
    with write(actor=Actor("Bà Lan"), action="edit project", reason="Theo công văn 12") as _:
        projects.put(projects.find(CODE), {"jobs": 2, "units": [unit(capacity_mw=9.0)]})
    make_project(name_vi="Điện gió Lăng Cô", units=[unit("wind_onshore")])
    assert {event.actor for event in events(person="Bà Lan")} == {"Bà Lan"}
    assert {event.entity for event in events(project=CODE, person="Bà Lan")} == {"project", "unit"}
    assert [event.changes["jobs"] for event in events(project=CODE, field="jobs")] == [(1, 2), (None, 1)]
    assert {event.entity for event in events(what="unit")} == {"unit"}
    assert {event.operation for event in events(what="unit", operation="delete")} == {"delete"}
    assert {event.reason for event in events(q="công văn 12")} == {"Theo công văn 12"}
    assert {event.project_id for event in events(q="lang co", what="unit")} == {projects.find("HUE-WIN-001").id}
    assert not events(since=date(2026, 2, 12))
    assert {event.actor for event in events(since=date(2026, 2, 11), until=date(2026, 2, 11))} == {"Bà Lan", "Tracker"}
    assert {event.actor for event in events(until=date(2026, 2, 10), project=CODE)} == {"Tracker"}
    assert not events(project="NO-CODE")


def test_portions_follow_one_another_without_gap_or_repeat(inside):
    for jobs in range(7):
        edit(make_project(), jobs=jobs)
    whole = [event.id for event in events(what="project")]
    read: list[int] = []
    query = HistoryQuery(what="project")
    while True:
        portion = history.trail(query, limit=4)
        read += [event.id for event in portion.events]
        if portion.older is None:
            break
        query = HistoryQuery(what="project", before=portion.older)
    assert read == whole == sorted(whole, reverse=True)


def test_accounts_are_left_out_unless_asked_for(inside):
    make_user(email="x@example.org")
    assert "user_account" not in {event.entity for event in events()}
    assert history.trail(HistoryQuery(), personal=True, limit=1).events[0].entity == "user_account"


def test_a_changed_part_is_named_as_it_was_recorded(inside):
    make_project(units=[unit(), unit("wind_onshore", capacity_mw=3.0)])
    units = documents.full(projects.find(CODE))["units"]
    edit(CODE, units=[units[0], units[1] | {"capacity_mw": 4.0}])
    (event,) = events(what="unit", operation="update")
    speaker = words.Speaker.of("vi")
    assert words.part_of(event, speaker) == "Tổ máy 2: Điện gió trên bờ"
    (line,) = words.lines(event, speaker)
    assert (line.before, line.after) == ("3", "4")


def test_what_is_gone_is_named_as_it_was_when_it_went(inside):
    make_project(parties=[party("Công ty Đã Giải Thể")])
    edit(CODE, parties=[])
    with write(actor=SYSTEM, action="test"):
        db.session.delete(db.session.query(Organisation).filter_by(name_vi="Công ty Đã Giải Thể").one())
    trail = history.trail(HistoryQuery(what="party"), limit=50)
    speaker = words.Speaker.of("vi", trail.names)
    said = [line.before for line in words.lines(trail.events[0], speaker)]
    assert "Công ty Đã Giải Thể (không còn trong cơ sở dữ liệu)" in said


def test_a_batch_stands_with_its_changes(inside):
    code = make_project()
    with write(actor=SYSTEM, action="bulk edit") as revision:
        projects.put(projects.find(code), {"jobs": 9})
        db.session.add(Batch(kind="bulk", title="Cập nhật quý III", revision=revision))
    assert {event.batch for event in events(field="jobs")} == {"Cập nhật quý III"}
    assert history.versions(projects.find(code).id, limit=5)[0].batch == "Cập nhật quý III"


def test_versions_are_read_from_the_latest_back_with_what_each_changed(inside):
    make_project(jobs=1)
    for jobs in (2, 3, 4):
        edit(CODE, jobs=jobs)
    project = projects.find(CODE)
    found = history.versions(project.id, limit=2)
    assert len(found) == 2
    changes = history.changes_of(project.id, found)
    assert [[(c.before, c.after) for c in changes[v.revision] if c.field == "jobs"] for v in found] == [
        [(3, 4)], [(2, 3)],
    ]  # fmt: skip
    older = history.versions(project.id, before=found[-1].revision)
    assert older[-1].publication == 1
    first = history.changes_of(project.id, older)[older[-1].revision]
    assert {change.before for change in first} == {None}


def test_restoring_keeps_ids_that_stand_makes_the_rest_anew_and_writes_a_new_revision(inside):
    entry = db.session.query(Entry).filter_by(province_code="46").first()
    assert entry is not None
    make_project(
        jobs=1,
        units=[unit(capacity_mw=1.0), unit("wind_onshore", capacity_mw=2.0)],
        sites=[site(commune="Phong Điền")],
        parties=[party("Công ty A")],
        links=[{"relation": "listed", "entry_id": entry.id}],
        external_ids=[{"scheme": "gem", "value": "G1"}],
        call={"objective_vi": "Mời gọi"},
    )
    project = projects.find(CODE)
    old = documents.full(project)
    first = projects.last_revision(project)
    edit(CODE, jobs=2, units=[old["units"][0] | {"capacity_mw": 5.0}], parties=[], links=[], external_ids=[], call=None)
    edit(CODE, external_ids=[{"scheme": "gem", "value": "G1"}])
    before = portfolio.revision()
    recorded = projects.recorded(projects.find(CODE), first)
    assert recorded is not None
    with write(actor=SYSTEM, action="restore version", reason="Nhầm"):
        versions.restore(projects.find(CODE), recorded)
    db.session.expire_all()
    new = documents.full(projects.find(CODE))
    assert portfolio.revision() == before + 1
    assert new["units"][0]["id"] == old["units"][0]["id"]
    assert new["review_state"] == "draft"
    ids = {"id", "decided_at"}
    for name in documents.SECTIONS:
        strip = [[{k: v for k, v in part.items() if k not in ids} for part in doc[name]] for doc in (old, new)]
        assert strip[0] == strip[1], name
    assert new["call"] == old["call"]
    assert (new["jobs"], new["code"]) == (1, CODE)
    assert projects.recorded(projects.find(CODE), first) == recorded


def test_a_row_of_the_plan_loaded_anew_is_found_by_its_place(inside):
    entry = db.session.query(Entry).filter_by(province_code="46").first()
    assert entry is not None
    make_project(links=[{"relation": "listed", "entry_id": entry.id}])
    project = projects.find(CODE)
    document = documents.full(project)
    document["links"][0]["entry_id"] = 10**6
    assert versions.restorable(project, document)["links"][0]["entry_id"] == entry.id
    document = documents.full(project)
    document["links"][0]["entry_id"] = 10**6
    document["links"][0]["target"]["ordinal"] = 10**6
    with pytest.raises(versions.CannotRestore) as refused:
        versions.restorable(project, document)
    assert refused.value.missing[0][:2] == ("links", "target")


def test_an_identifier_that_another_project_carries_now_is_refused(inside):
    make_project(external_ids=[{"scheme": "gem", "value": "G1"}])
    project = projects.find(CODE)
    document = documents.full(project)
    edit(CODE, external_ids=[])
    make_project(external_ids=[{"scheme": "gem", "value": "G1"}])
    with pytest.raises(versions.CannotRestore) as refused:
        versions.restorable(projects.find(CODE), document)
    assert refused.value.missing == [("external_ids", "value", "G1")]


def test_the_archive_takes_a_project_out_of_everything_and_keeps_it(inside):
    make_project()
    with write(actor=SYSTEM, action="archive project", reason="Trùng") as revision:
        versions.archive(projects.find(CODE), reason="Trùng", revision=revision)
    assert portfolio.current().rows == portfolio.current(audience="staff").rows == ()
    (found,) = versions.archived()
    assert (found.code, found.reason) == (CODE, "Trùng")
    with write(actor=SYSTEM, action="restore project"):
        versions.take_out(projects.find(CODE))
    assert versions.archived() == ()
    assert [row.code for row in portfolio.current(audience="staff").rows] == [CODE]
    assert portfolio.current().rows == ()
