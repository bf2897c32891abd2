"""My desk: what is due, late, returned, stale or contradictory; each item one click from where it is mended."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

from flask import Blueprint, g, render_template, request, url_for

from ..domain.dates import today
from ..domain.statuses import STATUSES
from ..outputs import history as words
from ..outputs import history_words
from ..services import actions, contradictions, desk, recent
from .access import actor, current_user, requires
from .projects.standing import mend_url

views = Blueprint("desk", __name__)

FEW, MANY = 8, 500
LISTS = ("actions", "late", "coming", "returned", "submitted", "contradictory", "silent", "stale", "recent")


@views.get("/desk")
@requires("viewer")
def index() -> str:
    """Show what waits for the person, or for the whole office; `show` opens one of the lists in full."""
    user = current_user()
    assert user is not None  # noqa: S101  the lock lets nobody else in
    office = desk.of_office()
    mine = desk.of_person(office, user)
    who = "office" if request.args.get("who") == "office" else "me"
    show = request.args.get("show", "")
    show = show if show in LISTS else ""
    chosen = office if who == "office" else mine
    rules = Counter(finding.code for item in chosen.contradictory for finding in item.findings)
    return render_template(
        "desk/index.html",
        desk=_narrowed(chosen),
        waiting={"me": _waiting(mine), "office": _waiting(office)},
        who=who,
        show=show,
        limit=MANY if show else FEW,
        unsaved=desk.unsaved(user),
        recent=[_said(change) for change in recent.changes()] if show in ("", "recent") else [],
        rules=[(rule, rules[rule.code]) for rule in contradictions.RULES if rules[rule.code]],
        supposed=[
            (STATUSES[code], count) for code, count in Counter(item.inferred.status for item in chosen.silent).items()
        ],
        today=today(),
        mend_url=mend_url,
        address=lambda **changes: _address(who=who, **changes),
    )


@views.get("/desk/actions")
@requires("viewer")
def list_actions() -> str:
    """Show the next actions of the person or of the office: open, overdue or done."""
    user = current_user()
    who = "office" if request.args.get("who") == "office" else "me"
    state = request.args.get("state", "open")
    state = state if state in actions.STATES else "open"
    found = actions.listing(state=state, user=user if who == "me" else None)
    return render_template(
        "desk/actions.html", found=found[:MANY], total=len(found), who=who, state=state, here=_here(), me=actor().id
    )


def _narrowed(found: desk.Desk) -> desk.Desk:
    """Return the desk with the filters of the address applied: `rule` of contradictions, `supposed` status."""
    rule, supposed = request.args.get("rule"), request.args.get("supposed")
    if rule:
        kept = [item for item in found.contradictory if any(finding.code == rule for finding in item.findings)]
        found = replace(found, contradictory=tuple(kept))
    if supposed:
        found = replace(found, silent=tuple(item for item in found.silent if item.inferred.status == supposed))
    return found


def _waiting(found: desk.Desk) -> int:
    """Return how many things press: late actions and steps, returned and submitted projects, contradictions."""
    return (
        found.overdue_actions + len(found.late) + len(found.returned) + len(found.submitted) + len(found.contradictory)
    )


def _said(change: recent.Change) -> dict[str, Any]:
    """Return a revision in words: who, when, what was done to which project, which fields."""
    named = []
    for entity, field in change.fields:
        if field in history_words.HIDDEN or field == "ordinal":
            continue
        kind = history_words.TABLES.get(entity)
        known = words.title(entity, field) if field else kind
        if known is not None and entity != "publication":
            named.append(known[g.lang])
    return {
        "change": change,
        "action": words.action(change.action, g.lang),
        "fields": list(dict.fromkeys(named)),
    }


def _address(**changes: Any) -> str:
    return url_for("desk.index", **{name: value for name, value in changes.items() if value})


def _here() -> str:
    return request.full_path.rstrip("?")
