"""The reference data in the database: everything of the files, once, repeatable, respecting corrections."""

from __future__ import annotations

import shutil
from collections import Counter
from datetime import date

import pytest
from sqlalchemy import func, select

from tracker.domain import (
    Allocation,
    Entry,
    FormerProvince,
    Instrument,
    PlanRule,
    PlanTable,
    Province,
    Target,
    Zone,
    db,
)
from tracker.services import portfolio, reference
from tracker.services.transactions import SYSTEM, Actor, write

PDP8 = "qd-768-2025"


@pytest.fixture
def data(inside, tmp_path):
    """A copy of the data folder that a test may change."""
    shutil.copytree(inside.config["TRACKER"].data / "plan", tmp_path / "data" / "plan")
    shutil.copytree(inside.config["TRACKER"].data / "places", tmp_path / "data" / "places")
    return tmp_path / "data"


def change(path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_everything_is_there(inside):
    counts = {
        model.__tablename__: db.session.scalar(select(func.count()).select_from(model))
        for model in (Province, Zone, Instrument, PlanTable, Target)
    }
    assert counts == {"province": 34, "zone": 13, "instrument": 34, "plan_table": 25, "plan_target": 82}
    printed = {"capacity_tolerance_lng", "periods", "lng_size_later"}
    assert printed <= set(db.session.scalars(select(PlanRule.code)))
    assert Counter(db.session.scalars(select(Entry.instrument_code))) == {PDP8: 968, "qd-500-2023": 36}


def test_loading_again_spends_no_revision(inside):
    before = portfolio.revision()
    reference.load(inside.config["TRACKER"].data)
    assert portfolio.revision() == before


@pytest.mark.parametrize(
    ("technology", "subset", "first", "second"),
    [
        ("solar_ground", None, 397, 1583),
        ("solar_rooftop", None, 50, 136),
        ("wind_onshore", None, 100, 0),
        ("hydro", "small_hydro", 31, 51.9),
        ("waste_to_energy", None, 2, 0),
        ("biomass", None, 10, 58),
    ],
)
def test_the_allocations_of_hue(inside, technology, subset, first, second):
    found = db.session.execute(
        select(Allocation.period_label, Allocation.mw).where(
            Allocation.instrument_code == PDP8,
            Allocation.appendix == "II",
            Allocation.province_code == "46",
            Allocation.technology == technology,
            Allocation.kind == "added",
            *([Allocation.subset == subset] if subset else []),
        )
    ).all()
    assert dict(tuple(row) for row in found) == {"2025-2030": first, "2031-2035": second}


def test_a_figure_for_both_periods_stands_once_and_undivided(inside):
    rows = db.session.scalars(select(Allocation).where(Allocation.check == "period_not_split")).all()
    assert rows
    assert {row.period_label for row in rows} == {"2025-2035"}
    keys = [(row.instrument_code, row.appendix, row.table_no, row.ordinal) for row in rows]
    assert len(keys) == len(set(keys))


def test_a_total_that_repeats_its_parts_is_not_a_row(inside):
    labels = Counter(
        (row[0], row[1]) for row in db.session.execute(select(Allocation.ordinal, Allocation.period_label))
    )
    assert set(labels.values()) == {1}
    whole = {ordinal for ordinal, label in labels if label == "2025-2035"}
    assert not whole & {ordinal for ordinal, label in labels if label != "2025-2035"}


def test_entries_know_their_place_their_period_and_a_folded_name(inside):
    entry = db.session.scalars(select(Entry).where(Entry.instrument_code == PDP8, Entry.ordinal == 491)).one()
    assert (entry.table_no, entry.province_code, entry.mw_high, entry.page, entry.period_label) == (
        "13",
        "46",
        100,
        41,
        "2025-2030",
    )
    assert "dien gio phong dien" in entry.name_folded
    assert all(superseded is None for superseded in db.session.scalars(select(Entry.superseded_by_id)))


def test_a_changed_row_is_updated_and_an_added_one_stays(inside, data):
    with write(actor=SYSTEM, action="add"):
        db.session.add(Zone(code="khu-moi", name_vi="Khu mới", name_en="New zone", kind="industrial_zone"))
    change(data / "plan" / "entries_768.csv", "Phong Dien Wind Power Plant", "Phong Dien Wind Farm")
    before = portfolio.revision()
    reference.load(data)
    entry = db.session.scalars(select(Entry).where(Entry.instrument_code == PDP8, Entry.ordinal == 491)).one()
    assert entry.name_en == "Phong Dien Wind Farm"
    assert db.session.get(Zone, "khu-moi") is not None
    assert portfolio.revision() == before + 1


def test_what_staff_corrected_is_not_overwritten(inside, data):
    with write(actor=Actor("Lê Thị Bình"), action="correct plan row"):
        entry = db.session.scalars(
            select(Entry).where(Entry.instrument_code == PDP8, Entry.ordinal == 491)
        ).one()
        entry.name_en, entry.page = "Phong Dien Wind (original text)", 99
    change(data / "plan" / "entries_768.csv", "Phong Dien Wind Power Plant,", "Phong Dien Wind Farm,")
    reference.load(data)
    entry = db.session.scalars(select(Entry).where(Entry.instrument_code == PDP8, Entry.ordinal == 491)).one()
    assert (entry.name_en, entry.page, entry.mw_high) == ("Phong Dien Wind (original text)", 99, 100)


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("plan/entries_768.csv", ",26,26,", ",twenty,26,"),
        ("plan/instruments.json", '"code"', '"kode"'),
        ("plan/rules_768.json", "[", "{"),
        ("places/provinces.csv", "city@2025-07-01", "city"),
    ],
)
def test_a_broken_file_changes_nothing(inside, data, name, old, new):
    before = portfolio.revision()
    change(data / name, old, new)
    with pytest.raises(reference.BadReferenceData):
        reference.load(data)
    assert portfolio.revision() == before


def test_a_missing_file_is_named(inside, data):
    (data / "plan" / "targets.csv").unlink()
    with pytest.raises(reference.BadReferenceData, match=r"targets\.csv"):
        reference.load(data)


def test_a_former_province_ended_when_the_unit_of_today_began(app):
    with app.app_context():
        formers = {former.name_vi: former.ended_on for former in db.session.scalars(select(FormerProvince))}
    assert formers["Thừa Thiên Huế"] == date(2025, 1, 1), "Resolution 175/2024/QH15"
    assert formers["Quảng Bình"] == formers["Quảng Trị"] == date(2025, 7, 1)
    unchanged = {name for name, ended in formers.items() if ended is None}
    assert unchanged == {
        "Hà Nội", "Cao Bằng", "Điện Biên", "Lai Châu", "Sơn La", "Lạng Sơn", "Quảng Ninh", "Thanh Hóa",
        "Nghệ An", "Hà Tĩnh",
    }  # fmt: skip
