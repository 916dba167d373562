"""The secret address of the calendar as a person meets it on the settings page."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer


def test_an_address_is_made_copied_renewed_and_closed_by_keyboard_alone(
    signed_in_page: Page, live_server: LiveServer, assert_accessible: Callable[[Page], None]
) -> None:
    page = signed_in_page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(live_server.url + "/settings/")
    page.get_by_role("button", name="Make an address").press("Enter")
    expect(page.get_by_text("Your calendar has an address.")).to_be_visible()

    field = page.get_by_label("Secret address")
    first = field.input_value()
    field.focus()
    assert page.evaluate("window.getSelection().toString()") == first
    assert page.request.get(first).headers["content-type"] == "text/calendar; charset=utf-8"

    expect(page.get_by_role("link", name="Follow it")).to_have_attribute("href", re.sub("^http", "webcal", first))
    copy = page.get_by_role("button", name="Copy the address")
    copy.press("Enter")
    expect(page.get_by_text("Copied.")).to_be_visible()
    page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: {writeText: () => Promise.reject()}})")
    copy.press("Enter")
    expect(page.get_by_text("It could not be copied")).to_be_visible()

    page.get_by_text("Renew the address").press("Enter")
    page.locator("summary", has_text="Close the address").press("Enter")
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    page.get_by_role("button", name="Make a new address").press("Enter")
    expect(page.get_by_text("The one before leads nowhere any more.")).to_be_visible()
    assert field.input_value() != first
    assert page.request.get(first).status == 404

    page.locator("summary", has_text="Close the address").press("Enter")
    page.get_by_role("button", name="Close it for good").press("Enter")
    expect(page.get_by_text("The address is closed.")).to_be_visible()
    expect(page.get_by_role("button", name="Make an address")).to_be_visible()
