"""What is told when the program fails: a number that the log explains, and nothing of the inside."""

from __future__ import annotations

import re

import pytest
from sqlalchemy.exc import OperationalError

from tracker.services import office, portfolio


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_database_that_fails_leaves_a_page_with_a_number(app, client, caplog, monkeypatch, lang):
    def broken(*_args: object, **_told: object) -> None:
        raise OperationalError("SELECT secret_column", {}, Exception("disk I/O error"))

    for name in ("current", "provinces"):
        monkeypatch.setattr(portfolio, name, broken)
    monkeypatch.setattr(office, "profile", broken)
    app.testing = False
    answer = client.get(f"/?lang={lang}")
    assert answer.status_code == 500
    assert "secret_column" not in answer.text
    number = re.search(r"\b[0-9a-f]{8}\b", answer.text)
    assert number is not None
    assert f"error {number[0]} on GET /" in caplog.text
