"""Texts that want to be more than text, and what would be seen if one of them succeeded."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

from sqlalchemy import Column

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
            if name in ("href", "src", "action", "formaction", "xlink:href") and _RUNS.match(value or ""):
                self.running.append(f"<{tag} {name}={value}>")

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_comment(self, data: str) -> None:
        self.words.append(data)
