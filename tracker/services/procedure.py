"""Where a project stands in the investment procedure: what comes next by law, and what is overdue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from ..domain.dates import span, today
from ..domain.statuses import STAGES, STATUSES, Stage

_ENDS = ("suspended", "terminated")
_AT_SEA = ("wind_offshore", "wind_nearshore")
# what a status says of the procedure when no dated step does
_IMPLIED = {"pre_construction": "planned", "construction": "construction"}


@dataclass(frozen=True, slots=True)
class NextStep:
    """The step expected next: its term (with legal basis), the planned date when one is recorded, how late it is."""

    stage: Stage
    milestone_id: int | None
    planned: str | None
    days_late: int


def next_step(document: dict[str, Any], *, day: date | None = None) -> NextStep | None:
    """Return the step of the procedure that a full document should take next, None for ended or running projects.

    A survey is a step of projects at sea only (Decree 58/2025/NĐ-CP). Steps overlap in practice: steps before the
    stage reached are not asked for again.
    """
    status = STATUSES.get(document["status"])
    if (status is not None and not status.live) or document["status"] == "operating":
        return None
    if document["stage"] in _ENDS:
        return None
    done = {step["stage"] for step in document["milestones"] if step["actual"]}
    reached = _reached(document)
    for stage in STAGES:
        if stage.code in _ENDS or stage.code in done or STAGES.order(stage.code) <= reached:
            continue
        if stage.code == "survey" and not any(unit["technology"] in _AT_SEA for unit in document["units"]):
            continue
        planned = next((step for step in document["milestones"] if step["stage"] == stage.code), None)
        known = planned["planned"] if planned else None
        return NextStep(stage, planned.get("id") if planned else None, known, days_late(known, day or today()))
    return None


def _reached(document: dict[str, Any]) -> int:
    """Return the place in the procedure that is behind the project, -1 when nothing is."""
    told = [document["stage"], _IMPLIED.get(document["status"])]
    if any(link["relation"] in ("listed", "allocation") for link in document["links"]):
        told.append("planned")
    return max((STAGES.order(code) for code in told if code), default=-1)


def days_late(planned: str | None, day: date) -> int:
    """Return how many days a planned partial date has passed; 0 while it may still be kept."""
    return max((day - span(planned)[1]).days, 0) if planned else 0


def overdue(document: dict[str, Any], *, day: date | None = None) -> list[dict[str, Any]]:
    """Return the milestones of a document whose planned date has passed without an actual one, the oldest first."""
    at = day or today()
    late = [step for step in document["milestones"] if not step["actual"] and days_late(step["planned"], at)]
    return sorted(late, key=lambda step: span(step["planned"])[1])


def with_step(document: dict[str, Any], step_id: int | None, values: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the section `milestones` of a document with a step added, or that of `step_id` changed.

    Raises LookupError when the document has no such step.
    """
    present = [step["id"] for step in document["milestones"]]
    if step_id is None:
        return [*({"id": known} for known in present), values]
    if step_id not in present:
        raise LookupError(step_id)
    return [{"id": known} | (values if known == step_id else {}) for known in present]
