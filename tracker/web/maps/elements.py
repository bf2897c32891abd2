"""Our own pieces of a Folium map: constant templates that are given names of other pieces only."""

from __future__ import annotations

from branca.element import MacroElement
from folium.elements import JSCSSMixin
from folium.template import Template


class Measure(JSCSSMixin, MacroElement):
    """A ruler for distances. Folium's own needs `eval`, which the content-security policy forbids."""

    _template = Template("""
        {% macro script(this, kwargs) %}
            L.control.polylineMeasure(Object.assign(
                {position: "topright", unit: "kilometres", clearMeasurementsOnStop: true},
                JSON.parse({{ this._parent.get_name() }}.getContainer().parentNode.dataset.measure || "{}")
            )).addTo({{ this._parent.get_name() }});
        {% endmacro %}
        """)
    default_js = [("polylinemeasure", "leaflet.polylinemeasure/Leaflet.PolylineMeasure.js")]  # noqa: RUF012  an instance variable in Folium
    default_css = [("polylinemeasure_css", "leaflet.polylinemeasure/Leaflet.PolylineMeasure.css")]  # noqa: RUF012

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Measure"


class Scale(MacroElement):
    """A scale bar in kilometres only."""

    _template = Template("""
        {% macro script(this, kwargs) %}
            L.control.scale({imperial: false, maxWidth: 140}).addTo({{ this._parent.get_name() }});
        {% endmacro %}
        """)

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Scale"


class Handles(MacroElement):
    """Hands the map and its layers to our scripts as `trackerMaps[key]`."""

    _template = Template("""
        {% macro script(this, kwargs) %}
            window.trackerMaps = window.trackerMaps || {};
            window.trackerMaps[{{ this.key|tojson }}] = {
                map: {{ this._parent.get_name() }},
                layers: {
                {% for code, layer in this.layers %}
                    {{ code|tojson }}: {{ layer.get_name() }},
                {% endfor %}
                }
            };
        {% endmacro %}
        """)

    def __init__(self, key: str, layers: tuple[tuple[str, MacroElement], ...]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Handles"
        self.key, self.layers = key, layers
