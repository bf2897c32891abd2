"""What each audience reads, now and as of a past day, and that keeping rows in memory never shows an old
state.
"""

from __future__ import annotations

import threading
from datetime import date

import pytest

from tests.factories import edit, make_project, party, site, unit
from tracker.domain import db
from tracker.services import portfolio, projects
from tracker.services.transactions import SYSTEM, write


def names(audience: str = "public", as_of: date | None = None) -> dict[str, str | None]:
    return {row.code: row.name_vi for row in portfolio.current(audience=audience, as_of=as_of).rows}


def test_the_public_reads_the_old_version_until_the_next_publication(inside):
    code = make_project(name_vi="Tên cũ")
    edit(code, name_vi="Tên mới")
    assert names() == {code: "Tên cũ"}
    assert names("staff") == {code: "Tên mới"}
    edit(code, publish=True)
    assert names() == {code: "Tên mới"}


def test_as_of_a_past_day_shows_what_was_recorded_at_its_end_in_viet_nam(inside, clock):
    clock.set("2026-11-20T16:59:00+00:00")  # 23:59 of the 20th in Viet Nam
    code = make_project(name_vi="Ngày 20")
    clock.set("2026-11-20T17:01:00+00:00")  # 00:01 of the 21st
    edit(code, name_vi="Ngày 21, chưa công bố")
    clock.set("2026-11-22T03:00:00+00:00")
    edit(code, name_vi="Ngày 22", publish=True)
    assert names(as_of=date(2026, 11, 19)) == {}
    assert names(as_of=date(2026, 11, 20)) == names(as_of=date(2026, 11, 21)) == {code: "Ngày 20"}
    assert names(as_of=date(2026, 11, 22)) == names() == {code: "Ngày 22"}
    assert names("staff", date(2026, 11, 20)) == {code: "Ngày 20"}
    assert names("staff", date(2026, 11, 21)) == {code: "Ngày 21, chưa công bố"}
    old = portfolio.document(code, as_of=date(2026, 11, 21))
    assert old is not None
    assert (old["name_vi"], old["number"]) == ("Ngày 20", 1)


def test_a_withdrawn_project_stands_in_the_past(inside, clock):
    clock.set("2026-11-20T03:00:00+00:00")
    code = make_project()
    clock.set("2026-11-21T03:00:00+00:00")
    with write(actor=SYSTEM, action="withdraw") as revision:
        projects.withdraw(projects.find(code), revision=revision)
    assert names() == {}
    assert list(names(as_of=date(2026, 11, 20))) == [code]


def test_bringing_up_to_date_gives_the_same_as_reading_everything(inside):
    codes = [make_project(name_vi=f"Dự án {n}") for n in range(4)]
    for audience in ("public", "staff"):
        portfolio.current(audience=audience)
    edit(codes[0], name_vi="Đổi tên", publish=True)
    edit(codes[1], units=[unit("wind_onshore")])
    make_project(publish=False)
    with write(actor=SYSTEM, action="withdraw") as revision:
        projects.withdraw(projects.find(codes[2]), revision=revision)
    with write(actor=SYSTEM, action="archive"):
        from tracker.domain.dates import utc_now

        projects.put(projects.find(codes[3]), {"archived_at": utc_now()})
    for audience in ("public", "staff"):
        advanced = portfolio.current(audience=audience)
        portfolio._now.clear()
        assert portfolio.current(audience=audience) == advanced, audience
    assert codes[3] not in names("staff")


def test_a_project_removed_for_good_leaves_the_rows_in_memory(inside):
    from tracker.domain import ProjectVersion, Publication

    code = make_project()
    assert code in names()
    assert code in names("staff")
    with write(actor=SYSTEM, action="remove"):
        project = projects.find(code)
        for model in (ProjectVersion, Publication):
            db.session.execute(db.delete(model).where(model.project_id == project.id))
        db.session.delete(project)
    assert names() == names("staff") == {}


@pytest.mark.parametrize("secret", ["remarks_internal", "contact_internal", "review_comment"])
def test_fields_of_the_office_are_not_in_the_public_document(inside, secret):
    code = make_project(
        **{secret: "BÍ MẬT"},
        actions=[{"text": "BÍ MẬT: gọi lại"}],
        links=[{"relation": "proposed", "instrument_code": "qd-768-2025", "reason": "BÍ MẬT"}],
        sites=[site(entered_text="BÍ MẬT")],
        parties=[party()],
    )
    assert "BÍ MẬT" not in str(portfolio.document(code))
    assert "BÍ MẬT" in str(portfolio.document(code, audience="staff"))
    assert "BÍ MẬT" not in str(portfolio.current().rows)


