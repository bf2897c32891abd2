"""The sample set of the demo portfolio: all of it marked, on real projects, with nobody's real data."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tracker.domain import InvestmentCall
from tracker.domain.statuses import SELECTION_FORMS
from tracker.domain.users import ROLES
from tracker.services.documents import fields

PORTFOLIO = Path(__file__).resolve().parents[2] / "data" / "portfolio"


def load(name: str) -> Any:
    return json.loads((PORTFOLIO / name).read_text(encoding="utf-8"))


BY_CODE: dict[str, dict[str, Any]] = {project["code"]: project for project in load("projects.json")}
SAMPLE = load("sample.json")
DRAFTS: list[dict[str, Any]] = SAMPLE["drafts"]


def test_sample_set_is_marked_and_stands_on_real_projects() -> None:
    assert SAMPLE["sample"] is True
    calls, actions, inquiries = SAMPLE["calls"], SAMPLE["actions"], SAMPLE["inquiries"]
    items = [*calls.values(), *actions, *inquiries, *DRAFTS, *SAMPLE["meetings"], *SAMPLE["accounts"]]
    assert all(item["sample"] is True for item in items)
    assert (len(calls), len(DRAFTS), len(actions), len(SAMPLE["meetings"]), len(inquiries)) == (6, 4, 8, 1, 2)
    assert {BY_CODE[code]["province_code"] for code in calls} == {"46"}
    for call in calls.values():
        assert set(call) <= set(fields(InvestmentCall))
        assert call["selection_form"] in SELECTION_FORMS
        assert call["incentives_basis"]
    assert {item["project_code"] for item in [*actions, *inquiries]} <= set(BY_CODE)
    assert all(draft["name_vi"].startswith("Dự án mẫu") and "code" not in draft for draft in DRAFTS)
    assert {account["role"] for account in SAMPLE["accounts"]} == set(ROLES.codes())
    assert all(item["email"].endswith("@example.com") for item in [*inquiries, *SAMPLE["accounts"]])
    assert not any("password" in key for account in SAMPLE["accounts"] for key in account)
