"""Many projects in one revision: all or none, and taken back as one unless later work would be lost."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from tests.factories import edit, make_project, party, unit
from tracker.domain import Batch, db
from tracker.services import batches, documents, portfolio, projects
from tracker.services.transactions import SYSTEM, Actor

WHO = Actor("Trần Thị Sửa")


def shape(code):
    return batches._bare(documents.full(projects.find(code)))


def apply(changes, **options):
    return batches.apply(
        kind="bulk", title="Thử", actor=WHO, changes=changes, **{"seen": portfolio.revision()} | options
    )


def test_a_batch_is_one_revision_and_undone_as_one(inside):
    codes = [make_project(jobs=5, parties=[party()], sources=[{"citation": "QĐ 1"}]) for _ in range(3)]
    before = [shape(code) for code in codes]
    start = portfolio.revision()
    number = apply({code: {"status": "operating", "sources": []} for code in codes}, reason="Công văn 1")
    assert portfolio.revision() == start + 1
    assert {projects.find(code).status for code in codes} == {"operating"}
    assert {projects.find(code).review_state for code in codes} == {"draft"}
    found = batches.find(number)
    assert (found.projects, found.actor, found.reason, found.undone_at) == (
        tuple(codes), "Trần Thị Sửa", "Công văn 1", None
    )  # fmt: skip
    batches.undo(number, actor=WHO)
    assert portfolio.revision() == start + 2
    assert [shape(code) for code in codes] == before
    assert batches.find(number).undone_by == "Trần Thị Sửa"
    with pytest.raises(batches.AlreadyUndone):
        batches.undo(number, actor=WHO)


def test_one_that_cannot_be_written_stops_all(inside):
    codes = [make_project(), make_project(publish=False, name_vi=None, name_en=None)]
    start = portfolio.revision()
    with pytest.raises(projects.NotReady):
        apply({code: {"jobs": 7} for code in codes}, publish=True)
    with pytest.raises(projects.ProjectNotFound):
        apply({code: {"jobs": 7} for code in (codes[0], "HUE-XXX-999")})
    db.session.rollback()
    assert portfolio.revision() == start
    assert projects.find(codes[0]).jobs is None
    assert db.session.scalar(select(Batch.id)) is None


def test_what_changed_since_it_was_seen_is_not_overwritten(inside):
    one, two = make_project(), make_project()
    seen = portfolio.revision()
    edit(two, jobs=1)
    with pytest.raises(batches.BatchRefused) as refusal:
        apply({one: {"jobs": 7}, two: {"jobs": 7}}, seen=seen)
    assert [later.code for later in refusal.value.later] == [two]
    assert projects.find(one).jobs is None
    edit(make_project(), jobs=1)  # another project is no hindrance
    apply({one: {"jobs": 7}}, seen=seen)
    assert projects.find(one).jobs == 7


def test_undo_is_refused_whole_when_later_edits_would_be_lost(inside):
    one, two = make_project(), make_project()
    number = apply({one: {"jobs": 7}, two: {"jobs": 7}})
    edit(two, land_ha=3.0)
    with pytest.raises(batches.BatchRefused) as refusal:
        batches.undo(number, actor=WHO)
    assert [(later.code, later.actor) for later in refusal.value.later] == [(two, SYSTEM.name)]
    assert projects.find(one).jobs == 7
    assert batches.find(number).undone_at is None
    edit(two, land_ha=None)  # as it was: nothing is lost any more
    batches.undo(number, actor=WHO)
    assert projects.find(one).jobs is projects.find(two).jobs is None


def test_batches_are_undone_in_the_order_of_their_layers(inside):
    code = make_project(units=[unit(), unit("wind_onshore")])
    first = apply({code: {"units": [unit()]}})
    second = apply({code: {"jobs": 9}})
    with pytest.raises(batches.BatchRefused):
        batches.undo(first, actor=WHO)
    batches.undo(second, actor=WHO)
    batches.undo(first, actor=WHO)
    assert [u.technology for u in projects.find(code).units] == ["solar_ground", "wind_onshore"]
    assert [batch.id for batch in batches.listed()] == [second, first]


def test_publishing_many_and_taking_it_back(inside):
    public = make_project(name_vi="Tên cũ")
    edit(public, name_vi="Tên mới")
    draft = make_project(publish=False)
    number = apply({public: {}, draft: {}}, publish=True)
    assert {row.name_vi for row in portfolio.current().rows} == {"Tên mới", "Điện mặt trời Phong Hòa"}
    batches.undo(number, actor=WHO)
    assert [row.name_vi for row in portfolio.current().rows] == ["Tên cũ"]
    assert projects.find(public).name_vi == "Tên mới"
    assert batches.find(number).publishes


def test_internal_changes_leave_the_review_as_it_is_and_added_projects_are_archived(inside):
    code = make_project()
    apply({code: {"actions": [{"text": "Gọi điện"}]}})
    assert projects.find(code).review_state == "published"
    number = apply({}, added=[{"name_vi": "Mới", "units": [unit()], "province_code": "46"}])
    [added] = batches.find(number).projects
    batches.undo(number, actor=WHO)
    assert projects.find(added).archive_reason == "Thử"
    assert added not in portfolio.current(audience="staff").by_code
