"""The board as staff see it: counts, lists, one click to the field, files."""

from __future__ import annotations

import io

import pytest
from python_calamine import CalamineWorkbook

from tests import factories
from tests.conftest import sign_in


@pytest.fixture
def codes(app):
    with app.app_context():
        here = factories.make_project(name_en=None, name_vi="=cmd()")
        there = factories.make_project(province_code="44", sites=[], name_en=None)
    return here, there


def test_each_row_is_one_click_from_the_field(app, codes):
    here, there = codes
    page = sign_in(app, "editor").get("/quality?list=no_english").text
    assert f"/projects/{here}/edit#name_en" in page
    assert there not in page
    page = sign_in(app, "editor").get("/quality?list=no_english&province=all").text
    assert f"/projects/{there}/edit#name_en" in page
    form = sign_in(app, "editor").get(f"/projects/{here}/edit").text
    assert 'id="name_en"' in form


def test_every_list_opens_and_every_field_is_in_the_form(app, codes):
    from tracker.domain.shortcomings import SHORTCOMINGS

    browser = sign_in(app, "editor")
    form = browser.get(f"/projects/{codes[0]}/edit").text
    for kind in SHORTCOMINGS:
        assert browser.get(f"/quality?list={kind.code}&province=all").status_code == 200
        if kind.field:
            assert f'id="{kind.field}"' in form, kind.field


def test_viewers_look_and_do_not_mend(app, codes):
    page = sign_in(app, "viewer").get("/quality?list=no_english").text
    assert codes[0] in page
    assert "/edit#" not in page
    assert app.test_client().get("/quality").status_code == 302


@pytest.mark.parametrize("query", ["province=999", "list=zzz", "page=0", "page=x", "page=99999999999"])
def test_what_cannot_be_read_is_named(app, query):
    assert sign_in(app, "viewer").get(f"/quality?{query}").status_code == 400


def test_a_list_as_a_file(app, codes):
    browser = sign_in(app, "viewer")
    text = browser.get("/quality.csv?list=no_english&province=all&lang=en").data.decode("utf-8-sig")
    assert text.splitlines()[0].startswith("Code,Project,Status,Province,Capacity (MW)")
    assert "'=cmd()" in text
    assert f"http://localhost/projects/{codes[0]}/edit#name_en" in text
    answer = browser.get("/quality.xlsx?list=no_english&province=all")
    [head, *lines] = CalamineWorkbook.from_filelike(io.BytesIO(answer.data)).get_sheet_by_index(0).to_python()
    assert head[0] == "Code"
    assert {line[0] for line in lines} == set(codes)
    assert "=cmd()" in {line[1] for line in lines}
    assert "no-store" in answer.headers["Cache-Control"]
