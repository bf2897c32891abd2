"""Technologies and the quantities each of them is measured in.

MW of generation, MW and MWh of storage, mtpa, kt and t/day are different things and are never added to one another.
"""

from __future__ import annotations

from dataclasses import dataclass

from .quantities import QUANTITIES as QUANTITIES
from .quantities import Quantity as Quantity
from .text import Text
from .vocabulary import Term, Vocabulary


@dataclass(frozen=True, slots=True)
class Family(Term):
    """A group of technologies shown in one colour; `within` names the wider group that a filter on it takes in.

    `together` is the name of a group when those within it are meant too, as in a filter.
    """

    colour: str = "#6b7280"
    icon: str = "other"
    abbreviation: str = "OTH"
    within: str = ""
    together: Text | None = None

    @property
    def asked(self) -> Text:
        """The name of what a filter on the family finds."""
        return self.together or self.label

    @property
    def members(self) -> tuple[str, ...]:
        """The technologies of the family itself, without those of families within it."""
        return tuple(technology.code for technology in TECHNOLOGIES if technology.family == self.code)


FAMILIES: Vocabulary[Family] = Vocabulary(
    "family",
    Family("solar", Text("Điện mặt trời", "Solar"), colour="#c08a00", icon="solar", abbreviation="SOL"),
    Family(
        "wind",
        Text("Điện gió trên bờ, gần bờ", "Onshore and nearshore wind"),
        colour="#00857a",
        icon="wind",
        abbreviation="WIN",
        together=Text("Điện gió (tất cả)", "Wind (all)"),
    ),
    Family(
        "offshore_wind",
        Text("Điện gió ngoài khơi", "Offshore wind"),
        colour="#083b49",
        icon="offshore_wind",
        abbreviation="OFW",
        within="wind",
    ),
    Family(
        "lng",
        Text("Điện khí LNG, kho cảng LNG", "LNG power and terminals"),
        colour="#394668",
        icon="lng",
        abbreviation="LNG",
    ),
    Family(
        "hydrogen",
        Text("Hydrogen xanh", "Green hydrogen"),
        colour="#6a1fb0",
        icon="hydrogen",
        abbreviation="GH2",
    ),
    Family(
        "bio",
        Text("Nhiên liệu sinh học, sinh khối", "Biofuel and biomass"),
        colour="#7a7400",
        icon="bio",
        abbreviation="BIO",
    ),
    Family(
        "storage",
        Text("Lưu trữ năng lượng", "Energy storage"),
        colour="#dd1c74",
        icon="storage",
        abbreviation="STO",
    ),
    Family("hydro", Text("Thủy điện", "Hydropower"), colour="#2f78e4", icon="hydro", abbreviation="HYD"),
    Family("waste", Text("Điện rác", "Waste-to-energy"), colour="#5a2508", icon="waste", abbreviation="WTE"),
    Family("gas", Text("Khí trong nước", "Domestic gas"), colour="#7d90ab", icon="gas", abbreviation="GAS"),
    Family("other", Text("Nguồn khác", "Other sources"), colour="#575552", icon="other", abbreviation="OTH"),
)


@dataclass(frozen=True, slots=True)
class Technology(Term):
    """One technology: its family, the quantities that apply, and what its capacity_mw counts as."""

    family: str = "other"
    quantities: tuple[str, ...] = ("capacity_mw",)
    counts_as: str = "generation"  # generation | storage | none
    at_sea: bool = False

    @property
    def colour(self) -> str:
        return FAMILIES[self.family].colour

    @property
    def icon(self) -> str:
        return FAMILIES[self.family].icon


_MW = ("capacity_mw",)
_WIND = ("capacity_mw", "turbine_count", "turbine_mw")
_SOLAR = ("capacity_mw", "capacity_mwp")

