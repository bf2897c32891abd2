"""`tracker plan`: the same figures as on the page, as a table and as JSON."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from tracker.cli import commands


@pytest.fixture
def run(app, monkeypatch):
    monkeypatch.setenv("TRACKER_HOME", str(app.config["TRACKER"].home))
    monkeypatch.delenv("DATABASE_URL", raising=False)

    def go(*arguments):
        return CliRunner().invoke(commands, ["--lang", "en", "plan", *arguments])

    return go


def test_board_as_json(run):
    answer = run("board", "--province", "46", "--instrument", "qd-768-2025", "--json")
    assert answer.exit_code == 0, answer.output
    found = json.loads(answer.stdout)
    lines = {g["technology"]: g["lines"] for g in found["groups"]}
    assert [line["left_mw"] for line in lines["solar_ground"]] == [107, 633]


def test_board_as_table(run):
    answer = run("board", "--province", "14", "--technology", "solar")
    assert answer.exit_code == 0, answer.output
    assert "3,674" in answer.output and "not printed" in answer.output and "9,459" in answer.output


def test_entries(run):
    answer = run("entries", "--technology", "lng_power", "--json")
    found = json.loads(answer.stdout)
    assert sum(e["list_kind"] == "listed" for e in found) == 21
    assert "Phong Hoa" in run("entries", "--province", "46", "--q", "phong hoa").output


def test_targets(run):
    found = json.loads(run("targets", "--json").stdout)
    assert {t["year"] for t in found} == {2030, 2035, 2050}
    assert "must not be added up" in run("targets", "--year", "2030", "--instrument", "500").output


@pytest.mark.parametrize(
    "arguments",
    [("board", "--province", "99"), ("board", "--instrument", "1"), ("entries", "--technology", "magic")],
)
def test_unknown_code_is_a_usage_error(run, arguments):
    answer = run(*arguments)
    assert answer.exit_code == 2
    assert "Error" in answer.output
