"""What is not public is in no public answer: secrets are planted wherever the office keeps some, then everything
is fetched as nobody.
"""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests import factories, planting
from tests.conftest import close, make_app, sign_in
from tests.walking import doors, pages
from tracker.domain import CodeRedirect, Inquiry, Meeting, Publication, db
from tracker.domain.base import STAFF
from tracker.forms.selection import SORTS
from tracker.services import projects
from tracker.services.transactions import SYSTEM, write

DAYS = ("2026-11-19", "2026-11-20", "2026-11-21", "2026-11-22")
BAD = ("mw_min=viele", "bbox=1,2", "as_of=32/13/2026", "sort=remarks_internal", "sort=-review_state",
       "remarks_internal=x", "review_state=draft", "accuracy=secret", "technology=secret", "page=0")  # fmt: skip


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


@pytest.fixture(scope="module")
def world(templates: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Return the portfolio of secrets; nothing of it is changed by the tests."""
    home = tmp_path_factory.mktemp("privacy")
    shutil.copy(templates("reference") / "tracker.sqlite3", home / "tracker.sqlite3")
    found = World(make_app(home))
    with pytest.MonkeyPatch.context() as patch, found.app.app_context():

        def at(moment: str) -> None:
            patch.setattr("tracker.services.transactions.utc_now", lambda: datetime.fromisoformat(moment))

        build(found, at)
    yield found
    close(found.app)


def contents(answer: TestResponse) -> str:
    """Return everything an answer tells: its headers and its text, of a workbook all parts."""
    body = answer.data
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            body = b"\n".join(archive.read(name) for name in archive.namelist())
    return f"{answer.headers}\n{body.decode('utf-8', 'replace')}"


def told(world: World, answer: TestResponse) -> list[str]:
    """Return the secrets that an answer tells and the question did not."""
    text, asked = contents(answer), answer.request.url
    return [f"{word}: {where} ({asked})" for word, where in world.secrets.items()
            if word in text and word not in asked and word not in str(answer.request.headers)]  # fmt: skip


def every_address(world: World, lang: str) -> list[str]:
    """Return every public address of every project, secret ones too, now and on past days."""
    codes = [*world.codes.values(), "OLD-CANARY"]
    found = list(pages(world.app, codes=codes, lang=lang, public=True))
    dated = [f"{path}{'&' if '?' in path else '?'}as_of={day}" for path in found for day in DAYS
             if path.startswith(("/projects", "/map/data", "/map/panel", "/plan", "/map?"))]  # fmt: skip
    return found + dated


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_nobody_reads_a_secret_anywhere(world: World, lang: str) -> None:
    staff, nobody = sign_in(world.app, "administrator"), world.app.test_client()
    for address in pages(world.app, codes=list(world.codes.values()), lang=lang, public=False):
        staff.get(address).close()  # what the office has just read is kept by the program: not for others
    found, asked = [], 0
    for address in every_address(world, lang):
        with nobody.get(address, follow_redirects=True) as answer:
            found += told(world, answer)
        asked += 1
    assert asked > 250
    assert not found, "\n".join(found)


def test_the_office_reads_what_nobody_may(world: World) -> None:
    """The secrets are where they are looked for: the same walk by staff tells nearly all of them, and says to
    keep nothing of it where others read.
    """
    staff = sign_in(world.app, "administrator")
    seen: set[str] = set()
    for address in pages(world.app, codes=list(world.codes.values()), lang="vi", public=False):
        with staff.get(address, follow_redirects=True) as answer:
            lines = told(world, answer)
            seen |= {line.partition(":")[0] for line in lines}
            if lines:
                kept = answer.headers.get("Cache-Control", "")
                assert "no-store" in kept or "private" in kept, (address, kept)
                assert "public" not in kept, (address, kept)
    assert len(seen) > len(world.secrets) / 2


def test_refusals_and_errors_tell_nothing(world: World) -> None:
    nobody = world.app.test_client()
    found = []
    for door in doors(world.app, codes=[*world.codes.values(), "OLD-CANARY"]):
        if door.method != "GET":
            found += told(world, nobody.open(door.path, method=door.method, data={"comment": "x"}))
        elif door.lock != "everyone":
            found += told(world, nobody.get(door.path, follow_redirects=True))
        elif door.path.startswith(("/projects", "/map", "/plan")):
            for query in BAD:
                answer = nobody.get(f"{door.path}?{query}")
                assert answer.status_code < 500, (door.path, query)
                found += told(world, answer)
                answer.close()
    assert not found, "\n".join(found)


def test_drafts_and_withdrawn_projects_are_not_there(world: World) -> None:
    nobody = world.app.test_client()
    for code in (world.codes["draft"], world.codes["withdrawn"], "OLD-CANARY"):
        for ending in ("", ".xlsx", ".csv", ".geojson"):
            for query in ("", *(f"?as_of={day}" for day in DAYS)):
                assert nobody.get(f"/projects/{code}{ending}{query}").status_code == 404, (code, ending, query)


def test_no_filter_finds_what_is_not_shown(world: World) -> None:
    """Searching and narrowing down by what is secret finds nothing: neither words nor figures nor places."""
    for word in world.secrets:
        for name in ("q", "investor"):
            assert not listed(world, f"{name}={word}"), (name, word, world.secrets[word])
    shown = set(listed(world, ""))
    assert shown == {world.codes[name] for name in ("public", "edited", "hidden", "province", "commune", "related")}
    for query in (
        "mw_min=777&mw_max=778", "mw_min=888&mw_max=889", "status=shelved", "status=cancelled",
        "cod_from=2018&cod_to=2019", "bbox=107.12,15.98,107.13,15.99", "bbox=106.87,16.76,106.88,16.77",
        "zone=chan-may-lang-co",
        *(f"bbox={107.42 + s},{16.22 + s},{107.44 + s},{16.24 + s}" for s in (0.1, 0.2, 0.3)),
    ):  # fmt: skip
        assert not listed(world, query), query
    reduced_codes = {world.codes[name] for name in ("hidden", "province", "commune")}
    assert not reduced_codes & set(listed(world, "accuracy=exact"))
    assert world.codes["edited"] not in listed(world, "calling=1")


def test_no_order_tells_what_is_not_shown(world: World) -> None:
    """Sorting gives the same order as before the unpublished edits."""
    later = world.codes["related"]
    assert {sort: [code for code in found if code != later] for sort, found in orders(world).items()} == world.orders


def test_totals_and_counts_are_of_what_is_public(world: World) -> None:
    body = world.app.test_client().get("/map/data.json").get_json()
    assert len(body["projects"]["code"]) == 6
    drawn = {body["projects"]["code"][number] for number in body["points"]["project"]}
    assert drawn == {world.codes[name] for name in ("public", "edited", "related")}


def test_a_stamp_of_the_office_opens_nothing(world: World) -> None:
    """An ETag that staff got never answers 304 to nobody where the two read different things."""
    staff, nobody = sign_in(world.app, "administrator"), world.app.test_client()
    asked = 0
    for address in pages(world.app, codes=list(world.codes.values()), lang="vi", public=True):
        with staff.get(address) as theirs, nobody.get(address) as ours:
            stamp = theirs.headers.get("ETag")
            if stamp and theirs.data != ours.data:
                asked += 1
                assert stamp != ours.headers.get("ETag"), address
                assert nobody.get(address, headers={"If-None-Match": stamp}).status_code != 304, address
    assert asked > 5


def test_no_published_version_holds_a_secret(world: World) -> None:
    """Not even what no page shows: the frozen copies themselves hold nothing of the office."""
    with world.app.app_context():
        frozen = db.session.execute(db.select(Publication.project_id, Publication.document)).all()
        own = {projects.find(world.codes[name]).id for name in ("edited", "withdrawn")}
    assert len(frozen) == 7
    found = []
    for project_id, document in frozen:
        text = json.dumps(document, ensure_ascii=False)
        found += [f"{word}: {where}" for word, where in world.secrets.items() if word in text and project_id not in own]
    assert not found, "\n".join(found)
