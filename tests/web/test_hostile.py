"""Hostile text in every text field does nothing: on no page, map or file, for nobody, in no language."""

from __future__ import annotations

import csv
import html
import io
import json
import re
import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from flask import Flask
from python_calamine import CalamineWorkbook
from werkzeug.test import TestResponse

from tests import hostile
from tests.conftest import close, make_app, sign_in
from tests.factories import make_project
from tests.hostile import Planted, plant_all
from tests.walking import doors, pages
from tracker.domain import Project, Source
from tracker.forms.fields import longest
from tracker.forms.selection import Selection
from tracker.services import documents, portfolio, projects

NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?")
# What pages read from an address; a filter that is added to the selection is tried by itself.
PARAMETERS = (
    *Selection.__dataclass_fields__, "lang", "next", "size", "contrast", "z", "lat", "lon", "v", "instrument",
    "decision", "compare", "tab", "list_kind", "period", "table", "linked", "nothing",
)  # fmt: skip


@pytest.fixture(scope="module")
def planted(templates: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Planted]:
    """Return an application over a database full of hostile texts, shared by the tests of this file."""
    home = tmp_path_factory.mktemp("hostile")
    shutil.copy(templates("reference") / "tracker.sqlite3", home / "tracker.sqlite3")
    app = make_app(home)
    yield plant_all(app)
    close(app)


def harmless(answer: TestResponse) -> None:
    """Fail when anything of an answer was evaluated or could run; LookingClient looks for more."""
    where = answer.request.url
    assert answer.status_code < 500, where
    assert not hostile.EVALUATED.search(str(answer.headers)), where
    if answer.mimetype.endswith("sheet"):
        harmless_sheet(answer.data, where)
        return
    words = answer.data.decode("utf-8")
    found = hostile.EVALUATED.search(words)
    assert not found, f"{where}: {words[max(0, found.start() - 80) : found.end() + 20]}" if found else where
    if answer.mimetype == "text/html":
        assert not hostile.Read(words).running, where
    elif answer.mimetype in ("application/json", "application/geo+json"):
        json.loads(words)
    elif answer.mimetype == "text/csv":
        harmless_csv(words, where)


def harmless_csv(words: str, where: str) -> None:
    rows = list(csv.reader(io.StringIO(words.removeprefix("\ufeff"), newline="")))
    assert len(rows) > 1, where
    for cell in (cell for row in rows for cell in row):
        assert NUMBER.fullmatch(cell) or not re.match(r"\s*[=+\-@\t\r\n＝＋－＠]", cell), (where, cell)


def harmless_sheet(data: bytes, where: str) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name).decode("utf-8", "replace") for name in archive.namelist()}
    for name, part in parts.items():
        assert not hostile.EVALUATED.search(part), (where, name)
        formulas = re.findall(r"<f[ >].*?</f>", part) if "worksheets/" in name else []
        assert all("SUMIFS" in formula or "SUBTOTAL" in formula for formula in formulas), (where, formulas)
        assert "hyperlink" not in part.lower() or not name.endswith(".rels"), (where, name)
    assert CalamineWorkbook.from_filelike(io.BytesIO(data)).sheet_names


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("who", ["public", "administrator"])
def test_every_page_and_file_with_every_text(planted: Planted, who: str, lang: str) -> None:
    browser = planted.browser(who)
    few = [planted.plain, *list(planted.texts)[::8]]
    waiting = list(pages(planted.app, codes=few, lang=lang, public=who == "public"))
    known = set(waiting)
    for address in waiting:  # grows: what pages of a project link to, e.g. its recorded versions, is opened too
        with browser.get(address, follow_redirects=True) as answer:
            harmless(answer)
            found = (
                re.findall(r'href="(/projects/[^"/]+/[^"]+)"', answer.text) if answer.mimetype == "text/html" else []
            )
        fresh = {html.unescape(link) for link in found if link.split("/")[2] in few} - known
        waiting += sorted(fresh)
        known |= fresh
    assert len(waiting) > 40


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("who", ["public", "administrator"])
def test_every_text_is_shown_as_it_was_written(planted: Planted, who: str, lang: str) -> None:
    """What a page shows of a plain project it shows of a hostile one too, letter by letter."""
    browser = planted.browser(who)
    for ending in ("", "/edit")[: 1 if who == "public" else 2]:
        page = hostile.Read(browser.get(f"/projects/{planted.plain}{ending}?lang={lang}").text).all
        shown = [
            path
            for path, words in planted.plain_texts.items()
            if hostile.flat(words) in page and not path.endswith(".url")
        ]
        assert len(shown) > (25 if who == "public" else 30), shown
        for code, texts in planted.texts.items():
            answer = browser.get(f"/projects/{code}{ending}?lang={lang}")
            harmless(answer)
            words = hostile.Read(answer.text).all
            missing = [texts[path] for path in shown if hostile.flat(texts[path]) not in words]
            assert not missing, (code, missing)


