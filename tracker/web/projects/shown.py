"""What the page of a project makes of its document: plan boxes, steps, columns of quantities, footnotes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ...domain.dates import span, today
from ...domain.statuses import RELATIONS, STAGES
from ...domain.technologies import QUANTITIES, TECHNOLOGIES
from ...outputs import formats, phrases
from ...services import plans
from ...services.rows import Row

Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class PlanBox:
    """A link to the plan: the way to the row, its name, and the project's MW against the row's."""

    parts: tuple[str, ...]
    relation: Any
    name: str | None
    page: int | None
    title: str | None
    checked: bool
    ours_mw: float | None
    row_mw: float | None
    note: str | None

    @property
    def difference_percent(self) -> float | None:
        """The project's MW against the row's, in per cent; None when one of them is not one figure."""
        if not self.row_mw or self.ours_mw is None:
            return None
        return round((self.ours_mw - self.row_mw) / self.row_mw * 100, 1)


def plan_boxes(row: Row, document: Document, lang: str) -> list[PlanBox]:
    """Return the plan links of a project in words."""
    found = []
    for link in document["links"]:
        target = link["target"]
        vi, en = target.get("name_vi"), target.get("name_en")
        low, high = target.get("mw_low"), target.get("mw_high")
        title, checked = _instrument(target["instrument_code"], lang)
        entry = target["kind"] == "entry"
        found.append(
            PlanBox(
                parts=phrases.plan_parts(target, lang),
                relation=RELATIONS.get(link["relation"]),
                name=(vi or en) if lang == "vi" else (en or vi),
                page=target.get("page"),
                title=title,
                checked=checked,
                ours_mw=_ours(row, document, link) if entry else None,
                row_mw=high if entry and low in (None, high) else None,
                note=link["note"],
            )
        )
    return found


def _instrument(code: str, lang: str) -> tuple[str | None, bool]:
    try:
        found = plans.instrument(code)
    except plans.InstrumentNotFound:
        return None, False
    return str(found.title[lang]), found.checked_original


def _ours(row: Row, document: Document, link: Document) -> float | None:
    """Return the MW that the link counts: its share, else its unit's, else those of the row's technology."""
    if link["mw_share"] is not None:
        return float(link["mw_share"])
    units = document["units"]
    if link["unit_ordinal"] is not None:
        units = [unit for unit in units if unit["ordinal"] == link["unit_ordinal"]]
    elif link["target"].get("technology"):
        units = [unit for unit in units if unit["technology"] == link["target"]["technology"]] or units
    known = [unit["capacity_mw"] for unit in units]
    return round(sum(known), 6) if known and None not in known else None


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the procedure on the line: done, now, late or next; `date` is written out."""

    label: str
    state: str
    date: str
    document: str | None
    note: str | None
    basis: str

    @property
    def told(self) -> bool:
        """Whether a document or a note stands with the step."""
        return bool(self.document or self.note)


def milestones(document: Document, lang: str) -> list[Step]:
    """Return the steps of the procedure, those that end it only when they happened; empty without any."""
    known = {step["stage"]: step for step in document["milestones"]}
    if not known:
        return []
    found = []
    for stage in STAGES:
        step = known.get(stage.code)
        if step is None and stage.code in ("suspended", "terminated"):
            continue
        planned, actual = (step["planned"], step["actual"]) if step else (None, None)
        state = "now" if stage.code == document["stage"] else "done" if actual else _ahead(planned)
        date = formats.date(actual, lang) if actual else ""
        if not actual and planned:
            date = ("dự kiến " if lang == "vi" else "planned ") + formats.date(planned, lang)
        found.append(
            Step(
                stage.label[lang],
                state,
                date,
                _paper(document, step) if step else None,
                step["note"] if step else None,
                stage.basis[lang],
            )
        )
    return found


def _paper(document: Document, step: Document) -> str | None:
    """Return the number of the step's document: its own, else that of the paper in the project's list."""
    papers = {paper["ordinal"]: paper["number"] or paper["title"] for paper in document["documents"]}
    return step["document_number"] or papers.get(step.get("document_ordinal"))


def _ahead(planned: str | None) -> str:
    return "late" if planned and span(planned)[1] < today() else "next"


def quantity_columns(document: Document) -> list[Any]:
    """Return the quantities that apply to a project's technologies, and any other that a unit states."""
    codes = {
        code
        for unit in document["units"]
        for code in TECHNOLOGIES[unit["technology"]].quantities
        if unit["technology"] in TECHNOLOGIES
    }
    stated = {q.code for q in QUANTITIES for unit in document["units"] if unit[q.code] is not None}
    return [quantity for quantity in QUANTITIES if quantity.code in codes | stated]


class Citations:
    """The sources of single values: footnote marks by field, unit and site."""

    def __init__(self, document: Document) -> None:
        self._known: dict[tuple[str, int | None, int | None], list[Document]] = {}
        sources = {source["ordinal"] for source in document["sources"]}
        for citation in document["citations"]:
            if citation["source_ordinal"] in sources:
                key = (citation["field"], citation["unit_ordinal"], citation["site_ordinal"])
                self._known.setdefault(key, []).append(citation)

    def of(self, *fields: str, unit: int | None = None, site: int | None = None) -> list[Document]:
        """Return the citations of the fields, in order."""
        return [citation for field in fields for citation in self._known.get((field, unit, site), ())]
