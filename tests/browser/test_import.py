"""A file's review, as a browser meets it."""

import json
from collections.abc import Callable

from django.contrib.auth.models import User
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

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


def test_what_cannot_be_read_is_said_beside_the_field(signed_in_page: Page, live_server: LiveServer) -> None:
    page = signed_in_page
    page.goto(live_server.url + "/import/")
    page.get_by_label("Or paste its text").fill("my life in prose")
    page.get_by_role("button", name="Look at it").click()
    expect(page.locator("#div_id_text")).to_contain_text("nothing of a résumé was recognised")
