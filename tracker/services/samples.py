"""The sample set: made-up calls, drafts, actions, a meeting, enquiries and accounts, marked as such and
removable.
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import delete, func, select

from ..domain import (
    CodeRedirect,
    Inquiry,
    InvestmentCall,
    Meeting,
    NextAction,
    Project,
    ProjectRelation,
    ProjectVersion,
    Publication,
    Revision,
    Setting,
    User,
    db,
)
from ..domain.dates import end_of_day_utc
from ..domain.technologies import FAMILIES, TECHNOLOGIES
from . import accounts, documents, projects
from .portfolio_files import BadPortfolio, read_json
from .transactions import SYSTEM, write

Values = dict[str, Any]
_PREFIX = "MAU"  # "mẫu": no province has this abbreviation, so a sample never takes a real project's code
_REMOVED = "sample_set_removed"


def load(data: Path, *, passwords: dict[str, str]) -> dict[str, int]:
    """Load `data`/portfolio/sample.json once; returns how many records of each kind were new.

    `passwords`: e-mail address → password of the accounts; an account without one is made without. What is
    there
    already is left alone. Raises BadPortfolio.
    """
    given = read_json(data / "portfolio" / "sample.json")
    with write(actor=SYSTEM, action="load sample set") as revision:
        if marker := db.session.get(Setting, _REMOVED):
            db.session.delete(marker)
        return {
            "calls": sum(_call(code, values, revision) for code, values in given["calls"].items()),
            "drafts": sum(_draft(values) for values in given["drafts"]),
            "actions": _actions(given["actions"]),
            "meetings": sum(_meeting(values) for values in given["meetings"]),
            "inquiries": sum(_inquiry(values) for values in given["inquiries"]),
            "accounts": sum(_account(values, passwords.get(values["email"])) for values in given["accounts"]),
        }


def wanted() -> bool:
    """Return whether a start of the demo should load the sample set: not after somebody removed it."""
    return db.session.get(Setting, _REMOVED) is None


def emails(data: Path) -> list[str]:
    """Return the addresses of the sample accounts. Raises BadPortfolio."""
    return [values["email"] for values in read_json(data / "portfolio" / "sample.json")["accounts"]]


def _project(code: str) -> Project:
    try:
        return projects.find(code)
    except projects.ProjectNotFound as error:
        raise BadPortfolio(f"sample.json: no project {code}") from error


def _call(code: str, values: Values, revision: int) -> bool:
    project = _project(code)
    if project.call is not None:
        return False
    projects.put(project, {"call": values})
    public = documents.for_public(documents.full(project), published_codes=set())
    projects.amend(project, revision=revision, note="sample call", call=public["call"])
    return True


def _draft(values: Values) -> bool:
    if db.session.scalar(select(Project.id).where(Project.sample, Project.name_vi == values["name_vi"])):
        return False
    family = FAMILIES[TECHNOLOGIES[values["units"][0]["technology"]].family]
    stem = f"{_PREFIX}-{family.abbreviation}-"
    used = db.session.scalar(select(func.count()).where(Project.code.startswith(stem))) or 0
    projects.put(None, values | {"code": f"{stem}{used + 1:03d}", "sample": True})
    return True


def _actions(items: list[Values]) -> int:
    """Add the next actions project by project, unless a project has sample actions already."""
    added = 0
    for code in dict.fromkeys(item["project_code"] for item in items):
        project = _project(code)
        if any(action.sample for action in project.actions):
            continue
        mine = [item for item in items if item["project_code"] == code]
        present = [{"id": action.id} for action in project.actions]
        projects.put(project, {"actions": [*present, *mine]})
        added += len(mine)
    return added


def _meeting(values: Values) -> bool:
    held_on = date.fromisoformat(values["held_on"])
    if db.session.scalar(select(Meeting.id).where(Meeting.sample, Meeting.title == values["title"])):
        return False
    shown = db.session.scalar(select(func.max(Revision.number)).where(Revision.at < end_of_day_utc(held_on)))
    db.session.add(Meeting(**values | {"held_on": held_on, "revision": shown}))
    return True


def _inquiry(values: Values) -> bool:
    moments = {
        name: datetime.fromisoformat(values[name]) for name in ("received_at", "consent_at") if values[name]
    }
    if db.session.scalar(select(Inquiry.id).where(Inquiry.sample, Inquiry.email == values["email"])):
        return False
    known = {name: value for name, value in values.items() if name != "project_code"} | moments
    known["project_id"] = _project(values["project_code"]).id if values["project_code"] else None
    known["delete_after"] = date.fromisoformat(values["delete_after"]) if values["delete_after"] else None
    db.session.add(Inquiry(**known))
    return True


def _account(values: Values, password: str | None) -> bool:
    if accounts.find(values["email"]) is not None:
        return False
    accounts.add_user(
        email=values["email"], name=values["name"], role=values["role"], password=password, sample=True
    )
    return True


def remove() -> int:
    """Remove the sample set in one write block; returns how many records went. Real projects stay as people
    made them.

    An account that has changed something stays in the history: it is blocked instead of deleted.
    """
    with write(actor=SYSTEM, action="remove sample set") as revision:
        removed = 0
        for call in db.session.scalars(select(InvestmentCall).where(InvestmentCall.sample)).all():
            project = db.session.get_one(Project, call.project_id)
            projects.put(project, {"call": None})
            if (current := projects.published(project)) and (current.document["call"] or {}).get("sample"):
                projects.amend(project, revision=revision, note="sample call removed", call=None)
            removed += 1
        for project in db.session.scalars(
            select(Project).join(NextAction).where(NextAction.sample).distinct()
        ).all():
            kept = [{"id": action.id} for action in project.actions if not action.sample]
            removed += len(project.actions) - len(kept)
            projects.put(project, {"actions": kept})
        for project in db.session.scalars(select(Project).where(Project.sample)).all():
            _forget(project)
            removed += 1
        for model in (Meeting, Inquiry):
            for record in db.session.scalars(select(model).where(model.sample)).all():
                db.session.delete(record)
                removed += 1
        for user in db.session.scalars(select(User).where(User.sample)).all():
            removed += _close(user)
        if wanted():
            db.session.add(Setting(key=_REMOVED, value=True))
        db.session.flush()
    return removed


def _forget(project: Project) -> None:
    """Delete a sample project with its recorded and published versions; only the audit trail keeps that it
    was.
    """
    for relation in db.session.scalars(
        select(ProjectRelation).where(ProjectRelation.other_id == project.id)
    ).all():
        db.session.delete(relation)
    for inquiry in db.session.scalars(select(Inquiry).where(Inquiry.project_id == project.id)).all():
        inquiry.project_id = None
    db.session.flush()
    for model in (ProjectVersion, Publication, CodeRedirect):
        db.session.execute(delete(model).where(model.project_id == project.id))
    db.session.delete(project)
    db.session.flush()


def _close(user: User) -> bool:
    if db.session.scalar(select(Revision.number).where(Revision.actor_id == user.id).limit(1)) is None:
        db.session.delete(user)
        return True
    was_open = user.active
    user.active = False
    user.password_hash = None
    return was_open