def test_names_arrive_on_the_map_and_in_files_as_they_are(planted: Planted) -> None:
    browser = planted.browser("public")
    names = {texts[".name_vi"] for texts in planted.texts.values()}
    data = browser.get("/map/data.json?lang=vi").get_json()
    assert names <= set(data["projects"]["name"])
    features = browser.get("/projects.geojson").get_json()["features"]
    assert names <= {feature["properties"]["name_vi"] for feature in features}
    rows = csv.DictReader(io.StringIO(browser.get("/projects.csv?lang=vi").data.decode("utf-8-sig"), newline=""))
    assert names <= {name for row in rows for name in (row["Tên dự án"], row["Tên dự án"].removeprefix("'"))}
    book = CalamineWorkbook.from_filelike(io.BytesIO(browser.get("/projects.xlsx?lang=vi").data))
    cells = {cell for row in book.get_sheet_by_index(0).to_python() for cell in row}
    assert {hostile.flat(name) for name in names} <= {hostile.flat(str(cell)) for cell in cells}


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_what_stands_in_an_address_is_only_repeated(planted: Planted, lang: str) -> None:
    browser = planted.browser("public")
    payloads = [*hostile.PAYLOADS[:14:3], "//192.0.2.1/", "javascript:alert(1)", "\x00", "a" * 5000]
    open_pages = sorted(
        {
            door.path
            for door in doors(planted.app, codes=[planted.plain])
            if door.method == "GET" and door.lock == "everyone"
        }
    )
    for path in open_pages:
        for at, name in enumerate(PARAMETERS):
            payload = payloads[at % len(payloads)]
            with browser.get(f"{path}?{name}={quote(payload)}&lang={lang}") as answer:
                assert answer.status_code in (200, 301, 302, 303, 400, 404, 429), (path, name, answer.status_code)
                harmless(answer)
                if answer.location:
                    assert re.match(r"/(?!/)", answer.location), answer.location
    for payload in payloads:
        for path in (
            f"/{quote(payload)}",
            f"/projects/{quote(payload, safe='')}",
            f"/projects/{quote(payload, safe='')}.csv",
        ):
            harmless(browser.get(f"{path}?lang={lang}", follow_redirects=True))
        for name in ("lang", "size", "contrast"):
            browser.set_cookie(name, quote(payload)[:2000])
            harmless(browser.get("/"))


def test_forms_give_hostile_words_back_as_words(planted: Planted) -> None:
    """Refused forms, pages of conflict, lost sessions and comments hold what was typed."""
    code = next(iter(planted.texts))
    editor, approver, nobody = (planted.browser(who) for who in ("editor", "approver", "public"))
    for payload in hostile.PAYLOADS:
        typed = {"name_vi": payload, "name_en": payload, "summary_vi": payload, "units-0-name_vi": payload,
                 "units-0-technology": "solar_ground", "sites-0-commune": payload, "status": "announced",
                 "sources-0-citation": payload, "reason": payload}  # fmt: skip
        for answer, status in (
            (editor.post("/projects/new", data=typed | {"units-0-capacity_mw": payload + "x"}), 400),
            (editor.post(f"/projects/{code}/edit", data=typed | {"lock_version": "0"}), 409),
            (nobody.post("/projects/new", data=typed), 403),
            (approver.post(f"/projects/{code}/withdraw", data={"comment": payload, "seen": "1"}), 409),
            (nobody.post("/sign-in", data={"email": payload, "password": payload}), (400, 429)),
        ):
            assert answer.status_code in (status if isinstance(status, tuple) else (status,)), answer.request.path
            harmless(answer)
            if status in (400, 403, 409):
                kept = payload.replace("\u202e", "") if status == 409 else payload  # 409 shows tidied words
                assert hostile.flat(kept) in hostile.Read(answer.text).all, (payload, answer.request.path)


