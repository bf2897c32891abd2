"""The frame of a map: composed by Folium from constants, then taken apart for a strict policy to allow it.

The script becomes a file of our own origin, every asset a local one; the page gets the empty box. Nothing
here may depend on the portfolio, the request or a setting: tests/web/test_map_frame.py holds that.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import cache
from typing import Any

# Names of assets as Folium gives them → files under static/vendor.
LOCAL = {
    "leaflet": "leaflet/dist/leaflet.js",
    "leaflet_css": "leaflet/dist/leaflet.css",
    "Control.Fullscreen.js": "leaflet.fullscreen/Control.FullScreen.js",
    "Control.FullScreen.css": "leaflet.fullscreen/Control.FullScreen.css",
    "polylinemeasure": "leaflet.polylinemeasure/Leaflet.PolylineMeasure.js",
    "polylinemeasure_css": "leaflet.polylinemeasure/Leaflet.PolylineMeasure.css",
}
# Folium loads these with every map; nothing that we compose uses them.
UNUSED = frozenset(
    (
        "jquery",
        "bootstrap",
        "bootstrap_css",
        "awesome_markers",
        "awesome_markers_css",
        "awesome_markers_font_css",
        "awesome_rotate_css",
        "glyphicons_css",
    )
)
_BOX = re.compile(r'<div class="folium-map" id="(\w+)"\s*>\s*</div>')


class UnknownAsset(LookupError):
    """A piece of Folium wants a file that is not shipped. It is never fetched from elsewhere instead."""


class UnexpectedMarkup(ValueError):
    """Folium rendered more than the empty box of a map."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A map ready to be served: id of its box, vendor files of styles and scripts, its script and stamp."""

    box: str
    css: tuple[str, ...]
    js: tuple[str, ...]
    script: str
    stamp: str


@cache
def country() -> Frame:
    """Return the frame of the map page."""
    return take_apart(compose_country())


@cache
def site() -> Frame:
    """Return the frame of the small map on a project's page."""
    return take_apart(compose_site())


def compose_country() -> Any:
    """Return the Folium map of the whole country and its sea, with empty layers for our scripts to fill."""
    import folium
    from folium.plugins import Fullscreen

    from .elements import Handles, Measure, Scale

    map_ = folium.Map(
        location=(15.6, 109.9),
        zoom_start=5,
        tiles=None,
        zoom_control="topright",
        prefer_canvas=True,
        minZoom=4,
        maxZoom=18,
        zoomSnap=0.25,
        wheelPxPerZoomLevel=90,
        attributionControl=True,
        worldCopyJump=False,
    )
    map_._id = "country"
    former = folium.FeatureGroup(name="provinces-63", show=False)
    former._id = "provinces_63"
    provinces = folium.FeatureGroup(name="provinces-34")
    provinces._id = "provinces_34"
    zones = folium.FeatureGroup(name="zones")
    zones._id = "zones"
    projects = folium.FeatureGroup(name="projects")
    projects._id = "projects"
    full_screen = Fullscreen(position="topright", force_separate_button=True)  # type: ignore[no-untyped-call]
    full_screen._id = "full_screen"
    measure = Measure()
    measure._id = "measure"
    handles = Handles(
        "country",
        (("provinces-34", provinces), ("provinces-63", former), ("zones", zones), ("projects", projects)),
    )
    handles._id = "country"
    scale = Scale()
    scale._id = "scale"
    for piece in (provinces, former, zones, projects, full_screen, measure, scale):
        piece.add_to(map_)
    _add_archipelagos(map_)
    handles.add_to(map_)
    return map_


def compose_site() -> Any:
    """Return the Folium map of one place, for a project's page."""
    import folium

    from .elements import Handles, Scale

    map_ = folium.Map(
        location=(15.6, 109.9),
        zoom_start=5,
        tiles=None,
        zoom_control="topright",
        prefer_canvas=True,
        minZoom=4,
        maxZoom=18,
        zoomSnap=0.25,
        scrollWheelZoom=False,
        worldCopyJump=False,
    )
    map_._id = "site"
    provinces = folium.FeatureGroup(name="provinces-34")
    provinces._id = "provinces_34"
    projects = folium.FeatureGroup(name="projects")
    projects._id = "projects"
    handles = Handles("site", (("provinces-34", provinces), ("projects", projects)))
    handles._id = "site"
    scale = Scale()
    scale._id = "scale"
    for piece in (provinces, projects, scale):
        piece.add_to(map_)
    _add_archipelagos(map_)
    handles.add_to(map_)
    return map_


def _add_archipelagos(map_: Any) -> None:
    """Write the names of both archipelagos: on every map, whatever layers are on."""
    import folium

    paracel = folium.DivIcon(
        class_name="archipelago",
        icon_size=(150, 44),
        icon_anchor=(45, 22),
        html=(
            '<span lang="vi"><b>Quần đảo Hoàng Sa</b> (thành phố Đà Nẵng)</span>'
            '<span class="archipelago__gloss" lang="en">Hoàng Sa (Paracel) archipelago, Đà Nẵng</span>'
        ),
    )
    paracel._id = "hoang_sa"
    spratly = folium.DivIcon(
        class_name="archipelago",
        icon_size=(150, 44),
        html=(
            '<span lang="vi"><b>Quần đảo Trường Sa</b> (tỉnh Khánh Hòa)</span>'
            '<span class="archipelago__gloss" lang="en">Trường Sa (Spratly) archipelago, Khánh Hòa</span>'
        ),
    )
    spratly._id = "truong_sa"
    first = folium.Marker(location=(16.5, 112.0), icon=paracel, interactive=False, keyboard=False)
    first._id = "hoang_sa"
    second = folium.Marker(location=(10.0, 114.0), icon=spratly, interactive=False, keyboard=False)
    second._id = "truong_sa"
    first.add_to(map_)
    second.add_to(map_)


def take_apart(map_: Any) -> Frame:
    """Return the parts of a composed map; raises UnknownAsset or UnexpectedMarkup.

    Folium's style elements size a page of its own, its switches repeat Leaflet's defaults; both stay behind.
    """
    from branca.element import CssLink, JavascriptLink

    figure = map_.get_root()
    figure.render()
    css: list[str] = []
    js: list[str] = []
    for name, child in figure.header._children.items():
        if not isinstance(child, CssLink | JavascriptLink) or name in UNUSED:
            continue
        if name not in LOCAL:
            raise UnknownAsset(f"{name}: {child.url}")
        (css if isinstance(child, CssLink) else js).append("vendor/" + LOCAL[name])
    box = _BOX.fullmatch(figure.html.render().strip())
    if box is None:
        raise UnexpectedMarkup(figure.html.render())
    script = figure.script.render()
    return Frame(
        box=box[1],
        css=tuple(css),
        js=tuple(js),
        script=script,
        stamp=hashlib.sha256(script.encode()).hexdigest()[:16],
    )
