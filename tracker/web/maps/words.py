"""What is said about a project on a map: its capacity in words, and the words that our scripts need."""

from __future__ import annotations

from flask_babel import gettext as _

from ...outputs import formats, phrases
from ...services.rows import Row

# Quantities that stand beside MW, each with its own unit and never added to another.
_BESIDE = (
    "capacity_mwp",
    "lng_mtpa",
    "electrolyser_mw",
    "hydrogen_kt_per_year",
    "biofuel_kt_per_year",
    "biofuel_million_litres_per_year",
    "waste_t_per_day",
)


def capacity(row: Row, lang: str) -> str:
    """Return all capacities of a project: "160 MW · lưu trữ 50 MW (chưa xác định MWh)"; unknown in words."""
    parts: list[str] = []
    if row.capacity_mw is not None:
        parts.append(formats.quantity(row.capacity_mw, "mw", lang))
    if stored := phrases.storage(row, lang):
        parts.append(_("storage %(amount)s", amount=stored))
    for name in _BESIDE:
        values = [unit.quantities[name] for unit in row.units if name in unit.quantities]
        if values:
            amount = formats.quantity(sum(values), name, lang)
            parts.append(
                _("electrolysers %(amount)s", amount=amount) if name == "electrolyser_mw" else amount
            )
    return " · ".join(parts) or formats.unknown(lang)


def for_scripts() -> dict[str, str]:
    """Return the words that the scripts write. `{n}` and `{mw}` are filled in by them."""
    return {
        "map": _(
            "Map of the projects. Arrow keys move it, plus and minus zoom; the list has the same projects."
        ),
        "zoomIn": _("Zoom in"),
        "zoomOut": _("Zoom out"),
        "fullScreen": _("Full screen"),
        "exitFullScreen": _("Leave full screen"),
        "close": _("Close"),
        "here": _("{n} projects here"),
        "back": _("Back to the list"),
        "open": _("Open the project page"),
        "capacity": _("Capacity"),
        "technology": _("Technology"),
        "place": _("Location"),
        "plan": _("Power plan"),
        "province": _("Province"),
        "projects": _("{n} projects"),
        "projectsMw": _("{n} projects, {mw} MW"),
        "inset": _("Position of this view in Viet Nam, with the Hoàng Sa and Trường Sa archipelagos"),
        "failed": _("The projects could not be loaded. Check the connection and try again."),
        "retry": _("Try again"),
        "loading": _("Loading…"),
        "approximateZone": _("approximate area"),
        "boundaries": _("Approximate boundaries: Natural Earth"),
        "sites": _("{n} places"),
        "showList": _("Show the list"),
        "hideList": _("Hide the list"),
    }


def for_measuring() -> dict[str, str]:
    """Return the words of the ruler, by the names of its options."""
    return {
        "measureControlTitleOn": _("Measure a distance"),
        "measureControlTitleOff": _("Stop measuring"),
        "clearControlTitle": _("Clear the measured lines"),
        "tooltipTextFinish": _("Click to finish the line") + "<br>",
        "tooltipTextDelete": _("Shift and click deletes the point"),
        "tooltipTextMove": _("Drag to move the point") + "<br>",
        "tooltipTextResume": "<br>" + _("Ctrl and click continues the line"),
        "tooltipTextAdd": _("Ctrl and click adds a point"),
    }
