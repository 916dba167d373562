"""Adverts side by side on a phone, and a framework that the staff adds."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from django.contrib.auth.models import User
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.commands.test_other_frameworks import package
from tests.web.test_adverts_compared import FIRST, SECOND, THIRD
from tracker.queries.frameworks import current_framework
from tracker.services.adverts import advert_add, advert_review


def test_adverts_side_by_side_keep_what_is_asked_in_sight_on_a_phone(
    signed_in_page: Page, user: User, live_server: LiveServer, assert_accessible: Callable[[Page], None]
) -> None:
    framework = current_framework()
    assert framework
    for text in (FIRST, SECOND, THIRD):
        row = advert_add(user=user, framework=framework, text=text)
        advert_review(advert=row, title=row.title, employer=row.employer, lines=row.requirements)
    page = signed_in_page
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(live_server.url + "/adverts/side-by-side/")
    name = page.get_by_role("rowheader", name="A bachelor's degree")
    expect(name).to_contain_text("asked by 2 of 3")
    before = name.bounding_box()
    page.get_by_role("region", name="Adverts side by side").evaluate("part => part.scrollLeft = 150")
    after = name.bounding_box()
    assert before and after and before["x"] - after["x"] <= 20  # it stays while the adverts pass beneath it
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert_accessible(page)


def test_the_staff_adds_a_framework_and_aims_at_it(
    signed_in_page: Page,
    user: User,
    live_server: LiveServer,
    assert_accessible: Callable[[Page], None],
    tmp_path: Path,
) -> None:
    User.objects.filter(pk=user.pk).update(is_staff=True, is_superuser=True)
    wrong, right = tmp_path / "wrong.json", tmp_path / "arts.json"
    wrong.write_text(json.dumps({**package(), "CFItems": "none"}), "utf-8")
    right.write_text(json.dumps(package()), "utf-8")
    page = signed_in_page
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(live_server.url + "/model/")
    page.get_by_role("link", name="Add a framework").click()
    page.get_by_label("File").set_input_files(wrong)
    page.get_by_role("button", name="Look at it").click()
    expect(page.get_by_text("wrong.json: CFItems: must be a list of items")).to_be_visible()
    assert_accessible(page)
    page.get_by_label("File").set_input_files(right)
    page.get_by_role("button", name="Look at it").click()
    expect(page.get_by_role("heading", name="Shared with our model 1")).to_be_visible()
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    page.get_by_role("button", name="Add it").click()
    page.get_by_role("button", name="Aim at this").click()
    expect(page.get_by_text("You now aim at Arts.")).to_be_visible()
