"""A project as one document: what a version records, what a publication freezes, what pages and files read.

Shape: the project's own columns by name, then lists of dicts (`units`, `sites`, `links`, `parties`, `milestones`,
`documents`, `sources`, `citations`, `external_ids`, `relations`, `actions`, `fact_changes`, `overrides`), `call` (a
dict or None) and `stage` (derived). A link carries `target` (what it points to, in words), a party `organisation`, a
relation `code` and, for staff, names. A document recorded earlier may lack a list that came later: read with
`get(name, [])`.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from ..domain import (
    Citation,
    Document,
    ExternalId,
    FactChange,
    InvestmentCall,
    Milestone,
    NextAction,
    Override,
    Party,
    PlanLink,
    Project,
    ProjectRelation,
    Site,
    Source,
    Unit,
)
from ..domain.base import PUBLIC, Model
from ..domain.milestones import current_stage
from ..domain.statuses import ACCURACIES, PRECISIONS
from ..geo.shapes import geometry_json

SECTIONS: dict[str, type[Model]] = {
    "units": Unit,
    "sites": Site,
    "links": PlanLink,
    "parties": Party,
    "milestones": Milestone,
    "documents": Document,
    "sources": Source,
    "citations": Citation,
    "external_ids": ExternalId,
    "relations": ProjectRelation,
    "actions": NextAction,
    "fact_changes": FactChange,
    "overrides": Override,
}
CHILD_TABLES = {model.__tablename__ for model in SECTIONS.values()} | {InvestmentCall.__tablename__}
# a related project's name is that of its working copy, so it is not frozen: readers look it up by code
_FROZEN_EXTRAS = {"links": ("target",), "parties": ("organisation",), "relations": ("code",)}


def fields(model: type[Model]) -> dict[str, str]:
    """Return the columns of `model` that documents carry, each with its audience."""
    return {column.key: column.info["audience"] for column in model.__table__.columns if "audience" in column.info}


_MODELS: tuple[type[Model], ...] = (Project, InvestmentCall, *SECTIONS.values())
_FIELDS = {model: fields(model) for model in _MODELS}


def full(project: Project) -> dict[str, Any]:
    """Return the whole working copy as a document of JSON values (staff eyes)."""
    document = _values(project)
    document["id"] = project.id
    for name in SECTIONS:
        document[name] = [_values(record) | {"id": record.id} for record in getattr(project, name)]
    for values, link in zip(document["links"], project.links, strict=True):
        values["target"] = target(link)
    for values, party in zip(document["parties"], project.parties, strict=True):
        organisation = party.organisation
        values["organisation"] = {
            "name_vi": organisation.name_vi,
            "name_en": organisation.name_en,
            "country": organisation.country,
            "parent": organisation.parent.name_vi if organisation.parent else None,
            "parent_en": organisation.parent.name_en if organisation.parent else None,
        }
    for values, relation in zip(document["relations"], project.relations, strict=True):
        values |= {"code": relation.other.code, "name_vi": relation.other.name_vi, "name_en": relation.other.name_en}
    document["call"] = _values(project.call) if project.call else None
    document["stage"] = current_stage((m.stage, m.actual) for m in project.milestones)
    return document


def for_public(document: dict[str, Any], *, published_codes: set[str]) -> dict[str, Any]:
    """Return the part of a full document that anybody may read, places coarsened to their public precision.

    `published_codes`: relations to other projects are kept only when those are public themselves.
    """
    shown: dict[str, Any] = _public_values(document, Project)
    for name, model in SECTIONS.items():
        extras = _FROZEN_EXTRAS.get(name, ())
        items = [
            _public_values(item, model) | {key: item[key] for key in extras if key in item} for item in document[name]
        ]
        shown[name] = [item for item in items if item]
    shown["relations"] = [item for item in shown["relations"] if item["code"] in published_codes]
    places = [
        _coarse(site, full_site["public_precision"])
        for site, full_site in zip(shown["sites"], document["sites"], strict=True)
    ]
    reduced = {site["ordinal"] for site in document["sites"] if site["public_precision"] != "exact"}
    shown["sites"] = [site for site in places if site is not None]
    shown["citations"] = [item for item in shown["citations"] if item["site_ordinal"] not in reduced]
    if reduced:
        shown["external_ids"] = []  # another register may show under that number what is kept back here
    shown["call"] = _public_values(document["call"], InvestmentCall) if document["call"] else None
    shown["stage"] = document["stage"]
    return shown


def strictest(document: dict[str, Any]) -> str:
    """Return the least precise public precision among the places of a full document; `exact` without any."""
    return max((site["public_precision"] for site in document["sites"]), key=PRECISIONS.order, default="exact")


def coarsened(document: dict[str, Any], precision: str) -> dict[str, Any]:
    """Return a public document with every place no more precise than `precision`, and nothing that would tell more."""
    places = [_coarse(site, precision) for site in document["sites"]]
    return document | {
        "sites": [site for site in places if site is not None],
        "citations": [item for item in document["citations"] if item["site_ordinal"] is None],
        "external_ids": [],
    }


def target(link: PlanLink) -> dict[str, Any]:
    """Return what a link points to as a frozen description: instrument, appendix, table, row, name, MW, page."""
    row = link.entry or link.allocation
    code = row.instrument_code if row else link.instrument_code
    found: dict[str, Any] = {"instrument_code": code, "kind": "instrument"}
    if row:
        found |= {
            "appendix": row.appendix,
            "table_no": row.table_no,
            "ordinal": row.ordinal,
            "page": row.page,
            "technology": row.technology,
            "province_code": row.province_code,
            "province_old": row.province_old,
            "period_label": row.period_label,
            "period_from": row.period_from,
            "period_to": row.period_to,
        }
    if link.entry:
        entry = link.entry
        found |= {
            "kind": "entry",
            "row_no": entry.row_no,
            "section": entry.section,
            "name_vi": entry.name_vi,
            "name_en": entry.name_en,
            "mw_low": entry.mw_low,
            "mw_high": entry.mw_high,
            "mw_text": entry.mw_text,
            "list_kind": entry.list_kind,
            "mark": entry.mark,
        }
    elif link.allocation:
        found |= {
            "kind": "allocation",
            "area_vi": link.allocation.area_vi,
            "area_en": link.allocation.area_en,
            "mw_high": link.allocation.mw,
        }
    return found


def _values(record: Model) -> dict[str, Any]:
    return {name: json_value(getattr(record, name)) for name in _FIELDS[type(record)]}


def json_value(value: Any) -> Any:
    """Return `value` as JSON can hold it: dates in ISO form, geometries as GeoJSON."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if hasattr(value, "__geo_interface__"):
        return geometry_json(value)
    return value


def _public_values(values: dict[str, Any], model: type[Model]) -> dict[str, Any]:
    return {name: values.get(name) for name, audience in _FIELDS[model].items() if audience == PUBLIC}


def _coarse(site: dict[str, Any], precision: str) -> dict[str, Any] | None:
    """Return the site as the public may see it: `exact` as stored, else without what would tell more."""
    if precision == "exact":
        return site
    if precision == "hidden":
        return None
    hidden = {"geom", "lon", "lat", "area_ha", "name"}
    if precision == "province":
        hidden |= {"commune", "zone_code"}
    coarse = {name: None if name in hidden else value for name, value in site.items()}
    coarse["accuracy"] = max(site["accuracy"], precision, key=ACCURACIES.order)
    return coarse
