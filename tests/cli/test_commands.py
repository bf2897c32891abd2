"""The command line: what it does, what it says, and its exit codes."""

from __future__ import annotations

import csv
import stat

import pytest

from tests.conftest import close, make_app
from tracker.domain import db

PASSWORD = "mùa thu lá vàng rơi"


def test_init_says_what_it_does_and_may_be_repeated(tracker, home):
    first, second = tracker("init"), tracker("init")
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert "Preparing the database" in first.output
    assert "Preparing the database" not in second.output
    assert "34 provinces" in second.output
    assert tracker("check").exit_code == 0
    assert stat.S_IMODE((home / "secret_key").stat().st_mode) == 0o600


def test_nothing_works_before_init_and_says_so(tracker):
    for command in (("run",), ("user", "list"), ("check",), ("export", "x.csv"), ("sample", "remove")):
        result = tracker(*command)
        assert result.exit_code == 1, command
        assert "tracker init" in result.output, command


@pytest.mark.parametrize(("version", "words"), [("9999", "newer"), ("0000", "newer")])
def test_a_database_of_another_version_is_not_touched(tracker, filled, version, words):
    app = make_app(filled)
    with app.app_context(), db.engine.begin() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = ?", (version,))
    close(app)
    for command in ("run", "init"):
        result = tracker(command)
        assert result.exit_code == 1
        assert words in result.output


def test_demo_prints_how_to_sign_in_and_keeps_the_passwords(tracker, home):
    first = tracker("demo", "--no-serve")
    assert first.exit_code == 0, first.output
    kept = home / "demo-accounts.txt"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    email, password = kept.read_text().splitlines()[0].split(" ")
    assert email in first.output
    assert password in first.output
    second = tracker("demo", "--no-serve")
    assert second.exit_code == 0
    assert password in second.output
    assert "0 projects added" in second.output
    app = make_app(home)
    with app.app_context():
        from tracker.services import accounts

        assert accounts.authenticate(email=email, password=password) is not None
    close(app)


def test_the_sample_set_goes_and_does_not_come_back_by_itself(tracker, filled):
    assert "sample records removed" in tracker("sample", "remove").output
    again = tracker("demo", "--no-serve")
    assert again.exit_code == 0
    assert "tracker user add" in again.output
    assert "@example.com" in tracker("sample", "load").output


def test_accounts_are_added_listed_and_given_a_new_password(tracker, filled):
    assert (
        tracker(
            "user",
            "add",
            "Binh@Example.org",
            "--role",
            "editor",
            "--name",
            "Bình",
            "--password-stdin",
            given=PASSWORD + "\n",
        ).exit_code
        == 0
    )
    assert "binh@example.org\teditor" in tracker("user", "list").output
    made = tracker("user", "add", "mai@example.org", "--role", "approver")
    assert "shown only now" in made.output
    assert tracker("user", "password", "mai@example.org").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "given", "code", "words"),
    [
        (("add", "binh", "--role", "editor"), None, 2, "binh is not an e-mail address"),
        (("add", "x@example.org", "--role", "boss"), None, 2, "'boss'"),
        (("add", "x@example.org"), None, 2, "--role"),
        (("add", "x@example.org", "--role", "editor", "--password-stdin"), "short\n", 2, "characters"),
        (("add", "x@example.org", "--role", "editor", "--password-stdin"), "", 2, "characters"),
        (("add", "editor@example.com", "--role", "editor"), None, 1, "already"),
        (("password", "nobody@example.org"), None, 1, "no account"),
    ],
)
def test_what_will_not_do_is_one_clear_line(tracker, filled, arguments, given, code, words):
    result = tracker("user", *arguments, given=given)
    assert result.exit_code == code
    assert words in result.output


def test_export_writes_what_the_flags_select(tracker, filled, tmp_path):
    out = tmp_path / "out.csv"
    result = tracker(
        "export",
        str(out),
        "--province",
        "46",
        "--technology",
        "solar",
        "--technology",
        "wind",
        "--mw-min",
        "30",
        "--sort",
        "-capacity",
        "--lang",
        "en",
    )
    assert result.exit_code == 0, result.output
    rows = list(csv.DictReader(out.read_text(encoding="utf-8-sig").splitlines()))
    assert rows
    assert all(row["Code"].startswith("HUE-") for row in rows)
    assert f"{len(rows)} projects" in result.output
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


@pytest.mark.parametrize("ending", ["xlsx", "csv", "geojson"])
def test_every_format_is_written_for_the_public_and_for_staff(tracker, filled, tmp_path, ending):
    sizes = []
    for flags in ((), ("--staff",)):
        out = tmp_path / f"out{len(flags)}.{ending}"
        assert tracker("export", str(out), *flags).exit_code == 0
        sizes.append(out.stat().st_size)
    assert sizes[1] > sizes[0] > 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("out.pdf",), "xlsx"),
        (("out",), "xlsx"),
        (("out.csv", "--province", "99"), "--province 99"),
        (("out.csv", "--mw-min", "abc", "--as-of", "2999-01-01"), "--as-of 2999-01-01"),
        (("missing/folder/out.csv",), "missing/folder"),
        (("out.csv", "--page", "2"), "--page"),
    ],
)
def test_an_export_that_cannot_be_read_is_exit_code_2(
    tracker, filled, tmp_path, monkeypatch, arguments, words
):
    monkeypatch.chdir(tmp_path)
    result = tracker("export", *arguments)
    assert result.exit_code == 2
    assert words in result.output
    assert list(tmp_path.glob("out*")) == []


def test_layers_tell_source_and_licence(tracker):
    result = tracker("layers", "list")
    assert result.exit_code == 0
    assert "provinces-34" in result.output
    assert "Apache-2.0" in result.output


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("DATABASE_URL", "nonsense", "DATABASE_URL"),
        ("DATABASE_URL", "mysql://x/y", "DATABASE_URL"),
        ("TRACKER_HOME", "/dev/null/x", "TRACKER_HOME"),
    ],
)
def test_a_setting_that_will_not_do_is_named(tracker, monkeypatch, name, value, words):
    monkeypatch.setenv(name, value)
    result = tracker("check")
    assert result.exit_code in (1, 2)
    assert words in result.output


@pytest.mark.parametrize(("lang", "words"), [("en_US.UTF-8", "There is no database yet"), ("C.UTF-8", "")])
def test_the_command_line_speaks_the_language_of_the_terminal(tracker, monkeypatch, lang, words):
    monkeypatch.setenv("LANG", lang)
    assert words in tracker("check").output
    assert "There is no database yet" in tracker("--lang", "en", "check").output


@pytest.mark.postgres
def test_init_makes_an_empty_postgresql_database_ready(tracker, postgres, monkeypatch):
    address = postgres.database(template=False)
    monkeypatch.setenv("DATABASE_URL", address)
    try:
        result = tracker("init")
        assert result.exit_code == 0, result.output
        assert tracker("check").exit_code == 0
    finally:
        postgres.drop(address)