TECHNOLOGIES: Vocabulary[Technology] = Vocabulary(
    "technology",
    Technology(
        "solar_ground",
        Text("Điện mặt trời tập trung (mặt đất)", "Solar, ground-mounted (concentrated)"),
        family="solar",
        quantities=_SOLAR,
    ),
    Technology("solar_rooftop", Text("Điện mặt trời mái nhà", "Solar, rooftop"), family="solar", quantities=_SOLAR),
    Technology("solar_floating", Text("Điện mặt trời nổi", "Solar, floating"), family="solar", quantities=_SOLAR),
    Technology(
        "wind_onshore",
        Text("Điện gió trên bờ", "Wind, onshore"),
        Text(
            "Trong Bảng 12 và 13 của Quyết định 768: trên bờ hoặc gần bờ, văn bản không phân biệt.",
            "In Tables 12 and 13 of Decision 768: onshore or nearshore, not stated.",
        ),
        family="wind",
        quantities=_WIND,
    ),
    Technology(
        "wind_nearshore",
        Text("Điện gió gần bờ", "Wind, nearshore"),
        family="wind",
        quantities=_WIND,
        at_sea=True,
    ),
    Technology(
        "wind_offshore",
        Text("Điện gió ngoài khơi", "Wind, offshore"),
        family="offshore_wind",
        quantities=_WIND,
        at_sea=True,
    ),
    Technology(
        "lng_power",
        Text("Điện khí LNG", "LNG-to-power"),
        family="lng",
        quantities=("capacity_mw", "lng_mtpa"),
    ),
    Technology(
        "lng_terminal",
        Text("Kho cảng LNG", "LNG terminal"),
        family="lng",
        quantities=("lng_mtpa",),
        counts_as="none",
    ),
    Technology(
        "green_hydrogen",
        Text("Hydrogen xanh", "Green hydrogen"),
        family="hydrogen",
        quantities=("electrolyser_mw", "hydrogen_kt_per_year"),
        counts_as="none",
    ),
    Technology(
        "biofuel",
        Text("Nhiên liệu sinh học", "Biofuel"),
        family="bio",
        quantities=("biofuel_kt_per_year", "biofuel_million_litres_per_year"),
        counts_as="none",
    ),
    Technology("biomass", Text("Điện sinh khối", "Biomass power"), family="bio", quantities=_MW),
    Technology(
        "waste_to_energy",
        Text("Điện rác (điện sản xuất từ chất thải)", "Waste-to-energy"),
        family="waste",
        quantities=("capacity_mw", "waste_t_per_day"),
    ),
    Technology(
        "battery_storage",
        Text("Pin lưu trữ", "Battery storage"),
        family="storage",
        quantities=("capacity_mw", "storage_mwh"),
        counts_as="storage",
    ),
    Technology(
        "pumped_storage",
        Text("Thủy điện tích năng", "Pumped storage"),
        family="storage",
        quantities=("capacity_mw", "storage_mwh"),
        counts_as="storage",
    ),
    Technology("hydro", Text("Thủy điện", "Hydropower"), family="hydro", quantities=_MW),
    Technology("gas_domestic", Text("Nhiệt điện khí trong nước", "Domestic gas power"), family="gas", quantities=_MW),
    Technology("geothermal", Text("Điện địa nhiệt", "Geothermal"), family="other", quantities=_MW),
    Technology("coal", Text("Nhiệt điện than", "Coal power"), family="other", quantities=_MW),
    Technology(
        "cogeneration",
        Text("Đồng phát, nhiệt dư, khí lò", "Cogeneration, waste heat, furnace gas"),
        family="other",
        quantities=_MW,
    ),
    Technology("nuclear", Text("Điện hạt nhân", "Nuclear"), family="other", quantities=_MW),
    Technology("flexible", Text("Nguồn điện linh hoạt", "Flexible sources"), family="other", quantities=_MW),
    Technology("import", Text("Nhập khẩu điện", "Power import"), family="other", quantities=_MW),
    Technology("other", Text("Công nghệ khác", "Other technology"), family="other", quantities=_MW),
)

MISSION_TECHNOLOGIES = tuple(
    t.code for t in TECHNOLOGIES if t.family in ("solar", "wind", "offshore_wind", "lng", "hydrogen", "bio", "storage")
)


def expand(codes: list[str] | tuple[str, ...]) -> tuple[str, ...]:
    """Return technology codes for a mix of technology and family codes, in vocabulary order.

    A code that is both is read as the family (`hydro`). Unknown codes raise KeyError.
    """
    wanted: set[str] = set()
    for code in codes:
        members = [t.code for t in TECHNOLOGIES if code in (t.family, FAMILIES[t.family].within)]
        if not members and code not in TECHNOLOGIES:
            raise KeyError(code)
        wanted.update(members or [code])
        if code in TECHNOLOGIES:
            wanted.add(code)
    return tuple(t.code for t in TECHNOLOGIES if t.code in wanted)
