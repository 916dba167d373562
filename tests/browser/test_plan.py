"""The plan as a browser meets it, with the real solver behind it: asked, waited for, followed, planned again."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from threading import Thread
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Browser, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.plans import solved
from tracker import clock
from tracker.models import Plan, ResourceMark, SkippedStep, Solve
from tracker.services import solves
from tracker.services.claims import claim_set
from tracker.services.plans import plan_accept

SOLVER_AND_PAGE = 20_000  # milliseconds until an answer must stand there, on a machine that does other things too
MOST = "mode=most&weeks=4&per_week=4"


@pytest.fixture(autouse=True)
def solving(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Thread]]:
    """The threads that wait for the solver's process: all of them end before the tables are emptied."""
    threads: list[Thread] = []

    def in_background(work: Callable[[], None]) -> None:
        thread = Thread(target=solves._closing_connection, args=(work,))
        threads.append(thread)
        thread.start()

    monkeypatch.setattr(solves, "in_background", in_background)
    yield threads
    Solve.objects.filter(status=Solve.Status.WAITING).delete()  # nothing follows what is running
    for thread in threads:
        thread.join()


@pytest.fixture(autouse=True)
def begun(user: User) -> None:
    claim_set(user=user, competency="cs.python", level=2)


@pytest.fixture
def followed(user: User) -> Plan:
    """A plan of twelve hours, accepted three weeks ago: late by now."""
    with clock.at(clock.now() - timedelta(weeks=3)):
        plan_accept(user=user, solve=solved(user), query=MOST)
    return Plan.objects.get()


@pytest.fixture
def plain_page(browser: Browser, user: User, live_server: LiveServer) -> Iterator[Page]:
    """A page without scripts, signed in."""
    client = Client()
    client.force_login(user)
    context = browser.new_context(java_script_enabled=False)
    value = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": value, "url": live_server.url}])
    yield context.new_page()
    context.close()


def answered(page: Page) -> None:
    expect(page.locator("#proof")).to_be_visible(timeout=SOLVER_AND_PAGE)
    expect(page.locator("#answer[aria-busy]")).to_have_count(0)


def open_form(page: Page) -> None:
    page.locator("#ask-box > summary").click()


def look_again(page: Page, solving: list[Thread]) -> None:
    """Follow the link once the solver is done: without scripts nothing else brings the answer."""
    while (link := page.get_by_role("link", name="Look again")).count():
        for thread in solving:
            thread.join()
        go(page, link)


def go(page: Page, to: Locator) -> None:
    """Press it, and be on the next page afterwards."""
    with page.expect_navigation():
        to.click()


def is_wider(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))


def test_the_page_answers_at_once_and_fills_in_by_itself(signed_in_page: Page, live_server: LiveServer) -> None:
    page = signed_in_page
    page.goto(f"{live_server.url}/plan/")
    expect(page.locator("#answer")).to_contain_text("the answer comes in a moment")
    page.evaluate("window.isTheSame = true")
    answered(page)
    expect(page.locator("h1")).to_contain_text("h of study to Undergraduate foundations: by")
    expect(page.locator("#proof")).to_contain_text("No other choice of these resources gets there in fewer hours.")
    assert page.evaluate("window.isTheSame")


def test_other_hours_give_another_answer_without_a_reload_and_an_address_of_its_own(
    signed_in_page: Page, live_server: LiveServer
) -> None:
    page = signed_in_page
    page.goto(f"{live_server.url}/plan/?{MOST}")
    answered(page)
    before = page.locator("#proof h2").inner_text()
    page.evaluate("window.isTheSame = true")
    open_form(page)
    page.get_by_label("Hours a week", exact=True).fill("12")
    page.get_by_role("button", name="Plan", exact=True).click()
    expect(page.locator("#proof h2")).not_to_have_text(before, timeout=SOLVER_AND_PAGE)
    answered(page)
    after = page.locator("#proof h2").inner_text()
    assert page.evaluate("window.isTheSame") and "per_week=12" in page.url
    expect(page.locator("#ask-box > summary")).to_contain_text("12 h a week")
    page.reload()
    answered(page)
    expect(page.locator("#proof h2")).to_have_text(after)
    expect(page.get_by_label("Hours a week", exact=True)).to_have_value("12")


def test_what_is_wrong_in_the_form_is_said_beside_its_field(signed_in_page: Page, live_server: LiveServer) -> None:
    page = signed_in_page
    page.goto(f"{live_server.url}/plan/?{MOST}")
    answered(page)
    open_form(page)
    page.get_by_label("Hours a week", exact=True).fill("0")
    page.get_by_role("button", name="Plan", exact=True).click()
    expect(page.get_by_text("greater than or equal to 0.1")).to_be_visible()


def test_what_if_shows_its_effect_beside_the_plan(signed_in_page: Page, live_server: LiveServer) -> None:
    page = signed_in_page
    page.goto(f"{live_server.url}/plan/?{MOST}")
    answered(page)
    address = page.url
    page.get_by_role("button", name="Two hours a week more").click()
    expect(page.locator("#effect b")).to_contain_text("With 2 hours a week more", timeout=SOLVER_AND_PAGE)
    expect(page.locator("#effect")).to_contain_text(re.compile(r"readiness [\d.]+ \(\+[\d.]+\)"))
    assert page.url == address and not Plan.objects.exists()


def test_what_if_on_the_dashboard_needs_no_plan_page(signed_in_page: Page, live_server: LiveServer) -> None:
    page = signed_in_page
    page.goto(f"{live_server.url}/dashboard/")
    page.locator("#what-change").select_option(label="Two years as Data Scientist")
    page.get_by_role("button", name="Try the change").click()
    expect(page.locator("#effect")).to_contain_text("by itself it takes readiness from")
    expect(page.locator("#effect")).to_contain_text("The plan then:", timeout=SOLVER_AND_PAGE)
    assert page.url.endswith("/dashboard/")