@pytest.mark.parametrize("precision", ["exact", "commune", "province", "hidden"])
def test_a_place_is_public_only_as_precisely_as_allowed(inside, precision):
    make_project(
        sites=[
            site(
                lon=107.123456,
                lat=16.654321,
                commune="Phong Điền",
                zone_code="phong-dien",
                public_precision=precision,
            )
        ]
    )
    (row,) = portfolio.current().rows
    text = str(portfolio.document(row.code)) + str(row)
    assert ("107.12" in text) is (precision == "exact")
    assert ("16.65" in text) is (precision == "exact")
    assert ("Phong Điền" in text) is (precision in ("exact", "commune"))
    assert ("phong-dien" in text) is (precision in ("exact", "commune"))
    assert bool(row.places) is (precision != "hidden")
    if row.place and precision != "exact":
        assert row.place.accuracy == precision
    (staff,) = portfolio.current(audience="staff").rows
    assert staff.place is not None
    assert staff.place.lon == 107.123456


@pytest.mark.parametrize(("precision", "shown"), [("exact", True), ("province", False)])
def test_numbers_of_other_registers_stay_back_with_the_place(inside, precision, shown):
    code = make_project(
        sites=[site(public_precision=precision)],
        external_ids=[{"scheme": "gem_location", "value": "L100000000001"}],
    )
    assert ("L100000000001" in str(portfolio.document(code))) is shown


def test_a_request_that_began_before_a_change_does_not_read_everything_anew(inside, monkeypatch):
    code = make_project()
    portfolio.current()
    loaded, load = [], portfolio._load

    def noted(audience: str, since: int, upto: int):
        loaded.append(since)
        return load(audience, since, upto)

    monkeypatch.setattr(portfolio, "_load", noted)

    def other() -> None:
        with inside.app_context():
            edit(code, name_vi="Tên mới", publish=True)
            assert names() == {code: "Tên mới"}

    portfolio.revision()  # begins to read
    thread = threading.Thread(target=other)
    thread.start()
    thread.join()
    assert names() == {code: "Tên mới"}
    document = portfolio.document(code)
    assert document is not None
    assert document["name_vi"] == "Tên mới"
    assert 0 not in loaded


def test_what_is_read_while_writing_is_kept_for_nobody(inside):
    code = make_project(name_vi="Tên cũ")
    portfolio.current(audience="staff")
    with write(actor=SYSTEM, action="edit project"):
        portfolio.current(audience="staff")
        projects.put(projects.find(code), {"name_vi": "Tên mới"})
    assert names("staff") == {code: "Tên mới"}


def test_a_place_kept_back_today_is_kept_back_on_past_days(inside, clock):
    clock.set("2026-11-20T03:00:00+00:00")
    code = make_project(
        sites=[site(lon=107.123456, lat=16.654321)],
        sources=[{"citation": "Báo cáo"}],
        citations=[{"field": "lon", "site_ordinal": 1, "source_ordinal": 1, "quote": "107.123456"}],
        external_ids=[{"scheme": "gem_location", "value": "L100000000002"}],
    )
    day = date(2026, 11, 20)
    clock.set("2026-11-22T03:00:00+00:00")
    assert "107.123456" in str(portfolio.document(code, as_of=day))
    edit(code, publish=True, sites=[site(lon=107.123456, lat=16.654321, public_precision="province")])
    past = str(portfolio.document(code, as_of=day)) + str(portfolio.current(as_of=day).rows)
    assert not any(told in past for told in ("107.12", "16.65", "L100000000002"))
    assert "107.123456" in str(portfolio.document(code, audience="staff", as_of=day))


def test_an_unknown_audience_is_refused(inside):
    with pytest.raises(ValueError, match="everybody"):
        portfolio.current(audience="everybody")


def test_an_empty_database_has_no_projects_and_no_document(inside):
    assert portfolio.current().rows == ()
    assert portfolio.document("HUE-SOL-001") is None
