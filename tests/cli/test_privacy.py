"""What the command line leaves on the disk, for whom, and to which names its server answers."""

from __future__ import annotations

import pytest
from flask import Flask
from flask_babel import force_locale

from tracker.cli.server import guard_host


def mode(path):
    return path.stat().st_mode & 0o777


def test_the_folder_and_the_database_are_for_their_owner(home, tracker, tmp_path):
    assert tracker("init").exit_code == 0
    assert mode(home) == 0o700
    for path in home.glob("tracker.sqlite3*"):
        assert mode(path) == 0o600, path
    assert mode(home / "init.lock") == 0o600


def test_an_older_folder_is_closed_too(home, tracker):
    tracker("init")
    home.chmod(0o755)
    (home / "tracker.sqlite3").chmod(0o644)
    tracker("check")
    assert (mode(home), mode(home / "tracker.sqlite3")) == (0o700, 0o600)


def test_an_export_follows_the_umask_of_the_person(filled, tracker, tmp_path):
    assert tracker("export", str(tmp_path / "a.csv")).exit_code == 0
    assert mode(tmp_path / "a.csv") == 0o644


@pytest.mark.parametrize(
    "words", [("check",), ("user", "list"), ("plan", "rows"), ("export", "a.csv"), ("run",)]
)
def test_no_command_leaves_an_empty_database(home, tracker, words):
    assert tracker(*words).exit_code != 0
    assert not list(home.glob("tracker.sqlite3*"))


@pytest.mark.parametrize(
    ("host", "names", "warned"),
    [
        ("127.0.0.1", ["localhost", "127.0.0.1", "[::1]"], False),
        ("127.0.0.2", ["localhost", "127.0.0.1", "[::1]", "127.0.0.2"], False),
        ("::1", ["localhost", "127.0.0.1", "[::1]"], False),
        ("localhost", ["localhost", "127.0.0.1", "[::1]"], False),
        ("0.0.0.0", [], True),  # noqa: S104  compared, not bound
        ("192.168.1.4", [], True),
    ],
)
def test_a_server_for_this_machine_answers_to_its_names(app, capsys, host, names, warned):
    with app.app_context(), force_locale("en"):
        guard_host(app, host=host)
    assert app.config["TRUSTED_NAMES"] == names
    assert ("TRUSTED_HOSTS" in capsys.readouterr().out) is warned


def test_names_that_somebody_set_stay(app: Flask):
    app.config["TRUSTED_NAMES"] = ["tracker.example.vn"]
    guard_host(app, host="127.0.0.1")
    assert app.config["TRUSTED_NAMES"] == ["tracker.example.vn"]
