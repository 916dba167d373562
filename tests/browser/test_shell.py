"""The frame of every page and the account pages, as a browser meets them."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.conftest import PASSWORD

Check = Callable[[Page], None]

ENTRANCE = ["/", "/accounts/login/", "/accounts/signup/", "/accounts/password/reset/", "/nowhere/"]
ACCOUNT = [
    "/accounts/email/",
    "/accounts/password/change/",
    "/accounts/2fa/",
    "/accounts/2fa/totp/activate/",
    "/accounts/2fa/webauthn/add/",
    "/accounts/2fa/webauthn/",
    "/accounts/sessions/",
    "/accounts/logout/",
]


def judge(page: Page, address: str, assert_accessible: Check) -> None:
    """Nothing for axe to find in either theme, nothing that runs over the edge of a phone."""
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        page.goto(address)
        assert_accessible(page)
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") == 320, address


@pytest.mark.parametrize("path", ENTRANCE)
def test_pages_for_strangers_are_accessible_in_both_themes_and_fit_a_phone(
    page: Page, live_server: LiveServer, assert_accessible: Check, path: str
) -> None:
    judge(page, live_server.url + path, assert_accessible)


def test_account_pages_are_accessible_in_both_themes_and_fit_a_phone(
    page: Page, user: User, live_server: LiveServer, assert_accessible: Check
) -> None:
    page.goto(live_server.url + "/accounts/login/")
    page.get_by_label("User name or e-mail address").fill("ada")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_text("ada", exact=True)).to_be_visible()
    for path in ACCOUNT:
        page.set_viewport_size({"width": 1280, "height": 800})
        judge(page, live_server.url + path, assert_accessible)


def test_signing_up_and_out_works_without_scripts(browser: Browser, live_server: LiveServer) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(live_server.url)
    page.get_by_role("main").get_by_role("link", name="Create an account").click()
    page.get_by_label("User name").fill("grace")
    page.locator("#id_password1").fill(PASSWORD)
    page.locator("#id_password2").fill(PASSWORD)
    page.get_by_role("button", name="Create the account").click()
    page.get_by_text("grace", exact=True).click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Sign in").first).to_be_visible()
    page.context.close()


def test_the_first_key_leads_past_the_navigation(page: Page, live_server: LiveServer) -> None:
    page.goto(live_server.url)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


@pytest.mark.parametrize("width", [320, 360, 543, 545, 768, 1280])
def test_nothing_in_the_head_stands_in_the_way_of_anything_else(
    signed_in_page: Page, user: User, live_server: LiveServer, width: int
) -> None:
    User.objects.filter(pk=user.pk).update(username="somebody-with-a-long-name")
    page = signed_in_page
    page.set_viewport_size({"width": width, "height": 640})
    page.goto(live_server.url + "/skills/")
    head = page.locator(".top").locator(".brand, .pages a, .top-search, .top-find, .menu > summary")
    boxes = [box for part in head.all() if (box := part.bounding_box())]
    assert len(boxes) == 10
    for i, one in enumerate(boxes):
        for other in boxes[:i]:
            assert (
                one["x"] >= other["x"] + other["width"]
                or other["x"] >= one["x"] + one["width"]
                or one["y"] >= other["y"] + other["height"]
                or other["y"] >= one["y"] + one["height"]
            ), (one, other)
    brand = page.get_by_role("link", name="mlarch", exact=True)
    first, last = brand.bounding_box(), page.locator(".menu > summary").bounding_box()
    assert first and last and abs(first["y"] - last["y"]) < first["height"] / 2, "the head is one line"
    assert brand.evaluate("e => e.scrollWidth <= Math.ceil(e.getBoundingClientRect().width)")


def test_on_a_phone_the_search_is_one_touch_away(signed_in_page: Page, live_server: LiveServer) -> None:
    page = signed_in_page
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(live_server.url + "/skills/")
    page.get_by_role("link", name="Search skills, resources and your own items").click()
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("pandas")
    page.keyboard.press("Enter")
    expect(page.get_by_text("fit “pandas”")).to_be_visible()


def test_escape_closes_the_menu_and_gives_the_focus_back(signed_in_page: Page, live_server: LiveServer) -> None:
    page = signed_in_page
    page.goto(live_server.url + "/accounts/email/")
    opener = page.locator("details.menu > summary")
    opener.click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Sign out")).to_be_hidden()
    expect(opener).to_be_focused()


def test_a_chosen_theme_outranks_the_system(page: Page, live_server: LiveServer) -> None:
    page.emulate_media(color_scheme="dark")
    page.goto(live_server.url)
    ground = "getComputedStyle(document.body).backgroundColor"
    dark = page.evaluate(ground)
    page.context.add_cookies([{"name": "theme", "value": "light", "url": live_server.url}])
    page.reload()
    assert page.evaluate(ground) != dark


def test_paper_is_white_and_carries_no_navigation(page: Page, live_server: LiveServer) -> None:
    page.emulate_media(color_scheme="dark", media="print")
    page.goto(live_server.url)
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    expect(page.locator("header.top")).to_be_hidden()


def test_a_passkey_added_here_signs_in_without_a_password(signed_in_page: Page, live_server: LiveServer) -> None:
    page = signed_in_page
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    key = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    key |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": key})

    page.goto(live_server.url + "/accounts/2fa/webauthn/add/")
    page.locator("#id_password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    page.get_by_label("Passwordless").check()
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_role("heading", name="Recovery Codes")).to_be_visible()

    page.locator("details.menu > summary").click()
    page.get_by_role("button", name="Sign out").click()
    page.goto(live_server.url + "/accounts/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.locator("details.menu > summary")).to_have_text("ada")
