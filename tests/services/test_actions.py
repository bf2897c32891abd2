"""Next actions: given to accounts or names, listed by urgency, written beside the form of the project."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.factories import make_project, make_user, working_copy
from tracker.domain import AuditEvent, User, db
from tracker.services import actions, documents, portfolio, projects
from tracker.services.transactions import SYSTEM, write

DAY = date(2026, 11, 24)


def add(code: str, text: str = "Gọi nhà đầu tư", number: int | None = None, **values: Any) -> int:
    told: dict[str, Any] = {"assignee_id": None, "assignee": None, "due": None} | values
    with write(actor=SYSTEM, action="test"):
        return actions.put(projects.find(code), number, text=text, **told).id


def tick(code: str, number: int, on: date | None) -> None:
    with write(actor=SYSTEM, action="test"):
        actions.finish(projects.find(code), number, on=on)


def test_an_action_is_added_changed_ticked_and_opened_again(inside: object) -> None:
    code, user = make_project(), make_user(name="Lê Thị Hoa").id
    number = add(code, assignee_id=user, due=date(2026, 12, 1))
    version = working_copy(code).lock_version
    add(code, "Gọi lại", number, assignee="Sở Xây dựng")
    tick(code, number, DAY)
    (action,) = documents.full(working_copy(code))["actions"]
    assert (action["text"], action["assignee"], action["assignee_id"]) == ("Gọi lại", "Sở Xây dựng", None)
    assert (action["due"], action["done_on"]) == (None, "2026-11-24")
    tick(code, number, None)
    assert working_copy(code).actions[0].done_on is None
    assert working_copy(code).lock_version == version  # a colleague's open form is not in conflict


def test_the_name_of_the_account_is_kept_and_the_change_recorded(inside: object) -> None:
    code = make_project()
    add(code, assignee_id=make_user(name="Lê Thị Hoa").id)
    assert working_copy(code).actions[0].assignee == "Lê Thị Hoa"
    event = db.session.query(AuditEvent).filter_by(entity="next_action").one()
    assert event.project_id == working_copy(code).id
    staff, public = portfolio.document(code, audience="staff"), portfolio.document(code)
    assert staff is not None
    assert public is not None
    assert len(staff["actions"]) == 1
    assert public["actions"] == []


def test_an_action_of_another_project_is_not_found(inside: object) -> None:
    first, second = make_project(), make_project()
    number = add(first)
    with pytest.raises(actions.ActionNotFound), write(actor=SYSTEM, action="test"):
        actions.finish(projects.find(second), number, on=DAY)
    assert working_copy(first).actions[0].done_on is None


def test_lists_begin_with_what_presses_and_know_whose_it_is(inside: object) -> None:
    code, hoa = make_project(), make_user(name="Lê Thị Hoa").id
    add(code, "không hạn", assignee="Lê Thị Hoa")
    add(code, "sau", due=date(2026, 12, 31), assignee_id=hoa)
    add(code, "trễ", due=date(2026, 11, 20), assignee="Phòng Kế hoạch")
    add(code, "hôm nay", due=DAY, assignee_id=hoa)
    tick(code, add(code, "xong", due=date(2026, 1, 1)), date(2026, 2, 1))
    user = db.session.get_one(User, hoa)

    def texts(**asked: Any) -> list[str]:
        return [action.text for action in actions.listing(day=DAY, **asked)]

    assert texts() == ["trễ", "hôm nay", "sau", "không hạn"]
    assert texts(user=user) == ["hôm nay", "sau", "không hạn"]
    assert texts(state="overdue") == ["trễ"]
    assert texts(state="done") == ["xong"]
    assert [action.days_late for action in actions.listing(day=DAY)] == [4, 0, 0, 0]


def test_an_action_is_given_to_open_accounts_only(inside: object) -> None:
    make_user(name="B", email="b@example.org")
    closed = make_user(name="A", email="a@example.org").id
    with write(actor=SYSTEM, action="test"):
        db.session.get_one(User, closed).active = False
    assert [user.name for user in actions.people()] == ["B"]
