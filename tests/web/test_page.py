"""The page of a project: what the public reads, what staff read, and hostile text that does nothing."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest

from tests import factories
from tests.outputs.conftest import HOSTILE
from tracker.domain import CodeRedirect, Revision, db
from tracker.services import projects
from tracker.services.transactions import SYSTEM, write

CANARY = "kín-chỉ-nội-bộ"


def test_a_project_with_its_facts(client, app):
    with app.app_context():
        code = factories.make_project(
            invest_vnd_bn=8000.0,
            cod_latest_planned="2030-12",
            land_ha=612.0,
            grid_voltage_kv=220.0,
            units=[factories.unit(capacity_mw=29.5), factories.unit("battery_storage", capacity_mw=3.0)],
            parties=[factories.party(share_percent=60.0)],
            sources=[{"citation": "Báo cáo <b>A</b>", "url": "javascript:alert(1)", "licence": "cc_by_4"}],
            citations=[{"field": "capacity_mw", "unit_ordinal": 1, "source_ordinal": 1, "quote": "29,5 MW"}],
        )
    text = client.get(f"/projects/{code}").text
    for fact in (
        "8.000 tỷ đồng",
        "12/2030",
        "612 ha",
        "220 kV",
        "29,5 MW",
        "60%",
        "chưa xác định",
        "Báo cáo &lt;b&gt;A&lt;/b&gt;",
        "giấy phép CC BY 4.0",
        "Gần đúng",
        "chưa có thông tin",
    ):
        assert fact in text, fact
    assert 'href="#source-1"' in text
    assert "javascript:" not in text


def test_other_spellings_lead_to_the_code(client, app):
    with app.app_context():
        code = factories.make_project()
    answer = client.get(f"/projects/{code.lower()}?lang=en")
    assert (answer.status_code, answer.location) == (301, f"/projects/{code}?lang=en")


def test_the_code_of_a_merged_project_leads_on(client, app):
    with app.app_context():
        code = factories.make_project()
        with write(actor=SYSTEM, action="test"):
            db.session.add(CodeRedirect(old_code="HUE-OLD-001", project_id=projects.find(code).id))
    answer = client.get("/projects/hue-old-001")
    assert (answer.status_code, answer.location) == (301, f"/projects/{code}")
    assert client.get("/projects/HUE-OLD-001.csv").location == f"/projects/{code}.csv"


def test_the_public_sees_nothing_of_a_draft(client, signed_in, app):
    with app.app_context():
        code = factories.make_project(publish=False)
    assert client.get(f"/projects/{code}").status_code == 404
    assert client.get(f"/projects/{code.lower()}").status_code == 404
    assert client.get(f"/projects/{code}.geojson").status_code == 404
    assert client.get("/projects/HUE-NIX-999").status_code == 404
    assert signed_in("viewer").get(f"/projects/{code}").status_code == 200


def test_the_public_reads_the_published_version(client, signed_in, app):
    with app.app_context():
        code = factories.make_project(name_vi="Tên đã công bố")
        factories.edit(code, name_vi="Tên đang sửa")
    assert "Tên đã công bố" in client.get(f"/projects/{code}").text
    assert "Tên đang sửa" in signed_in("viewer").get(f"/projects/{code}").text
    for path in ("/projects", "/projects.csv", "/projects.geojson", f"/projects/{code}.csv"):
        assert "Tên đang sửa" not in client.get(path).get_data(as_text=True)


def test_as_of_shows_the_past(client, app):
    with app.app_context():
        code = factories.make_project(name_vi="Tên hôm qua")
        with write(actor=SYSTEM, action="test") as number:
            projects.put(projects.find(code), {"name_vi": "Tên hôm nay"})
            projects.publish(projects.find(code), revision=number)
        past = db.session.get(Revision, number).at.date() - timedelta(days=1)
        db.session.rollback()
        with db.engine.begin() as connection:
            connection.exec_driver_sql(
                "UPDATE revision SET at = datetime(at, '-2 days') WHERE number < ?", (number,)
            )
    answer = client.get(f"/projects/{code}?as_of={past}")
    assert "Tên hôm qua" in answer.text
    assert "Tên hôm nay" not in answer.text
    assert "Tên hôm qua" in client.get(f"/projects?as_of={past}").text
    assert "Tên hôm nay" in client.get(f"/projects/{code}").text


def test_what_belongs_to_the_office_stays_there(client, signed_in, app):
    with app.app_context():
        code = factories.make_project(
            remarks_internal=CANARY,
            contact_internal=CANARY,
            actions=[{"text": CANARY}],
            sites=[factories.site(entered_text=CANARY)],
        )
    for path in (
        f"/projects/{code}",
        "/projects",
        "/projects.geojson",
        "/projects.csv",
        f"/projects/{code}.geojson",
    ):
        body = client.get(path).get_data(as_text=True)
        assert CANARY not in body, path
    assert json.loads(client.get(f"/projects.geojson?q={CANARY}").data)["features"] == []
    text = signed_in("viewer").get(f"/projects/{code}").text
    assert text.count(CANARY) == 3


def test_steps_of_the_review_are_offered_to_those_who_may(signed_in, app):
    with app.app_context():
        code = factories.make_project(publish=False)

    def offered(role):
        text = signed_in(role).get(f"/projects/{code}").text
        return {
            word for word in ("edit", "submit", "publish", "withdraw") if f"/projects/{code}/{word}" in text
        }

    assert offered("viewer") == set()
    assert offered("editor") <= {"edit", "submit"}
    assert offered("approver") <= {"edit", "submit", "publish"}


def test_versions_are_listed_for_staff(signed_in, app):
    with app.app_context():
        code = factories.make_project()
        factories.edit(code, jobs=30)
    text = signed_in("viewer").get(f"/projects/{code}").text
    assert len(re.findall(r"<time ", text)) == 2


def test_the_plan_row_and_the_difference(demo_app):
    text = demo_app.test_client().get("/projects/HUE-SOL-012").text
    assert "<li>QĐ 768</li><li>Phụ lục III</li><li>Bảng 14</li>" in text


@pytest.mark.parametrize("ending", ["xlsx", "csv", "geojson"])
def test_one_project_as_a_file(client, app, ending):
    with app.app_context():
        code = factories.make_project()
        factories.make_project(name_vi="Dự án khác")
    answer = client.get(f"/projects/{code}.{ending}")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith(f'attachment; filename="{code.lower()}-')
    if ending != "xlsx":
        assert "Dự án khác" not in answer.get_data(as_text=True)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_only_text(client, signed_in, app, text):
    with app.app_context():
        code = factories.make_project(
            name_vi=text,
            name_en=text,
            name_other=text,
            summary_vi=text,
            grid_substation=text,
            grid_agreement=text,
            remarks_internal=text,
            parties=[factories.party(text, note=text)],
            units=[factories.unit(name_vi=text, quantity_text=text)],
            sites=[factories.site(name=text, commune=text)],
            milestones=[{"stage": "ipa", "actual": "2026", "document_number": text, "note": text}],
            documents=[{"number": text, "issuer": text, "title": text, "url": text}],
            sources=[{"citation": text, "url": text}],
            external_ids=[{"scheme": "x", "value": text[:20] + "1"}],
            citations=[{"field": "capacity_mw", "unit_ordinal": 1, "source_ordinal": 1, "quote": text}],
            call={
                "objective_vi": text,
                "period": text[:40],
                "contact_office": text,
                "incentives_basis": text,
            },
        )
    for browser in (client, signed_in("approver")):
        for path in (f"/projects/{code}", "/projects", f"/projects?{'q=' + code}", "/"):
            body = browser.get(path).text
            assert "<img src=x" not in body
            assert "49" not in re.findall(r"<h1[^>]*>([^<]*)</h1>", body)[0]
            assert body.count("</script>") == body.count("<script"), path


def test_the_former_province_is_told_with_the_day_it_ended(client, app):
    def page(former, province):
        with app.app_context():
            site = factories.site() | {"province_code": province, "former_province_code": former}
            code = factories.make_project(province_code=province, sites=[site])
        return client.get(f"/projects/{code}").text

    assert "01/01/2025: Thừa Thiên Huế)" in page("46", "46")
    assert "2025: Quảng Bình)" in page("44", "44")
    assert ": Cao Bằng)" not in page("04", "04"), "Cao Bằng stayed what it was"
