"""The one way to write: nothing lost, nothing half done, no revision for nothing."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import func, select

from tests.factories import edit, make_project
from tracker.domain import AuditEvent, Project, Revision, User, db
from tracker.services import portfolio, projects
from tracker.services.transactions import SYSTEM, Actor, WriteOutsideTransaction, keep, write

WRITERS, EDITS = 8, 6


def test_no_edit_of_eight_writers_at_once_is_lost(both):
    with both.app_context():
        code = make_project(jobs=0)
        start = portfolio.revision()
    failures: list[BaseException] = []

    def work() -> None:
        try:
            for _ in range(EDITS):
                with both.app_context(), write(actor=SYSTEM, action="count"):
                    project = projects.find(code)
                    projects.put(project, {"jobs": project.jobs + 1})
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=work) for _ in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    with both.app_context():
        assert projects.find(code).jobs == WRITERS * EDITS
        assert portfolio.revision() == start + WRITERS * EDITS
        numbers = db.session.scalars(select(Revision.number).order_by(Revision.number)).all()
        assert list(numbers) == list(range(1, len(numbers) + 1))


def test_a_change_outside_a_write_block_is_refused(inside):
    code = make_project()
    projects.find(code).jobs = 7
    with pytest.raises(WriteOutsideTransaction):
        db.session.flush()
    db.session.rollback()
    assert projects.find(code).jobs is None


def test_no_revision_is_spent_when_nothing_changed(inside):
    code = make_project(jobs=3)
    before = portfolio.revision()
    edit(code, jobs=3)
    with write(actor=SYSTEM, action="nothing"):
        pass
    assert portfolio.revision() == before


def test_a_failure_leaves_nothing(inside):
    code = make_project(jobs=1)
    before = portfolio.revision(), db.session.scalar(select(func.count(AuditEvent.id)))
    with pytest.raises(ZeroDivisionError), write(actor=SYSTEM, action="break"):
        projects.put(projects.find(code), {"jobs": 2})
        projects.put(
            None, {"name_vi": "Nửa chừng", "status": "announced", "units": [{"technology": "hydro"}]}
        )
        raise ZeroDivisionError
    assert (portfolio.revision(), db.session.scalar(select(func.count(AuditEvent.id)))) == before
    assert projects.find(code).jobs == 1
    assert db.session.scalar(select(func.count(Project.id))) == 1


def test_the_next_write_after_a_failure_works(inside):
    code = make_project()
    with pytest.raises(RuntimeError), write(actor=SYSTEM, action="break"):
        raise RuntimeError
    edit(code, jobs=5)
    assert projects.find(code).jobs == 5


def test_one_write_block_does_not_stand_inside_another(inside):
    with pytest.raises(RuntimeError, match="inside"), write(actor=SYSTEM, action="outer"), keep():
        pass
    make_project()


def test_rows_that_are_no_part_of_the_portfolio_spend_no_revision(inside):
    from tracker.services import sessions

    before = portfolio.revision()
    sessions.start(user_id=None, data={}, user_agent="test", address="127.0.0.1")
    assert portfolio.revision() == before


def test_who_and_why_are_recorded(inside):
    from tests.factories import make_user

    user = make_user(name="Lê Thị Bình")
    actor = Actor.of(user)
    with write(actor=actor, action="withdraw", reason="sai số liệu") as number:
        db.session.scalars(select(User)).one().name = "Lê Thị An"
    revision = db.session.get_one(Revision, number)
    assert (revision.actor_id, revision.actor_name, revision.action, revision.reason) == (
        actor.id,
        "Lê Thị Bình",
        "withdraw",
        "sai số liệu",
    )
