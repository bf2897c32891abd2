"""Codes, edits, conflicts, publishing and withdrawing."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from tests.factories import edit, make_project, party, site, unit
from tracker.domain import CodeRedirect, Entry, Organisation, Project, Publication, db
from tracker.services import documents, portfolio, projects
from tracker.services.transactions import SYSTEM, write


def test_codes_count_up_for_each_province_and_family(inside):
    made = [
        make_project(),
        make_project(),
        make_project(units=[unit("wind_onshore")]),
        make_project(province_code=None, sites=[], units=[unit("wind_offshore")]),
        make_project(province_code="44"),
    ]
    assert made == ["HUE-SOL-001", "HUE-SOL-002", "HUE-WIN-001", made[3], "QTR-SOL-001"]
    assert made[3].startswith("VN-")


def test_a_code_of_a_merged_project_is_never_given_again(inside):
    first, second = make_project(), make_project()
    with write(actor=SYSTEM, action="merge"):
        db.session.add(CodeRedirect(old_code="HUE-SOL-007", project_id=projects.find(first).id))
    assert make_project() == "HUE-SOL-008"
    assert projects.redirect_of("hue-sol-007") == first
    assert projects.redirect_of(second) is None


def test_a_code_is_found_whatever_its_case_and_an_unknown_one_is_named(inside):
    code = make_project()
    assert projects.find(code.lower()).code == code
    with pytest.raises(projects.ProjectNotFound, match="HUE-XXX-999"):
        projects.find("HUE-XXX-999")


def test_a_later_change_of_province_or_technology_keeps_the_code(inside):
    code = make_project()
    edit(code, province_code="44", units=[unit("wind_onshore")], code="QTR-WIN-001")
    assert projects.find(code).province_code == "44"


def test_what_is_absent_stays_and_a_section_that_is_given_replaces_the_old_one(inside):
    code = make_project(units=[unit(), unit("battery_storage", storage_mwh=10.0)], parties=[party()])
    kept = projects.find(code).units[1].id
    edit(code, units=[{"id": kept, "capacity_mw": 7.0}])
    project = projects.find(code)
    assert [(u.technology, u.capacity_mw, u.storage_mwh) for u in project.units] == [
        ("battery_storage", 7.0, 10.0)
    ]
    assert len(project.parties) == len(project.sites) == 1


def test_the_same_organisation_is_not_made_twice(inside):
    make_project(
        parties=[party("Công ty Cổ phần Điện Gió"), party("CÔNG TY  CỔ PHẦN ĐIỆN GIÓ", role="operator")]
    )
    make_project(parties=[party("cong ty co phan dien gio")])
    assert len(db.session.scalars(select(Organisation)).all()) == 1


def test_a_project_and_its_parts_can_be_written_back_as_they_were_read(inside):
    entry = db.session.scalars(select(Entry).limit(1)).one()
    code = make_project(
        units=[unit(), unit("wind_onshore")],
        parties=[party()],
        last_checked="2026-11-20",
        links=[{"relation": "listed", "entry_id": entry.id, "decided_at": "2026-11-20T03:00:00+00:00"}],
        sites=[
            site(
                geom={
                    "type": "Polygon",
                    "coordinates": [[[107.4, 16.6], [107.5, 16.6], [107.5, 16.7], [107.4, 16.6]]],
                }
            )
        ],
    )
    before, revision = documents.full(projects.find(code)), portfolio.revision()
    edit(code, **before)
    assert portfolio.revision() == revision
    assert documents.full(projects.find(code)) == before


def test_a_link_moved_to_another_plan_row_tells_the_new_one(inside):
    first, second = db.session.scalars(select(Entry).order_by(Entry.id).limit(2)).all()
    names = first.name_en, second.name_en
    ids = first.id, second.id
    code = make_project(links=[{"relation": "listed", "entry_id": ids[0]}])
    link = projects.find(code).links[0]
    assert documents.full(projects.find(code))["links"][0]["target"]["name_en"] == names[0]
    edit(code, links=[{"id": link.id, "entry_id": ids[1]}], publish=True)
    for audience in ("public", "staff"):
        shown = portfolio.document(code, audience=audience)
        assert shown is not None
        assert shown["links"][0]["target"]["name_en"] == names[1], audience


def test_an_edit_on_an_old_copy_is_refused_and_shows_theirs(inside):
    code = make_project(jobs=1)
    mine = projects.find(code).lock_version
    edit(code, jobs=2)
    with pytest.raises(projects.EditConflict) as conflict, write(actor=SYSTEM, action="edit"):
        projects.put(projects.find(code), {"jobs": 3}, expected_version=mine)
    assert conflict.value.theirs["jobs"] == 2
    assert projects.find(code).jobs == 2


def test_an_edit_of_a_part_alone_also_ends_an_old_copy(inside):
    code = make_project()
    mine = projects.find(code).lock_version
    edit(code, units=[{"id": projects.find(code).units[0].id, "capacity_mw": 60.0}])
    with pytest.raises(projects.EditConflict), write(actor=SYSTEM, action="edit"):
        projects.put(projects.find(code), {"jobs": 3}, expected_version=mine)


def test_publications_are_numbered_and_frozen(inside):
    code = make_project(jobs=1)
    edit(code, jobs=2, publish=True)
    first, second = db.session.scalars(select(Publication).order_by(Publication.number)).all()
    assert (first.number, first.document["jobs"], first.ended_revision) == (1, 1, second.revision)
    assert (second.number, second.document["jobs"], second.ended_revision) == (2, 2, None)


def test_a_project_without_name_or_unit_is_not_published(inside):
    with pytest.raises(projects.NotReady) as refusal:
        make_project(name_vi=None, name_en=None, units=[], code="HUE-SOL-099")
    assert refusal.value.missing == ["name_vi", "units"]
    assert db.session.scalars(select(Project)).all() == []


def test_withdrawn_is_gone_for_the_public_and_comes_back_as_the_next_version(inside):
    code = make_project()
    with write(actor=SYSTEM, action="withdraw") as revision:
        projects.withdraw(projects.find(code), revision=revision)
    assert portfolio.document(code) is None
    assert portfolio.document(code, audience="staff") is not None
    edit(code, publish=True)
    shown = portfolio.document(code)
    assert shown is not None
    assert shown["number"] == 2


def test_review_goes_to_and_fro(inside):
    code = make_project(publish=False)
    with write(actor=SYSTEM, action="submit"):
        projects.submit(projects.find(code))
    with write(actor=SYSTEM, action="return"):
        projects.send_back(projects.find(code), comment="Thiếu nguồn")
    project = projects.find(code)
    assert (project.review_state, project.review_comment) == ("returned", "Thiếu nguồn")


def test_a_related_project_is_public_only_when_it_is_public_itself(inside):
    draft, public = make_project(publish=False), make_project()
    code = make_project(
        relations=[{"code": draft, "kind": "supplies"}, {"code": public, "kind": "co_located"}]
    )
    shown = portfolio.document(code)
    assert shown is not None
    assert [relation["code"] for relation in shown["relations"]] == [public]


def test_amending_publishes_a_part_and_leaves_unpublished_edits_alone(inside):
    code = make_project(jobs=1)
    edit(code, jobs=2)
    with write(actor=SYSTEM, action="amend") as revision:
        projects.amend(
            projects.find(code),
            revision=revision,
            note="lời kêu gọi",
            call={"objective_vi": "A", "sample": True},
        )
    shown = portfolio.document(code)
    assert shown is not None
    assert (shown["jobs"], shown["number"], shown["call"]["objective_vi"]) == (1, 2, "A")
