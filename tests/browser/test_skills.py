"""The checklist, a skill's page and search as a browser meets them: by key, by touch, without scripts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Browser, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.test_shell import judge
from tracker.models import Claim, Competency, Event
from tracker.services.claims import claims_set

PYTHON = "cs.python"


def level_of(user: User, key: str = PYTHON) -> int | None:
    return Claim.objects.filter(user=user, competency__key=key).values_list("level", flat=True).first()


def control(page: Page, key: str = PYTHON) -> Locator:
    return page.locator(f'.level:has(input[name="{Competency.objects.get(key=key).pk}"])')


def held(page: Page, key: str = PYTHON) -> str:
    return control(page, key).locator("input:checked").input_value()


@pytest.mark.parametrize("path", ["/skills/", "/skills/?area=ml", f"/skills/{PYTHON}/", "/search/?q=python"])
def test_pages_are_accessible_in_both_themes_and_fit_a_phone(
    signed_in_page: Page, user: User, live_server: LiveServer, assert_accessible: Callable[[Page], None], path: str
) -> None:
    claims_set(user=user, levels={PYTHON: 3, "ml.supervised": 4})
    judge(signed_in_page, live_server.url + path, assert_accessible)


def test_a_tick_is_kept_at_once_said_and_undone_with_the_focus_where_it_was(
    signed_in_page: Page, user: User, live_server: LiveServer
) -> None:
    page = signed_in_page
    page.goto(f"{live_server.url}/skills/?area=cs&stage=lead")
    control(page).get_by_text("3", exact=True).click()
    expect(page.get_by_role("status").last).to_contain_text("Python programming: level 3. Readiness for Lead")
    expect(page.locator(".skill", has=control(page))).to_contain_text("Builds a tested, packaged module")
    assert level_of(user) == 3
    assert control(page).locator("input").nth(3).evaluate("it => it === document.activeElement")
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("status").last).to_contain_text("Undid: Python programming: level 3")
    assert (level_of(user), held(page)) == (None, "0")


def test_keys_move_between_skills_set_levels_and_undo(
    signed_in_page: Page, user: User, live_server: LiveServer
) -> None:
    page, said = signed_in_page, signed_in_page.get_by_role("status").last
    page.goto(f"{live_server.url}/skills/?area=cs")
    control(page).locator("input:checked").focus()
    page.keyboard.press("4")
    expect(said).to_contain_text("Python programming: level 4")
    page.keyboard.press("ArrowLeft")
    expect(said).to_contain_text("Python programming: level 3")
    page.wait_for_function("!document.querySelector('.htmx-request, .htmx-swapping, .htmx-settling')")
    page.keyboard.press("u")
    expect(said).to_contain_text("Undid: Python programming: level 3")
    assert (level_of(user), held(page)) == (4, "4")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    expect(said).to_contain_text("R programming: level 1")
    page.keyboard.press("ArrowUp")
    assert control(page).locator("input:checked").evaluate("it => it === document.activeElement")
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()


def test_a_run_of_arrow_keys_is_one_tick_and_stops_at_either_end(
    signed_in_page: Page, user: User, live_server: LiveServer
) -> None:
    page = signed_in_page
    page.goto(f"{live_server.url}/skills/?area=cs")
    control(page).locator("input:checked").focus()
    for _ in range(7):
        page.keyboard.press("ArrowRight")
    expect(page.get_by_role("status").last).to_contain_text("Python programming: level 5")
    assert held(page) == "5"
    assert Event.objects.for_user(user).count() == 1


def test_what_a_tick_implies_follows_on_the_page(signed_in_page: Page, live_server: LiveServer) -> None:
    page = signed_in_page
    page.goto(f"{live_server.url}/skills/")
    assert held(page, "ml.fundamentals") == "0"
    control(page, "ml.supervised").get_by_text("4", exact=True).click()
    expect(control(page, "ml.fundamentals").locator("input:checked")).not_to_have_value("0")


def test_all_levels_open_below_the_skill_and_close_again(signed_in_page: Page, live_server: LiveServer) -> None:
    page = signed_in_page
    page.goto(f"{live_server.url}/skills/?area=cs")
    row = page.locator(".skill").first
    row.get_by_role("link", name="All levels").click()
    expect(row.locator(".all-levels li")).to_have_count(6)
    row.get_by_role("link", name="All levels").click()
    expect(row.locator(".all-levels")).to_have_count(0)


def test_words_filter_as_they_are_typed(signed_in_page: Page, live_server: LiveServer) -> None:
    page = signed_in_page
    page.goto(f"{live_server.url}/skills/")
    page.get_by_label("Words").press_sequentially("numpy")
    expect(page.get_by_role("link", name="Python programming")).to_be_visible()
    expect(page.locator(".skill")).not_to_have_count(109)
    assert "q=numpy" in page.url


def test_an_area_is_raised_as_a_whole_and_brought_back(
    signed_in_page: Page, user: User, live_server: LiveServer
) -> None:
    page, said = signed_in_page, signed_in_page.get_by_role("status").last
    page.goto(f"{live_server.url}/skills/?area=cs&stage=lead")
    page.get_by_role("button", name="raise to what Lead asks").click()
    expect(said).to_contain_text("all that Lead asks")
    assert held(page) == "4"
    page.get_by_role("button", name="Undo").click()
    expect(said).to_contain_text("Undid")
    assert held(page) == "0"
    assert not Claim.objects.filter(user=user).exists()


def test_without_scripts_an_area_is_a_form(browser: Browser, user: User, live_server: LiveServer) -> None:
    client = Client()
    client.force_login(user)
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    page = context.new_page()
    page.goto(f"{live_server.url}/skills/?area=cs")
    control(page).get_by_text("3", exact=True).click()
    page.get_by_role("button", name="Save Programming and computer science").click()
    expect(page.get_by_role("status").first).to_contain_text("1 level ticked")
    assert (level_of(user), held(page)) == (3, "3")
    page.get_by_role("button", name="Undo").click()
    assert held(page) == "0"
    page.get_by_role("link", name="Python programming").click()
    page.get_by_role("button", name="Set level 2").click()
    expect(page.get_by_role("main")).to_contain_text("You are at 2")
    context.close()
