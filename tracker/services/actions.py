"""Next actions: what has to be done for a project, by whom, by when. Never public.

They are written beside the form of the project, so a colleague's open form is not in conflict with a ticked action.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, or_, select

from ..domain import NextAction, Project, User, db
from ..domain.base import STAFF
from ..domain.dates import today
from . import portfolio
from .rows import Row

STATES = ("open", "overdue", "done")


class ActionNotFound(LookupError):
    """The project has no action of this number."""


@dataclass(frozen=True, slots=True)
class ActionRow:
    """An action with its project; `days_late` is above 0 once its day has passed and it is not done."""

    id: int
    row: Row
    text: str
    assignee: str | None
    assignee_id: int | None
    due: date | None
    done_on: date | None
    sample: bool
    days_late: int


def put(
    project: Project,
    action_id: int | None,
    *,
    text: str,
    assignee_id: int | None,
    assignee: str | None,
    due: date | None,
) -> NextAction:
    """Add an action to a project, or change the one of that number. Raises ActionNotFound. Flushes.

    With an account its name is kept as `assignee`, so that the list stays readable when the account is gone.
    """
    action = NextAction() if action_id is None else find(project, action_id)
    account = db.session.get(User, assignee_id) if assignee_id is not None else None
    told: dict[str, Any] = {
        "text": text,
        "assignee_id": account.id if account else None,
        "assignee": account.name if account else assignee,
        "due": due,
    }
    for name, value in told.items():
        if getattr(action, name) != value:
            setattr(action, name, value)
    if action_id is None:
        project.actions.append(action)
    db.session.flush()
    return action


def finish(project: Project, action_id: int, *, on: date | None) -> None:
    """Mark an action as done on a day, or as open again when None. Raises ActionNotFound. Flushes."""
    action = find(project, action_id)
    if action.done_on != on:
        action.done_on = on
    db.session.flush()


def find(project: Project, action_id: int) -> NextAction:
    """Return an action of the project; raises ActionNotFound."""
    for action in project.actions:
        if action.id == action_id:
            return action
    raise ActionNotFound(action_id)


def people() -> list[User]:
    """Return the accounts that an action can be given to, by name."""
    return list(db.session.scalars(select(User).where(User.active).order_by(User.name)))


def listing(*, state: str = "open", user: User | None = None, day: date | None = None) -> list[ActionRow]:
    """Return the actions of the office, or of one account: the most urgent first, done ones by their day.

    An action is somebody's by the account, or by the name where no account was chosen.
    """
    at = day or today()
    query = select(NextAction)
    if state == "done":
        query = query.where(NextAction.done_on.is_not(None)).order_by(NextAction.done_on.desc(), NextAction.id.desc())
    else:
        query = query.where(NextAction.done_on.is_(None))
        query = query.order_by(NextAction.due.is_(None), NextAction.due, NextAction.id)
    if state == "overdue":
        query = query.where(NextAction.due < at)
    if user is not None:
        query = query.where(
            or_(
                NextAction.assignee_id == user.id,
                and_(NextAction.assignee_id.is_(None), NextAction.assignee == user.name),
            )
        )
    rows = {row.id: row for row in portfolio.current(audience=STAFF).rows}
    return list(_shown(db.session.scalars(query), rows, at))


def _shown(found: Iterable[NextAction], rows: dict[int, Row], day: date) -> Iterable[ActionRow]:
    for action in found:
        row = rows.get(action.project_id)
        if row is None:
            continue
        late = (day - action.due).days if action.due and not action.done_on else 0
        yield ActionRow(
            action.id,
            row,
            action.text,
            action.assignee,
            action.assignee_id,
            action.due,
            action.done_on,
            action.sample,
            max(late, 0),
        )
