"""Entering, changing and publishing projects through the form."""

from __future__ import annotations

import html
import re

import pytest

from tests.factories import make_project, working_copy
from tracker.services import documents, portfolio, projects

HOSTILE = [
    "{{7*7}}",
    "{% raw %}",
    "${7*7}",
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(1)</script>",
    "`",
    "=1+1",
    "'\"><svg onload=alert(1)>",
]
SOURCE = {"sources-0-citation": "Quyết định 768/QĐ-TTg, Bảng 14"}


def stored(app, code):
    with app.app_context():
        return documents.full(projects.find(code))


def fields(page):
    """Return the controls of the project's form as a browser would post them."""
    form = re.search(r'<form class="form editing__form".*?</form>', page, re.S)[0]
    found = {}
    for tag in re.findall(r"<input[^>]*>", form):
        named = re.search(r'name="([^"]+)"', tag)
        box = 'type="radio"' in tag or 'type="checkbox"' in tag
        if not named or (box and not re.search(r"\schecked[\s>]", tag)):
            continue
        value = re.search(r'value="([^"]*)"', tag)
        found[named[1]] = html.unescape(value[1]) if value else ""
    for name, body in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', form, re.S):
        found[name] = html.unescape(body.removeprefix("\n").removeprefix("\r\n"))
    for name, body in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, re.S):
        chosen = re.search(r'<option selected value="([^"]*)"', body)
        found[name] = html.unescape(chosen[1]) if chosen else ""
    return found


def least(**more):
    return {
        "name_vi": "Điện mặt trời Phong Hòa",
        "status": "announced",
        "province_code": "46",
        "units-0-technology": "solar_ground",
        **more,
    }


def test_the_form_opens_with_one_unit(signed_in):
    page = signed_in("editor").get("/projects/new")
    assert page.status_code == 200
    assert page.text.count('<fieldset class="row"') == 1
    assert '<option selected value="46">' in page.text


def test_solar_with_battery_is_stored_as_entered(app, signed_in):
    answer = signed_in("editor").post(
        "/projects/new",
        data=least(
            **{
                "units-0-capacity_mw": "40",
                "units-0-capacity_mwp": "48,5",
                "units-1-technology": "battery_storage",
                "units-1-capacity_mw": "10",
                "units-1-storage_mwh": "20",
                "sites-0-lat": "16,6900",
                "sites-0-lon": "107.43",
                "sites-0-province_code": "46",
                "units-0-site_ordinal": "1",
                "invest_vnd_bn": "1.250,5",
                **SOURCE,
            }
        ),
    )
    assert (answer.status_code, answer.location) == (303, "/projects/HUE-SOL-001")
    found = stored(app, "HUE-SOL-001")
    assert [(u["technology"], u["capacity_mw"], u["storage_mwh"]) for u in found["units"]] == [
        ("solar_ground", 40, None),
        ("battery_storage", 10, 20),
    ]
    assert found["units"][0]["capacity_mwp"] == 48.5
    assert found["invest_vnd_bn"] == 1250.5
    assert (found["sites"][0]["lat"], found["sites"][0]["lon"]) == (16.69, 107.43)
    assert found["review_state"] == "draft"


@pytest.mark.parametrize(
    ("technology", "sizes"),
    [
        ("lng_power", {"capacity_mw": 1500.0, "lng_mtpa": 1.25}),
        ("lng_terminal", {"lng_mtpa": 3.0}),
        ("green_hydrogen", {"electrolyser_mw": 240.0, "hydrogen_kt_per_year": 24.0}),
        ("biofuel", {"biofuel_kt_per_year": 80.0, "biofuel_million_litres_per_year": 100.0}),
        ("wind_offshore", {"capacity_mw": 500.0, "turbine_count": 50, "turbine_mw": 10.0}),
        ("waste_to_energy", {"capacity_mw": 12.0, "waste_t_per_day": 600.0}),
    ],
)
def test_each_technology_has_its_quantities(app, signed_in, technology, sizes):
    typed = {f"units-0-{name}": str(value).removesuffix(".0") for name, value in sizes.items()}
    answer = signed_in("editor").post(
        "/projects/new", data=least(**{"units-0-technology": technology}, **typed)
    )
    assert answer.status_code == 303
    unit = stored(app, answer.location.rpartition("/")[2])["units"][0]
    assert {name: unit[name] for name in sizes} == sizes


