"""Every rule of what cannot be true at once, and a project in which nothing is wrong."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tracker.services import contradictions

DAY = date(2026, 11, 24)


def unit(**values: Any) -> dict[str, Any]:
    plain = dict.fromkeys(("status", "capacity_mw", "capacity_low_mw", "capacity_high_mw", "cod_actual"))
    return plain | {"technology": "solar_ground"} | values


def step(stage: str, **values: Any) -> dict[str, Any]:
    return {"stage": stage, "planned": None, "actual": None} | values


def party(**values: Any) -> dict[str, Any]:
    return {"role": "investor", "share_percent": None} | values


def document(**values: Any) -> dict[str, Any]:
    plain = dict.fromkeys(("status_as_of", "cod_first_planned", "cod_latest_planned", "cod_actual", "stage"))
    return (
        plain
        | {
            "status": "announced",
            "review_state": "draft",
            "units": [unit(capacity_mw=50.0)],
            "milestones": [],
            "parties": [],
            "sources": [{"citation": "QĐ 768"}],
        }
        | values
    )


def found(**values: Any) -> list[tuple[str, str]]:
    return [(finding.code, finding.path) for finding in contradictions.of(document(**values), day=DAY)]


CASES: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("operating_without_cod", "cod_actual", {"status": "operating"}),
    ("construction_without_start", "milestones", {"status": "construction"}),
    ("planned_cod_past", "cod_latest_planned", {"cod_first_planned": "2024", "cod_latest_planned": "2026-Q3"}),
    ("planned_cod_past", "cod_first_planned", {"cod_first_planned": "2025"}),
    ("actual_cod_future", "cod_actual", {"status": "operating", "cod_actual": "2027"}),
    ("cod_but_not_operating", "status", {"status": "pre_construction", "cod_actual": "2026-06"}),
    ("step_in_future", "milestones-0-actual", {"milestones": [step("ipa", actual="2026-12")]}),
    (
        "ended_with_future_step",
        "milestones-1-planned",
        {"status": "cancelled", "milestones": [step("ipa", planned="2020"), step("land", planned="2027")]},
    ),
    ("status_date_future", "status_as_of", {"status_as_of": "2026-11-25"}),
    ("unit_runs_project_not", "units-1-status", {"units": [unit(), unit(status="operating")]}),
    ("unit_goes_on_project_ended", "units-0-status", {"status": "shelved", "units": [unit(status="construction")]}),
    (
        "no_unit_bears_status",
        "status",
        {"status": "operating", "cod_actual": "2020", "units": [unit(status="shelved"), unit(status="announced")]},
    ),
    (
        "shares_over_100",
        "parties-2-share_percent",
        {
            "parties": [
                party(share_percent=60.0),
                party(share_percent=90.0, role="lender"),
                party(share_percent=41.0),
                party(),
            ]
        },
    ),
    ("range_reversed", "units-0-capacity_low_mw", {"units": [unit(capacity_low_mw=60.0, capacity_high_mw=50.0)]}),
    (
        "capacity_outside_range",
        "units-0-capacity_mw",
        {"units": [unit(capacity_mw=70.0, capacity_low_mw=40.0, capacity_high_mw=60.0)]},
    ),
    ("published_without_source", "sources", {"review_state": "published", "sources": []}),
    ("stage_operating_status_not", "status", {"stage": "operating"}),
    ("stage_ended_status_not", "status", {"stage": "suspended"}),
    ("stage_ended_status_not", "status", {"stage": "terminated", "status": "shelved"}),
)


@pytest.mark.parametrize(("code", "path", "values"), CASES)
def test_a_contradiction_is_found_where_it_is_mended(code: str, path: str, values: dict[str, Any]) -> None:
    assert found(**values) == [(code, path)]


def test_every_rule_is_tried_and_has_its_own_words() -> None:
    rules = contradictions.RULES
    assert {rule.code for rule in rules} == {code for code, _, _ in CASES}
    for lang in ("vi", "en"):
        assert len({rule.text[lang] for rule in rules}) == len(rules)


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"status": "operating", "cod_actual": "2026-11"},
        {"status": "operating", "units": [unit(cod_actual="2020")]},
        {"status": "operating", "milestones": [step("commissioning", actual="2021")]},
        {"status": "construction", "milestones": [step("construction", actual="2026")]},
        {"cod_first_planned": "2024", "cod_latest_planned": "2026-Q4"},
        {"status": "operating", "cod_actual": "2026"},
        {"status": "operating", "cod_actual": "2020", "cod_latest_planned": "2019"},
        {"status": "cancelled", "milestones": [step("land", planned="2027", actual="2026")]},
        {"status": "operating", "cod_actual": "2020", "units": [unit(), unit(status="construction")]},
        {"status": "retired", "stage": "operating", "units": [unit(status="retired")]},
        {"parties": [party(share_percent=33.334)] * 3},
        {"units": [unit(capacity_mw=50.0, capacity_low_mw=50.0, capacity_high_mw=50.0)]},
        {"review_state": "draft", "sources": []},
        {"stage": "suspended", "status": "shelved"},
        {"status": "unknown", "units": [unit(status="unknown")]},
    ],
)
def test_what_may_be_true_is_left_alone(values: dict[str, Any]) -> None:
    assert found(**values) == []


def test_a_unit_is_named_by_its_place_in_the_form() -> None:
    (finding,) = contradictions.of(document(units=[unit(), unit(status="operating")]), day=DAY)
    assert finding.text.vi == "Tổ máy 2 đang vận hành nhưng dự án thì không"
    assert finding.text.en == "Unit 2 operates, but the project does not"


def test_looking_changes_nothing() -> None:
    given = document(status="operating", units=[unit(status="shelved")])
    before = repr(given)
    contradictions.of(given, day=DAY)
    assert repr(given) == before
