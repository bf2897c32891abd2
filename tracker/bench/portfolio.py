"""A made-up portfolio of any size: the same seed gives the same projects."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

from ..domain.statuses import STATUSES
from ..domain.technologies import TECHNOLOGIES

SEED = 768
_BATCH = 500
_WORDS = (
    "Phong",
    "Điền",
    "Lộc",
    "Thủy",
    "Bình",
    "Hòa",
    "Xuân",
    "Thiện",
    "Đắk",
    "Nông",
    "Hải",
    "Lăng",
    "Cam",
    "Ranh",
)


def documents(number: int, provinces: list[tuple[str, float, float]]) -> Iterator[dict[str, Any]]:
    """Yield `number` project documents; `provinces` are code, longitude and latitude of the middle."""
    chance = random.Random(SEED)  # noqa: S311  figures for measuring, no secret
    technologies = [
        term for term in TECHNOLOGIES if term.family in ("solar", "wind", "bio", "storage", "lng", "hydro")
    ]
    for count in range(1, number + 1):
        code, lon, lat = chance.choice(provinces)
        name = " ".join(chance.sample(_WORDS, 3))
        units = [_unit(chance, chance.choice(technologies)) for _ in range(chance.choice((1, 1, 1, 2, 4)))]
        yield {
            "code": f"BEN-{count:06d}",
            "name_vi": f"Dự án {name} {count}",
            "name_en": f"{name} project {count}",
            "summary_vi": f"Dự án đo tốc độ số {count}. " * 4,
            "status": chance.choice(STATUSES.codes()),
            "province_code": code,
            "cod_latest_planned": str(chance.randint(2024, 2035)),
            "units": units,
            "sites": [
                {
                    "province_code": code,
                    "accuracy": "approximate",
                    "lon": round(lon + chance.uniform(-0.4, 0.4), 5),
                    "lat": round(lat + chance.uniform(-0.4, 0.4), 5),
                }
            ],
            "parties": [
                {"organisation": {"name_vi": f"Công ty {chance.randint(1, 300)}"}, "role": "investor"}
            ],
            "sources": [{"citation": "Số liệu đo tốc độ", "licence": "office"}],
        }


def _unit(chance: random.Random, technology: Any) -> dict[str, Any]:
    sizes = {
        name: round(chance.uniform(1, 800), 1)
        for name in technology.quantities
        if name.startswith(("cap", "stor"))
    }
    return {"technology": technology.code, **sizes}


def fill(number: int) -> None:
    """Enter and publish `number` projects in the database of the present application."""
    from ..services import demo, portfolio

    places = [(p.code, p.lon or 106.0, p.lat or 16.0) for p in portfolio.provinces().values()]
    batch: list[dict[str, Any]] = []
    for document in documents(number, places):
        batch.append(document)
        if len(batch) == _BATCH:
            demo.enter(batch)
            batch = []
    demo.enter(batch)
