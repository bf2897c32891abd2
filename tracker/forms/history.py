"""What may be asked of the history of changes: one typed value; a malformed value is named, never dropped.

Parameters: project, person, what, field, operation, since, until, q, before (the place to read on from).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date

from flask_babel import gettext as _

from ..domain.dates import parse_partial, span
from ..domain.text import LANGUAGES, tidy
from .selection import Problem, SelectionError, is_tracking

OPERATIONS = ("insert", "update", "delete")
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class HistoryQuery:
    """Which changes are asked for; empty means no condition. Days are those of Viet Nam, both included."""

    project: str = ""
    person: str = ""
    what: str = ""
    field: str = ""
    operation: str = ""
    since: date | None = None
    until: date | None = None
    q: str = ""
    before: int | None = None

    @property
    def filtered(self) -> bool:
        """Whether any condition narrows the history."""
        return bool(self.pairs(before=None))

    def pairs(self, **changes: object) -> list[tuple[str, str]]:
        """Return the query pairs that ask for the same again, `changes` applied, what is empty left out."""
        values = {field.name: getattr(self, field.name) for field in fields(self)} | changes
        return [(name, str(value)) for name, value in values.items() if value]


def read(args: Iterable[tuple[str, str]], *, kinds: Iterable[str]) -> HistoryQuery:
    """Return what the pairs of name and value ask for; `kinds` are the records that keep a history.

    Raises SelectionError.
    """
    known = {field.name for field in fields(HistoryQuery)}
    closed = {"what": set(kinds), "operation": set(OPERATIONS)}
    values: dict[str, object] = {}
    problems: list[Problem] = []
    for name, raw in args:
        text = tidy(raw) or ""
        if (name == "lang" and text in LANGUAGES) or is_tracking(name) or (name in known and not text):
            continue
        if name not in known:
            problems.append(Problem(name, raw, _("This filter does not exist.")))
        elif name in values:
            problems.append(Problem(name, raw, _("This filter may stand only once.")))
        elif name in ("since", "until"):
            try:
                values[name] = span(parse_partial(text))[0 if name == "since" else 1]
            except ValueError:
                problems.append(Problem(name, raw, _("Write a date, for example 31/12/2030.")))
        elif name == "before":
            if text.isdecimal() and len(text) < 16:
                values[name] = int(text)
            else:
                problems.append(Problem(name, raw, _("Write a whole number.")))
        elif text not in closed.get(name, {text}):
            problems.append(Problem(name, raw, _("No such code. Choose one from the list of the filter.")))
        elif len(text) > _LONGEST:
            problems.append(Problem(name, raw[:_LONGEST], _("This is too long.")))
        else:
            values[name] = text
    if problems:
        raise SelectionError(problems)
    return HistoryQuery(**values)  # type: ignore[arg-type]
