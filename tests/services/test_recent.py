"""The last changes: who, what, which projects."""

from __future__ import annotations

from tests.factories import document, edit, make_project
from tracker.services import projects, recent
from tracker.services.transactions import SYSTEM, Actor, write


def test_the_latest_come_first_with_project_and_fields(inside: object) -> None:
    code = make_project()
    with write(actor=Actor("Hoa"), action="edit project", reason="theo công văn 12"):
        projects.put(projects.find(code), {"jobs": 5, "status": "operating", "sources": [{"citation": "A"}]})
    latest, first = recent.changes()
    assert (latest.actor, latest.action, latest.reason) == ("Hoa", "edit project", "theo công văn 12")
    assert [row.code for row in latest.rows] == [code]
    assert set(latest.fields) == {("project", "jobs"), ("project", "status"), ("source", "")}
    assert first.projects == 1


def test_a_change_of_many_projects_is_told_by_their_number(inside: object) -> None:
    with write(actor=SYSTEM, action="import"):
        for _ in range(4):
            projects.put(None, document())
    (change,) = recent.changes()
    assert (change.projects, change.rows, change.fields) == (4, (), ())


def test_only_so_many_are_read(inside: object) -> None:
    code = make_project()
    for jobs in range(4):
        edit(code, jobs=jobs + 1)
    assert len(recent.changes(limit=3)) == 3
