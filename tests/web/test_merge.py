"""Lookalikes on the web, two projects made one and taken apart, two versions of one project row by row."""

from __future__ import annotations

import re

import pytest

from tests.factories import make_project, party, site, unit
from tests.web.test_editing import fields, stored
from tracker.domain import CodeRedirect, Project, db
from tracker.services import documents, portfolio, projects
from tracker.services.transactions import SYSTEM, write

SOLAR = "Điện mặt trời Phong Hòa"


def typed(page):
    """Return what the page of a merge or conflict would post."""
    found = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
    found |= dict(re.findall(r'<textarea name="([^"]+)" hidden>\n(.*?)</textarea>', page, re.S))
    return found | dict(re.findall(r'<input type="radio" name="([^"]+)" value="([^"]+)" checked', page))


@pytest.fixture
def pair(both):
    """Enter two projects that are the same, both public, and a third that refers to the second."""
    with both.app_context():
        keep = make_project(
            land_ha=None, sources=[{"citation": "QĐ 768", "ordinal": 1}], parties=[party("Công ty A")],
            units=[unit(capacity_mw=40, ordinal=1)], sites=[site(ordinal=1, source_ordinal=1)],
        )
        other = make_project(
            name_vi="Điện mặt trời Phong Hoà", land_ha=52, jobs=30,
            units=[unit(capacity_mw=41, ordinal=1, site_ordinal=1), unit("battery_storage", capacity_mw=4, ordinal=2)],
            sites=[site(ordinal=1, name="Phong Hòa", source_ordinal=1)],
            sources=[{"citation": "Báo Huế", "ordinal": 1}],
            citations=[{"field": "capacity_mw", "unit_ordinal": 2, "source_ordinal": 1}],
            parties=[party("Công ty A"), party("Công ty B")],
            external_ids=[{"scheme": "gem", "value": "L1"}],
        )
        third = make_project(
            name_vi="Kho pin", relations=[{"kind": "same_complex", "code": other}], units=[unit("battery_storage")]
        )
    return both, keep, other, third


def test_the_other_project_leads_to_the_survivor_everywhere(pair, signed_in):
    app, keep, other, third = pair
    approver, visitor = signed_in("approver", on=app), app.test_client()
    page = approver.get(f"/projects/{keep}/merge?with={other}")
    assert page.status_code == 200
    chosen = typed(page.text)
    assert chosen["choose-land_ha"] == "other"
    assert chosen["choose-units"] == "keep"
    chosen |= {"choose-units": "both", "choose-sites": "both", "choose-sources": "both", "choose-parties": "both"}
    preview = approver.post(f"/projects/{keep}/merge", data=chosen | {"action": "preview"})
    assert preview.status_code == 200
    assert preview.text.count("notice--warn") == 2  # MW twice; the public version ends
    with app.app_context():
        assert projects.find(other).merged_into_id is None
    done = approver.post(f"/projects/{keep}/merge", data=typed(preview.text) | {"action": "merge", "reason": "Trùng"})
    assert (done.status_code, done.location) == (303, f"/projects/{keep}")

    found = stored(app, keep)
    assert [(u["ordinal"], u["technology"], u["site_ordinal"]) for u in found["units"]] == [
        (1, "solar_ground", None), (2, "solar_ground", 2), (3, "battery_storage", None)]
    assert [(s["ordinal"], s["source_ordinal"]) for s in found["sites"]] == [(1, 1), (2, 2)]
    assert [(s["ordinal"], s["citation"]) for s in found["sources"]] == [(1, "QĐ 768"), (2, "Báo Huế")]
    assert [(c["unit_ordinal"], c["source_ordinal"]) for c in found["citations"]] == [(3, 2)]
    assert [p["organisation"]["name_vi"] for p in found["parties"]] == ["Công ty A", "Công ty B"]
    assert (found["land_ha"], found["jobs"], found["name_vi"]) == (52, 30, SOLAR)
    assert [item["value"] for item in found["external_ids"]] == ["L1"]
    assert [relation["code"] for relation in stored(app, third)["relations"]] == [keep]

    for browser in (approver, visitor):
        for ending in ("", ".xlsx", ".csv", ".geojson"):
            answer = browser.get(f"/projects/{other}{ending}")
            assert (answer.status_code, answer.location) == (301, f"/projects/{keep}{ending}")
    assert approver.get(f"/projects/{other}/edit").location == f"/projects/{keep}/edit"
    assert approver.post(f"/projects/{other}/edit", data={"name_vi": "x"}).status_code == 409
    with app.app_context():
        for audience in ("public", "staff"):
            assert other not in portfolio.current(audience=audience).by_code
        assert portfolio.document(keep)["land_ha"] is None  # not before it is published
    shown = approver.get(f"/projects/{keep}").text
    assert f"/projects/{other}/unmerge" in shown


