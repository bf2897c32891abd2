"""No English is left over on the pages of the default language: texts, tooltips and what forms answer."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from flask import Flask
from flask.testing import FlaskClient

import tracker
from tests.conftest import sign_in
from tests.walking import doors, pages
from tracker import domain
from tracker.domain.vocabulary import Vocabulary
from tracker.outputs.history_words import ACTIONS

CATALOGUE = Path(tracker.__file__).parent / "translations" / "vi" / "LC_MESSAGES" / "messages.po"
CODES = ("HUE-SOL-001",)
ALLOWED = {
    "English",  # the way to the other language calls it as its readers do
}
# the history shows both languages of what was entered, field by field
ENTERED = {
    "Battery storage",
    "Solar",
    "Site not determined; effects on the lagoon and livelihoods have to be assessed.",
}
READ_ALOUD = ("title", "aria-label", "placeholder", "alt")
NEVER_CLOSED = frozenset({"base", "br", "col", "hr", "img", "input", "link", "meta", "path", "rect", "use", "wbr"})
MARKS = re.compile("[àáạảãâầấậẩẫăằắặẳẵèéẹẻẽêềếệểễìíịỉĩòóọỏõôồốộổỗơờớợởỡùúụủũưừứựửữỳýỵỷỹđ]", re.IGNORECASE)


class Said(HTMLParser):
    """Every piece of text of a page but what it declares as another language; `told` are errors and notices."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self.told: list[str] = []
        self._open: list[tuple[str, bool, bool]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        _tag, hidden, told = self._open[-1] if self._open else ("", False, False)
        hidden = hidden or tag in ("script", "style", "svg", "code") or given.get("lang") == "en"
        classes = (given.get("class") or "").split()
        told = told or bool({"field__error", "error-summary", "notice", "flash", "error-page"} & set(classes))
        if not hidden:
            self.pieces += [value for name in READ_ALOUD if (value := " ".join((given.get(name) or "").split()))]
        if tag not in NEVER_CLOSED:
            self._open.append((tag, hidden, told))

    def handle_endtag(self, tag: str) -> None:
        if any(name == tag for name, _hidden, _told in self._open):
            while self._open.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        text = " ".join(data.split())
        _tag, hidden, told = self._open[-1] if self._open else ("", True, False)
        if text and not hidden:
            self.pieces.append(text)
            if told:
                self.told.append(text)


@cache
def english() -> tuple[frozenset[str], re.Pattern[str]]:
    """Return every English text that has other words in Vietnamese: plain ones, and a pattern of those with gaps."""
    plain, gaps = set(), []
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file, locale="vi")
    for message in catalogue:
        ids = message.id if isinstance(message.id, tuple | list) else (message.id,)
        strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
        for text in filter(None, ids):
            if text in strings:
                continue
            if "%(" in text:
                parts = [re.escape(part.replace("%%", "%")) for part in re.split(r"%\(\w+\)[sd]", text)]
                if re.search("[a-z]{3}", "".join(parts)):
                    gaps.append(".+?".join(parts))
            else:
                plain.add(text.replace("%%", "%"))
    for found in pkgutil.iter_modules(domain.__path__):
        for value in vars(importlib.import_module(f"tracker.domain.{found.name}")).values():
            if isinstance(value, Vocabulary):
                plain |= {term.label.en for term in value if term.label.en != term.label.vi}
    vietnamese = {text for message in catalogue for text in (message.string or ()) if isinstance(message.string, str)}
    return frozenset(plain - vietnamese - ALLOWED), re.compile("|".join(gaps))


def left_over(text: str) -> list[str]:
    """Return what of a page is English."""
    plain, gaps = english()
    found = []
    for piece in dict.fromkeys(Said(text).pieces):
        bare = piece.strip(" ·–:,;()")
        if {piece, bare} & plain or (not MARKS.search(piece) and gaps.fullmatch(piece)):
            found.append(piece)
    return found


def walk(client: FlaskClient, app: Flask, *, public: bool) -> Iterator[str]:
    """Yield what is English on each page that answers with one."""
    for address in pages(app, codes=CODES, lang="vi", public=public):
        answer = client.get(address)
        if answer.mimetype == "text/html":
            entered = ENTERED if "/history" in address else set()
            yield from (f"{address}: {text}" for text in left_over(answer.text) if text not in entered)


@pytest.mark.parametrize("who", ["anonymous", "administrator"])
def test_every_page_of_the_default_language_is_vietnamese(demo_app: Flask, who: str) -> None:
    client = demo_app.test_client() if who == "anonymous" else sign_in(demo_app, who)
    found = list(walk(client, demo_app, public=who == "anonymous"))
    assert not found, "\n".join(found)


def test_what_forms_answer_is_vietnamese(demo_app: Flask) -> None:
    found = []
    for door in doors(demo_app, codes=CODES):
        if door.method != "POST":
            continue
        client = sign_in(demo_app, "administrator")
        answer = client.post(f"{door.path}?lang=vi", data={"action": "save"})
        if answer.status_code in (302, 303):
            answer = client.get(answer.location)
        if answer.mimetype != "text/html":
            continue
        said = Said(answer.text).told
        found += [f"{door.path}: {text}" for text in said if len(text.split()) > 3 and not MARKS.search(text)]
        found += [f"{door.path}: {text}" for text in left_over(answer.text)]
    assert not found, "\n".join(found)


def test_the_history_has_words_for_everything_that_is_done() -> None:
    sources = [path for path in Path(tracker.__file__).parent.rglob("*.py") if "bench" not in path.parts]
    done = {action for path in sources for action in re.findall(r'action="([a-z ]+)"', path.read_text("utf-8"))}
    done |= {f"{said} project" for said in ("submit", "return", "publish", "withdraw", "archive", "restore")}
    assert done - set(ACTIONS) == set()


def test_the_walk_finds_what_is_left_over() -> None:
    text = '<p>Danh mục</p><p lang="en">Projects</p><p title="Projects">Dự án</p><p>Decision 768 of 15 Apr 2025</p>'
    assert left_over(text) == ["Projects", "Decision 768 of 15 Apr 2025"]


def test_a_form_without_its_token_is_answered_in_vietnamese(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    answer = app.test_client().post("/sign-in", data={})
    assert answer.status_code == 400
    assert "Biểu mẫu đã mở quá lâu" in answer.text
    assert "CSRF" not in answer.text
