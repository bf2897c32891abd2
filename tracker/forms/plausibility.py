"""What is unlikely about a project: figures outside the ranges of published ones, places that do not fit.

A warning never blocks saving. Before a project is submitted or published each one is corrected, or accepted with a
reason (an override) that holds while the warned value stays the same. The ranges are data: `data/checks/README.md`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ..domain.technologies import TECHNOLOGIES
from ..domain.text import Text
from ..geo import boundaries
from .fields import language
from .numbers import write_number

Document = Mapping[str, Any]
WARNING, NOTE = "warning", "note"
ANY = "any"
FAR_AT_SEA_KM = 200.0  # the economic zone reaches 200 sea miles; wind farms of the plan stand well within this


@dataclass(frozen=True, slots=True)
class Range:
    """What a check expects of a technology (or of `any`), bounds included, and who says so."""

    check: str
    technology: str
    low: float
    high: float
    unit: str
    source: str
    url: str
    confidence: str
    note: Text


@dataclass(frozen=True, slots=True)
class Warning:
    """One doubt. `path` names the field (`units-2-turbine_mw`: the unit numbered 2), `value` what is doubted.

    A `note` informs and needs no answer.
    """

    check: str
    path: str
    value: str
    title: str
    message: str
    source: str = ""
    url: str = ""
    level: str = WARNING

    @property
    def key(self) -> str:
        """What tells this warning from the others of the project."""
        return f"{self.check}:{self.path}"


_TITLES = {
    "mw_per_ha": _l("Capacity for the land"),
    "mwp_per_mw": _l("Panel peak against capacity"),
    "mwh_per_mw": _l("Hours of storage"),
    "turbine_mw": _l("Size of the turbine"),
    "turbines_mw_per_mw": _l("Turbines against capacity"),
    "usd_m_per_mw": _l("Investment in USD for the capacity"),
    "vnd_bn_per_mw": _l("Investment in VND for the capacity"),
    "vnd_per_usd": _l("Investment in VND against USD"),
    "lng_mtpa_per_gw": _l("LNG for the capacity"),
    "hydrogen_kt_per_mw": _l("Hydrogen for the electrolysers"),
    "biofuel_kg_per_litre": _l("Mass against volume of the biofuel"),
    "waste_mw_per_kt_per_day": _l("Capacity for the waste"),
}
CHECKS = (*_TITLES, "place_outside", "place_near", "place_round")

# check → (field doubted, numerator fields, denominator field, factor)
_OF_UNITS: dict[str, tuple[str, tuple[str, ...], str | None, float]] = {
    "mwp_per_mw": ("capacity_mwp", ("capacity_mwp",), "capacity_mw", 1),
    "mwh_per_mw": ("storage_mwh", ("storage_mwh",), "capacity_mw", 1),
    "turbine_mw": ("turbine_mw", ("turbine_mw",), None, 1),
    "turbines_mw_per_mw": ("turbine_count", ("turbine_count", "turbine_mw"), "capacity_mw", 1),
    "lng_mtpa_per_gw": ("lng_mtpa", ("lng_mtpa",), "capacity_mw", 1000),
    "hydrogen_kt_per_mw": ("hydrogen_kt_per_year", ("hydrogen_kt_per_year",), "electrolyser_mw", 1),
    "biofuel_kg_per_litre": ("biofuel_kt_per_year", ("biofuel_kt_per_year",), "biofuel_million_litres_per_year", 1),
    "waste_mw_per_kt_per_day": ("capacity_mw", ("capacity_mw",), "waste_t_per_day", 1000),
}


def warnings(
    values: Document,
    ranges: Sequence[Range],
    *,
    standing: Callable[[str, float, float], boundaries.Standing] = boundaries.against_province,
) -> list[Warning]:
    """Return what is doubtful about a project in document shape, units first, then money and land, then places."""
    known = {(entry.check, entry.technology): entry for entry in ranges}
    found = [warning for unit in values["units"] for warning in _unit(unit, known)]
    found += _whole(values, known)
    for site in values["sites"]:
        found += _site(site, values, standing)
    return found


def unanswered(found: Iterable[Warning], overrides: Iterable[Document]) -> list[Warning]:
    """Return the warnings that nobody accepted for the value that stands now; notes need no answer."""
    accepted = {(item["check"], item["path"], item["value"]) for item in overrides}
    return [w for w in found if w.level == WARNING and (w.check, w.path, w.value) not in accepted]


Ranges = Mapping[tuple[str, str], Range]


def _unit(unit: Document, known: Ranges) -> Iterator[Warning]:
    for check, (name, upper, lower, factor) in _OF_UNITS.items():
        expected = known.get((check, unit["technology"]))
        inputs = {field: float(unit[field]) for field in (*upper, lower) if field and unit.get(field) is not None}
        if expected is None or len(inputs) < len(upper) + bool(lower) or (lower and not inputs[lower]):
            continue
        figure = factor * math.prod(inputs[field] for field in upper) / (inputs[lower] if lower else 1)
        yield from _outside(expected, f"units-{unit['ordinal']}-{name}", figure, inputs)


def _whole(values: Document, known: Ranges) -> Iterator[Warning]:
    """Yield what is doubtful about money and land; only of projects whose generation is of one technology."""
    vnd, usd = values.get("invest_vnd_bn"), values.get("invest_usd_m")
    if vnd and usd and (expected := known.get(("vnd_per_usd", ANY))):
        yield from _outside(expected, "invest_usd_m", vnd * 1000 / usd, {"invest_vnd_bn": vnd, "invest_usd_m": usd})
    main = [unit for unit in values["units"] if _counts_as(unit) != "storage"]
    technologies = {unit["technology"] for unit in main}
    sizes = [unit.get("capacity_mw") for unit in main]
    if len(technologies) != 1 or None in sizes or not sum(sizes):
        return
    technology, capacity_mw = technologies.pop(), sum(sizes)
    for check, name in (("usd_m_per_mw", "invest_usd_m"), ("vnd_bn_per_mw", "invest_vnd_bn")):
        expected = known.get((check, technology))
        if expected and values.get(name):
            inputs = {name: values[name], "capacity_mw": capacity_mw}
            yield from _outside(expected, name, values[name] / capacity_mw, inputs)
    expected = known.get(("mw_per_ha", technology))
    if expected and values.get("land_ha"):
        inputs = {"capacity_mw": capacity_mw, "land_ha": values["land_ha"]}
        yield from _outside(expected, "land_ha", capacity_mw / values["land_ha"], inputs)


def _counts_as(unit: Document) -> str:
    term = TECHNOLOGIES.get(unit["technology"])
    return term.counts_as if term else "none"


def _outside(expected: Range, path: str, figure: float, inputs: Document) -> Iterator[Warning]:
    if expected.low <= round(figure, 9) <= expected.high:
        return
    lang = language()
    message = _(
        "%(figure)s %(unit)s; expected is %(low)s to %(high)s. %(note)s Correct the value, or say why it is right.",
        figure=write_number(float(f"{figure:.3g}"), lang),
        unit=expected.unit,
        low=write_number(expected.low, lang),
        high=write_number(expected.high, lang),
        note=expected.note[lang],
    )
    yield Warning(
        expected.check, path, _stated(inputs), str(_TITLES[expected.check]), message, expected.source, expected.url
    )


def _stated(inputs: Document) -> str:
    """Return the figures behind a warning as one text: an override holds for exactly these."""
    return "; ".join(f"{name}={value:.10g}" for name, value in inputs.items())


def _site(
    site: Document, values: Document, standing: Callable[[str, float, float], boundaries.Standing]
) -> Iterator[Warning]:
    lat, lon = site.get("lat"), site.get("lon")
    if lat is None or lon is None or site.get("accuracy") == "province":
        return
    path = f"sites-{site['ordinal']}-lat"
    value = f"lat={lat:.7g}; lon={lon:.7g}"
    province = site.get("province_code") or values.get("province_code")
    if province:
        place = standing(province, lon, lat)
        limit = FAR_AT_SEA_KM if site.get("at_sea") else 0.0
        if place.code is not None and place.distance_km > limit:
            yield _misplaced(place, path, f"{value}; province={province}")
    digits = max(_decimals(lat), _decimals(lon))
    exact = site.get("accuracy") == "exact"
    if digits <= (2 if exact else 1) and site.get("accuracy") in ("exact", "approximate"):
        message = _(
            "The coordinates have %(digits)d decimals: that is only good to about %(km)s km. Look the place up on the "
            "map, or choose a lower accuracy.",
            digits=digits,
            km=write_number(111 / 10**digits if digits else 111, language()),
        )
        level = WARNING if exact else NOTE
        yield Warning("place_round", path, value, _("Round coordinates"), message, level=level)


def _misplaced(place: boundaries.Standing, path: str, value: str) -> Warning:
    distance = write_number(round(place.distance_km, 1), language())
    tolerance = write_number(place.tolerance_km, language())
    if place.verdict == boundaries.NEAR:
        message = _(
            "The place lies %(km)s km outside the province as drawn here. The border is only good to %(tolerance)s km, "
            "so it may well belong to it.",
            km=distance,
            tolerance=tolerance,
        )
        return Warning("place_near", path, value, _("Close to the border of the province"), message, level=NOTE)
    message = _(
        "The place lies %(km)s km outside the stated province (the border is good to %(tolerance)s km). Correct the "
        "coordinates or the province; tick “at sea” for a site off the coast.",
        km=distance,
        tolerance=tolerance,
    )
    return Warning("place_outside", path, value, _("Not in the stated province"), message)


def _decimals(value: float) -> int:
    return len(f"{value:.7f}".rstrip("0").rpartition(".")[2])
