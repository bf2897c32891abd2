"""Files of a small portfolio: every text of it is hostile, every kind of quantity occurs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from tests import factories
from tracker.forms.selection import Selection
from tracker.outputs import files
from tracker.services import portfolio

HOSTILE = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=2",
    '=HYPERLINK("http://evil.example")',
    "http://evil.example/x",
    "{{7*7}}",
    "{% for x in y %}",
    "${7*7}",
    "<img src=x onerror=alert(1)>",
    "</script>",
    "`",
    "007",
    "1/2",
    "2026-11-24",
    "ftp://x",
    "mailto:a@b.c",
    "_x0041_",
    "＝1+1",
    "Đắk Lắk – điện gió",
)


@pytest.fixture
def portfolio_app(app: Flask) -> Flask:
    """Return an application with one project for each hostile name, and some of each kind of size."""
    with app.app_context():
        for number, name in enumerate(HOSTILE):
            factories.make_project(
                name_vi=name,
                name_en=f"{name} en",
                name_other=name,
                summary_vi=name,
                parties=[factories.party(f"{name} {number}")],
                sites=[factories.site(commune=name, name=name)],
                sources=[{"citation": name, "url": name, "licence": "odbl" if number % 2 else None}],
            )
        factories.make_project(
            name_vi="Điện mặt trời và pin",
            units=[factories.unit(capacity_mw=29.5), factories.unit("battery_storage", capacity_mw=10.0)],
            sites=[],
        )
        factories.make_project(name_vi="Pin", units=[factories.unit("battery_storage", storage_mwh=100.0)])
        factories.make_project(name_vi="Đã hủy", status="cancelled")
        factories.make_project(name_vi="Chưa rõ", units=[factories.unit(capacity_mw=None)])
        factories.make_project(
            name_vi="Hydrogen",
            units=[{"technology": "green_hydrogen", "electrolyser_mw": 20.0, "hydrogen_kt_per_year": 2.5}],
        )
        factories.make_project(
            name_vi="Đa giác",
            sites=[
                factories.site(
                    geom={
                        "type": "Polygon",
                        "coordinates": [[[107, 16], [107.1, 16], [107.1, 16.1], [107, 16.1], [107, 16]]],
                    }
                )
            ],
        )
    return app


@pytest.fixture
def written(portfolio_app: Flask) -> Callable[..., bytes]:
    """Return a writer of a selection: `written("xlsx", lang="en", status=("cancelled",))` gives the bytes."""

    def write(ending: str, *, lang: str = "vi", audience: str = "public", **conditions: Any) -> bytes:
        selection = Selection(**conditions)
        with portfolio_app.app_context():
            folio = portfolio.current(audience=audience)
            stamp = files.context(selection, folio, lang=lang, base_url="https://example.org")
            return b"".join(files.write(ending, folio.select(selection), stamp))

    return write