def stored(app: Flask, location: str | None) -> dict[str, object]:
    with app.app_context():
        return documents.full(projects.find((location or "").rpartition("/")[2]))


def test_control_and_turning_characters_never_reach_the_database(app: Flask) -> None:
    typed = {"name_vi": "Phong\0 \u202eHòa\x1b\x7f\u2066", "units-0-technology": "solar_ground", "status": "announced",
             "summary_vi": "\0một\r\nhai\0"}  # fmt: skip
    answer = sign_in(app, "editor").post("/projects/new", data=typed)
    assert answer.status_code == 303
    found = stored(app, answer.location)
    assert (found["name_vi"], found["summary_vi"]) == ("Phong Hòa", "một\nhai")


def test_a_name_that_is_too_long_is_refused_and_given_back(app: Flask) -> None:
    editor = sign_in(app, "editor")
    typed = {"name_vi": "ô" * 5000, "units-0-technology": "solar_ground", "status": "announced"}
    answer = editor.post("/projects/new?lang=en", data=typed)
    assert answer.status_code == 400
    assert f"at most {longest(Project, 'name_vi')} characters" in answer.text
    assert "ô" * 5000 in answer.text
    with app.app_context():
        assert not portfolio.current(audience="staff").rows


@pytest.mark.parametrize("address", hostile.ADDRESSES[:6])
def test_only_pages_of_the_web_are_links(app: Flask, address: str) -> None:
    typed = {"name_vi": "Phong Hòa", "units-0-technology": "solar_ground", "status": "announced",
             "sources-0-citation": "QĐ 768", "sources-0-url": address}  # fmt: skip
    answer = sign_in(app, "editor").post("/projects/new", data=typed)
    assert answer.status_code == 400
    harmless(answer)
    assert longest(Source, "url") == 500


def test_fields_of_closed_lists_take_nothing_else(app: Flask) -> None:
    """Every list, date and number of the form refuses a text: these columns never hold one."""
    with app.app_context():
        make_project()
    editor = sign_in(app, "editor")
    data: dict[str, str] = {"name_vi": "Phong Hòa", "units-0-technology": "solar_ground", "status": "announced"}
    for name in ("sites", "links", "parties", "milestones", "sources", "relations"):
        data["action"] = f"add {name}"
        page = editor.post("/projects/new", data=data)
        data |= {
            f"{name}-0-{key}": value
            for key, value in {
                "name": "A",
                "note": "A",
                "organisation": "A",
                "document_number": "A",
                "citation": "A",
            }.items()
        }
    page = editor.post("/projects/new", data=data)
    del data["action"]
    lists = set(re.findall(r'<select[^>]*name="([^"]+)"', page.text))
    figures = set(
        re.findall(
            r'<input[^>]*name="([^"]*(?:_mw|_mwh|_mwp|_vnd_bn|_usd_m|_ha|lon|lat|cod_\w+|'
            r'planned|actual|dated|_percent|jobs|_as_of|last_checked))"',
            page.text,
        )
    )
    assert len(lists) > 15
    assert len(figures) > 15
    for name in sorted(lists | figures):
        answer = editor.post("/projects/new", data=data | {name: "{{7*7}}", "calling": "y"})
        assert answer.status_code == 400, name
        harmless(answer)
    with app.app_context():
        assert len(portfolio.current(audience="staff").rows) == 1
