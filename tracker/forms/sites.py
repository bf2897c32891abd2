"""Sites of a project: where it stands, how sure that is, and how much of it the public may see."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField

from ..domain import Site
from ..domain.statuses import ACCURACIES, PRECISIONS
from .fields import Choice, Key, Line, Number, Row, longest, options, title

LAT, LON = (7.0, 23.5), (102.0, 117.9)  # Viet Nam with its sea, Hoàng Sa and Trường Sa


def coordinate_problems(lat: float | None, lon: float | None) -> dict[str, str]:
    """Return what is wrong with a place in decimal degrees (WGS84), by field; {} when nothing is."""
    if lat is None and lon is None:
        return {}
    if lat is None or lon is None:
        missing = "lat" if lat is None else "lon"
        return {missing: _("Latitude and longitude belong together. Enter this one too.")}
    if _within(lat, LON) and _within(lon, LAT):
        return {
            "lat": _(
                "Latitude and longitude seem to be swapped: in Viet Nam the latitude is the smaller number."
            )
        }
    found = {}
    if not _within(lat, LAT):
        found["lat"] = _("This latitude is not in Viet Nam (7 to 23.5 degrees north).")
    if not _within(lon, LON):
        found["lon"] = _("This longitude is not in Viet Nam (102 to 117.9 degrees east).")
    return found


def _within(value: float, bounds: tuple[float, float]) -> bool:
    return bounds[0] <= value <= bounds[1]


class SiteRow(Row):
    """One place."""

    presets = frozenset({"accuracy", "public_precision"})

    id = Key()
    ordinal = Key()
    name = Line(title(Site, "name"), length=longest(Site, "name"))
    province_code = Choice(title(Site, "province_code"))
    former_province_code = Choice(title(Site, "former_province_code"))
    commune = Line(title(Site, "commune"), length=longest(Site, "commune"))
    zone_code = Choice(title(Site, "zone_code"))
    lat = Number(
        title(Site, "lat"), low=-180, high=180, description=_l("Decimal degrees, for example 16.4637.")
    )
    lon = Number(
        title(Site, "lon"), low=-180, high=180, description=_l("Decimal degrees, for example 107.5909.")
    )
    accuracy = Choice(title(Site, "accuracy"), choices=options(ACCURACIES), default="approximate")
    public_precision = Choice(title(Site, "public_precision"), choices=options(PRECISIONS), default="exact")
    area_ha = Number(title(Site, "area_ha"), high=10_000_000)
    at_sea = BooleanField(title(Site, "at_sea"))
    source_ordinal = Choice(title(Site, "source_ordinal"))

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the fields, and that the coordinates lie in Viet Nam and were not swapped."""
        if self.blank:
            return True
        good = bool(super().validate(extra_validators))
        if self.lat.errors or self.lon.errors:
            return False
        problems = coordinate_problems(self.lat.data, self.lon.data)
        for name, message in problems.items():
            self[name].errors = [*self[name].errors, message]
        return good and not problems

    def values(self) -> dict[str, Any]:
        """Return the site in document shape, without its geometry."""
        found: dict[str, Any] = {
            name: self[name].data
            for name in ("id", "ordinal", "name", "commune", "lat", "lon", "area_ha", "at_sea")
        }
        found |= {
            name: self[name].code
            for name in ("province_code", "former_province_code", "zone_code", "accuracy", "public_precision")
        }
        found["source_ordinal"] = int(self.source_ordinal.code) if self.source_ordinal.code else None
        return found
