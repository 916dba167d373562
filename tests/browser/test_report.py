"""The report as the browser prints it."""

from __future__ import annotations

import io
import re

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page
from pypdf import PdfReader
from pytest_django.live_server_helper import LiveServer

from tracker.models import Activity, Claim, Degree, Preferences, Role
from tracker.services.claims import claims_set
from tracker.services.items import item_save
from tracker.services.people import person_ensure


@pytest.fixture
def report(signed_in_page: Page, live_server: LiveServer, user: User) -> Page:
    person_ensure(user=user)
    Preferences.objects.filter(user=user).update(theme="dark")
    claims_set(user=user, levels={"cs.python": 3, "ml.supervised": 2, "data.preparation": 3}, origin=Claim.Origin.TICK)
    item_save(user=user, row=Degree(user=user, level="bachelor", field="Physics", end="2015", rule="physics"))
    item_save(user=user, row=Role(user=user, title="Data Scientist", start="2016", rule="data-scientist"))
    item_save(
        user=user, row=Activity(user=user, kind="talk", title="On drift", on="2024", levels={"ops.monitoring": 2})
    )
    signed_in_page.goto(f"{live_server.url}/report/?stage=architect")
    return signed_in_page


@pytest.mark.parametrize("size", ["A4", "Letter"])
def test_where_one_stands_fits_on_the_first_sheet(report: Page, size: str) -> None:
    sheets = [
        re.sub(r"\s+", " ", sheet.extract_text()) for sheet in PdfReader(io.BytesIO(report.pdf(format=size))).pages
    ]
    assert "Measured against the competency model" in sheets[0]
    assert re.match(r"(2 / \d+ )?The \d+ gaps to Machine Learning Architect", sheets[1])
    assert any("What would come next" in sheet[:40] for sheet in sheets)
    assert any("The evidence" in sheet[:40] for sheet in sheets)
    assert "Sign out" not in "".join(sheets) and "Skip to the content" not in "".join(sheets)


def test_paper_is_light_whatever_the_theme(report: Page) -> None:
    colour = "getComputedStyle(document.querySelector('.report')).backgroundColor"
    assert report.evaluate(colour) == "rgb(255, 255, 255)"
    report.emulate_media(media="print", color_scheme="dark")
    assert report.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_the_button_prints(report: Page) -> None:
    report.evaluate("window.print = () => { window.isPrinted = true }")
    report.get_by_role("button", name="Print").click()
    assert report.evaluate("window.isPrinted")


def test_it_fits_on_a_phone_and_is_accessible(report: Page, assert_accessible: object) -> None:
    report.set_viewport_size({"width": 320, "height": 700})
    assert report.evaluate("document.documentElement.scrollWidth") <= 320
    assert callable(assert_accessible)
    assert_accessible(report)
