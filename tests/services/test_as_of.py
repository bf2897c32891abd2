"""The portfolio on any past day, against a model that is kept beside it by hand over five hundred random edits."""

from __future__ import annotations

import copy
import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tests.factories import party, site, unit
from tracker.domain import db
from tracker.domain.dates import VIETNAM, end_of_day_utc
from tracker.services import portfolio, projects, versions
from tracker.services.transactions import SYSTEM, write

EDITS = 500
DAYS_CHECKED = 25
START = datetime(2026, 1, 1, 2, 0, tzinfo=UTC)
TECHNOLOGIES = ("solar_ground", "wind_onshore", "battery_storage", "cogeneration")
STATUSES = ("announced", "construction", "operating", "shelved")
COMPANIES = ("Công ty Gió", "Công ty Nắng", "Tập đoàn Biển")


@dataclass
class Copy:
    """What the model knows of one version of a project."""

    name: str
    jobs: int | None
    status: str
    remarks: str | None
    units: list[tuple[str, float | None]]
    investors: list[str]

    def facts(self, audience: str) -> tuple[Any, ...]:
        shown = (self.name, self.jobs, self.status, tuple(self.units), tuple(self.investors))
        return (*shown, self.remarks) if audience == "staff" else shown


@dataclass
class Model:
    """The working copies, the published ones, and what is in the archive."""

    working: dict[str, Copy] = field(default_factory=dict)
    published: dict[str, Copy] = field(default_factory=dict)
    archived: set[str] = field(default_factory=set)

    def shown(self, audience: str) -> dict[str, tuple[Any, ...]]:
        copies = self.published if audience == "public" else {
            code: one for code, one in self.working.items() if code not in self.archived
        }
        return {code: one.facts(audience) for code, one in copies.items()}


def told(document: dict[str, Any], audience: str) -> tuple[Any, ...]:
    """Return of a document what the model knows."""
    facts = (
        document["name_vi"],
        document["jobs"],
        document["status"],
        tuple((part["technology"], part["capacity_mw"]) for part in document["units"]),
        tuple(part["organisation"]["name_vi"] for part in document["parties"]),
    )
    if audience == "staff":
        return (*facts, document["remarks_internal"])
    assert "remarks_internal" not in document
    return facts


class Office:
    """People who make random edits, in the database and in the model alike."""

    def __init__(self, chance: random.Random) -> None:
        self.chance, self.model = chance, Model()

    def step(self) -> None:
        active = sorted(set(self.model.working) - self.model.archived)
        choices = ["create"] * (6 if len(active) < 12 else 1)
        if active:
            choices += ["edit"] * 12 + ["children"] * 8 + ["publish"] * 8 + ["withdraw"] * 2 + ["archive", "submit"]
        if self.model.archived:
            choices += ["take_out"]
        what = self.chance.choice(choices)
        code = self.chance.choice(sorted(self.model.archived) if what == "take_out" else active or [""])
        with write(actor=SYSTEM, action=what) as revision:
            getattr(self, what)(code, revision)

    def _units(self) -> list[tuple[str, float | None]]:
        amounts = (None, 10.0, 49.5, 120.0)
        return [
            (self.chance.choice(TECHNOLOGIES), self.chance.choice(amounts)) for _ in range(self.chance.randint(1, 3))
        ]

    def create(self, _code: str, _revision: int) -> None:
        name, units = f"Dự án {self.chance.randint(1, 10**6)}", self._units()
        project = projects.put(
            None,
            {
                "name_vi": name,
                "status": "announced",
                "province_code": "46",
                "units": [unit(technology, capacity_mw=mw) for technology, mw in units],
                "sites": [site()],
                "sources": [{"citation": "QĐ 768"}],
            },
        )
        self.model.working[project.code] = Copy(name, None, "announced", None, units, [])

    def edit(self, code: str, _revision: int) -> None:
        one = self.model.working[code]
        one.jobs, one.status = self.chance.randint(0, 5), self.chance.choice(STATUSES)
        one.remarks = self.chance.choice((None, "mật 1", "mật 2"))
        projects.put(
            projects.find(code), {"jobs": one.jobs, "status": one.status, "remarks_internal": one.remarks}
        )

    def children(self, code: str, _revision: int) -> None:
        one, project = self.model.working[code], projects.find(code)
        one.units = self._units()
        one.investors = self.chance.sample(COMPANIES, self.chance.randint(0, 3))
        kept = [record.id for record in project.units]
        projects.put(
            project,
            {
                "units": [
                    unit(technology, capacity_mw=mw, ordinal=number + 1)
                    | ({"id": kept[number]} if number < len(kept) and self.chance.random() < 0.5 else {})
                    for number, (technology, mw) in enumerate(one.units)
                ],
                "parties": [party(name) for name in one.investors],
            },
        )

    def publish(self, code: str, revision: int) -> None:
        projects.publish(projects.find(code), revision=revision)
        self.model.published[code] = copy.deepcopy(self.model.working[code])

    def withdraw(self, code: str, revision: int) -> None:
        projects.withdraw(projects.find(code), revision=revision)
        self.model.published.pop(code, None)

    def submit(self, code: str, _revision: int) -> None:
        projects.submit(projects.find(code))

    def archive(self, code: str, revision: int) -> None:
        versions.archive(projects.find(code), reason="thử", revision=revision)
        self.model.published.pop(code, None)
        self.model.archived.add(code)

    def take_out(self, code: str, _revision: int) -> None:
        versions.take_out(projects.find(code))
        self.model.archived.discard(code)


@pytest.mark.parametrize("seed", [768])
def test_any_past_day_reads_as_it_was(inside, clock, seed):
    chance = random.Random(seed)  # noqa: S311  chooses edits, no secret
    office, now = Office(chance), START
    past: list[tuple[datetime, Model]] = []
    for number in range(EDITS):
        now += timedelta(minutes=chance.randint(1, 1200))
        clock.set(now.isoformat())
        office.step()
        past.append((now, copy.deepcopy(office.model)))
        if number % 7 == 0:
            same_as_read_anew()
    same_as_read_anew()
    first, last = START.astimezone(VIETNAM).date(), now.astimezone(VIETNAM).date()
    days = [first - timedelta(days=1), first, last, last + timedelta(days=30)]
    days += [first + timedelta(days=chance.randint(0, (last - first).days)) for _ in range(DAYS_CHECKED)]
    for day in days:
        as_it_was(day, past)


def as_it_was(day: date, past: list[tuple[datetime, Model]]) -> None:
    """Compare the portfolio of a day with the model as it stood when the day ended in Viet Nam."""
    end = end_of_day_utc(day)
    model = next((state for moment, state in reversed(past) if moment < end), Model())
    for audience in ("public", "staff"):
        expected = model.shown(audience)
        found = portfolio.current(audience=audience, as_of=day)
        assert sorted(row.code for row in found.rows) == sorted(expected), (day, audience)
        for code, facts in expected.items():
            document = portfolio.document(code, audience=audience, as_of=day)
            assert document is not None
            assert told(document, audience) == facts, (day, audience, code)
            row = found.by_code[code]
            assert (row.name_vi, row.status, row.investors) == (facts[0], facts[2], facts[4])
        gone = set(model.working) - set(expected)
        assert all(portfolio.document(code, audience=audience, as_of=day) is None for code in gone)


def same_as_read_anew() -> None:
    """What was brought up to date step by step equals what is read from the database at once."""
    for audience in ("public", "staff"):
        grown = portfolio.current(audience=audience)
        assert grown.rows == portfolio._load(audience, 0, grown.revision)
    db.session.rollback()
