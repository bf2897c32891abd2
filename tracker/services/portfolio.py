"""The portfolio as it is read: the public's published versions and the staff's working copies, now or on a past day.

Rows of the present are kept in memory for each audience and brought up to date by what changed since the revision
they were read at; every request asks the database for its revision first, so no process shows an old state.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import and_, func, or_, select

from ..domain import AuditEvent, FormerProvince, ProjectVersion, Province, Publication, Revision, Zone, db
from ..domain.base import PUBLIC, STAFF
from ..domain.dates import end_of_day_utc
from ..domain.text import fold
from .rows import Row, row_of
from .selecting import Columns, Selected, choose

_PAST_KEPT = 4
_PORTION = 200
T = TypeVar("T")


@dataclass(frozen=True)
class Portfolio:
    """All rows that one audience may see at one revision."""

    audience: str
    revision: int
    rows: tuple[Row, ...]
    as_of: date | None = None
    _lazy: dict[str, Any] = field(default_factory=dict, repr=False)

    @property
    def columns(self) -> Columns:
        """The rows as arrays, made once."""
        if "columns" not in self._lazy:
            self._lazy["columns"] = Columns.of(self.rows)
        found: Columns = self._lazy["columns"]
        return found

    @property
    def by_code(self) -> dict[str, Row]:
        """The rows by project code."""
        if "by_code" not in self._lazy:
            self._lazy["by_code"] = {row.code: row for row in self.rows}
        found: dict[str, Row] = self._lazy["by_code"]
        return found

    def once(self, name: str, make: Callable[[Portfolio], T]) -> T:
        """Return what `make` derives from these rows, made once and kept as long as they are."""
        if name not in self._lazy:
            self._lazy[name] = make(self)
        found: T = self._lazy[name]
        return found

    def select(self, selection: Any) -> Selected:
        """Return the rows that a `forms.selection.Selection` asks for, in its order, with totals and counts."""
        return choose(self.rows, self.columns, selection)


_now: dict[tuple[str, str], Portfolio] = {}
_past: OrderedDict[tuple[str, str, int, int], Portfolio] = OrderedDict()
_lock, _past_lock = threading.Lock(), threading.Lock()


def revision() -> int:
    """Return the number of the last committed change; 0 for an empty database."""
    return db.session.scalar(select(func.max(Revision.number))) or 0


def revision_at(day: date) -> int:
    """Return the revision that stood at the end of `day` in Viet Nam; 0 when nothing was recorded yet."""
    return db.session.scalar(select(func.max(Revision.number)).where(Revision.at < end_of_day_utc(day))) or 0


def current(*, audience: str = PUBLIC, as_of: date | None = None) -> Portfolio:
    """Return the portfolio for `audience` (public or staff), now or as it was recorded at the end of `as_of`."""
    if audience not in (PUBLIC, STAFF):
        raise ValueError(audience)
    database = str(db.engine.url)
    if as_of is not None:
        return _at(database, audience, as_of)
    return _present(database, audience)


def _present(database: str, audience: str) -> Portfolio:
    latest = revision()
    key = (database, audience)
    known = _now.get(key)
    if known is not None and known.revision == latest:
        return known
    with _lock:
        known = _now.get(key)
        if known is not None and known.revision > latest:
            latest = _caught_up(latest)
        if known is None or known.revision > latest:
            known = Portfolio(audience, 0, ())
        if known.revision < latest:
            known = _advance(known, latest)
        if not db.session.info.get("writing"):  # what is not committed may never be
            _now[key] = known
    return known


def _caught_up(latest: int) -> int:
    """Return the revision of now for a request that began reading before others wrote and brought the rows up to date.

    Going back to its moment would read everything anew, for it and for all others. Only a database put back from
    an earlier copy is still behind afterwards.
    """
    if db.session.info.get("writing"):
        return latest
    db.session.rollback()
    return revision()


def _at(database: str, audience: str, day: date) -> Portfolio:
    at = revision_at(day)
    present = _present(database, audience)
    if at == present.revision:
        return replace(present, as_of=day)
    # a place kept back since then is kept back on past days too, so the public's past follows the present
    key = (database, audience, at, present.revision if audience == PUBLIC else 0)
    with _past_lock:  # a past day is read whole: the present does not wait for it
        known = _past.pop(key, None) or Portfolio(audience, at, _load(audience, 0, at))
        _past[key] = known
        while len(_past) > _PAST_KEPT:
            _past.popitem(last=False)
    return replace(known, as_of=day)


def _advance(known: Portfolio, latest: int) -> Portfolio:
    """Return the portfolio at `latest`, reading only the projects that changed since."""
    rows = {row.id: row for row in known.rows}
    for project_id in _gone(known.audience, known.revision, latest):
        rows.pop(project_id, None)
    rows |= {row.id: row for row in _load(known.audience, known.revision, latest)}
    return Portfolio(known.audience, latest, tuple(sorted(rows.values(), key=lambda row: row.code)))


def _gone(audience: str, since: int, upto: int) -> list[int]:
    """Return the projects that may have left in the span: publication ended, archived, merged, or removed for good."""
    if audience == PUBLIC:
        query = select(Publication.project_id).where(
            Publication.ended_revision > since, Publication.ended_revision <= upto
        )
    else:
        query = select(ProjectVersion.project_id).where(
            ProjectVersion.revision > since, ProjectVersion.revision <= upto
        )
    removed = select(AuditEvent.project_id).where(
        AuditEvent.revision > since,
        AuditEvent.revision <= upto,
        AuditEvent.entity == "project",
        AuditEvent.operation == "delete",
        AuditEvent.project_id.is_not(None),
    )
    return [
        *db.session.scalars(query),
        *(number for number in db.session.scalars(removed) if number is not None),
    ]


def _load(audience: str, since: int, upto: int) -> tuple[Row, ...]:
    """Return the rows recorded after `since` and standing at `upto`, by code."""
    names = _place_names()
    if audience == PUBLIC:
        found = db.session.execute(
            select(Publication.project_id, Publication.document, Publication.revision, Publication.number).where(
                Publication.revision > since,
                Publication.revision <= upto,
                or_(Publication.ended_revision.is_(None), Publication.ended_revision > upto),
            )
        )
        rows = [
            row_of(pid, document, revision=number, number=version, provinces=names)
            for pid, document, number, version in found
        ]
    else:
        newest = (
            select(ProjectVersion.project_id, func.max(ProjectVersion.revision).label("revision"))
            .where(ProjectVersion.revision > since, ProjectVersion.revision <= upto)
            .group_by(ProjectVersion.project_id)
            .subquery()
        )
        staff = db.session.execute(
            select(ProjectVersion.project_id, ProjectVersion.document, ProjectVersion.revision).join(
                newest,
                and_(
                    newest.c.project_id == ProjectVersion.project_id,
                    newest.c.revision == ProjectVersion.revision,
                ),
            )
        )
        rows = [
            row_of(pid, document, revision=number, provinces=names)
            for pid, document, number in staff
            if not document["archived_at"] and not document["merged_into_id"]
        ]
    return tuple(sorted(rows, key=lambda row: row.code))


def document(code: str, *, audience: str = PUBLIC, as_of: date | None = None) -> dict[str, Any] | None:
    """Return the document of a project as the audience may read it, None when there is none for it.

    Adds `revision` and, for a published version, `number` and `published_at`.
    """
    row = current(audience=audience, as_of=as_of).by_code.get(code.upper())
    if row is None:
        return None
    model: Any = Publication if audience == PUBLIC else ProjectVersion
    found = db.session.execute(
        select(model.document, Revision.at)
        .join(Revision, Revision.number == model.revision)
        .where(model.project_id == row.id, model.revision == row.revision)
    ).one()
    extras = {"revision": row.revision, "recorded_at": found[1].isoformat(), "number": row.number}
    return dict(found[0]) | extras


def documents(rows: Sequence[Row], *, audience: str) -> Iterator[dict[str, Any]]:
    """Yield the documents behind `rows` of one audience, in their order; read in portions, so that files can stream."""
    model: Any = Publication if audience == PUBLIC else ProjectVersion
    for start in range(0, len(rows), _PORTION):
        portion = rows[start : start + _PORTION]
        query = select(model.project_id, model.revision, model.document).where(
            model.project_id.in_([row.id for row in portion]),
            model.revision.in_({row.revision for row in portion}),
        )
        found = {(project_id, number): document for project_id, number, document in db.session.execute(query)}
        for row in portion:
            yield found[row.id, row.revision]


def recorded_at(number: int) -> datetime | None:
    """Return the moment of a revision in UTC; None when there is none of that number."""
    return db.session.scalar(select(Revision.at).where(Revision.number == number))


def provinces() -> dict[str, Province]:
    """Return the provinces of today by code, in order of the Vietnamese name."""
    found = db.session.scalars(select(Province))
    return {p.code: p for p in sorted(found, key=lambda p: fold(p.name_vi))}


def zones() -> dict[str, Zone]:
    """Return the zones by code."""
    return {z.code: z for z in db.session.scalars(select(Zone).order_by(Zone.parent_code, Zone.name_vi))}


def _place_names() -> dict[str, str]:
    """Return for each province the folded names it may be looked for by: today's and those before July 2025."""
    names = {p.code: [p.name_vi, p.name_en] for p in db.session.scalars(select(Province))}
    for former in db.session.scalars(select(FormerProvince)):
        names[former.province_code] += [former.name_vi, former.name_en]
    return {code: fold(" ".join(dict.fromkeys(words))) for code, words in names.items()}
