"""Projects that may be the same one."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from tests.factories import make_project, party, site, unit
from tracker.services import duplicates, portfolio, projects
from tracker.services.duplicates import Probe
from tracker.services.portfolio import Portfolio
from tracker.services.transactions import SYSTEM, write


@pytest.fixture
def codes(inside):
    """Enter four projects: one to be found, its phase II, a namesake of another technology, a stranger."""
    return [
        make_project(
            publish=False, name_vi="Nhà máy điện mặt trời Phong Điền", name_en=None, units=[unit(capacity_mw=35)],
            parties=[party("Công ty Thành Công")], sites=[site(lon=107.3, lat=16.6)],
        ),
        make_project(publish=False, name_vi="Điện mặt trời Phong Điền II", name_en=None, sites=[]),
        make_project(publish=False, name_vi="Thủy điện Phong Điền", name_en=None, units=[unit("hydro")], sites=[]),
        make_project(publish=False, name_vi="Điện mặt trời Cầu Hai", name_en=None, sites=[]),
    ]


def look(**values):
    found = duplicates.candidates(portfolio.current(audience="staff"), Probe(**values))
    return [candidate.row.code for candidate in found]


def test_names_are_compared_without_marks_and_common_words(codes):
    asked = {"technologies": ["solar_ground"], "province_code": "46"}
    assert look(name="dien mat troi phong dien", **asked) == codes[:2]
    assert look(name="ĐIỆN MẶT TRỜI PHONG ĐIỀN I", **asked) == [codes[0]]
    assert look(name="Tam Giang", **asked) == []
    assert look(name="", **asked) == []
    assert look(name="điện mặt trời", **asked) == []


def test_phases_and_other_technologies_are_no_duplicates(codes):
    assert look(name="Phong Điền II", technologies=["solar_ground"], province_code="46") == codes[:2][::-1]
    assert codes[1] not in look(name="Phong Điền III", technologies=["solar_ground"])
    assert look(name="Phong Điền", technologies=["wind_onshore"]) == []


def test_place_and_size_tell_without_a_name(codes):
    asked = {"name": "Tên khác hẳn", "lat": 16.605, "lon": 107.3, "technologies": ["solar_ground"]}
    (found,) = duplicates.candidates(portfolio.current(audience="staff"), Probe(capacity_mw=37, **asked))
    assert (found.row.code, found.same_size, found.km) == (codes[0], True, 0.6)
    assert look(capacity_mw=80, **asked) == []


def test_the_likeliest_comes_first_with_its_reasons(codes):
    probe = Probe(
        name="Phong Dien", lat=16.61, lon=107.31, capacity_mw=35, technologies=["solar_ground"],
        investors=["CÔNG TY thành công"], province_code="46",
    )
    first = duplicates.candidates(portfolio.current(audience="staff"), probe)[0]
    assert first.row.code == codes[0]
    assert first.same_size and first.same_investor and first.same_technology and first.same_province
    assert first.name == 1


def test_told_apart_once_they_are_not_shown_again(codes):
    folio = portfolio.current(audience="staff")
    row = folio.by_code[codes[0]]
    assert [c.row.code for c in duplicates.of_project(folio, row)] == [codes[1]]
    with write(actor=SYSTEM, action="test"):
        ids = [projects.find(code).id for code in codes[:2]]
        duplicates.tell_apart(project_id=ids[1], other_id=ids[0], name="A", reason="hai giai đoạn")
        duplicates.tell_apart(project_id=ids[0], other_id=ids[1], name="B", reason=None)
    folio = portfolio.current(audience="staff")
    assert duplicates.of_project(folio, row) == []
    assert duplicates.of_project(folio, folio.by_code[codes[1]]) == []


def test_ten_thousand_projects_are_compared_while_somebody_types(demo_app):
    with demo_app.app_context():
        rows = portfolio.current(audience="staff").rows
    many = [replace(rows[n % len(rows)], id=n, code=f"X-{n}", name_vi=f"{rows[n % len(rows)].name_vi} {n}")
            for n in range(10_000)]
    folio = Portfolio("staff", 1, tuple(many))
    probe = Probe(name="Điện mặt trời Phong Điền", lat=16.5, lon=107.3, technologies=["solar_ground"])
    duplicates.candidates(folio, probe)  # the index is made once
    start = time.perf_counter()
    assert duplicates.candidates(folio, probe)
    assert time.perf_counter() - start < 0.5  # ten times what it takes; the benchmark measures
