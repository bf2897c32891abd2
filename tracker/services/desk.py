"""The desk: what is due, late, returned, stale, contradictory or silent, for one person and for the office."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import or_, select

from ..domain import FormDraft, Milestone, NextAction, Project, ProjectVersion, Revision, User, db
from ..domain.base import STAFF
from ..domain.dates import end_of_day_utc, months_before, span, today
from ..domain.statuses import STAGES, Stage
from . import actions, news, office, portfolio, watch
from .actions import ActionRow
from .contradictions import Finding
from .procedure import days_late
from .rows import Row

COMING_DAYS = 60
MINE_MONTHS = 12  # a project is in somebody's care for so long after the last change
_AT_REST = ("cancelled", "retired")


@dataclass(frozen=True, slots=True)
class StepRow:
    """A planned step of the procedure without an actual date."""

    id: int
    row: Row
    stage: Stage
    planned: str
    days_late: int


@dataclass(frozen=True, slots=True)
class StaleRow:
    """A project that nobody has checked or changed for long; `checked` None: never."""

    row: Row
    checked: str | None


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A project with what cannot be true at once in it."""

    row: Row
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class SilentRow:
    """A project without news, and what that suggests. The status itself stays as it is."""

    row: Row
    inferred: news.Inferred
    since: date


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything that waits for somebody; each list begins with what presses most."""

    actions: tuple[ActionRow, ...]
    late: tuple[StepRow, ...]
    coming: tuple[StepRow, ...]
    returned: tuple[Row, ...]
    submitted: tuple[Row, ...]
    contradictory: tuple[FindingRow, ...]
    silent: tuple[SilentRow, ...]
    stale: tuple[StaleRow, ...]

    @property
    def overdue_actions(self) -> int:
        """How many actions are late."""
        return sum(action.days_late > 0 for action in self.actions)


def of_office(*, day: date | None = None) -> Desk:
    """Return what waits for anybody of the office."""
    at = day or today()
    rows = portfolio.current(audience=STAFF).rows
    by_id = {row.id: row for row in rows}
    late, coming = _steps(by_id, at)
    watched, limits = watch.everything(day=at), news.Limits.of_office()
    silent = [
        SilentRow(row, found, seen.news)
        for row in rows
        if (seen := watched.get(row.code)) is not None
        and seen.news is not None
        and (found := news.inferred(row.status, seen.news, limits=limits, day=at)) is not None
    ]
    return Desk(
        actions=tuple(actions.listing(day=at)),
        late=late,
        coming=coming,
        returned=tuple(row for row in rows if row.review_state == "returned"),
        submitted=tuple(row for row in rows if row.review_state == "submitted"),
        contradictory=tuple(
            FindingRow(row, watched[row.code].findings)
            for row in _largest(rows)
            if row.code in watched and watched[row.code].findings
        ),
        silent=tuple(sorted(silent, key=lambda item: item.since)),
        stale=_stale(rows, at),
    )


def of_person(desk: Desk, user: User, *, day: date | None = None) -> Desk:
    """Return the part of the office's desk that is one person's: own actions, projects in his or her care."""
    care = in_care(user, day=day)
    return replace(
        desk,
        actions=tuple(
            item
            for item in desk.actions
            if item.assignee_id == user.id or (item.assignee_id is None and item.assignee == user.name)
        ),
        submitted=desk.submitted if user.may("approver") else _of(desk.submitted, care),
        returned=_of(desk.returned, care),
        late=_with(desk.late, care),
        coming=_with(desk.coming, care),
        contradictory=_with(desk.contradictory, care),
        silent=_with(desk.silent, care),
        stale=_with(desk.stale, care),
    )


def in_care(user: User, *, day: date | None = None) -> set[int]:
    """Return the projects in a person's care: changed within a year, or with an open action of his or hers."""
    since = end_of_day_utc(months_before(day or today(), MINE_MONTHS))
    changed = (
        select(ProjectVersion.project_id)
        .join(Revision, Revision.number == ProjectVersion.revision)
        .where(Revision.actor_id == user.id, Revision.at >= since)
    )
    asked = select(NextAction.project_id).where(
        NextAction.done_on.is_(None), or_(NextAction.assignee_id == user.id, NextAction.assignee == user.name)
    )
    return {*db.session.scalars(changed.distinct()), *db.session.scalars(asked)}