def test_a_plan_is_followed_ticked_off_and_planned_again_with_what_changes(
    signed_in_page: Page, user: User, live_server: LiveServer
) -> None:
    page = signed_in_page
    page.goto(f"{live_server.url}/plan/?{MOST}")
    answered(page)
    page.get_by_role("button", name="Follow this plan").click()
    under_way = page.locator("#under-way")
    expect(under_way).to_contain_text(re.compile(r"0 of \d+ steps? done"))
    first = Plan.objects.get().answer["steps"][0][0]
    under_way.get_by_role("button", name="Done already").first.click()
    expect(under_way).to_contain_text(re.compile(r"1 of \d+ steps? done"))
    assert ResourceMark.objects.get(user=user).resource.key == first

    under_way.get_by_role("link", name="Replace or skip").first.click()
    page.get_by_role("button", name="Leave it out").click()
    answered(page)
    skipped = SkippedStep.objects.get().resource
    expect(page.locator("#left")).to_contain_text(skipped.title)
    expect(page.locator("#changes")).to_be_visible()
    page.get_by_role("button", name="Follow this plan instead").click()
    expect(page.locator("#earlier li")).to_have_count(1)
    assert skipped.key not in [step[0] for step in Plan.objects.get(closed_on=None).answer["steps"]]


@pytest.mark.usefixtures("followed")
def test_three_weeks_late_it_is_planned_again_and_the_changes_are_shown(
    signed_in_page: Page, live_server: LiveServer
) -> None:
    page = signed_in_page
    page.goto(f"{live_server.url}/plan/")
    expect(page.locator("#under-way")).to_contain_text("later than planned")
    page.get_by_role("link", name="Plan again from here").click()
    answered(page)
    expect(page.locator("#changes")).to_contain_text("Against the plan that you follow")
    page.locator("#changes summary").click()
    expect(page.locator("#changes li").first).to_contain_text(re.compile("New|Dropped|Earlier|Later"))


def test_without_scripts_the_link_leads_to_the_answer_and_all_works_by_plain_posts(
    plain_page: Page, user: User, live_server: LiveServer, solving: list[Thread]
) -> None:
    page = plain_page
    page.goto(f"{live_server.url}/plan/")
    look_again(page, solving)
    expect(page.locator("#proof")).to_be_visible()
    open_form(page)
    page.get_by_label("the most progress in a time").check()
    page.get_by_label("Weeks", exact=True).fill("4")
    go(page, page.get_by_role("button", name="Plan", exact=True))
    look_again(page, solving)
    go(page, page.get_by_role("button", name="Two hours a week more"))
    look_again(page, solving)
    expect(page.locator("#effect b")).to_contain_text("With 2 hours a week more")
    go(page, page.get_by_role("link", name="Back to the plan"))
    go(page, page.get_by_role("button", name="Follow this plan"))
    page.locator("#under-way").get_by_role("button", name="Done already").first.click()
    expect(page.locator("#under-way")).to_contain_text(re.compile(r"1 of \d+ steps? done"))
    page.locator("#under-way").get_by_role("link", name="Replace or skip").first.click()
    go(page, page.get_by_role("button", name="Leave it out"))
    look_again(page, solving)
    expect(page.locator("#changes")).to_be_visible()
    page.get_by_role("button", name="Take up again").first.click()
    assert not SkippedStep.objects.exists()
    look_again(page, solving)
    go(page, page.get_by_role("button", name="Give this plan up"))
    expect(page.locator("#earlier li")).to_have_count(1)
    go(page, page.locator("#earlier a"))
    expect(page.locator("h1")).to_contain_text("The plan of")


def test_the_rows_of_the_picture_are_reached_by_keyboard_and_show_what_they_rest_on(
    signed_in_page: Page, live_server: LiveServer
) -> None:
    page = signed_in_page
    page.goto(f"{live_server.url}/plan/")
    answered(page)
    resting = page.locator(".plan-row:has(+ .links path)").first
    link = page.locator(".plan-row:has(+ .links path) + .links path").first
    expect(link).to_be_hidden()
    page.locator("#picture .scroll.wide").focus()
    for _ in range(page.locator(".plan-row").count()):
        page.keyboard.press("Tab")
        if resting.evaluate("e => e === document.activeElement"):
            break
    expect(resting).to_be_focused()
    expect(link).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator("#steps :target")).to_contain_text((resting.locator("text").text_content() or "").rstrip("…"))


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.usefixtures("followed")
def test_with_an_answer_and_a_plan_under_way_it_is_accessible_and_fits_a_phone(
    signed_in_page: Page, live_server: LiveServer, assert_accessible: Callable[[Page], None], theme: Any
) -> None:
    page = signed_in_page
    page.emulate_media(color_scheme=theme)
    page.goto(f"{live_server.url}/plan/")
    answered(page)
    page.get_by_role("button", name="Two hours a week more").click()
    expect(page.locator("#effect b")).to_be_visible(timeout=SOLVER_AND_PAGE)
    page.locator("details").evaluate_all("all => all.forEach(one => one.open = true)")
    assert_accessible(page)
    page.set_viewport_size({"width": 320, "height": 640})
    assert not is_wider(page)
    expect(page.locator("#picture .timeline.narrow")).to_be_visible()
    expect(page.locator("#picture .timeline.wide")).to_be_hidden()
    key = Plan.objects.get().answer["steps"][0][0]
    page.goto(f"{live_server.url}/plan/steps/{key}/replace/")
    assert_accessible(page)
    assert not is_wider(page)
