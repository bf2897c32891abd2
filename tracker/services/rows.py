"""A project on one line: what lists, maps, totals and files need of a document, derived and never stored."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ..domain.dates import span
from ..domain.statuses import ACCURACIES, STATUSES
from ..domain.technologies import TECHNOLOGIES
from ..domain.text import fold


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One unit as totals see it. `status` is the project's where the unit has none of its own."""

    technology: str
    status: str
    capacity_mw: float | None
    storage_mwh: float | None
    quantities: dict[str, float]
    ordinal: int = 1
    capacity_low_mw: float | None = None  # of a range, when the source gives one
    capacity_high_mw: float | None = None

    @property
    def counts_as(self) -> str:
        return TECHNOLOGIES[self.technology].counts_as if self.technology in TECHNOLOGIES else "none"


@dataclass(frozen=True, slots=True)
class Place:
    """A site of a project as maps see it; `lon`, `lat` None when only the province is known."""

    lon: float | None
    lat: float | None
    accuracy: str
    province_code: str | None
    commune: str | None
    zone_code: str | None
    shape: str | None  # geometry type when it is more than a point


@dataclass(frozen=True, slots=True)
class Row:
    """One project. MW of generation, MW and MWh of storage and other quantities stay apart."""

    id: int
    code: str
    name_vi: str | None
    name_en: str | None
    technologies: tuple[str, ...]
    status: str
    stage: str | None
    province_code: str | None
    units: tuple[UnitRow, ...]
    places: tuple[Place, ...]
    plan: tuple[str, ...]
    plan_refs: tuple[dict[str, Any], ...]
    investors: tuple[str, ...]
    cod: str | None
    calling: bool
    invest_vnd_bn: float | None
    invest_usd_m: float | None
    confidence: str | None
    last_checked: str | None
    sample: bool
    licences: tuple[str, ...]
    revision: int
    number: int | None  # of the publication; None in the working copy
    review_state: str | None
    capacity_mw: float | None = None
    storage_mw: float | None = None
    storage_mwh: float | None = None
    search: str = field(default="", repr=False)
    investor_search: str = field(default="", repr=False)

    def name(self, lang: str) -> str:
        """Return the name in `lang`, the other one when it is missing, else the code."""
        first, second = (self.name_vi, self.name_en) if lang == "vi" else (self.name_en, self.name_vi)
        return first or second or self.code

    @property
    def size_mw(self) -> float | None:
        """MW by which projects are filtered and drawn: generation, else storage power, else electrolyser power."""
        if self.capacity_mw is not None:
            return self.capacity_mw
        if self.storage_mw is not None:
            return self.storage_mw
        drawn = [unit.quantities["electrolyser_mw"] for unit in self.units if "electrolyser_mw" in unit.quantities]
        return sum(drawn) if drawn else None

    @property
    def place(self) -> Place | None:
        """The place that stands for the project: the first with coordinates, else the first."""
        return next((p for p in self.places if p.lon is not None), self.places[0] if self.places else None)

    @property
    def accuracy(self) -> str | None:
        """How sure that place is; None when the project has none."""
        return self.place.accuracy if self.place else None


_OTHER = ("capacity_mwp", "lng_mtpa", "electrolyser_mw", "hydrogen_kt_per_year", "biofuel_kt_per_year",
          "biofuel_million_litres_per_year", "waste_t_per_day")


