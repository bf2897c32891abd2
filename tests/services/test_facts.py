"""Changes of status and capacity: noted with date and source, kept through edits, frozen for the public."""

from __future__ import annotations

from typing import Any

import pytest

from tests.factories import edit, make_project, unit, working_copy
from tracker.services import documents, facts, portfolio


def full(code: str) -> dict[str, Any]:
    return documents.full(working_copy(code))


def told(changes: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    return [(c["field"], c["unit_ordinal"], c["before"], c["after"]) for c in changes]


def test_what_counts_as_a_change(inside: object) -> None:
    code = make_project(status="announced", units=[unit(), unit(status="announced", capacity_mw=None), unit()])
    before = full(code)
    first, second, third = (u["id"] for u in before["units"])
    assert facts.changes(before, {"jobs": 3}) == []
    assert told(facts.changes(before, {"status": "construction"})) == [("status", None, "announced", "construction")]
    assert told(
        facts.changes(
            before,
            {
                "status": "construction",
                "units": [
                    {"id": first, "capacity_mw": 50.5},
                    {"id": second, "status": "announced", "capacity_mw": 40.0},
                    {"id": third, "status": "operating"},
                    {"technology": "solar_ground", "capacity_mw": 9.0},
                ],
            },
        )
    ) == [
        ("status", None, "announced", "construction"),
        ("capacity_mw", 1, "50", "50.5"),
        ("capacity_mw", 2, None, "40"),
        ("status", 3, "announced", "operating"),
    ]


def test_changes_are_stored_with_date_and_source_and_frozen_when_published(inside: object) -> None:
    code = make_project(status="announced", sources=[{"citation": "Báo cáo 12/BC"}])
    values = {"status": "construction"}
    edit(code, **values, fact_changes=facts.note_changes(full(code), values, dated="2026-05", source_ordinal=1))
    values = {"status": "operating"}
    edit(code, publish=True, **values, fact_changes=facts.note_changes(full(code), values))
    assert [(c["after"], c["dated"], c["source_ordinal"]) for c in full(code)["fact_changes"]] == [
        ("construction", "2026-05", 1),
        ("operating", None, None),
    ]
    public = portfolio.document(code)
    assert public is not None
    assert [c["before"] for c in public["fact_changes"]] == ["announced", "construction"]
    assert "id" not in public["fact_changes"][0]


def test_a_change_is_dated_later_or_dropped_when_it_was_a_mistake(inside: object) -> None:
    code = make_project(status="announced")
    for status in ("construction", "operating"):
        edit(code, status=status, fact_changes=facts.note_changes(full(code), {"status": status}))
    first, second = (c["id"] for c in full(code)["fact_changes"])
    edit(code, fact_changes=facts.date_change(full(code), first, dated="2025", source_ordinal=None, note="thư"))
    assert [(c["dated"], c["note"]) for c in full(code)["fact_changes"]] == [("2025", "thư"), (None, None)]
    edit(code, fact_changes=facts.drop_change(full(code), second))
    assert [c["id"] for c in full(code)["fact_changes"]] == [first]
    with pytest.raises(LookupError):
        facts.date_change(full(code), second, dated="2025")


def test_a_document_of_before_the_list_was_kept_is_read_all_the_same() -> None:
    old = {"status": "announced", "units": []}
    assert len(facts.note_changes(old, {"status": "construction"})) == 1
