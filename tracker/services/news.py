"""How long nothing was heard of a project, and what that makes one suspect. It never changes the status.

The rule is that of Global Energy Monitor: two years without news suggest shelved, four years cancelled. The office
may set other numbers of months.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from ..domain.dates import months_between, span, today
from . import office

_MAY_REST = ("announced", "pre_construction", "construction")


@dataclass(frozen=True, slots=True)
class Inferred:
    """What silence suggests: `shelved` or `cancelled`, after so many months without news."""

    status: str
    months: int


@dataclass(frozen=True, slots=True)
class Limits:
    """After how many months of silence a project is suspected to be shelved, or cancelled."""

    shelved: int
    cancelled: int

    @classmethod
    def of_office(cls) -> Limits:
        """Return the limits that the office has set."""
        return cls(int(office.setting("inferred_shelved_months")), int(office.setting("inferred_cancelled_months")))


def last_news(document: dict[str, Any]) -> date | None:
    """Return the last day that anything dated in a full document can mean; None when nothing is dated.

    Looking again and finding nothing is no news, so `last_checked` does not count.
    """
    dates = [document["status_as_of"], document["cod_actual"]]
    dates += [step["actual"] for step in document["milestones"]]
    dates += [item["dated"] for name in ("sources", "fact_changes") for item in document.get(name, ())]
    dates += [paper["issued_on"] for paper in document.get("documents", ())]
    return max((span(known)[1] for known in dates if known), default=None)


def inferred(status: str, news: date | None, *, limits: Limits, day: date | None = None) -> Inferred | None:
    """Return what the silence since `news` suggests of a project of that status, None when it suggests nothing."""
    if news is None or (status not in _MAY_REST and status != "shelved"):
        return None
    months = months_between(news, day or today())
    if months >= limits.cancelled:
        return Inferred("cancelled", months)
    if months >= limits.shelved and status != "shelved":
        return Inferred("shelved", months)
    return None
