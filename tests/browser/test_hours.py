"""Hours by one tap, as a browser meets them: with scripts and without, by key, on the dashboard and on Progress."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.test_shell import judge
from tracker.models import Effort, WeekOff
from tracker.services.claims import claim_set


@pytest.fixture(autouse=True)
def begun(user: User) -> None:
    claim_set(user=user, competency="cs.python", level=2)


def test_one_tap_on_the_dashboard_logs_two_hours_says_so_and_is_undone(
    signed_in_page: Page, user: User, live_server: LiveServer
) -> None:
    page = signed_in_page
    page.goto(f"{live_server.url}/dashboard/")
    page.get_by_role("button", name="+2 h").click()
    expect(page.locator("#hours-said")).to_contain_text("Logged 2 h.")
    expect(page.locator("#hours")).to_contain_text("2 of 6 h logged this week")
    assert [row.hours for row in Effort.objects.for_user(user)] == [2]
    expect(page.locator("#hours-2")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#hours")).to_contain_text("4 of 6 h logged this week")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#hours")).to_contain_text("2 of 6 h logged this week")
    expect(page.locator("#messages")).to_contain_text("Undid: Logged 2 h")


def test_another_number_is_logged_by_enter_and_what_is_wrong_stands_beside_the_field(
    signed_in_page: Page, live_server: LiveServer
) -> None:
    page = signed_in_page
    page.goto(f"{live_server.url}/dashboard/")
    page.fill("#hours-other", "many")
    page.press("#hours-other", "Enter")
    expect(page.locator("#hours-error")).to_contain_text("Write a number of hours")
    expect(page.locator("#hours-other")).to_be_focused()
    page.fill("#hours-other", "0,5")
    page.press("#hours-other", "Enter")
    expect(page.locator("#hours")).to_contain_text("0.5 of 6 h logged this week")


def test_on_progress_the_bars_and_the_weeks_off_follow_each_tap(
    signed_in_page: Page, live_server: LiveServer, assert_accessible: Callable[[Page], None]
) -> None:
    page = signed_in_page
    page.goto(f"{live_server.url}/progress/")
    expect(page.locator("#pace")).to_contain_text("No hours are logged yet")
    page.get_by_role("button", name="+1 h").click()
    expect(page.get_by_role("img", name="Hours a week")).to_be_visible()
    page.locator(".weeks button").nth(2).click()
    expect(page.locator(".weeks > li").nth(2)).to_contain_text("off")
    expect(page.locator("#hours-said")).to_contain_text("Week off:")
    expect(page.locator(".weeks button").nth(2)).to_be_focused()
    assert WeekOff.objects.count() == 1
    judge(page, f"{live_server.url}/progress/hours/", assert_accessible)


def test_without_scripts_the_tap_comes_back_to_the_page(browser: Browser, user: User, live_server: LiveServer) -> None:
    client = Client()
    client.force_login(user)
    context = browser.new_context(java_script_enabled=False)
    value = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": value, "url": live_server.url}])
    page = context.new_page()
    page.goto(f"{live_server.url}/dashboard/")
    page.get_by_role("button", name="+1 h").click()
    expect(page).to_have_url(f"{live_server.url}/dashboard/")
    expect(page.locator("#hours")).to_contain_text("1 of 6 h logged this week")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#hours")).to_contain_text("0 of 6 h logged this week")
    context.close()