def _of(rows: Collection[Row], care: set[int]) -> tuple[Row, ...]:
    return tuple(row for row in rows if row.id in care)


def _with(items: Collection[Any], care: set[int]) -> tuple[Any, ...]:
    return tuple(item for item in items if item.row.id in care)


def _largest(rows: Collection[Row]) -> list[Row]:
    """Return rows of the office's own province first, the largest of each first."""
    home = office.home_province()
    return sorted(rows, key=lambda row: (row.province_code != home, -(row.size_mw or 0)))


def _steps(rows: dict[int, Row], day: date) -> tuple[tuple[StepRow, ...], tuple[StepRow, ...]]:
    """Return the steps that are late, the oldest first, and those that come within `COMING_DAYS`, the next first."""
    horizon = day + timedelta(days=COMING_DAYS)
    # partial dates sort as text only by their year: "2026-Q1" stands after "2026-11"
    found = db.session.execute(
        select(Milestone.id, Milestone.project_id, Milestone.stage, Milestone.planned).where(
            Milestone.actual.is_(None), Milestone.planned < f"{horizon.year + 1}"
        )
    )
    late, coming = [], []
    for number, project_id, stage, planned in found:
        row = rows.get(project_id)
        if row is None or planned is None or stage not in STAGES or row.status in _AT_REST:
            continue
        days = days_late(planned, day)
        if days:
            late.append(StepRow(number, row, STAGES[stage], planned, days))
        elif span(planned)[1] <= horizon:
            coming.append(StepRow(number, row, STAGES[stage], planned, 0))
    late.sort(key=lambda step: (-step.days_late, step.row.code))
    coming.sort(key=lambda step: (span(step.planned)[1], step.row.code))
    return tuple(late), tuple(coming)


def _stale(rows: Collection[Row], day: date) -> tuple[StaleRow, ...]:
    """Return the projects that no person has checked or changed within the office's limit.

    Those of the own province come first, the largest of each first.
    """
    limit = months_before(day, int(office.setting("stale_months")))
    touched = set(
        db.session.scalars(
            select(ProjectVersion.project_id)
            .join(Revision, Revision.number == ProjectVersion.revision)
            .where(Revision.actor_id.is_not(None), Revision.at >= end_of_day_utc(limit))
            .distinct()
        )
    )
    return tuple(
        StaleRow(row, row.last_checked)
        for row in _largest(rows)
        if row.id not in touched
        and row.status not in _AT_REST
        and (row.last_checked is None or row.last_checked < limit.isoformat())
    )


@dataclass(frozen=True, slots=True)
class Unsaved:
    """What a person typed into a form and did not save; `row` None for a new project.

    `outdated`: somebody saved the project meanwhile, so saving this leads to the comparison of both versions.
    """

    form: str
    row: Row | None
    saved_at: datetime
    outdated: bool


def unsaved(user: User) -> tuple[Unsaved, ...]:
    """Return the forms that a person left unsaved, the latest first."""
    by_code = portfolio.current(audience=STAFF).by_code
    drafts = db.session.scalars(
        select(FormDraft).where(FormDraft.user_id == user.id).order_by(FormDraft.saved_at.desc())
    ).all()
    codes = [draft.form.partition(":")[2] for draft in drafts]
    standing = db.session.execute(select(Project.code, Project.lock_version).where(Project.code.in_(codes)))
    versions = {code: str(number) for code, number in standing}
    found = []
    for draft, code in zip(drafts, codes, strict=True):
        if code and code not in by_code:
            continue
        opened = dict(draft.data).get("lock_version")
        found.append(
            Unsaved(
                draft.form,
                by_code.get(code),
                draft.saved_at,
                bool(code) and opened is not None and versions.get(code) != opened,
            )
        )
    return tuple(found)
