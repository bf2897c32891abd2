"""Texts that want to be more than text, and what would be seen if one of them succeeded."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Column

from tests import planting
from tests.conftest import sign_in
from tests.factories import make_user
from tracker.domain import Setting, db
from tracker.domain.users import ROLES
from tracker.services.transactions import SYSTEM, write

# Evaluated by a template they give numbers and words that are nowhere else.
PAYLOADS = (
    "{{7*7}}",
    "{{1234567*7654321}}",
    "{{cycler.__init__.__globals__.os.getpid()}}",
    "{% for x in [1] %}PWN{% endfor %}",
    "{%endraw%}{{1234567*7654321}}",
    "{# gone #}",
    "${window.__pwn=1}",
    "`+(window.__pwn=1)+`",
    '<img src=x onerror="window.__pwn=1">',
    "</script><script>window.__pwn=1</script>",
    "</textarea></title><svg onload=window.__pwn=1>",
    "'\"></option><b onmouseover=window.__pwn=1>",
    "&lt;img src=x onerror=window.__pwn=1&gt;",
    "');window.__pwn=1;//\\",
    "\u2028window.__pwn=1\u2028",
    "\u202ednuora yaw gnorw",
    "=1+1",
    "+1",
    "-1",
    "@SUM(1)",
    "\t=1+1",
    "\r=1+1",
    '=HYPERLINK("http://192.0.2.1")',
    "_x003D_1+1",
)
ADDRESSES = (
    "javascript:window.__pwn=1//",
    "JaVaScRiPt:window.__pwn=1//",
    " javascript:window.__pwn=1//",
    "java\tscript:window.__pwn=1//",
    "data:text/html,<script>window.__pwn=1</script>",
    "vbscript:window.__pwn=1",
    'https://example.org/"onmouseover="window.__pwn=1',
    "https://example.org/{{1234567*7654321}}",
)
PLAIN = "lời thường"
EVALUATED = re.compile(r"9449772114007|49q\d+q|(?<!%\})PWNq\d+q")
_RUNS = re.compile(r"[\x00-\x20]*(javascript|vbscript|data)[\t\r\n]*:", re.IGNORECASE)


def mark(number: int) -> str:
    """Return what stands behind each planted text, so that it is found again: q7q."""
    return f"q{number}q"


def text(number: int, column: Column[Any], *, turn: int | None) -> str:
    """Return a hostile text for a column with its mark, as long as the column holds; `turn` None gives a plain one."""
    end = mark(number)
    if turn is None:
        start = "https://example.org/" if column.key == "url" else PLAIN
    elif column.key == "url":
        start = ADDRESSES[turn % len(ADDRESSES)]
    else:
        start = PAYLOADS[turn % len(PAYLOADS)]
    longest = getattr(column.type, "length", None) or 20_000
    return start[: longest - len(end)] + end


def flat(words: str) -> str:
    """Return a text with every run of white space as one blank."""
    return " ".join(words.split())


class Read(HTMLParser):
    """What a browser would make of a page: its words, and whatever in it could run."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.running: list[str] = []
        self.feed(page)
        self.close()
        self.all = flat("\n".join(self.words))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            self.words.append(value or "")
            if name.startswith("on") or (name == "src" and value == "x"):
                self.running.append(f"<{tag} {name}={value}>")
            picture = tag == "img" and (value or "").startswith("data:image/")
            links = name in ("href", "src", "action", "formaction", "xlink:href")
            if links and not picture and _RUNS.match(value or ""):
                self.running.append(f"<{tag} {name}={value}>")

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_comment(self, data: str) -> None:
        self.words.append(data)


@dataclass(frozen=True)
class Planted:
    """The application, the code of the project with plain texts, and the hostile ones with their texts."""

    app: Flask
    plain: str
    plain_texts: dict[str, str]
    texts: dict[str, dict[str, str]]

    def browser(self, who: str) -> FlaskClient:
        browser: FlaskClient = self.app.test_client() if who == "public" else sign_in(self.app, who)
        return browser


def plant_all(app: Flask) -> Planted:
    """Plant every hostile text into every text column: as many projects as there are texts, each column's turn
    shifted by one.
    """
    numbers = {f"{name}.{column.key}": at for at, (name, column) in enumerate(planting.project_columns())}

    def planter(turn: int | None, noted: dict[str, str]) -> planting.Plant:
        def plant(section: str, column: Column[Any]) -> str:
            path = f"{section}.{column.key}"
            at = numbers.get(path, 0)
            shifted = None if turn is None else turn + at
            found = text((0 if turn is None else turn + 1) * 1000 + at, column, turn=shifted)
            noted[path] = found
            return found

        return plant

    with app.app_context():
        texts: dict[str, dict[str, str]] = {}
        plain_texts: dict[str, str] = {}
        plain = planting.enter(planting.document(planter(None, plain_texts)))
        for turn, payload in enumerate(PAYLOADS):
            noted: dict[str, str] = {}
            planted = planting.document(planter(turn, noted), related=plain)
            planted["sites"][0] |= {"lon": 107.2 + turn / 50, "lat": 16.2, "accuracy": "exact"}
            texts[planting.enter(planted, words=f"{payload}{mark(turn)}")] = noted
        planting.beside(planter(3, {}))
        for at, role in enumerate(ROLES.codes()):
            make_user(role=role, name=PAYLOADS[at + 7])
        with write(actor=SYSTEM, action="test"):
            for name in ("office_name_vi", "office_name_en"):
                db.session.merge(Setting(key=name, value=PAYLOADS[1]))
    return Planted(app, plain, plain_texts, texts)
