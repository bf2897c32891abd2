"""The demo portfolio: real projects from public sources, entered and published."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sqlalchemy import select

from ..domain import Allocation, Entry, Project, db
from . import projects
from .portfolio_files import BadPortfolio, read_json
from .transactions import SYSTEM, write

Document = dict[str, Any]
_PLACES = ("sites_osm.json", "sites_gem.json")  # files of their own, because their licences differ


def load_portfolio(data: Path) -> int:
    """Enter and publish the projects of `data`/portfolio that are not there yet; returns how many.

    A project that exists under the same code is left as people have made it. Raises BadPortfolio.
    """
    return enter(read(data / "portfolio"))


def read(folder: Path) -> list[Document]:
    """Return the documents of `folder`/projects.json with the coordinates of the other files in them."""
    documents: list[Document] = read_json(folder / "projects.json")
    places: dict[str, dict[int, Document]] = {}
    for name in _PLACES:
        for code, sites in read_json(folder / name)["sites"].items():
            for site in sites:
                places.setdefault(code, {})[site["ordinal"]] = site
    for document in documents:
        for site in document.get("sites", ()):
            site.update(places.get(document["code"], {}).get(site["ordinal"], {}))
    return documents


def enter(documents: Iterable[Document]) -> int:
    """Enter and publish the documents whose code is free, in one write block; returns how many."""
    with write(actor=SYSTEM, action="load demo portfolio") as revision:
        used = set(db.session.scalars(select(Project.code)))
        plan = PlanRows()
        fresh = [document for document in documents if document["code"] not in used]
        entered: list[tuple[Project, Document]] = []
        for document in fresh:
            values = document | {"links": [plan.resolved(link) for link in document.get("links", ())]}
            values.pop("relations", None)  # they may point to a project that is entered later
            entered.append((projects.put(None, values), document))
        for project, document in entered:
            if document.get("relations"):
                projects.put(project, {"relations": document["relations"]})
        codes = {document["code"] for document in fresh}
        for project, _ in entered:
            projects.publish(project, revision=revision, together=codes)
    return len(fresh)


class PlanRows:
    """Finds plan rows by what is printed: instrument, appendix, table, ordinal (and period for an
    allocation).
    """

    def __init__(self) -> None:
        self._entries = {
            row[1:]: row[0]
            for row in db.session.execute(
                select(Entry.id, Entry.instrument_code, Entry.appendix, Entry.table_no, Entry.ordinal)
            )
        }
        self._allocations = {
            row[1:]: row[0]
            for row in db.session.execute(
                select(
                    Allocation.id,
                    Allocation.instrument_code,
                    Allocation.appendix,
                    Allocation.table_no,
                    Allocation.ordinal,
                    Allocation.period_label,
                )
            )
        }

    def resolved(self, link: Document) -> Document:
        """Return the link with the ids of the rows that its `entry` or `allocation` names."""
        values = dict(link)
        if entry := values.pop("entry", None):
            values["entry_id"] = self._find(self._entries, entry, "ordinal")
        if allocation := values.pop("allocation", None):
            values["allocation_id"] = self._find(self._allocations, allocation, "ordinal", "period_label")
        return values

    @staticmethod
    def _find(rows: dict[Any, int], key: Document, *last: str) -> int:
        found = rows.get(
            (key["instrument_code"], key["appendix"], str(key["table_no"]), *(key[name] for name in last))
        )
        if found is None:
            raise BadPortfolio(f"no such plan row: {key}")
        return found
