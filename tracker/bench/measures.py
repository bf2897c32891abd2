"""What is measured, and how: each request several times through the whole application, best and median in
seconds.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from flask import Flask

from ..settings import Settings
from . import portfolio as made_up

REPEATS = 5
PAGES = (
    "/",
    "/projects",
    "/projects?technology=solar&sort=-capacity",
    "/projects?q=phong+dien",
    "/map",
    "/plan",
    "/projects.csv",
    "/projects.geojson",
    "/projects.xlsx",
)


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing measured: seconds (best, median) and bytes of the answer, 0 where there is none."""

    what: str
    best: float
    median: float
    size: int = 0


class BenchFailed(RuntimeError):
    """A page answered otherwise than 200."""


def run(settings: Settings, *, projects: int, say: Callable[[str], None]) -> list[Measure]:
    """Measure a portfolio of `projects` made-up projects in a temporary home on SQLite.

    Raises BenchFailed.
    """
    from flask_migrate import upgrade

    from ..domain import db
    from ..services import reference
    from ..web import create_app

    with tempfile.TemporaryDirectory(prefix="tracker-bench-") as folder:
        home = Path(folder)
        app = create_app(replace(settings, home=home, database_url=f"sqlite:///{home / 'tracker.sqlite3'}"))
        with app.app_context():
            upgrade()
            reference.load(settings.data)
            started = time.perf_counter()
            made_up.fill(projects)
            seconds = time.perf_counter() - started
            say(f"{projects} projects entered and published in {seconds:.1f} s")
            found = [
                Measure("enter and publish one project", seconds / projects, seconds / projects),
                *_services(),
            ]
        found += [page(app, path) for path in (*PAGES, *_map_data(app))]
        with app.app_context():
            db.session.remove()
            db.engine.dispose()
    return found


def _services() -> list[Measure]:
    from ..domain.base import PUBLIC
    from ..forms.selection import Selection
    from ..services import portfolio, projects
    from ..services.transactions import SYSTEM, write

    found = [_timed("read the whole portfolio from the database", portfolio.current, repeats=1)]
    folio = portfolio.current(audience=PUBLIC)
    found.append(
        _timed(
            "choose by technology and province",
            lambda: folio.select(Selection(technology=("solar",), province=("46",))),
        )
    )

    def edit() -> None:
        with write(actor=SYSTEM, action="bench") as revision:
            project = projects.find(folio.rows[0].code)
            projects.put(project, {"jobs": (project.jobs or 0) + 1})
            projects.publish(project, revision=revision)

    found.append(_timed("edit and publish one project", edit))

    def edit_and_read() -> None:
        edit()
        portfolio.current()

    found.append(_timed("edit one project, then read the portfolio", edit_and_read))
    return found


def _map_data(app: Flask) -> tuple[str, ...]:
    return tuple(rule.rule for rule in app.url_map.iter_rules() if rule.endpoint == "maps.data")


def page(app: Flask, path: str, *, token: str = "") -> Measure:
    """Measure one page; `token` is that of a session. Raises BenchFailed when it answers otherwise than 200."""
    client = app.test_client()
    if token:
        client.set_cookie(app.config["SESSION_COOKIE_NAME"], token)
    size = 0

    def ask() -> None:
        nonlocal size
        answer = client.get(path)
        if answer.status_code != 200:
            raise BenchFailed(f"{path}: {answer.status_code}")
        size = len(answer.data)

    timed = _timed(path, ask)
    return replace(timed, size=size)


def _timed(what: str, work: Callable[[], object], *, repeats: int = REPEATS) -> Measure:
    times = []
    for _ in range(repeats):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return Measure(what, min(times), statistics.median(times))
