"""A past day on the web: list, map, plan, one project and every file, for the public and for the office."""

from __future__ import annotations

import io

import pytest
from flask import Flask
from python_calamine import CalamineWorkbook

from tests.factories import edit, make_project, unit
from tracker.domain import Entry, db

CODE = "HUE-SOL-001"
LATER = "HUE-WIN-001"


@pytest.fixture
def app(app: Flask, clock) -> Flask:
    """Return an application whose project changed its name, size and status in March and got a neighbour in May."""
    with app.app_context():
        clock.set("2026-01-10T03:00:00+00:00")
        entry = db.session.query(Entry).filter_by(province_code="46").first()
        assert entry is not None
        link = {"relation": "listed", "entry_id": entry.id}
        make_project(name_vi="Tên cũ", units=[unit(capacity_mw=35.0)], links=[link], remarks_internal="mật")
        clock.set("2026-03-10T03:00:00+00:00")
        edit(CODE, name_vi="Tên mới", status="operating", units=[unit(capacity_mw=77.0)], publish=True)
        clock.set("2026-04-10T03:00:00+00:00")
        edit(CODE, name_vi="Tên nháp")
        clock.set("2026-05-10T03:00:00+00:00")
        make_project(name_vi="Láng giềng", units=[unit("wind_onshore")])
        db.session.remove()
    return app


def text_of(answer) -> str:
    if "spreadsheetml" in answer.content_type:
        book = CalamineWorkbook.from_filelike(io.BytesIO(answer.data))
        return "\n".join(
            str(cell) for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python() for cell in row
        )
    return answer.get_data(as_text=True)


@pytest.mark.parametrize("who", ["anonymous", "viewer"])
@pytest.mark.parametrize(
    "path",
    [
        "/projects", "/projects.csv", "/projects.xlsx", "/projects.geojson", f"/projects/{CODE}",
        f"/projects/{CODE}.csv", f"/projects/{CODE}.xlsx", f"/projects/{CODE}.geojson", "/map", "/map/data.json",
        "/map/panel", "/plan?tab=board&province=46&instrument={}", "/plan?tab=entries&province=46&instrument={}",
    ],
)  # fmt: skip
def test_a_past_day_shows_what_was_recorded_then(app, signed_in, who, path):
    with app.app_context():
        entry = db.session.query(Entry).filter_by(province_code="46").first()
        assert entry is not None
        path = path.format(entry.instrument_code)
        db.session.remove()
    browser = app.test_client() if who == "anonymous" else signed_in(who)
    glue = "&" if "?" in path else "?"
    for day, present, absent in (
        ("2026-02-01", "Tên cũ", ("Tên mới", "Tên nháp", LATER)),
        ("2026-03-10", "Tên mới", ("Tên cũ", "Tên nháp", LATER)),
        ("2026-04-20", "Tên mới" if who == "anonymous" else "Tên nháp", ("Tên cũ", LATER)),
    ):
        answer = browser.get(f"{path}{glue}as_of={day}&lang=vi")
        assert answer.status_code == 200
        shown = text_of(answer)
        assert present in shown, (day, path)
        assert not [name for name in absent if name in shown], (day, path)
        if who == "anonymous":
            assert "mật" not in shown


def test_before_the_first_day_there_is_nothing(app):
    browser = app.test_client()
    assert CODE not in browser.get("/projects?as_of=2025-12-31").text
    assert browser.get(f"/projects/{CODE}?as_of=2025-12-31").status_code == 404
    assert CODE not in browser.get("/map/data.json?as_of=2025-12-31").text


@pytest.mark.parametrize(
    "path", ["/projects?technology=solar", f"/projects/{CODE}?", "/map?q=T%C3%AAn", "/plan?province=46&tab=entries"]
)
def test_a_past_day_is_said_and_leads_back_to_now(app, path):
    page = app.test_client().get(f"{path}&as_of=2026-02-01&lang=en").text
    assert "You see what was recorded at the end of 1 Feb 2026." in page
    back = page.split("You see what was recorded")[1].split('href="')[1].split('"')[0].replace("&amp;", "&")
    now = app.test_client().get(back).text
    assert "You see what was recorded" not in now
    assert "as_of" not in back


@pytest.mark.parametrize("path", ["/projects", "/map", "/plan"])
def test_the_day_stands_among_the_filters(app, path):
    page = app.test_client().get(f"{path}?as_of=2026-02-01").text
    field = page.split('name="as_of"')[0].rsplit("<", 1)[1] + page.split('name="as_of"')[1].split(">")[0]
    assert 'type="date"' in field
    assert 'value="2026-02-01"' in field
