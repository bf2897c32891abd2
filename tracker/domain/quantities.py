"""The quantities that units are measured in; each carries its unit in its name."""

from __future__ import annotations

from dataclasses import dataclass

from .text import Text
from .vocabulary import Term, Vocabulary


@dataclass(frozen=True, slots=True)
class Quantity(Term):
    """A measured property of a unit. `code` is the column's name and carries the unit."""

    unit: str = ""
    whole: bool = False


QUANTITIES: Vocabulary[Quantity] = Vocabulary(
    "quantity",
    Quantity(
        "capacity_mw",
        Text("Công suất đặt", "Installed capacity"),
        Text(
            "Công suất phát điện xoay chiều (MWac với điện mặt trời); với pin lưu trữ là công suất nạp/xả.",
            "Alternating-current power (MWac for solar); for storage the charging and discharging power.",
        ),
        unit="MW",
    ),
    Quantity(
        "capacity_mwp",
        Text("Công suất đỉnh tấm pin", "Panel peak capacity"),
        Text(
            "Tổng công suất một chiều của tấm pin (MWp); không cộng với MWac.",
            "Direct-current peak of the panels (MWp); never added to MWac.",
        ),
        unit="MWp",
    ),
    Quantity(
        "storage_mwh",
        Text("Dung lượng lưu trữ", "Storage capacity"),
        Text("Điện năng tích được (MWh); không cộng với MW.", "Energy stored (MWh); never added to MW."),
        unit="MWh",
    ),
    Quantity("turbine_count", Text("Số tua-bin", "Turbines"), unit="", whole=True),
    Quantity("turbine_mw", Text("Công suất mỗi tua-bin", "Capacity of one turbine"), unit="MW"),
    Quantity(
        "lng_mtpa",
        Text("Công suất LNG", "LNG throughput"),
        Text("Triệu tấn LNG mỗi năm.", "Million tonnes of LNG a year."),
        unit="mtpa",
    ),
    Quantity(
        "electrolyser_mw",
        Text("Công suất điện phân", "Electrolyser capacity"),
        Text(
            "Công suất tiêu thụ của thiết bị điện phân; không phải công suất phát.",
            "Power drawn by the electrolysers; not generation.",
        ),
        unit="MW",
    ),
    Quantity(
        "hydrogen_kt_per_year",
        Text("Sản lượng hydrogen", "Hydrogen output"),
        Text("Nghìn tấn H2 mỗi năm.", "Thousand tonnes of H2 a year."),
        unit="kt/y",
    ),
    Quantity(
        "biofuel_kt_per_year",
        Text("Sản lượng nhiên liệu sinh học (khối lượng)", "Biofuel output (mass)"),
        unit="kt/y",
    ),
    Quantity(
        "biofuel_million_litres_per_year",
        Text("Sản lượng nhiên liệu sinh học (thể tích)", "Biofuel output (volume)"),
        unit="million l/y",
    ),
    Quantity(
        "waste_t_per_day",
        Text("Khối lượng rác xử lý", "Waste treated"),
        Text("Tấn rác mỗi ngày.", "Tonnes of waste a day."),
        unit="t/day",
    ),
)
