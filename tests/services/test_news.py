"""How long nothing was heard of a project, and what that suggests."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.factories import edit, make_project, working_copy
from tracker.domain import Setting, db
from tracker.services import documents, news
from tracker.services.transactions import SYSTEM, write

DAY = date(2026, 11, 24)
LIMITS = news.Limits(24, 48)


@pytest.mark.parametrize(
    ("status", "since", "expected"),
    [
        ("announced", date(2024, 11, 24), ("shelved", 24)),
        ("construction", date(2024, 11, 25), None),
        ("pre_construction", date(2022, 11, 24), ("cancelled", 48)),
        ("shelved", date(2024, 1, 1), None),
        ("shelved", date(2020, 1, 1), ("cancelled", 82)),
        ("operating", date(2010, 1, 1), None),
        ("cancelled", date(2010, 1, 1), None),
        ("announced", None, None),
    ],
)
def test_silence_suggests(status: str, since: date | None, expected: Any) -> None:
    found = news.inferred(status, since, limits=LIMITS, day=DAY)
    assert (found and (found.status, found.months)) == expected


def test_the_last_news_is_the_last_day_that_anything_dated_can_mean(inside: object) -> None:
    code = make_project(status_as_of="2023", last_checked="2026-11-01")
    assert news.last_news(documents.full(working_copy(code))) == date(2023, 12, 31)
    edit(code, milestones=[{"stage": "ipa", "actual": "2024-Q2"}], sources=[{"citation": "A", "dated": "2022"}])
    assert news.last_news(documents.full(working_copy(code))) == date(2024, 6, 30)
    edit(code, fact_changes=[{"field": "status", "before": "announced", "after": "construction", "dated": "2025-02"}])
    assert news.last_news(documents.full(working_copy(code))) == date(2025, 2, 28)


def test_nothing_dated_is_no_news(inside: object) -> None:
    assert news.last_news(documents.full(working_copy(make_project()))) is None


def test_the_office_sets_the_limits(inside: object) -> None:
    assert news.Limits.of_office() == LIMITS
    with write(actor=SYSTEM, action="test"):
        db.session.add(Setting(key="inferred_shelved_months", value=12))
    assert news.Limits.of_office() == news.Limits(12, 48)