def test_a_mistake_gives_everything_back(app, signed_in):
    typed = least(
        **{
            "name_en": "  Phong Hoa ",
            "units-0-capacity_mw": "fifty",
            "units-1-technology": "battery_storage",
            "units-1-storage_mwh": "1.250,5",
            "parties-0-organisation": "Công ty A",
            "parties-0-share_percent": "120",
            "summary_vi": "\nĐoạn một\n\nĐoạn hai",
            "remarks_internal": "Gọi lại <ông Nam>",
            "call-period": "2026",
            "reason": "Công văn 12",
        }
    )
    answer = signed_in("editor").post("/projects/new", data=typed)
    assert answer.status_code == 400
    assert 'href="#units-0-capacity_mw"' in answer.text
    back = fields(answer.text)
    for name, value in typed.items():
        assert back[name].strip() == value.strip(), name
    with app.app_context():
        assert not portfolio.current(audience="staff").rows


def test_rows_are_added_and_taken_out_without_losing_anything(signed_in):
    editor = signed_in("editor")
    typed = least(**{"units-0-name_vi": "Giai đoạn 1", "sites-0-name": "Phong Hòa"})
    more = editor.post("/projects/new", data=typed | {"action": "add units"})
    assert more.status_code == 200
    assert "error-summary" not in more.text
    both = fields(more.text) | {"units-1-name_vi": "Giai đoạn 2"}
    assert both["units-0-name_vi"] == "Giai đoạn 1"
    fewer = fields(editor.post("/projects/new", data=both | {"action": "remove units-0"}).text)
    assert "units-0-name_vi" not in fewer
    assert fewer["units-1-name_vi"] == "Giai đoạn 2"
    assert fewer["units-1-ordinal"] == "2"
    assert fewer["sites-0-name"] == "Phong Hòa"


def test_hostile_text_is_shown_as_text(app, signed_in):
    editor = signed_in("editor")
    for text in HOSTILE:
        answer = editor.post(
            "/projects/new",
            data=least(
                name_vi=text,
                name_en=text,
                summary_vi=text,
                remarks_internal=text,
                reason=text,
                **{
                    "units-0-name_vi": text,
                    "units-0-quantity_text": text,
                    "sites-0-name": text,
                    "sites-0-commune": text,
                    "parties-0-organisation": text,
                    "sources-0-citation": text,
                    "milestones-0-stage": "ipa",
                    "milestones-0-document_number": text,
                    "calling": "y",
                    "call-objective_vi": text,
                },
            ),
        )
        assert answer.status_code == 303
        page = editor.get(answer.location + "/edit").text
        back = fields(page)
        assert back["name_vi"] == back["sites-0-name"] == back["call-objective_vi"] == text
        assert "<img src=x" not in page
        assert "<svg onload" not in page
        assert "<script>alert" not in page


def test_saving_what_was_opened_changes_nothing(app, signed_in):
    editor = signed_in("editor")
    with app.app_context():
        code = make_project(
            publish=False,
            sources=[{"citation": "QĐ 768", "dated": "2025-04-15"}],
            parties=[{"organisation": {"name_vi": "Công ty A"}, "share_percent": 51.985}],
            milestones=[{"stage": "ipa", "actual": "2025-06"}],
            last_checked="2026-11-24",
        )
        before, revision = documents.full(projects.find(code)), portfolio.revision()
    answer = editor.post(f"/projects/{code}/edit", data=fields(editor.get(f"/projects/{code}/edit").text))
    assert answer.status_code == 303
    assert stored(app, code) == before
    with app.app_context():
        assert portfolio.revision() == revision


def test_a_drawn_shape_survives_a_form_that_shows_only_its_point(app, signed_in):
    square = {
        "type": "Polygon",
        "coordinates": [[[107.4, 16.6], [107.5, 16.6], [107.5, 16.7], [107.4, 16.6]]],
    }
    with app.app_context():
        code = make_project(publish=False, sites=[{"geom": square, "accuracy": "exact"}])
    editor = signed_in("editor")
    editor.post(
        f"/projects/{code}/edit", data=fields(editor.get(f"/projects/{code}/edit").text) | {"jobs": "12"}
    )
    found = stored(app, code)
    assert found["jobs"] == 12
    assert found["sites"][0]["geom"]["type"] == "Polygon"


