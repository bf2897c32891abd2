"""A home of its own for each command, with or without the demo portfolio."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tracker.cli import commands

Command = Callable[..., Result]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty TRACKER_HOME."""
    for name in ("DATABASE_URL", "SECRET_KEY", "LC_ALL", "LC_MESSAGES", "TRUSTED_HOSTS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    monkeypatch.setenv("TRACKER_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def filled(home: Path, templates: Callable[[str], Path]) -> Path:
    """A TRACKER_HOME with the demo portfolio."""
    home.mkdir()
    shutil.copy(templates("demo") / "tracker.sqlite3", home / "tracker.sqlite3")
    return home


@pytest.fixture
def tracker(home: Path) -> Command:
    """Run a command in this process."""

    def run(*arguments: str, given: str | None = None) -> Result:
        result = CliRunner().invoke(commands, list(arguments), input=given, catch_exceptions=False)
        assert "Traceback" not in result.output
        return result

    return run
