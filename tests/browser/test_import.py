"""A file's review, as a browser meets it."""

import json
from collections.abc import Callable

from django.contrib.auth.models import User
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.test_pages import sign_in
from tests.browser.test_shell import judge
from tests.web.test_importing import RESUME
from tracker.models import Role

Check = Callable[[Page], None]


def choose(page: Page, live_server: LiveServer) -> None:
    page.goto(live_server.url + "/import/")
    page.get_by_label("File").set_input_files(
        {"name": "resume.json", "mimeType": "application/json", "buffer": json.dumps(RESUME).encode()}
    )
    page.get_by_role("button", name="Look at it").click()


def test_a_review_is_accessible_in_both_themes_and_fits_a_phone(
    signed_in_page: Page, live_server: LiveServer, assert_accessible: Check
) -> None:
    choose(signed_in_page, live_server)
    judge(signed_in_page, live_server.url + "/import/review/", assert_accessible)


def test_a_row_can_be_answered_another_left_out_and_the_rest_kept(
    signed_in_page: Page, user: User, live_server: LiveServer
) -> None:
    page = signed_in_page
    choose(page, live_server)
    page.get_by_label("Machine Learning Architect").check()
    page.get_by_label("Barista").uncheck()
    page.get_by_role("button", name="Keep what is ticked").click()
    expect(page.get_by_text("Imported resume.json: 6 entries")).to_be_visible()
    assert dict(Role.objects.filter(user=user).values_list("title", "rule")) == {
        "Data Scientist": "data-scientist",
        "Architect": "ml-architect",
    }


TEXT = """Ada Miller

EXPERIENCE

Data Scientist, Nordwimd Analytics
March 2019 - January 2023
Built models for wind farms.

EDUCATION

MSc Statistics, University of Hamburg, 2014
"""


def test_on_a_phone_a_misread_row_is_corrected_kept_and_undone(
    signed_in_page: Page, user: User, live_server: LiveServer, assert_accessible: Check
) -> None:
    page = signed_in_page
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(live_server.url + "/import/")
    page.get_by_label("Or paste its text").fill(TEXT)
    page.get_by_role("button", name="Look at it").click()
    page.get_by_label("MSc Statistics").uncheck()
    page.get_by_role("button", name="Correct Data Scientist").click()
    expect(page.get_by_text("Nordwimd Analytics / March 2019")).to_be_visible()
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") == 360

    page.get_by_label("Employer").fill("Nordwind Analytics")
    page.get_by_label("From").fill("May 2023")
    page.get_by_role("button", name="Correct it").click()
    expect(page.get_by_text("This is before it began.")).to_be_visible()
    page.get_by_label("From").fill("May 2018")
    page.get_by_role("button", name="Correct it").click()

    row = page.locator("#roles-0")
    expect(row).to_be_in_viewport()
    expect(row).to_contain_text("Nordwind Analytics, 2018-05")
    expect(row).to_contain_text("Corrected by you.")
    expect(row).to_contain_text("4 whole years")
    expect(page.get_by_label("MSc Statistics")).not_to_be_checked()
    assert_accessible(page)
    page.get_by_role("button", name="Keep what is ticked").click()
    expect(page.get_by_text("Imported pasted text: 1 entry")).to_be_visible()
    assert list(Role.objects.values_list("employer", "start", "end")) == [("Nordwind Analytics", "2018-05", "2023-01")]
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Undid: Imported pasted text: 1 entry")).to_be_visible()
    assert not Role.objects.exists()


def test_a_row_is_corrected_without_scripts(browser: Browser, user: User, live_server: LiveServer) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    sign_in(page, user, live_server)
    choose(page, live_server)
    page.get_by_role("button", name="Correct Barista").click()
    page.get_by_label("Title").fill("Data Engineer")
    page.get_by_role("button", name="Correct it").click()
    expect(page.locator("#roles-2")).to_contain_text("Corrected by you.")
    page.context.close()


def test_enter_keeps_and_corrects_no_row(signed_in_page: Page, user: User, live_server: LiveServer) -> None:
    choose(signed_in_page, live_server)
    signed_in_page.get_by_label("Barista").press("Enter")
    expect(signed_in_page.get_by_text("Imported resume.json: 7 entries")).to_be_visible()


def test_what_cannot_be_read_is_said_beside_the_field(signed_in_page: Page, live_server: LiveServer) -> None:
    page = signed_in_page
    page.goto(live_server.url + "/import/")
    page.get_by_label("Or paste its text").fill("my life in prose")
    page.get_by_role("button", name="Look at it").click()
    expect(page.locator("#div_id_text")).to_contain_text("nothing of a résumé was recognised")
