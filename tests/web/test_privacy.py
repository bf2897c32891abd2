"""What is not public is in no public answer: secrets are planted wherever the office keeps some, then everything
is fetched as nobody.
"""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from tests.canaries import World, build, listed, orders
from tests.conftest import close, make_app, sign_in
from tests.walking import doors, pages
from tracker.domain import Publication, db
from tracker.services import projects

DAYS = ("2026-11-19", "2026-11-20", "2026-11-21", "2026-11-22")
BAD = ("mw_min=viele", "bbox=1,2", "as_of=32/13/2026", "sort=remarks_internal", "sort=-review_state",
       "remarks_internal=x", "review_state=draft", "accuracy=secret", "technology=secret", "page=0")  # fmt: skip


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
