"""What the map page fetches: scripts of the frames, data of a selection, boundary layers, the inset."""

from __future__ import annotations

import hashlib
import math
from functools import cache
from pathlib import Path

from flask import Response, g, request

from ... import __version__
from ...domain.base import PUBLIC
from ...geo import layers
from ...services import portfolio
from ..access import audience, everyone
from ..selections import from_request
from . import frame, views
from .inset import picture
from .overview import overview
from .page import VIEW
from .points import answer

_DAY = 86400


@views.get("/frame.js")
@everyone
def country_script() -> Response:
    """Return the script of the map page's frame."""
    return _script(frame.country())


@views.get("/site-frame.js")
@everyone
def site_script() -> Response:
    """Return the script of the small map on a project's page."""
    return _script(frame.site())


def _script(found: frame.Frame) -> Response:
    """Return a frame's script. The page asks for it with its stamp, so it may be kept for long."""
    response = Response(found.script, mimetype="text/javascript")
    response.set_etag(found.stamp)
    response.cache_control.public = True
    response.cache_control.max_age = 365 * _DAY if request.args.get("v") == found.stamp else 0
    return _conditional(response)


@views.get("/data.json")
@everyone
def data() -> Response:
    """Return the projects of a selection as the audience of the request may see them."""
    selection = from_request(also=VIEW, typed=True)
    found = portfolio.current(audience=audience(), as_of=selection.as_of)
    pairs = sorted(selection.pairs(page=1, sort=""))
    stamp = _stamp(__version__, found.revision, found.audience, g.lang, pairs)
    if _known(stamp):
        response = Response(status=304)
    else:
        body = answer(
            found.select(selection), revision=found.revision, provinces=portfolio.provinces(), lang=g.lang
        )
        response = Response(body, mimetype="application/json")
    response.set_etag(stamp)
    response.cache_control.no_cache = True
    response.cache_control.private = True
    response.vary.add("Cookie")
    return response


@views.get("/layers/<any('provinces-34', 'provinces-63', islands):code>.geojson")
@everyone
def layer(code: str) -> Response:
    """Return a boundary layer that ships with the program."""
    found = layers.shipped_layer(code)
    return _lasting(_content(str(found.path)), "application/geo+json")


@views.get("/layers/zones.geojson")
@everyone
def zones() -> Response:
    """Return the zones as points; `radius_m` is that of a circle of the zone's area, an approximation."""
    import orjson

    placed = [zone for zone in portfolio.zones().values() if zone.lon is not None and zone.area_ha]
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [zone.lon, zone.lat]},
            "properties": {
                "code": zone.code,
                "name_vi": zone.name_vi,
                "name_en": zone.name_en,
                "radius_m": round(math.sqrt((zone.area_ha or 0) * 10_000 / math.pi)),
            },
        }
        for zone in sorted(placed, key=lambda zone: -(zone.area_ha or 0))
    ]
    return _lasting(orjson.dumps({"type": "FeatureCollection", "features": features}), "application/geo+json")


@views.get("/inset.svg")
@everyone
def inset() -> Response:
    """Return the picture of the whole country with both archipelagos, shown beside a close view."""
    return _lasting(picture(), "image/svg+xml")


@views.get("/overview.svg")
@everyone
def overview_picture() -> Response:
    """Return the picture of the home page: published places only, whoever asks."""
    found = portfolio.current(audience=PUBLIC)
    response = Response(overview(found, g.lang), mimetype="image/svg+xml")
    response.set_etag(_stamp(__version__, found.revision, g.lang))
    response.cache_control.no_cache = True
    return _conditional(response)


def _lasting(body: bytes, mimetype: str) -> Response:
    response = Response(body, mimetype=mimetype)
    response.set_etag(_stamp(body))
    response.cache_control.public = True
    response.cache_control.max_age = _DAY
    return _conditional(response)


def _conditional(response: Response) -> Response:
    response.make_conditional(request)
    return response


def _known(stamp: str) -> bool:
    return request.if_none_match.contains_weak(stamp)


def _stamp(*parts: object) -> str:
    return hashlib.sha256(
        b"\0".join(p if isinstance(p, bytes) else repr(p).encode() for p in parts)
    ).hexdigest()[:20]


@cache
def _content(path: str) -> bytes:
    return Path(path).read_bytes()
