"""The profile in a browser: items added, changed, asked about and removed in place, and without scripts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tracker.models import Role

Check = Callable[[Page], None]


@pytest.fixture
def profile(signed_in_page: Page, live_server: LiveServer) -> Page:
    signed_in_page.goto(f"{live_server.url}/profile/")
    return signed_in_page


def add_role(page: Page, title: str, start: str = "2020-01") -> None:
    page.get_by_role("link", name="Add a role").click()
    page.get_by_label("Title").fill(title)
    page.get_by_label("From", exact=True).fill(start)
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#messages")).to_contain_text(f"Added {title}")


def test_a_role_is_added_in_place_and_undone(profile: Page, assert_accessible: Check) -> None:
    address = profile.url
    add_role(profile, "ML Engineer")
    assert profile.url == address
    expect(profile.locator("#role")).to_contain_text("Counts as Machine Learning Engineer")
    expect(profile.get_by_role("link", name="Change: ML Engineer")).to_be_focused()
    assert_accessible(profile)
    profile.get_by_role("button", name="Undo").click()
    expect(profile.locator("#role")).not_to_contain_text("ML Engineer")


def test_what_is_wrong_is_said_beside_the_field_in_place(profile: Page, assert_accessible: Check) -> None:
    profile.get_by_role("link", name="Add a role").click()
    profile.get_by_label("Title").fill("ML Engineer")
    profile.get_by_label("To", exact=True).fill("2022-13")
    profile.get_by_role("button", name="Save").click()
    expect(profile.get_by_text("Write a year, a month or a day")).to_be_visible()
    expect(profile.get_by_label("Title")).to_have_value("ML Engineer")
    assert_accessible(profile)


@pytest.mark.parametrize("is_inline", [True, False], ids=["in the list", "on its own page"])
def test_a_double_click_adds_one_item(profile: Page, user: User, live_server: LiveServer, is_inline: bool) -> None:
    if is_inline:
        profile.get_by_role("link", name="Add a role").click()
    else:
        profile.goto(f"{live_server.url}/profile/role/new/")
    profile.get_by_label("Title").fill("ML Engineer")
    profile.get_by_role("button", name="Save").dblclick()
    expect(profile.locator("#messages")).to_contain_text("Added ML Engineer")
    assert Role.objects.filter(user=user).count() == 1


def test_a_change_is_made_in_its_line_or_left(profile: Page) -> None:
    add_role(profile, "ML Engineer")
    profile.get_by_role("link", name="Change: ML Engineer").click()
    profile.get_by_role("link", name="Cancel").click()
    expect(profile.get_by_role("link", name="Change: ML Engineer")).to_be_visible()
    profile.get_by_role("link", name="Change: ML Engineer").click()
    profile.get_by_label("Title").fill("Lead ML Engineer")
    profile.get_by_role("button", name="Save").click()
    expect(profile.locator("#messages")).to_contain_text("Changed Lead ML Engineer")


def test_what_is_unsure_is_asked_and_answered_in_place(profile: Page) -> None:
    profile.get_by_role("link", name="Add a skill").click()
    profile.get_by_label("Text").fill("RLHF")
    profile.get_by_role("button", name="Save").click()
    profile.get_by_role("button", name="Fine-tuning and model adaptation").click()
    expect(profile.locator("#skill")).to_contain_text("Counts as Fine-tuning and model adaptation")


def test_removing_asks_before_it_does(profile: Page) -> None:
    add_role(profile, "ML Engineer")
    profile.once("dialog", lambda dialog: dialog.dismiss())
    profile.get_by_role("link", name="Remove: ML Engineer").click()
    expect(profile.locator("#role")).to_contain_text("ML Engineer")
    profile.once("dialog", lambda dialog: dialog.accept())
    profile.get_by_role("link", name="Remove: ML Engineer").click()
    expect(profile.locator("#messages")).to_contain_text("Removed ML Engineer")


def test_it_all_works_without_scripts(browser: Browser, user: User, live_server: LiveServer) -> None:
    client = Client()
    client.force_login(user)
    page = browser.new_context(java_script_enabled=False).new_page()
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )
    page.goto(f"{live_server.url}/profile/")
    add_role(page, "ML Engineer")
    page.get_by_role("link", name="Change: ML Engineer").click()
    page.get_by_label("Counts as").select_option("data-scientist")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#role")).to_contain_text("Counts as Data Scientist")
    page.get_by_role("link", name="Look through them").click()
    page.get_by_role("checkbox").first.check()
    page.get_by_role("button", name="Confirm what is ticked").first.click()
    expect(page.locator("#messages")).to_contain_text("level")
    page.goto(f"{live_server.url}/profile/")
    page.get_by_role("link", name="Remove: ML Engineer").click()
    page.get_by_role("button", name="Remove").click()
    expect(page.locator("#messages")).to_contain_text("Removed ML Engineer")
    page.context.close()