def test_two_people_both_versions_are_shown_and_nothing_is_overwritten(app, signed_in):
    with app.app_context():
        code = make_project(publish=False)
    first, second = signed_in("editor"), signed_in("approver")
    mine, theirs = (fields(browser.get(f"/projects/{code}/edit").text) for browser in (first, second))
    assert (
        second.post(f"/projects/{code}/edit", data=theirs | {"jobs": "40", "land_ha": "60"}).status_code
        == 303
    )
    answer = first.post(f"/projects/{code}/edit", data=mine | {"name_en": "Phong Hoa 2", "land_ha": "75"})
    assert answer.status_code == 409
    assert stored(app, code)["land_ha"] == 60
    for words in ("Phong Hoa 2", "choose-name_en", "choose-land_ha", "choose-jobs", "75", "60"):
        assert words in answer.text
    posted = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', answer.text))
    posted |= {
        name: html.unescape(value)
        for name, value in re.findall(
            r'<textarea name="([^"]+)" hidden>\n(.*?)</textarea>', answer.text, re.S
        )
    }
    chosen = dict(
        re.findall(r'<input type="radio" name="(choose-[^"]+)" value="([^"]+)" checked', answer.text)
    )
    assert chosen == {"choose-name_en": "mine", "choose-land_ha": "mine", "choose-jobs": "theirs"}
    merged = first.post(f"/projects/{code}/edit", data=posted | chosen | {"action": "save"})
    assert merged.status_code == 303
    found = stored(app, code)
    assert (found["name_en"], found["land_ha"], found["jobs"]) == ("Phong Hoa 2", 75, 40)


def test_a_form_without_its_version_overwrites_nothing(app, signed_in):
    with app.app_context():
        code = make_project(publish=False)
    assert signed_in("editor").post(f"/projects/{code}/edit", data=least()).status_code == 409


def test_from_draft_to_the_public_and_back(app, client, signed_in):
    editor, approver = signed_in("editor"), signed_in("approver")
    code = editor.post("/projects/new", data=least(**SOURCE)).location.rpartition("/")[2]
    public = lambda: portfolio.document(code)  # noqa: E731
    with app.app_context():
        assert public() is None
    assert editor.post(f"/projects/{code}/publish").status_code == 403
    assert editor.post(f"/projects/{code}/submit").status_code == 303
    assert approver.post(f"/projects/{code}/return").status_code == 400
    assert approver.post(f"/projects/{code}/return", data={"comment": "Thiếu diện tích"}).status_code == 303
    assert stored(app, code)["review_comment"] == "Thiếu diện tích"
    assert "Thiếu diện tích" in editor.get(f"/projects/{code}/edit").text
    assert editor.post(f"/projects/{code}/submit").status_code == 303
    assert approver.post(f"/projects/{code}/publish").status_code == 303
    with app.app_context():
        assert public()["name_vi"] == "Điện mặt trời Phong Hòa"
    changed = fields(editor.get(f"/projects/{code}/edit").text) | {"name_vi": "Tên mới"}
    assert editor.post(f"/projects/{code}/edit", data=changed).status_code == 303
    with app.app_context():
        assert public()["name_vi"] == "Điện mặt trời Phong Hòa"
        assert working_copy(code).review_state == "draft"
    assert approver.post(f"/projects/{code}/withdraw", data={"comment": "Nhập nhầm"}).status_code == 303
    with app.app_context():
        assert public() is None


def test_saving_and_publishing_in_one_step_is_for_approvers(app, signed_in):
    data = least(action="publish", **SOURCE)
    assert signed_in("editor").post("/projects/new", data=data).status_code == 403
    answer = signed_in("approver").post("/projects/new", data=data)
    assert answer.status_code == 303
    with app.app_context():
        assert portfolio.document(answer.location.rpartition("/")[2])


def test_without_a_source_it_is_neither_submitted_nor_published(app, signed_in):
    answer = signed_in("approver").post("/projects/new", data=least(action="publish"))
    assert answer.status_code == 400
    assert fields(answer.text)["name_vi"] == "Điện mặt trời Phong Hòa"
    with app.app_context():
        code = make_project(publish=False)
    assert signed_in("approver").post(f"/projects/{code}/publish").status_code == 400


