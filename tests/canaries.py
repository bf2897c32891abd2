"""A portfolio full of secrets: of drafts, unpublished edits, reduced places, withdrawn projects, and of the office."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from flask import Flask

from tests import factories, planting
from tracker.domain import CodeRedirect, Inquiry, Meeting, db
from tracker.domain.base import STAFF
from tracker.forms.selection import SORTS
from tracker.services import projects
from tracker.services.transactions import SYSTEM, write


@dataclass
class World:
    """A portfolio full of secrets. `secrets`: what must not be told → where it stands."""

    app: Flask
    secrets: dict[str, str] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)  # name in this test → project code
    orders: dict[str, list[str]] = field(default_factory=dict)

    def secret(self, where: str) -> str:
        """Return a new secret word and keep it."""
        word = f"canary{len(self.secrets)}x"
        self.secrets[word] = where
        return f"bí mật {word}"

    def figure(self, value: float, where: str) -> float:
        """Keep a figure as a secret, as it stands in data and as either language writes it, less its last digit."""
        start = str(value)[:-1]
        self.secrets[start] = self.secrets[start.replace(".", ",")] = where
        return value

    def all_secret(self, what: str) -> planting.Plant:
        """Return a planter of secrets in every column."""
        return lambda section, column: self._fit(f"{what} {section}.{column.key}", column)

    def staff_secret(self, what: str) -> planting.Plant:
        """Return a planter of secrets in the columns of the office, of plain words in the others."""

        def plant(section: str, column: Any) -> str:
            if column.info.get("audience") == STAFF:
                return self._fit(f"{what} {section}.{column.key}", column)
            return f"{what} {column.key}"[: column.type.length or 100]

        return plant

    def _fit(self, where: str, column: Any) -> str:
        words = self.secret(where)
        if column.key == "url":
            words = "https://example.org/" + words.rpartition(" ")[2]
        assert len(words) <= (column.type.length or 1000), where
        return words


def build(world: World, at: Callable[[str], None]) -> None:
    """Plant: secrets of a public project, a draft, unpublished edits, reduced places, a withdrawn project, records
    of the office.
    """
    at("2026-11-20T03:00:00+00:00")
    public = planting.document(world.staff_secret("public"))
    public["actions"][0]["due"] = "2031-03-07"
    world.secrets |= {"2031-03-07": "due", "07/03/2031": "due"}
    world.codes["public"] = planting.enter(public, words=world.secret("reason, actor, note and comment"))
    clean = planting.document(lambda section, column: f"sạch {column.key}"[: column.type.length or 99], call=None)
    clean["external_ids"] = []
    world.codes["edited"] = planting.enter(clean, words="test")
    for precision in ("hidden", "province", "commune"):
        world.codes[precision] = reduced(world, precision)
    world.codes["withdrawn"] = planting.enter(planting.document(world.all_secret("withdrawn"), call=None))
    with write(actor=SYSTEM, action="withdraw", reason=world.secret("reason of withdrawing")) as revision:
        projects.withdraw(projects.find(world.codes["withdrawn"]), revision=revision)
    at("2026-11-21T03:00:00+00:00")
    draft = planting.document(world.all_secret("draft"), status="shelved", cod_actual="2019-05-06")
    draft["units"][0]["capacity_mw"] = world.figure(777.1231, "MW of a draft")
    draft["sites"][0] |= {"lon": world.figure(107.123451, "draft"), "lat": world.figure(15.987651, "draft")}
    world.codes["draft"] = planting.enter(draft, publish=False)
    world.secrets[world.codes["draft"]] = "code of a draft"
    world.secrets[world.codes["withdrawn"]] = "code of a withdrawn project"
    world.orders = orders(world)
    edit(world)
    at("2026-11-22T03:00:00+00:00")
    world.codes["related"] = factories.make_project(
        name_vi="Có liên quan", name_en="Related", sources=[{"citation": "QĐ 768"}],
        relations=[{"kind": "supplies", "code": world.codes[name]} for name in ("draft", "edited", "withdrawn")],
    )  # fmt: skip
    office(world)


def reduced(world: World, precision: str) -> str:
    """Enter a project whose place the public may see only as exactly as `precision` says."""
    shift = {"hidden": 0.1, "province": 0.2, "commune": 0.3}[precision]
    lon, lat = round(107.423451 + shift, 6), round(16.223451 + shift, 6)
    ring = [[lon, lat], [lon + 0.01, lat], [lon + 0.01, lat + 0.01], [lon, lat]]
    site = factories.site(
        lon=world.figure(lon, precision), lat=world.figure(lat, precision), accuracy="exact",
        public_precision=precision, name=world.secret(f"name of a {precision} site"),
        commune="Phong Điền" if precision == "commune" else world.secret(f"commune of a {precision} site"),
        zone_code="phong-dien" if precision == "commune" else "chan-may-lang-co",
        area_ha=world.figure(33.77171 + shift, precision), entered_text=world.secret(f"entered {precision}"),
    )  # fmt: skip
    if precision == "province":
        site |= {"geom": {"type": "Polygon", "coordinates": [ring]}}
        del site["lon"], site["lat"]
    return factories.make_project(
        name_vi=f"Vị trí {precision}", sites=[site], sources=[{"citation": "QĐ 768"}],
        citations=[{"field": "lon", "site_ordinal": 1, "source_ordinal": 1, "quote": world.secret("quote of a place")}],
    )  # fmt: skip


def edit(world: World) -> None:
    """Change everything of a published project and do not publish it."""
    changed = planting.document(world.all_secret("edited"), status="cancelled", cod_actual="2018-07-08")
    changed["units"][0]["capacity_mw"] = world.figure(888.3211, "edited MW")
    changed["sites"][0] |= {"lon": world.figure(106.876541, "edited"), "lat": world.figure(16.765431, "edited")}
    changed |= {"invest_vnd_bn": world.figure(4242.4243, "edited"), "jobs": 73317}
    world.secrets |= {"73317": "edited", "73.317": "edited", "73,317": "edited"}
    with write(actor=SYSTEM, action="edit", reason=world.secret("reason of an edit")):
        projects.put(projects.find(world.codes["edited"]), changed)


def office(world: World) -> None:
    """Plant meetings, enquiries, accounts and the code of a project merged into a draft."""
    factories.make_user(role="editor", email="canary-mail@example.org", name=world.secret("name of an account"))
    world.secrets["canary-mail"] = "address of an account"
    with write(actor=SYSTEM, action="test"):
        asked = projects.find(world.codes["public"])
        inquiry = Inquiry(received_at=datetime(2026, 11, 3, tzinfo=UTC), project_id=asked.id)
        meeting = Meeting(held_on=date(2026, 11, 3))
        for record in (inquiry, meeting):
            for column in planting.free_text(type(record)):
                if column.key not in ("language", "state"):
                    setattr(record, column.key, world.secret(f"{record.__tablename__}.{column.key}"))
            db.session.add(record)
        db.session.add(CodeRedirect(old_code="OLD-CANARY", project_id=projects.find(world.codes["draft"]).id))


def listed(world: World, query: str) -> list[str]:
    """Return the codes that nobody gets for a query, in order."""
    answer = world.app.test_client().get(f"/projects.geojson?{query}")
    assert answer.status_code == 200, query
    return [feature["id"] for feature in answer.get_json()["features"]]


def orders(world: World) -> dict[str, list[str]]:
    return {sort: listed(world, f"sort={sort}") for name in SORTS for sort in (name, f"-{name}")}
