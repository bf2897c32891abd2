"""Every write leaves exactly one event per record, before → after, and the trail played back gives the
present.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from tests.factories import document, edit, make_project, party, site, unit
from tracker.domain import AuditEvent, ProjectVersion, Unit, db
from tracker.domain.base import Model
from tracker.services import documents, portfolio, projects
from tracker.services.transactions import SYSTEM, write


def events(revision: int | None = None) -> list[AuditEvent]:
    return list(
        db.session.scalars(
            select(AuditEvent)
            .where(AuditEvent.revision == (revision or portfolio.revision()))
            .order_by(AuditEvent.id)
        )
    )


def test_a_new_project_is_one_event_for_each_record(inside):
    make_project(publish=False, parties=[party()])
    found = [(event.operation, event.entity) for event in events()]
    assert sorted(found) == [
        ("insert", name) for name in ("organisation", "party", "project", "site", "unit")
    ]
    project = next(event for event in events() if event.entity == "project")
    assert project.changes["name_vi"] == [None, "Điện mặt trời Phong Hòa"]
    assert all(event.project_id for event in events() if event.entity != "organisation")


def test_a_change_names_the_field_before_and_after_and_nothing_else(inside):
    code = make_project(jobs=4)
    edit(code, jobs=5, name_vi="Điện mặt trời Phong Hòa")
    (event,) = events()
    assert (event.operation, event.entity, event.changes) == ("update", "project", {"jobs": [4, 5]})


def test_several_flushes_of_one_block_are_one_event(inside):
    code = make_project(jobs=1)
    with write(actor=SYSTEM, action="test"):
        project = projects.find(code)
        for jobs in (2, 3):
            projects.put(project, {"jobs": jobs})
    (event,) = events()
    assert event.changes == {"jobs": [1, 3]}


def test_there_and_back_within_one_block_is_no_change(inside):
    code = make_project(jobs=1)
    before = portfolio.revision()
    with write(actor=SYSTEM, action="test"):
        project = projects.find(code)
        for jobs in (2, 1):
            projects.put(project, {"jobs": jobs})
    assert portfolio.revision() == before


def test_a_part_that_is_taken_out_is_recorded_even_when_nothing_else_changes(inside):
    code = make_project(units=[unit(), unit("battery_storage", capacity_mw=5.0)])
    first = projects.find(code).units[0].id
    edit(code, units=[{"id": first}])
    (event,) = events()
    assert (event.operation, event.entity) == ("delete", "unit")
    assert event.changes["technology"] == ["battery_storage", None]
    recorded = db.session.scalars(
        select(ProjectVersion).where(ProjectVersion.revision == portfolio.revision())
    ).one()
    assert [u["technology"] for u in recorded.document["units"]] == ["solar_ground"]


def test_a_part_that_is_added_is_recorded_with_its_project(inside):
    code = make_project(sites=[])
    edit(code, sites=[site()])
    (event,) = events()
    project = projects.find(code)
    assert (event.operation, event.entity, event.project_id) == ("insert", "site", project.id)
    recorded = db.session.scalars(
        select(ProjectVersion).where(ProjectVersion.revision == portfolio.revision())
    ).one()
    assert len(recorded.document["sites"]) == 1


def test_a_call_that_ends_is_recorded(inside):
    code = make_project(call={"objective_vi": "Xây dựng"})
    edit(code, call=None)
    (event,) = events()
    assert (event.operation, event.entity) == ("delete", "investment_call")
    assert projects.find(code).call is None


def test_a_password_never_stands_in_the_trail(inside):
    from tests.factories import make_user

    user = make_user(password="mùa thu lá vàng rơi")
    texts = [str(event.changes) for event in db.session.scalars(select(AuditEvent))]
    assert user.password_hash
    assert not any(user.password_hash in text or "argon2" in text for text in texts)
    assert any("•••" in text for text in texts)


def test_a_revision_has_at_most_one_event_for_a_record(inside):
    code = make_project(
        units=[unit(), unit("battery_storage")], parties=[party()], call={"objective_vi": "A"}
    )
    edit(code, jobs=2, units=[unit("wind_onshore")], publish=True)
    seen = [(e.revision, e.entity, e.entity_key) for e in db.session.scalars(select(AuditEvent))]
    assert len(seen) == len(set(seen))


def test_the_trail_played_back_gives_the_present(inside):
    code = make_project(
        units=[unit(), unit("battery_storage", storage_mwh=10.0)], parties=[party(share_percent=60.0)]
    )
    kept = projects.find(code).units[1].id
    edit(code, status="operating", units=[{"id": kept, "storage_mwh": 12.0}, unit("solar_floating")])
    edit(code, sites=[site(commune="Phong Điền"), site(lon=107.5, accuracy="exact")], publish=True)
    played = play(list(db.session.scalars(select(AuditEvent).order_by(AuditEvent.revision, AuditEvent.id))))
    project = projects.find(code)
    for record in (project, *project.units, *project.sites, *project.parties):
        assert played[(record.__tablename__, str(record.id))] == stored(record), record
    assert len([1 for (entity, _) in played if entity == "unit"]) == len(project.units)


def play(trail: list[AuditEvent]) -> dict[tuple[str, str], dict[str, Any]]:
    """Return the records that the events leave, by table and key."""
    records: dict[tuple[str, str], dict[str, Any]] = {}
    for event in trail:
        key = (event.entity, event.entity_key)
        if event.operation == "delete":
            records.pop(key)
            continue
        fields = records.setdefault(key, {})
        for name, (before, after) in event.changes.items():
            assert fields.get(name) == before, (key, name)
            fields[name] = after
    return {key: {n: v for n, v in fields.items() if v is not None} for key, fields in records.items()}


def stored(record: Model) -> dict[str, Any]:
    names = [a.key for a in record.__mapper__.column_attrs if a.key not in ("id", "lock_version")]
    values = {name: documents.json_value(getattr(record, name)) for name in names}
    return {name: value for name, value in values.items() if value is not None}


def test_a_document_holds_what_was_put_in(inside):
    code = make_project(**document(parties=[party("Tập đoàn Gió")]))
    full = documents.full(projects.find(code))
    assert full["units"][0]["capacity_mw"] == 50
    assert full["parties"][0]["organisation"]["name_vi"] == "Tập đoàn Gió"
    assert db.session.scalars(select(Unit)).one().project.code == code
