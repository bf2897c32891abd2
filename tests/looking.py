"""A browser for tests that looks over the shoulder of every page it gets, and of the session behind it."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tracker.domain import db

_NEEDS_POLICY = ("default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'")


class Page(HTMLParser):
    """What matters of a page: its title and language, and what the content-security policy refuses."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.title = ""
        self.lang: str | None = None
        self.problems: list[str] = []
        self.ids: list[str] = []
        self._inside: str | None = None
        self.feed(text)
        self.close()
        self.problems += [
            f"id {name} stands twice" for name in {n for n in self.ids if self.ids.count(n) > 1}
        ]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self._inside = tag if tag == "title" and not self.title else None
        if tag == "html":
            self.lang = given.get("lang")
        if identity := given.get("id"):
            self.ids.append(identity)
        if tag == "style" or (
            tag == "script" and "src" not in given and given.get("type") != "application/json"
        ):
            self.problems.append(f"inline <{tag}>")
        for name, value in attrs:
            if name == "style" or name.startswith("on"):
                self.problems.append(f"attribute {name} of <{tag}>")
            if name in ("href", "src", "action") and (value or "").strip().lower().startswith("javascript:"):
                self.problems.append(f"{name} of <{tag}> runs a script")
        if tag in ("script", "img", "link", "iframe", "source", "video", "audio", "embed", "object", "form"):
            for name in ("src", "href", "data", "action", "srcset"):
                if (given.get(name) or "").lower().startswith(("http:", "https:", "//")) and given.get(
                    "rel"
                ) not in ("canonical", "alternate"):
                    self.problems.append(f"<{tag}> asks another server: {given[name]}")

    def handle_data(self, data: str) -> None:
        if self._inside == "title":
            self.title += data.strip()

    def handle_endtag(self, tag: str) -> None:
        self._inside = None


class LookingClient(FlaskClient):
    """Fails on a page without title or in the wrong language, on anything inline, and on changes left
    uncommitted.
    """

    def __init__(self, application: Flask, *args: Any, **kwargs: Any) -> None:
        super().__init__(application, *args, **kwargs)
        if "left_behind" not in application.extensions:
            application.extensions["left_behind"] = []

            @application.teardown_request
            def look(_error: BaseException | None) -> None:
                session = db.session()
                application.extensions["left_behind"] += [*session.new, *session.dirty, *session.deleted]

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Send the request and look at the answer."""
        self.application.extensions["left_behind"].clear()
        answer = super().open(*args, **kwargs)
        left = self.application.extensions["left_behind"]
        assert not left, f"{answer.request.path} left changes uncommitted: {left}"
        if answer.mimetype == "text/html" and answer.request.method != "HEAD":
            self._look(answer)
        return answer

    def _look(self, answer: TestResponse) -> None:
        policy = answer.headers.get("Content-Security-Policy", "")
        missing = [part for part in _NEEDS_POLICY if part not in policy]
        assert not missing, f"{answer.request.path}: the policy lacks {missing}"
        assert "unsafe-" not in policy, policy
        if answer.status_code in range(300, 400):
            return
        page = Page(answer.text)
        where = f"{answer.request.path} ({answer.status_code})"
        assert page.title, f"{where}: no title"
        assert page.lang == answer.headers["Content-Language"], f"{where}: lang={page.lang}"
        assert not page.problems, f"{where}: {page.problems}"