def test_taken_apart_it_is_a_draft_under_its_own_code(pair, signed_in):
    app, keep, other, _third = pair
    approver = signed_in("approver", on=app)
    chosen = typed(approver.get(f"/projects/{keep}/merge?with={other}").text)
    approver.post(f"/projects/{keep}/merge", data=chosen | {"action": "merge"})
    assert approver.post(f"/projects/{other}/unmerge").location == f"/projects/{other}"
    assert approver.get(f"/projects/{other}").status_code == 200
    assert app.test_client().get(f"/projects/{other}").status_code == 404
    with app.app_context():
        assert db.session.query(CodeRedirect).count() == 0
        assert documents.full(projects.find(other))["land_ha"] == 52
    assert approver.post(f"/projects/{other}/unmerge").status_code == 409


def test_codes_of_a_chain_lead_to_the_last(pair, signed_in):
    app, keep, other, third = pair
    approver = signed_in("approver", on=app)
    for into, gone in ((keep, other), (third, keep)):
        chosen = typed(approver.get(f"/projects/{into}/merge?with={gone}").text)
        assert approver.post(f"/projects/{into}/merge", data=chosen | {"action": "merge"}).status_code == 303
    for code in (keep, other):
        assert app.test_client().get(f"/projects/{code}").location == f"/projects/{third}"
    with app.app_context():
        assert documents.full(projects.find(third))["relations"] == []


def test_what_changed_since_is_not_merged(pair, signed_in):
    app, keep, other, _third = pair
    approver = signed_in("approver", on=app)
    chosen = typed(approver.get(f"/projects/{keep}/merge?with={other}").text)
    with app.app_context(), write(actor=SYSTEM, action="test"):
        projects.put(projects.find(other), {"jobs": 31})
    assert approver.post(f"/projects/{keep}/merge", data=chosen | {"action": "merge"}).status_code == 409
    with app.app_context():
        assert projects.find(other).merged_into_id is None


def test_only_two_living_projects_are_merged_and_only_by_approvers(app, signed_in):
    with app.app_context():
        code = make_project()
    approver = signed_in("approver")
    for asked in ("", "HUE-SOL-999", code):
        assert approver.get(f"/projects/{code}/merge?with={asked}").status_code == 200
        assert approver.post(f"/projects/{code}/merge", data={"with": asked, "action": "merge"}).status_code == 400
    assert signed_in("editor").get(f"/projects/{code}/merge").status_code == 403


def test_lookalikes_while_typing(app, signed_in):
    with app.app_context():
        code = make_project(publish=False)
    editor = signed_in("editor")
    query = {"name": "mặt trời PHONG HOA", "lat": "16,69", "lon": "107.43", "mw": "49", "technology": "solar_ground"}
    (found,) = editor.get("/projects/duplicates.json", query_string=query).json
    assert (found["code"], found["url"]) == (code, f"/projects/{code}")
    assert len(found["reasons"]) == 4
    assert editor.get("/projects/duplicates.json", query_string=query | {"except": code}).json == []
    odd = {"name": "x" * 5000, "lat": "abc", "mw": "1e999", "technology": "no", "except": "'"}
    assert editor.get("/projects/duplicates.json", query_string=odd).json == []
    assert app.test_client().get("/projects/duplicates.json").status_code == 302


def test_lookalikes_without_scripts_and_told_apart(app, signed_in):
    with app.app_context():
        one, two = (make_project(publish=False) for _ in range(2))
    editor = signed_in("editor")
    assert f'name="other" value="{two}"' in editor.get(f"/projects/{one}").text
    answer = editor.post(f"/projects/{one}/not-duplicate", data={"other": two, "reason": "Khác chủ đầu tư"})
    assert answer.status_code == 303
    for code in (one, two):
        assert "not-duplicate" not in editor.get(f"/projects/{code}").text


