"""How long pages take over a long history: a made-up portfolio with thousands of edits, measured and thrown away."""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from ..settings import Settings
from . import portfolio as made_up
from .measures import Measure, page

PROJECTS = 200
SHARE_OF_ONE = 5
"""Every fifth edit is of the same project, so that one history is long."""


def run(settings: Settings, *, edits: int, say: Callable[[str], None]) -> list[Measure]:
    """Measure project page and history pages after `edits` recorded edits, as the office reads them, on SQLite.

    Raises BenchFailed.
    """
    from flask_migrate import upgrade

    from ..domain import db
    from ..services import accounts, reference, sessions
    from ..services.transactions import SYSTEM, write
    from ..web import create_app

    with tempfile.TemporaryDirectory(prefix="tracker-bench-") as folder:
        home = Path(folder)
        app = create_app(replace(settings, home=home, database_url=f"sqlite:///{home / 'tracker.sqlite3'}"))
        with app.app_context():
            upgrade()
            reference.load(settings.data)
            made_up.fill(PROJECTS)
            started = time.perf_counter()
            code = _edit(edits)
            say(f"{edits} edits recorded in {time.perf_counter() - started:.1f} s")
            with write(actor=SYSTEM, action="bench"):
                user = accounts.add_user(email="bench@example.org", name="Bench", role="approver", password=None)
            token = sessions.start(user_id=user.id, data={}, user_agent="bench", address="127.0.0.1")
            db.session.remove()
        found = [page(app, path, token=token) for path in _pages(code)]
        with app.app_context():
            db.session.remove()
            db.engine.dispose()
    return found


def _pages(code: str) -> tuple[str, ...]:
    return (
        f"/projects/{code}",
        f"/projects/{code}/history",
        f"/projects/{code}/review",
        "/history",
        f"/history?project={code}",
        "/history?person=Tracker&what=project&operation=update&field=jobs",
        "/history?q=du+an",
        "/history?q=khong+co+gi",
        "/history?since=2020-01-01&until=2035-12-31",
        "/history?before=5000",
    )


def _edit(number: int) -> str:
    """Record `number` edits one by one; returns the code of the project that was edited most."""
    from ..services import portfolio, projects
    from ..services.transactions import SYSTEM, write

    chance = random.Random(made_up.SEED)  # noqa: S311  figures for measuring, no secret
    codes = [row.code for row in portfolio.current().rows]
    for count in range(number):
        code = codes[0] if count % SHARE_OF_ONE == 0 else chance.choice(codes)
        with write(actor=SYSTEM, action="edit project", reason=f"Cập nhật số {count}"):
            project = projects.find(code)
            projects.put(project, {"jobs": count, "land_ha": round(chance.uniform(1, 900), 1)})
    return codes[0]