def test_what_was_not_seen_is_not_published(app, signed_in):
    with app.app_context():
        code = make_project(publish=False, sources=[{"citation": "QĐ 768"}])
        seen = projects.last_revision(projects.find(code))
    editor, approver = signed_in("editor"), signed_in("approver")
    editor.post(
        f"/projects/{code}/edit", data=fields(editor.get(f"/projects/{code}/edit").text) | {"jobs": "9"}
    )
    assert approver.post(f"/projects/{code}/publish", data={"seen": seen}).status_code == 409
    with app.app_context():
        assert portfolio.document(code) is None


def test_viewers_and_visitors_may_not(client, signed_in):
    viewer = signed_in("viewer")
    assert viewer.get("/projects/new").status_code == 403
    assert viewer.post("/projects/new", data=least()).status_code == 403
    assert client.get("/projects/new").status_code == 302
    assert client.get("/projects/X/edit").status_code == 302


def test_a_session_lost_while_typing_loses_no_text(app, strict_app, signed_in):
    visitor = strict_app.test_client()
    typed = least(name_vi="Gõ cả buổi sáng", summary_vi="Dòng một\nDòng hai")
    answer = visitor.post("/projects/new", data=typed)
    assert answer.status_code in (400, 403)
    assert "Gõ cả buổi sáng" in answer.text
    assert "Dòng một\nDòng hai" in answer.text
    back = signed_in("editor", on=strict_app).post("/projects/new", data=typed | {"action": "refresh"})
    assert back.status_code == 400
    assert fields(back.text)["name_vi"] == "Gõ cả buổi sáng"
    with app.app_context():
        assert not portfolio.current(audience="staff").rows


def test_rows_of_the_plan_are_offered_by_province_and_technology_and_stored_with_who_decided(app, signed_in):
    editor = signed_in("editor")
    page = editor.post("/projects/new", data=least(action="add links")).text
    offered = re.search(r'<select[^>]*name="links-0-target".*?</select>', page, re.S)[0]
    assert "Tam Giang" in offered
    assert "Bạc Liêu" not in offered
    entry = re.search(r'value="(entry:\d+)"', offered)[1]
    answer = editor.post(
        "/projects/new",
        data=least(
            **{"links-0-target": entry, "links-0-relation": "listed", "links-0-mw_share": "40", **SOURCE}
        ),
    )
    link = stored(app, answer.location.rpartition("/")[2])["links"][0]
    assert f"entry:{link['entry_id']}" == entry
    assert link["decided_by"]
    assert link["decided_at"]


def test_an_unknown_project_is_not_found(signed_in):
    assert signed_in("editor").get("/projects/HUE-SOL-999/edit").status_code == 404
    assert signed_in("editor").post("/projects/HUE-SOL-999/edit", data=least()).status_code == 404


def test_the_form_works_on_both_databases(both, signed_in):
    editor = signed_in("editor", on=both)
    typed = least(**{"units-0-capacity_mw": "40", "sites-0-lat": "16,69", "sites-0-lon": "107,43", **SOURCE})
    page = editor.post("/projects/new", data=typed | {"action": "add links"})
    assert "Tam Giang" in page.text
    code = editor.post("/projects/new", data=typed).location.rpartition("/")[2]
    mine = fields(editor.get(f"/projects/{code}/edit").text)
    assert editor.post(f"/projects/{code}/edit", data=mine | {"land_ha": "51,9850"}).status_code == 303
    assert editor.post(f"/projects/{code}/edit", data=mine | {"land_ha": "60"}).status_code == 409
    assert stored(both, code)["land_ha"] == 51.985


def test_the_summary_of_mistakes_names_group_and_field_once(app, signed_in):
    browser = signed_in("editor")
    typed = least(**{"units-0-cod_planned": "sớm", "invest_year": "năm nay"})
    assert messages(browser.post("/projects/new", data=typed)) == [
        "Tổ máy 1, COD dự kiến: Viết ngày, ví dụ 31/12/2030, 12/2030, Q4/2030 hoặc 2030.",
        "Năm của số vốn: Viết bằng chữ số, ví dụ 1990.",
    ]
    told = messages(browser.post("/projects/new", data=least(**{"units-0-technology": ""})))
    assert [line.partition(": ")[2] for line in told] == ["Chọn công nghệ cho ít nhất một tổ máy."]


def messages(answer):
    """Return the lines of the summary of mistakes."""
    assert answer.status_code == 400
    summary = answer.text.partition('id="errors-title"')[2].partition("</ul>")[0]
    return [html.unescape(re.sub("<[^>]+>", "", line)).strip() for line in re.findall("<li>(.*?)</li>", summary)]
