"""The desk: what waits for the office and for one person."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from tests.factories import edit, make_project, make_user, unit, working_copy
from tracker.domain import FormDraft, User, db
from tracker.domain.dates import today
from tracker.services import actions, desk, projects, watch
from tracker.services.transactions import SYSTEM, Actor, keep, write

DAY = date(2026, 11, 24)


def person(**values: Any) -> User:
    return db.session.get_one(User, make_user(**values).id)


def codes(items: Any) -> list[str]:
    return [item.code if hasattr(item, "code") else item.row.code for item in items]


def test_steps_are_late_or_coming_by_the_last_day_they_may_mean(inside: object) -> None:
    code = make_project(
        milestones=[
            {"stage": "planned", "planned": "2026-Q1"},
            {"stage": "ipa", "planned": "2026-10"},
            {"stage": "land", "planned": "2026"},
            {"stage": "ppa", "planned": "2027-01-31"},
            {"stage": "financing", "planned": "2026-01", "actual": "2026-02"},
        ]
    )
    make_project(status="cancelled", milestones=[{"stage": "ipa", "planned": "2020"}])
    found = desk.of_office(day=DAY)
    assert [(step.stage.code, step.days_late) for step in found.late] == [("planned", 238), ("ipa", 24)]
    assert [step.stage.code for step in found.coming] == ["land"]
    assert set(codes(found.late)) == {code}


def test_returned_submitted_contradictory_silent_and_stale(inside: object) -> None:
    returned = make_project(publish=False, last_checked="2026-11-01")
    submitted = make_project(publish=False, last_checked="2026-11-01")
    silent = make_project(status="announced", status_as_of="2024-01", last_checked="2025-01-01")
    with write(actor=SYSTEM, action="test"):
        projects.submit(projects.find(submitted))
        projects.submit(projects.find(returned))
        projects.send_back(projects.find(returned), comment="thiếu nguồn")
    found = desk.of_office(day=DAY)
    assert codes(found.returned) == [returned]
    assert codes(found.submitted) == [submitted]
    assert set(codes(found.contradictory)) == {returned, submitted, silent}  # no start, no source
    assert [(item.row.code, item.inferred.status, item.inferred.months) for item in found.silent] == [
        (silent, "shelved", 33)
    ]
    assert [(item.row.code, item.checked) for item in found.stale] == [(silent, "2025-01-01")]
    assert working_copy(silent).status == "announced"


def test_what_a_person_changed_lately_is_not_stale_and_the_largest_come_first(inside: object) -> None:
    user = make_user()
    small = make_project(units=[unit(capacity_mw=5.0)])
    large = make_project(units=[unit(capacity_mw=500.0)])
    touched = make_project(actor=Actor.of(user))
    make_project(status="retired")
    found = desk.of_office(day=today())
    assert codes(found.stale) == [large, small]
    assert touched not in codes(found.stale)


def test_a_persons_desk_has_own_actions_and_projects_in_care(inside: object) -> None:
    hoa, an = person(name="Hoa", email="hoa@example.org"), person(name="An", email="an@example.org")
    late = [{"stage": "ipa", "planned": "2025"}]
    changed = make_project(actor=Actor.of(hoa), milestones=late)
    asked, other = make_project(milestones=late), make_project(milestones=late)
    with write(actor=SYSTEM, action="test"):
        told: dict[str, Any] = {"assignee": None, "due": None}
        actions.put(projects.find(asked), None, text="mine", assignee_id=hoa.id, **told)
        actions.put(projects.find(other), None, text="his", assignee_id=an.id, **told)
    hoa = db.session.merge(hoa)
    office = desk.of_office()
    mine = desk.of_person(office, hoa)
    assert sorted(codes(office.late)) == [changed, asked, other]
    assert sorted(codes(mine.late)) == [changed, asked]
    assert [action.text for action in mine.actions] == ["mine"]


def test_an_approver_sees_all_that_waits_for_review(inside: object) -> None:
    approver, editor = person(role="approver"), person(role="editor")
    code = make_project(publish=False)
    with write(actor=SYSTEM, action="test"):
        projects.submit(projects.find(code))
    office = desk.of_office()
    assert codes(desk.of_person(office, db.session.merge(approver)).submitted) == [code]
    assert codes(desk.of_person(office, db.session.merge(editor)).submitted) == []


def test_forms_left_unsaved_and_whether_somebody_was_quicker(inside: object) -> None:
    user, code = person(), make_project()
    version = str(working_copy(code).lock_version)
    with keep() as session:
        for form, pairs in (
            (f"edit:{code}", [["name_vi", "A"], ["lock_version", version]]),
            ("new", [["name_vi", "B"]]),
            ("edit:HUE-SOL-999", []),
        ):
            session.add(FormDraft(user_id=user.id, form=form, data=pairs, saved_at=datetime.now(UTC)))
    user = db.session.merge(user)
    assert {item.form: item.outdated for item in desk.unsaved(user)} == {f"edit:{code}": False, "new": False}
    edit(code, jobs=5)
    assert {item.form: item.outdated for item in desk.unsaved(user)} == {f"edit:{code}": True, "new": False}


def test_only_what_changed_is_looked_at_again(inside: object, monkeypatch: Any) -> None:
    first, second = make_project(status="operating"), make_project(status="operating")
    assert {code: len(seen.findings) for code, seen in watch.everything(day=DAY).items()} == {first: 2, second: 2}
    edit(first, cod_actual="2020", sources=[{"citation": "A"}])
    looked: list[str] = []
    whole = watch.contradictions.of
    monkeypatch.setattr(
        watch.contradictions, "of", lambda document, **kw: looked.append(document["code"]) or whole(document, **kw)
    )
    assert {code: len(seen.findings) for code, seen in watch.everything(day=DAY).items()} == {first: 0, second: 2}
    assert looked == [first]
    watch.everything(day=date(2026, 11, 25))
    assert looked == [first, first, second]
