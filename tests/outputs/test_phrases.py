"""Plan rows, sizes and totals in words."""

from __future__ import annotations

import pytest

from tests import factories
from tracker.forms.selection import Selection
from tracker.outputs import phrases
from tracker.services import portfolio
from tracker.services.selecting import Totals

TARGET = {
    "instrument_code": "qd-768-2025",
    "kind": "entry",
    "appendix": "III",
    "table_no": "14",
    "row_no": "5",
    "province_old": "Thừa Thiên Huế",
    "period_from": 2031,
    "period_to": 2035,
    "period_label": "2031-2035",
    "mw_low": 350.0,
    "mw_high": 350.0,
    "mw_text": None,
}


def test_a_plan_row_as_an_official_cites_it():
    assert " · ".join(phrases.plan_parts(TARGET, "vi")) == (
        "QĐ 768 · Phụ lục III · Bảng 14 · Thừa Thiên Huế 2031–2035 · số 5 · 350 MW"
    )
    assert " · ".join(phrases.plan_parts(TARGET, "en")) == (
        "Decision 768 · Appendix III · Table 14 · Thua Thien Hue 2031–2035 · row 5 · 350 MW"
    )


@pytest.mark.parametrize(
    ("code", "vi", "en"),
    [
        ("qd-500-2023", "QĐ 500", "Decision 500"),
        ("nd-56-2025", "NĐ 56/2025", "Decree 56/2025"),
        ("luat-61-2024", "Luật 61/2024", "Law 61/2024"),
        ("ct-01-2026", "CT 1", "Directive 1"),
    ],
)
def test_instruments_by_their_short_names(code, vi, en):
    assert (phrases.instrument(code, "vi"), phrases.instrument(code, "en")) == (vi, en)


def test_a_text_without_a_number_is_called_by_its_title(app):
    with app.app_context():
        assert phrases.instrument("qhc-chan-may-lang-co-2045", "vi").startswith("Điều chỉnh Quy hoạch chung xây dựng")
        assert phrases.instrument("never-heard-of", "vi") == "never-heard-of"


def test_totals_never_mix_units():
    sums = Totals(
        projects=12, generation_mw=1240.0, storage_mw=105.0, storage_mwh=210.0, storage_units=2, lng_mtpa=1.5
    )
    assert phrases.totals(sums, "vi") == (
        "12 dự án",
        "1.240 MW điện",
        "105 MW / 210 MWh lưu trữ",
        "1,5 triệu tấn/năm LNG",
    )
    assert phrases.totals(sums, "en") == (
        "12 projects",
        "1,240 MW of generation",
        "105 MW / 210 MWh of storage",
        "1.5 mtpa of LNG",
    )


def test_storage_without_mwh_is_said():
    none = Totals(projects=1, storage_mw=60.0, storage_units=1, storage_mwh_unknown=1)
    some = Totals(projects=2, storage_mw=60.0, storage_mwh=100.0, storage_units=3, storage_mwh_unknown=1)
    assert phrases.totals(none, "vi")[1] == "60 MW lưu trữ (MWh chưa xác định)"
    assert phrases.totals(some, "vi")[1] == "60 MW / 100 MWh lưu trữ (1 tổ máy chưa xác định MWh)"


@pytest.mark.parametrize(
    ("units", "expected"),
    [
        ([factories.unit(capacity_mw=29.5)], ("29,5 MW",)),
        ([factories.unit(capacity_mw=None)], ("chưa có thông tin",)),
        (
            [factories.unit(capacity_mw=None, capacity_low_mw=2000.0, capacity_high_mw=3200.0)],
            ("2.000–3.200 MW",),
        ),
        ([factories.unit(capacity_mw=None, capacity_mwp=151.0)], ("chưa có thông tin MW", "151 MWp")),
        (
            [factories.unit(), factories.unit("battery_storage", capacity_mw=5.0)],
            ("50 MW", "lưu trữ 5 MW (chưa xác định MWh)"),
        ),
        ([{"technology": "green_hydrogen", "hydrogen_kt_per_year": 24.0}], ("24 nghìn tấn/năm hydrogen",)),
        ([factories.unit(), factories.unit(capacity_mw=30.0, status="cancelled")], ("50 MW",)),
    ],
)
def test_the_size_of_a_project(app, units, expected):
    with app.app_context():
        code = factories.make_project(units=units)
        assert phrases.size(portfolio.current().by_code[code], "vi") == expected


def test_what_totals_leave_out_is_told(app):
    with app.app_context():
        factories.make_project()
        factories.make_project(status="shelved")
        folio = portfolio.current()
        assert phrases.notes(folio.select(Selection()), Selection(), "vi") == (
            "Tổng không tính phần đã tạm dừng, đã hủy hoặc ngừng vận hành (1 dự án trong danh sách).",
        )
        asked = Selection(status=("shelved",))
        assert phrases.notes(folio.select(asked), asked, "vi") == ()
