"""What somebody typed into a form and has not saved yet: kept for them alone until they save or drop it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select

from ..domain import FormDraft, db
from ..domain.dates import utc_now
from .transactions import keep

MOST_BYTES = 512 * 1024
Pairs = Sequence[tuple[str, str]]


class DraftTooLarge(ValueError):
    """A form holds more than a draft may."""


@dataclass(frozen=True, slots=True)
class Draft:
    """The controls of a form as pairs of name and value, in their order."""

    form: str
    pairs: tuple[tuple[str, str], ...]
    saved_at: datetime


def store(*, user_id: int, form: str, pairs: Pairs) -> datetime:
    """Keep what is in a form, in place of what was kept before; returns the moment. Raises DraftTooLarge."""
    data = [[name, value] for name, value in pairs]
    if len(json.dumps(data, ensure_ascii=False).encode()) > MOST_BYTES:
        raise DraftTooLarge(form)
    now = utc_now()
    with keep() as session:
        record = session.scalar(select(FormDraft).where(FormDraft.user_id == user_id, FormDraft.form == form))
        if record is None:
            record = FormDraft(user_id=user_id, form=form, data=data, saved_at=now)
            session.add(record)
        record.data, record.saved_at = data, now
    return now


def find(*, user_id: int, form: str) -> Draft | None:
    """Return what is kept of a form for its author."""
    record = db.session.scalar(select(FormDraft).where(FormDraft.user_id == user_id, FormDraft.form == form))
    if record is None:
        return None
    return Draft(form, tuple((str(name), str(value)) for name, value in record.data), record.saved_at)


def drop(*, user_id: int, form: str) -> None:
    """Forget what is kept of a form."""
    if find(user_id=user_id, form=form) is None:
        return
    with keep() as session:
        session.execute(delete(FormDraft).where(FormDraft.user_id == user_id, FormDraft.form == form))
