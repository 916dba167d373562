"""A job advert from the pasted text to the proven way, by keyboard and without scripts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import User
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.test_pages import sign_in

ADVERT = """Machine Learning Engineer
Petrel & Moss Bakeries

What you bring
- Strong Python
- Go or Java
- MLOps
- 2 years in data
- A bachelor's degree in physics

Nice to have
- Some Airflow
"""


def test_an_advert_is_pasted_reviewed_and_answered(
    signed_in_page: Page, live_server: LiveServer, assert_accessible: Callable[[Page], None]
) -> None:
    page = signed_in_page
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(live_server.url + "/adverts/")
    page.get_by_label("Paste the advert").fill(ADVERT)
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("heading", name="What the advert asks")).to_be_visible()
    assert_accessible(page)
    page.get_by_label("Level: Python programming").select_option("4")
    page.get_by_role("button", name="Keep it so").click()
    expect(page.get_by_role("heading", name="Missing")).to_be_visible()
    expect(page.get_by_role("link", name="Python programming, level 4", exact=True)).to_be_visible()
    expect(page.get_by_text("Proven: nothing in the catalogue gets there in fewer.")).to_be_visible(timeout=30_000)
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_an_advert_works_without_scripts(browser: Any, user: User, live_server: LiveServer) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    sign_in(page, user, live_server)
    page.goto(live_server.url + "/adverts/")
    page.get_by_label("Paste the advert").fill(ADVERT)
    page.get_by_role("button", name="Read it").click()
    page.get_by_role("button", name="Keep it so").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Machine Learning Engineer")
    expect(page.get_by_text("required").first).to_be_visible()
    while page.get_by_role("link", name="Look again").count():  # the solver's thread ends within the test
        page.wait_for_timeout(300)
        page.get_by_role("link", name="Look again").click()
    expect(page.get_by_text("Proven: nothing in the catalogue gets there in fewer.")).to_be_visible()
    page.context.close()
