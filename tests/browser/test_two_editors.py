"""Two people in two browsers change one project: neither is overwritten, both changes are kept."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Live, Watch
from tests.factories import make_project, unit
from tracker.domain import FormDraft, db
from tracker.services import documents, projects
from tracker.services.transactions import SYSTEM, write

Office = Callable[..., Page]
Axe = Callable[..., list[str]]
SOURCE = [{"citation": "Quyết định 768/QĐ-TTg"}]


def stored(live: Live, code: str) -> dict:
    with live.app.app_context():
        return documents.full(projects.find(code))


def barriers(found: list[str]) -> list[str]:
    """Return what axe calls serious or critical."""
    return [issue for issue in found if "(serious)" in issue or "(critical)" in issue]


def enter(live: Live) -> str:
    with live.app.app_context():
        return make_project(
            name_vi="Điện mặt trời Hai Người", sources=SOURCE,
            units=[unit(capacity_mw=40, ordinal=1), unit("battery_storage", capacity_mw=4, ordinal=2)],
        )


def test_conflict_and_merge_keep_both_changes(office: Office, live: Live, watch: Watch, axe: Axe) -> None:
    watch.allow("409")
    code = enter(live)
    first, second = office("editor"), office("approver")
    for page in (first, second):
        page.goto(f"/projects/{code}/edit")
    second.locator("#units-1-storage_mwh").fill("8")
    second.locator("#land_ha").fill("60")
    second.get_by_role("button", name="Lưu bản nháp").last.click()
    expect(second).to_have_url(f"{live.url}/projects/{code}")

    first.locator("#units-0-capacity_mw").fill("41")
    first.locator("#land_ha").fill("75")
    first.get_by_role("button", name="Lưu bản nháp").last.click()
    expect(first.locator("table.versions")).to_be_visible()
    assert stored(live, code)["land_ha"] == 60
    rows = first.locator("table.versions tbody tr")
    expect(rows).to_have_count(3)
    assert axe(first) == []
    mine = rows.filter(has_text="75").get_by_role("radio").first
    expect(mine).to_be_checked()
    rows.filter(has_text="75").get_by_role("radio").nth(1).check()
    first.locator(".form__actions button").click()
    expect(first).to_have_url(f"{live.url}/projects/{code}")
    found = stored(live, code)
    assert [unit["capacity_mw"] for unit in found["units"]] == [41, 4]
    assert found["units"][1]["storage_mwh"] == 8
    assert found["land_ha"] == 60


def test_the_public_reads_the_old_version_until_it_is_published(office: Office, page: Page, live: Live) -> None:
    code = enter(live)
    editor, approver = office("editor"), office("approver")
    editor.goto(f"/projects/{code}/edit")
    editor.locator("#name_vi").fill("Điện mặt trời Tên Mới")
    editor.locator("button[value=submit]").click()
    expect(editor.locator("h1")).to_have_text("Điện mặt trời Tên Mới")
    page.goto(f"/projects/{code}")
    expect(page.locator("h1")).to_have_text("Điện mặt trời Hai Người")
    approver.goto(f"/projects/{code}")
    approver.locator(f"form[action='/projects/{code}/publish'] button").click()
    expect(approver.locator(".flashes")).to_be_visible()
    page.reload()
    expect(page.locator("h1")).to_have_text("Điện mặt trời Tên Mới")


def test_what_is_typed_survives_a_closed_tab_and_a_lost_session(office: Office, live: Live, watch: Watch) -> None:
    watch.allow("40[03]")
    page = office("editor")
    page.goto("/projects/new")
    page.locator("#name_vi").press_sequentially("Gõ rồi đóng")
    page.goto("/projects")
    for _ in range(50):  # the page sends it as it goes: no request of the next page waits for it
        with live.app.app_context():
            if db.session.query(FormDraft).count():
                break
        page.wait_for_timeout(100)
    page.goto("/projects/new")
    page.locator(".draft a").click()
    expect(page.locator("#name_vi")).to_have_value("Gõ rồi đóng")
    page.context.clear_cookies()
    page.locator("#units-0-technology").select_option("solar_ground")
    page.get_by_role("button", name="Lưu bản nháp").last.click()
    expect(page.locator("h1")).to_have_text("Bạn đã bị đăng xuất")
    live.sign_in(page.context, "editor")
    page.locator(".form__actions button").click()
    expect(page.locator("#name_vi")).to_have_value("Gõ rồi đóng")
    page.get_by_role("button", name="Lưu bản nháp").last.click()
    expect(page.locator("h1")).to_have_text("Gõ rồi đóng")
    page.goto("/projects/new")
    expect(page.locator(".draft")).to_have_count(0)


def test_lookalikes_are_shown_beside_the_name(office: Office, live: Live, axe: Axe) -> None:
    code = enter(live)
    page = office("editor")
    page.goto("/projects/new")
    page.locator("#units-0-technology").select_option("solar_ground")
    page.locator("#name_vi").press_sequentially("mat troi hai nguoi")
    link = page.locator(f".lookalikes a[href='/projects/{code}']")
    expect(link).to_be_visible()
    assert axe(page) == []
    page.locator("#name_vi").fill("Không giống dự án nào cả")
    expect(link).to_be_hidden()


def test_doubts_and_merging_have_no_barrier(office: Office, live: Live, axe: Axe) -> None:
    code, other = enter(live), enter(live)
    with live.app.app_context(), write(actor=SYSTEM, action="test"):
        projects.put(projects.find(code), {"land_ha": 2.0})
        projects.put(projects.find(other), {"jobs": 12})
    page = office("approver", viewport=PHONE)
    page.goto(f"/projects/{code}")
    expect(page.locator(".doubts")).to_have_attribute("open", "")
    assert barriers(axe(page)) == []
    page.locator(f".doubts a[href$='with={other}']").click()
    assert barriers(axe(page)) == []
    page.locator("button[value=preview]").click()
    assert barriers(axe(page)) == []
    page.locator("button[value=merge]").click()
    expect(page).to_have_url(f"{live.url}/projects/{code}")
    page.goto(f"/projects/{other}")
    expect(page).to_have_url(f"{live.url}/projects/{code}")
    expect(page.locator(f".doubts a[href='/projects/{other}/history']")).to_be_visible()
    assert barriers(axe(page)) == []