def test_two_editors_change_different_fields_of_one_unit_and_rows_of_their_own(app, signed_in):
    with app.app_context():
        code = make_project(
            publish=False, units=[unit(capacity_mw=40, ordinal=1), unit("battery_storage", capacity_mw=4, ordinal=2)]
        )
    first, second = signed_in("editor"), signed_in("approver")
    mine, theirs = (fields(browser.get(f"/projects/{code}/edit").text) for browser in (first, second))
    new = {"technology": "wind_onshore", "ordinal": "3", "site_ordinal": "2"}
    place = {"sites-1-name": "Của tôi", "sites-1-ordinal": "2"}
    theirs |= {"units-0-capacity_mwp": "48", "units-1-storage_mwh": "8", "sites-1-name": "Của họ"}
    theirs["sites-1-ordinal"] = "2"
    assert second.post(f"/projects/{code}/edit", data=theirs).status_code == 303
    mine |= {"units-0-capacity_mw": "41", "units-1-storage_mwh": "9"} | place
    mine |= {f"units-2-{name}": value for name, value in new.items()}
    answer = first.post(f"/projects/{code}/edit", data=mine)
    assert answer.status_code == 409
    assert "Nguyễn Văn Thử" in answer.text
    posted = typed(answer.text)
    ids = [u["id"] for u in stored(app, code)["units"]]
    site_id = stored(app, code)["sites"][1]["id"]
    assert {name: value for name, value in posted.items() if name.startswith("choose-")} == {
        f"choose-units.{ids[0]}.capacity_mw": "mine",
        f"choose-units.{ids[0]}.capacity_mwp": "theirs",
        f"choose-units.{ids[1]}.storage_mwh": "mine",
        f"choose-sites.{site_id}": "theirs",
        "choose-sites.new0": "mine",
    }
    posted[f"choose-units.{ids[1]}.storage_mwh"] = "theirs"
    assert first.post(f"/projects/{code}/edit", data=posted | {"action": "save"}).status_code == 303
    found = stored(app, code)
    assert [(u["capacity_mw"], u["capacity_mwp"], u["storage_mwh"]) for u in found["units"]] == [
        (41, 48, None), (4, None, 8), (None, None, None)]
    names = {s["ordinal"]: s["name"] for s in found["sites"]}
    assert sorted(name for name in names.values() if name) == ["Của họ", "Của tôi"]
    assert len(names) == 3
    assert names[found["units"][2]["site_ordinal"]] == "Của tôi"


def test_a_row_taken_out_by_one_and_changed_by_the_other_is_asked_about(app, signed_in):
    with app.app_context():
        code = make_project(publish=False, parties=[party("Công ty A", share_percent=51.0), party("Công ty B")])
    first, second = signed_in("editor"), signed_in("approver")
    mine, theirs = (fields(browser.get(f"/projects/{code}/edit").text) for browser in (first, second))
    assert second.post(f"/projects/{code}/edit", data=theirs | {"parties-0-share_percent": "60"}).status_code == 303
    gone = {name: value for name, value in mine.items() if not name.startswith("parties-0-")}
    answer = first.post(f"/projects/{code}/edit", data=gone)
    assert answer.status_code == 409
    (path,) = [name for name in typed(answer.text) if name.startswith("choose-parties")]
    assert typed(answer.text)[path] == "theirs"
    kept = first.post(f"/projects/{code}/edit", data=typed(answer.text) | {"action": "save"})
    assert kept.status_code == 303
    assert sorted((p["organisation"]["name_vi"], p["share_percent"]) for p in stored(app, code)["parties"]) == [
        ("Công ty A", 60), ("Công ty B", None)]


def test_a_merged_project_keeps_its_record(pair, signed_in):
    app, keep, other, _third = pair
    approver = signed_in("approver", on=app)
    chosen = typed(approver.get(f"/projects/{keep}/merge?with={other}").text)
    approver.post(f"/projects/{keep}/merge", data=chosen | {"action": "merge"})
    with app.app_context():
        record = projects.find(other)
        assert record.merged_into_id == projects.find(keep).id
        assert len(record.units) == 2
        assert db.session.query(Project).count() == 3
