"""Every page of the product as a browser meets it: full and empty, light and dark, wide and narrow, by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tracker import demo

Check = Callable[[Page], None]

PAGES = [
    "/dashboard/",
    "/dashboard/?shelf=musts",
    "/dashboard/sum/",
    "/skills/",
    "/skills/?area=ops",
    "/skills/ops.serving/",
    "/path/",
    "/profile/",
    "/profile/role/new/",
    "/profile/activity/new/",
    "/profile/offers/",
    "/resources/",
    "/resources/r.mlip-book/",
    "/progress/",
    "/progress/hours/",
    "/model/",
    "/model/?area=ops",
    "/start/1/",
    "/start/2/",
    "/import/",
    "/export/",
    "/adverts/",
    "/adverts/side-by-side/",
    "/settings/",
    "/settings/delete/",
    "/search/?q=python",
]


def sign_in(page: Page, user: Any, live_server: LiveServer) -> None:
    client = Client()
    client.force_login(user)
    value = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": value, "url": live_server.url}])


def walk(page: Page, live_server: LiveServer, assert_accessible: Check) -> None:
    """Each page in both themes under axe, and without anything that runs over the edge of a 320 px phone."""
    found: list[str] = []
    for path in PAGES:
        page.set_viewport_size({"width": 1280, "height": 900})
        for theme in ("light", "dark"):
            page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
            response = page.goto(live_server.url + path)
            assert response is not None and response.ok, f"{path}: {response and response.status}"
            try:
                assert_accessible(page)
            except AssertionError as report:
                found.append(f"{path} in {theme}: {report}")
        page.set_viewport_size({"width": 320, "height": 640})
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > 320:
            found.append(f"{path} is {width} px wide on a phone of 320")
    assert not found, "\n".join(found)


def test_the_pages_of_a_full_profile_are_accessible_and_fit_a_phone(
    page: Page, live_server: LiveServer, assert_accessible: Check
) -> None:
    story = next(s for s in demo.stories() if s["user_name"] == "demo-scientist")
    sign_in(page, demo.tell(story, "a browser password"), live_server)
    walk(page, live_server, assert_accessible)


def test_the_pages_of_an_empty_profile_are_accessible_and_fit_a_phone(
    page: Page, user: User, live_server: LiveServer, assert_accessible: Check
) -> None:
    sign_in(page, user, live_server)
    walk(page, live_server, assert_accessible)


@pytest.mark.parametrize("path", ["/dashboard/", "/path/", "/profile/", "/progress/", "/resources/"])
def test_every_page_says_what_to_do_first_when_nothing_is_logged(
    signed_in_page: Page, live_server: LiveServer, path: str
) -> None:
    signed_in_page.goto(live_server.url + path)
    expect(signed_in_page.get_by_role("heading", level=1)).to_be_visible()
    assert signed_in_page.locator("main a").count() > 0


def test_a_habit_is_logged_and_undone_by_keyboard_alone(signed_in_page: Page, live_server: LiveServer) -> None:
    page = signed_in_page
    page.goto(live_server.url + "/path/#hb.papers")
    page.get_by_label("Read research papers: what was it?").focus()
    page.keyboard.type("A paper on calibration")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Added A paper on calibration")).to_be_visible()
    page.get_by_role("button", name="Undo").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Undid: Added A paper on calibration")).to_be_visible()


def test_finishing_a_resource_works_without_scripts(browser: Any, user: User, live_server: LiveServer) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    sign_in(page, user, live_server)
    page.goto(live_server.url + "/resources/r.google-mlcc/")
    page.get_by_label("Hours it took").fill("14")
    page.get_by_role("button", name="Finished").click()
    expect(page.get_by_text("Finished Machine Learning Crash Course")).to_be_visible()
    expect(page.get_by_text("it counts as evidence")).to_be_visible()
    page.context.close()
