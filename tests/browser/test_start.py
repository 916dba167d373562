"""A newcomer's first minutes, as a browser meets them."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.test_shell import judge
from tracker.models import Claim, Preferences

Check = Callable[[Page], None]

PAGES = ["/start/1/", "/start/2/", "/start/3/", "/start/4/", "/import/", "/export/", "/settings/", "/settings/delete/"]


@pytest.mark.parametrize("path", PAGES)
def test_pages_are_accessible_in_both_themes_and_fit_a_phone(
    signed_in_page: Page, live_server: LiveServer, assert_accessible: Check, path: str
) -> None:
    judge(signed_in_page, live_server.url + path, assert_accessible)


def test_from_nothing_to_the_dashboard_without_scripts(browser: Browser, user: User, live_server: LiveServer) -> None:
    client = Client()
    client.force_login(user)
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    page = context.new_page()
    page.goto(live_server.url + "/start/")
    page.get_by_label("Degree and subject").first.fill("MSc Computer Science")
    page.get_by_label("Finished in").first.fill("2012")
    page.get_by_label("Role").first.fill("Senior Data Scientist")
    page.get_by_label("From").first.fill("2013")
    page.get_by_role("button", name="Save and go on").click()
    expect(page.get_by_text("proposed").first).to_be_visible()
    page.get_by_role("group", name="Software engineering").get_by_label("Entry level").check(force=True)
    page.get_by_role("button", name="Save and go on").click()
    expect(page.get_by_text("Question 1 of at most")).to_be_visible()
    page.locator(".deed").nth(3).click()
    expect(page.get_by_text("Answered so far")).to_be_visible()
    page.get_by_role("button", name="Enough questions").click()
    page.get_by_label("Lead").check()
    page.get_by_role("button", name="Show me my dashboard").click()
    expect(page).to_have_url(live_server.url + "/dashboard/")
    assert Preferences.objects.get(user=user).stage == "lead"
    context.close()


def test_a_card_shows_the_deeds_of_the_stage_that_is_chosen(signed_in_page: Page, live_server: LiveServer) -> None:
    page = signed_in_page
    page.goto(live_server.url + "/start/2/")
    card = page.get_by_role("group", name="Programming and computer science")
    expect(card.locator(".deeds:visible")).to_have_text("Nothing is claimed.")
    card.get_by_label("Entry level").check(force=True)
    expect(card.locator(".deeds:visible")).to_contain_text("Python programming")


def test_cards_and_questions_work_by_keyboard_alone(signed_in_page: Page, user: User, live_server: LiveServer) -> None:
    page = signed_in_page
    page.goto(live_server.url + "/start/2/")
    page.get_by_role("group", name="Programming and computer science").get_by_role("radio").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Question 1 of at most")).to_be_visible()
    page.locator(".deed").nth(2).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Answered so far")).to_be_visible()
    origins = set(Claim.objects.filter(user=user).values_list("origin", flat=True))
    assert origins == {"card", "question"}