def row_of(project_id: int, document: dict[str, Any], *, revision: int, number: int | None = None,
           provinces: dict[str, str] | None = None) -> Row:
    """Return the row of a document (full or public). `provinces`: code → folded names, for the search."""
    units = tuple(_unit(unit, document["status"]) for unit in document["units"])
    shown = shown_units(units, document["status"])
    generation = [u.capacity_mw for u in shown if u.counts_as == "generation" and u.capacity_mw is not None]
    storage = [u for u in shown if u.counts_as == "storage"]
    power = [u.capacity_mw for u in storage if u.capacity_mw is not None]
    energy = [u.storage_mwh for u in storage if u.storage_mwh is not None]
    investors = tuple(p["organisation"]["name_vi"] for p in document["parties"]
                      if p["role"] in ("investor", "developer"))
    place_names = [(provinces or {}).get(code, "") for code in _province_codes(document)]
    communes = [site.get("commune") or "" for site in document["sites"]]
    targets = [link["target"] for link in document["links"]]
    plan_names = [f"{target.get('name_vi') or ''} {target.get('name_en') or ''}" for target in targets]
    technologies = dict.fromkeys(u.technology for u in units)
    return Row(
        id=project_id, code=document["code"], name_vi=document["name_vi"], name_en=document["name_en"],
        technologies=tuple(technologies), status=document["status"], stage=document["stage"],
        province_code=document["province_code"], units=units, places=tuple(_place(site) for site in document["sites"]),
        plan=tuple(dict.fromkeys(link["relation"] for link in document["links"])),
        plan_refs=tuple(link["target"] | {name: link[name] for name in ("relation", "unit_ordinal", "mw_share")}
                        for link in document["links"]),
        investors=investors, cod=_cod(document), calling=document["call"] is not None,
        invest_vnd_bn=document["invest_vnd_bn"], invest_usd_m=document["invest_usd_m"],
        confidence=document["confidence"], last_checked=document["last_checked"],
        sample=bool(document["sample"] or (document["call"] and document["call"]["sample"])),
        licences=tuple(sorted({s["licence"] for s in document["sources"] if s["licence"]})),
        revision=revision, number=number, review_state=document.get("review_state"),
        capacity_mw=round(sum(generation), 6) if generation else None,
        storage_mw=round(sum(power), 6) if power else None, storage_mwh=round(sum(energy), 6) if energy else None,
        search=fold(" ".join([document["code"], document["name_vi"] or "", document["name_en"] or "",
                              document["name_other"] or "", *investors, *communes, *plan_names])) + " "
        + " ".join(place_names),
        investor_search=fold(" | ".join(_party_names(document))))


def _unit(unit: dict[str, Any], project_status: str) -> UnitRow:
    return UnitRow(technology=unit["technology"], status=unit["status"] or project_status,
                   capacity_mw=unit["capacity_mw"], storage_mwh=unit["storage_mwh"],
                   quantities={name: unit[name] for name in _OTHER if unit[name] is not None},
                   ordinal=unit["ordinal"], capacity_low_mw=unit["capacity_low_mw"],
                   capacity_high_mw=unit["capacity_high_mw"])


def shown_units(units: tuple[UnitRow, ...], project_status: str) -> tuple[UnitRow, ...]:
    """Return the units whose capacity a project shows: live ones, or all of them when the project itself has ended."""
    if project_status in STATUSES and not STATUSES[project_status].live:
        return units
    return tuple(u for u in units if u.status not in STATUSES or STATUSES[u.status].live)


def _place(site: dict[str, Any]) -> Place:
    shape = site["geom"]["type"] if site["geom"] and site["geom"]["type"] != "Point" else None
    drawn = site["accuracy"] != "province"
    return Place(lon=site["lon"] if drawn else None, lat=site["lat"] if drawn else None, accuracy=site["accuracy"],
                 province_code=site["province_code"], commune=site["commune"], zone_code=site["zone_code"], shape=shape)


def _cod(document: dict[str, Any]) -> str | None:
    """Return the COD that counts: actual before latest planned before first planned, else the last of the units."""
    for name in ("cod_actual", "cod_latest_planned", "cod_first_planned"):
        if document[name]:
            return str(document[name])
    dates = [unit["cod_actual"] or unit["cod_planned"] for unit in document["units"]]
    known = [value for value in dates if value]
    return str(max(known, key=lambda value: span(value)[1])) if known else None


def _province_codes(document: dict[str, Any]) -> list[str]:
    codes = [document["province_code"], *(site["province_code"] for site in document["sites"])]
    return list(dict.fromkeys(code for code in codes if code))


def _party_names(document: dict[str, Any]) -> list[str]:
    return [name for party in document["parties"]
            for name in (party["organisation"]["name_vi"], party["organisation"]["name_en"]) if name]


def accuracy_order(code: str | None) -> int:
    """Return the place of an accuracy in the list, the surest first; no place comes last."""
    return ACCURACIES.order(code) if code else len(ACCURACIES)
