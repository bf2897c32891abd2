"""The step expected next, what is overdue, and one step added to those that are there."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tracker.domain.milestones import current_stage
from tracker.services import procedure

DAY = date(2026, 11, 24)


def step(stage: str, number: int = 1, **values: Any) -> dict[str, Any]:
    return {"id": number, "stage": stage, "planned": None, "actual": None} | values


def document(**values: Any) -> dict[str, Any]:
    found = {"status": "announced", "milestones": [], "links": [], "units": [{"technology": "solar_ground"}]} | values
    return found | {"stage": current_stage((s["stage"], s["actual"]) for s in found["milestones"])}


@pytest.mark.parametrize(
    ("expected", "values"),
    [
        ("planned", {}),
        ("ipa", {"links": [{"relation": "listed"}]}),
        ("ipa", {"milestones": [step("planned", actual="2025-04-15")]}),
        ("survey", {"milestones": [step("planned", actual="2025")], "units": [{"technology": "wind_offshore"}]}),
        ("investor_selection", {"milestones": [step("ipa", actual="2026")]}),
        ("land", {"milestones": [step("ipa", actual="2025"), step("fs_eia", 2, actual="2026")]}),
        ("ipa", {"status": "pre_construction"}),
        ("commissioning", {"status": "construction"}),
        ("operating", {"milestones": [step("commissioning", actual="2026")]}),
        (None, {"status": "operating"}),
        (None, {"status": "cancelled"}),
        (None, {"milestones": [step("ipa", actual="2024"), step("suspended", 2, actual="2025")]}),
        (None, {"milestones": [step("operating", actual="2026")]}),
    ],
)
def test_the_next_step(expected: str | None, values: dict[str, Any]) -> None:
    found = procedure.next_step(document(**values), day=DAY)
    assert (found.stage.code if found else None) == expected


def test_the_next_step_has_its_basis_date_and_delay() -> None:
    steps = [step("planned", actual="2025"), step("ipa", 7, planned="2026-Q3")]
    found = procedure.next_step(document(milestones=steps), day=DAY)
    assert found is not None
    assert "143/2025/QH15" in found.stage.basis.vi
    assert (found.milestone_id, found.planned, found.days_late) == (7, "2026-Q3", 55)


def test_a_public_document_has_no_numbers_and_is_read_all_the_same() -> None:
    bare = step("ipa", planned="2027")
    del bare["id"]
    found = procedure.next_step(document(milestones=[bare], links=[{"relation": "listed"}]), day=DAY)
    assert found is not None
    assert (found.milestone_id, found.days_late) == (None, 0)


def test_a_step_is_overdue_when_the_last_day_it_may_mean_has_passed() -> None:
    steps = [
        step("land", 1, planned="2026"),
        step("ppa", 2, planned="2026-10"),
        step("ipa", 3, planned="2025"),
        step("fs_eia", 4, planned="2024", actual="2024"),
        step("financing", 5, planned="2026-11-24"),
    ]
    assert [s["id"] for s in procedure.overdue(document(milestones=steps), day=DAY)] == [3, 2]


def test_one_step_is_added_or_changed_and_the_others_stay() -> None:
    given = document(milestones=[step("planned", 1), step("ipa", 2)])
    assert procedure.with_step(given, None, {"stage": "land"}) == [{"id": 1}, {"id": 2}, {"stage": "land"}]
    assert procedure.with_step(given, 2, {"actual": "2026"}) == [{"id": 1}, {"id": 2, "actual": "2026"}]
    with pytest.raises(LookupError):
        procedure.with_step(given, 9, {})
