"""The settings of the office: names, province, contact, logo and zones."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from sqlalchemy import select

from tests.conftest import sign_in
from tests.factories import make_user
from tracker.domain import AuditEvent, Setting, Zone, db
from tracker.services import office, reference, zones
from tracker.services.transactions import SYSTEM, write

GOOD = {
    "office_name_vi": "Trung tâm Xúc tiến đầu tư Quảng Trị",
    "office_name_en": "Quang Tri Investment Promotion Centre",
    "home_province": "44",
    "stale_months": "9",
    "office_address_vi": "1 Hùng Vương, Đông Hà",
    "office_address_en": "",
    "office_phone": "+84 233 3852 000",
    "office_email": "xtdt@example.vn",
    "office_website": "https://xtdt.example.vn/lien-he",
}
ZONE = {
    "name_vi": "Khu kinh tế Đông Nam Quảng Trị",
    "name_en": "South-East Quang Tri Economic Zone",
    "kind": "economic_zone",
    "province_code": "44",
    "parent_code": "",
    "communes": "Xã Mỹ Thủy",
    "area_ha": "23.792",
    "lat": "16,78",
    "lon": "107,31",
    "accuracy": "commune",
    "source": "QĐ 42/2015/QĐ-TTg",
    "confidence": "high",
}


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


PNG = (
    b"\x89PNG\r\n\x1a\n"
    + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
    + chunk(b"IDAT", zlib.compress(b"\0\xff\0\0"))
    + chunk(b"IEND", b"")
)
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00" + b"\0" * 64 + b"\xff\xd9"


@pytest.fixture
def admin(app):
    return sign_in(app, "administrator")


def send(admin, content, name):
    return admin.post(
        "/settings/logo", data={"logo": (io.BytesIO(content), name)}, content_type="multipart/form-data"
    )


def test_settings_are_kept_and_shown_on_public_pages(app, admin, client):
    assert admin.post("/settings", data=GOOD).location == "/settings"
    page = client.get("/projects?lang=vi").text
    assert "Trung tâm Xúc tiến đầu tư Quảng Trị" in page
    assert "mailto:xtdt@example.vn" in page
    assert "1 Hùng Vương" in client.get("/projects?lang=en").text  # the other language where one is missing
    with app.app_context():
        assert (office.home_province(), office.stale_months()) == ("44", 9)
        changed = db.session.scalars(select(AuditEvent.entity_key).where(AuditEvent.entity == "setting")).all()
        assert "home_province" in changed
    assert '<option selected value="44">' in admin.get("/settings").text
    assert admin.get("/projects/new").status_code == 200


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("office_name_vi", ""),
        ("office_name_en", "x" * 121),
        ("home_province", "99"),
        ("stale_months", "0"),
        ("stale_months", "many"),
        ("stale_months", ""),
        ("office_phone", "call me"),
        ("office_email", "nobody"),
        ("office_website", "javascript:alert(1)"),
        ("office_website", "https://"),
    ],
)
def test_what_cannot_be_is_refused_and_stays_typed(app, admin, field, value):
    answer = admin.post("/settings", data=GOOD | {field: value})
    assert answer.status_code == 400
    assert 'id="errors"' in answer.text
    assert f"#{field}" in answer.text
    with app.app_context():
        assert office.name("en") == "Clean-energy project portal"


def test_a_logo_is_told_by_its_content_and_served_safely(app, admin, client):
    assert send(admin, PNG, "logo.png").status_code == 303
    page = client.get("/").text
    with app.app_context():
        digest = office.logo().digest
    assert f"/office/logo?v={digest[:12]}" in page
    answer = client.get(f"/office/logo?v={digest[:12]}")
    assert (answer.data, answer.mimetype) == (PNG, "image/png")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "immutable" in answer.headers["Cache-Control"]
    assert client.get("/office/logo").headers["Cache-Control"] == "no-cache"
    assert (app.config["TRACKER"].home / "office" / digest).read_bytes() == PNG
    assert client.get("/office/logo", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    assert send(admin, JPEG, "logo.jpg").status_code == 303
    assert client.get("/office/logo").mimetype == "image/jpeg"
    assert admin.post("/settings/logo/remove").status_code == 303
    assert client.get("/office/logo").status_code == 404
    assert "/office/logo" not in client.get("/").text


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "logo.svg"),
        (b"<html><script>alert(1)</script></html>", "logo.png"),
        (b"%PDF-1.4\n%%EOF", "logo.pdf"),
        (PNG[:-8], "logo.png"),
        (PNG + b"PK\x05\x06<script>", "logo.png"),
        (b"", "logo.png"),
        (PNG, ""),
    ],
)
def test_what_is_no_picture_is_refused(app, admin, content, name):
    answer = send(admin, content, name)
    assert answer.status_code == 400
    assert 'id="errors"' in answer.text
    with app.app_context():
        assert office.logo() is None
    assert not (app.config["TRACKER"].home / "office").exists()


def test_a_large_picture_is_refused(admin, monkeypatch):
    monkeypatch.setattr("tracker.forms.office.LARGEST_LOGO", len(PNG) - 1)
    assert send(admin, PNG, "logo.png").status_code == 400


def test_no_file_at_all_is_refused(admin):
    assert admin.post("/settings/logo").status_code == 400


def test_another_province_enters_its_zones(app, admin, client):
    answer = admin.post("/settings/zones/new?lang=vi", data=ZONE)
    assert (answer.status_code, answer.location) == (303, "/settings/zones")
    with app.app_context():
        zone = zones.get("khu-kinh-te-dong-nam-quang-tri")
        assert (zone.area_ha, zone.lat, zone.province_code) == (23792, 16.78, "44")
    assert "Đông Nam Quảng Trị" in client.get("/projects?lang=vi").text  # to filter by
    assert "khu-kinh-te-dong-nam-quang-tri" in client.get("/map/layers/zones.geojson").text
    part = ZONE | {"name_vi": "Khu cảng Mỹ Thủy", "kind": "ez_subarea", "parent_code": zone.code, "lat": "", "lon": ""}
    assert admin.post("/settings/zones/new?lang=vi", data=part).status_code == 303
    assert admin.post("/settings/zones/new?lang=vi", data=part).status_code == 303  # same name, other code
    with app.app_context():
        assert zones.get("khu-cang-my-thuy-2").parent_code == zone.code


def test_a_correction_survives_loading_the_reference_data(app, admin):
    with app.app_context():
        before = zones.get("phu-bai")
        data = {name: getattr(before, name) for name in zones.FIELDS}
    data = {name: "" if value is None else str(value).replace(".", ",") for name, value in data.items()}
    data |= {"name_vi": before.name_vi, "source": "Số liệu của ban quản lý", "area_ha": "820"}
    page = admin.get("/settings/zones/phu-bai?lang=vi").text
    assert before.name_vi in page
    assert admin.post("/settings/zones/phu-bai?lang=vi", data=data).status_code == 303
    with app.app_context():
        reference.load(app.config["TRACKER"].data)
        assert zones.get("phu-bai").area_ha == 820


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name_vi", ""),
        ("kind", "kingdom"),
        ("province_code", "99"),
        ("parent_code", "chan-may-lang-co"),
        ("area_ha", "-1"),
        ("lat", "107,31"),
        ("lon", ""),
        ("accuracy", ""),
        ("source", ""),
    ],
)
def test_a_zone_that_cannot_be_is_refused(app, admin, field, value):
    with app.app_context():
        count = len(db.session.scalars(select(Zone)).all())
    answer = admin.post("/settings/zones/new?lang=vi", data=ZONE | {field: value})
    assert answer.status_code == 400
    assert 'id="errors"' in answer.text
    with app.app_context():
        assert len(db.session.scalars(select(Zone)).all()) == count


def test_a_zone_that_does_not_exist_is_not_found(admin):
    assert admin.get("/settings/zones/nowhere").status_code == 404
    assert admin.get("/settings/zones/%00").status_code == 404
    assert admin.post("/settings/zones/nowhere", data=ZONE).status_code == 404


def test_the_first_administrator_is_led_to_the_settings_once(app):
    with app.app_context():
        make_user(role="administrator", email="quan.tri@example.vn", password="chè khoai tía đêm hè")

    def arrive():
        data = {"email": "quan.tri@example.vn", "password": "chè khoai tía đêm hè"}
        return app.test_client().post("/sign-in", data=data).location

    assert arrive() == "/settings?first=1"
    assert arrive() == "/projects"


def test_nobody_is_led_to_settings_that_somebody_made(app):
    with app.app_context():
        with write(actor=SYSTEM, action="change settings"):
            office.change({"home_province": "44"})
        assert not office.offer_settings()


def test_settings_behave_alike_on_both_databases(inside):
    assert office.profile("en").contact == {}
    with write(actor=SYSTEM, action="change settings"):
        office.change({"office_phone": "0234 3822 538", "stale_months": 6, "office_name_en": "Office"})
    profile = office.profile("en")
    assert (profile.name, profile.contact, profile.logo) == ("Office", {"phone": "0234 3822 538"}, None)
    with write(actor=SYSTEM, action="change settings"):
        office.change({"office_phone": None, "stale_months": None})
    assert (office.profile("vi").contact, office.stale_months()) == ({}, 12)
    assert db.session.get(Setting, "office_phone").value is None
    with pytest.raises(KeyError), write(actor=SYSTEM, action="change settings"):
        office.change({"made_up": 1})
