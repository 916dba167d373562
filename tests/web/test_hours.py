"""Hours by one tap, entries, weeks off, and what Progress makes of them: the bars, the pace, the forecast."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.template.loader import render_to_string
from django.test import Client

from tracker import clock
from tracker.models import Activity, Effort, WeekOff
from tracker.queries.pace import PacePage, forecast_of, read_logged
from tracker.queries.person import Person
from tracker.services.claims import claim_set
from tracker.services.effort import effort_log
from tracker.services.items import item_save
from tracker.services.people import person_ensure, preferences_update
from tracker.services.weeks_off import week_off_mark
from tracker.views.kept import pages

pytestmark = pytest.mark.django_db
COURSE = "r.google-mlcc"
HTMX = {"HX-Request": "true"}
ON_PROGRESS = {**HTMX, "HX-Current-URL": "http://testserver/progress/"}


@pytest.fixture
def today() -> date:
    return clock.today_in("UTC")


@pytest.fixture
def monday(today: date) -> date:
    return today - timedelta(days=today.weekday())


@pytest.fixture
def begun(user: User) -> None:
    """Something is logged, so that the pages show more than the way to the start."""
    claim_set(user=user, competency="cs.python", level=2)


def log_weeks(user: User, monday: date, *hours: float) -> None:
    """One entry a week on its Monday, the last one in the week before this."""
    for ago, taken in zip(range(len(hours), 0, -1), hours, strict=True):
        if taken:
            effort_log(user=user, on=monday - timedelta(weeks=ago), hours=Decimal(str(taken)))


def progress(client: Client, query: str = "") -> Any:
    pages.clear()
    return client.get(f"/progress/{query}")


def pace_of(client: Client, query: str = "") -> PacePage:
    return progress(client, query).context["pace"]


def words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html))


class TestTap:
    @pytest.mark.usefixtures("begun")
    @pytest.mark.parametrize("address", ["/dashboard/", "/progress/"])
    def test_both_pages_offer_an_hour_two_and_another_number(self, member: Client, address: str) -> None:
        html = member.get(address).content.decode()
        assert 'name="hours" value="1"' in html and 'name="hours" value="2"' in html
        assert 'id="hours-other"' in html

    def test_without_scripts_it_logs_today_and_returns_with_an_undo(
        self, member: Client, user: User, today: date
    ) -> None:
        response = member.post("/progress/hours/", {"hours": "2"}, headers={"Referer": "http://testserver/dashboard/"})
        assert response.url == "/dashboard/"
        assert [(e.on, e.hours) for e in Effort.objects.for_user(user)] == [(today, 2)]
        html = member.get("/dashboard/").content.decode()
        assert "Logged 2 h." in html and "/undo/" in html and "No level changed" not in html

    def test_a_fragment_has_the_week_as_it_stands_now_and_an_undo(self, member: Client) -> None:
        member.post("/progress/hours/", {"hours": "1"}, headers=HTMX)
        html = member.post("/progress/hours/", {"hours": "2"}, headers=HTMX).content.decode()
        assert "3 of 6 h logged this week" in words(html)
        assert "Logged 2 h." in html and "/undo/" in html
        assert "<html" not in html and 'id="pace"' not in html

    def test_on_progress_the_picture_and_the_pace_follow(self, member: Client) -> None:
        html = member.post("/progress/hours/", {"hours": "2"}, headers=ON_PROGRESS).content.decode()
        assert 'id="pace" hx-swap-oob="true"' in html

    def test_on_progress_the_forecast_stays_and_goes_by_the_new_pace(
        self, member: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("tracker.views.hours.hours_left", lambda _asked: Fraction(12))
        html = member.post("/progress/hours/", {"hours": "2"}, headers=ON_PROGRESS).content.decode()
        assert "12 h are left on the shortest way" in words(html)

    def test_a_comma_is_a_point(self, member: Client) -> None:
        member.post("/progress/hours/", {"hours": "1,5"})
        assert Effort.objects.get().hours == Decimal("1.5")

    @pytest.mark.parametrize(
        ("given", "why"),
        [
            ({"hours": ""}, "How many hours were it?"),
            ({"hours": "many"}, "Write a number of hours"),
            ({"hours": "0"}, "At least 0.1 hours"),
            ({"hours": "0.04"}, "At least 0.1 hours"),
            ({"hours": "-1"}, "At least 0.1 hours"),
            ({"hours": "169"}, "A week has 168 hours."),
            ({"hours": "1.25"}, "One digit after the point"),
            ({"hours": "NaN"}, "Write a number of hours"),
            ({"hours": "1", "on": "2099-01-01"}, "still ahead"),
            ({"hours": "1", "on": "2026"}, "Which day?"),
            ({"hours": "1", "on": "yesterday"}, "that the calendar has"),
            ({"hours": "1", "resource": "r.none"}, "not one of the available choices"),
        ],
    )
    @pytest.mark.parametrize("headers", [{}, HTMX])
    def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_logged(
        self, member: Client, given: dict[str, str], why: str, headers: dict[str, str]
    ) -> None:
        response = member.post("/progress/hours/", given, headers=headers)
        assert response.status_code == (200 if headers else 422)
        assert why in response.content.decode()
        assert not Effort.objects.exists()

    @pytest.mark.parametrize("hours", ["0.1", "168"])
    def test_the_least_and_the_most_of_an_entry_are_taken(self, member: Client, hours: str) -> None:
        assert member.post("/progress/hours/", {"hours": hours}).status_code == 302
        assert Effort.objects.get().hours == Decimal(hours)

    def test_a_full_week_takes_no_more(self, member: Client, user: User, today: date) -> None:
        effort_log(user=user, on=today, hours=Decimal(168))
        html = member.post("/progress/hours/", {"hours": "1"}, headers=HTMX).content.decode()
        assert "0 h fit in" in html and 'aria-invalid="true"' in html


class TestEntries:
    def test_they_are_listed_with_day_hours_and_what_they_went_into(
        self, member: Client, user: User, today: date
    ) -> None:
        effort_log(user=user, on=today, hours=Decimal("1.5"), resource=COURSE)
        html = member.get("/progress/hours/").content.decode()
        assert "1.5 h" in html and "Machine Learning Crash Course" in html

    def test_one_can_be_changed(self, member: Client, user: User, today: date) -> None:
        effort_log(user=user, on=today, hours=Decimal(1))
        address = f"/progress/hours/{Effort.objects.get().pk}/"
        assert 'value="1"' in member.get(address).content.decode()
        yesterday = (today - timedelta(days=1)).isoformat()
        assert member.post(address, {"hours": "3", "on": yesterday}).url == "/progress/hours/"
        assert str(Effort.objects.get().on) == yesterday

    def test_a_change_that_cannot_be_says_why(self, member: Client, user: User, today: date) -> None:
        effort_log(user=user, on=today, hours=Decimal(1))
        address = f"/progress/hours/{Effort.objects.get().pk}/"
        response = member.post(address, {"hours": "1", "on": (today + timedelta(days=2)).isoformat()})
        assert (response.status_code, "still ahead" in response.content.decode()) == (422, True)

    def test_one_can_be_removed_and_brought_back(self, member: Client, user: User, today: date) -> None:
        effort_log(user=user, on=today, hours=Decimal(1))
        response = member.post(f"/progress/hours/{Effort.objects.get().pk}/remove/", follow=True)
        assert "Removed 1 h." in response.content.decode() and "/undo/" in response.content.decode()
        assert not Effort.objects.exists()

    @pytest.mark.parametrize("end", ["", "remove/"])
    def test_those_of_others_are_not_there(self, member: Client, other_user: User, today: date, end: str) -> None:
        effort_log(user=other_user, on=today, hours=Decimal(1))
        response = member.post(f"/progress/hours/{Effort.objects.get().pk}/{end}", {"hours": "2"})
        assert response.status_code == 404
        assert Effort.objects.get().hours == 1


@pytest.mark.usefixtures("begun")
class TestWeeksOff:
    def test_the_coming_eight_are_a_tap_away(self, member: Client, user: User, monday: date) -> None:
        assert [week.begin for week in pace_of(member).coming] == [monday + timedelta(weeks=n) for n in range(8)]
        ahead = (monday + timedelta(weeks=2)).isoformat()
        response = member.post("/progress/weeks-off/", {"off": ahead})
        assert response.url.startswith("/progress/")
        assert [week.is_off for week in pace_of(member).coming] == [n == 2 for n in range(8)]
        member.post("/progress/weeks-off/", {"on": ahead})
        assert not WeekOff.objects.exists()

    def test_its_address_leads_to_where_they_stand(self, member: Client) -> None:
        response = member.get("/progress/weeks-off/")
        assert (response.status_code, response.url) == (302, "/progress/#weeks-off")

    def test_a_fragment_says_what_was_done(self, member: Client, monday: date) -> None:
        html = member.post("/progress/weeks-off/", {"off": monday.isoformat()}, headers=ON_PROGRESS).content.decode()
        assert "Week off:" in html and "A week off;" in html and "/undo/" in html

    def test_one_that_lies_elsewhere_is_listed_too(self, member: Client, monday: date) -> None:
        past = monday - timedelta(weeks=5)
        member.post("/progress/weeks-off/", {"off": (past + timedelta(days=3)).isoformat()})
        assert [week.begin for week in pace_of(member).others_off] == [past]

    @pytest.mark.parametrize("headers", [{}, ON_PROGRESS])
    @pytest.mark.parametrize(
        ("day", "why"), [("2099-01-01", "more than a year ahead"), ("", "Which week?"), ("2026-05", "Which day?")]
    )
    def test_what_is_wrong_is_said_beside_the_field(
        self, member: Client, day: str, why: str, headers: dict[str, str]
    ) -> None:
        response = member.post("/progress/weeks-off/", {"off": day}, headers=headers)
        assert response.status_code == (200 if headers else 422)
        assert why in response.content.decode()

    def test_habits_pause_in_it(self, member: Client, user: User, today: date) -> None:
        talk = Activity(user=user, kind="paper-read", title="A paper", on=(today - timedelta(days=400)).isoformat())
        item_save(user=user, row=talk)
        recent = Activity(user=user, kind="paper-read", title="Another", on=(today - timedelta(days=40)).isoformat())
        item_save(user=user, row=recent)
        assert ">due<" in member.get("/dashboard/").content.decode()
        week_off_mark(user=user, day=today)
        html = member.get("/dashboard/").content.decode()
        assert ">due<" not in html and ">paused<" in html
        assert "paused, a week off" in member.get("/path/").content.decode()


@pytest.mark.usefixtures("begun")
class TestPace:
    def test_before_four_weeks_it_is_what_was_said(self, member: Client, user: User, monday: date) -> None:
        preferences_update(preferences=person_ensure(user=user), hours_per_week=Decimal("7.5"))
        log_weeks(user, monday, 1, 1)
        assert pace_of(member).forecast.words == "7.5 h a week as you said"

    def test_from_four_on_it_is_the_median_with_its_quartiles(self, member: Client, user: User, monday: date) -> None:
        log_weeks(user, monday, 3, 6, 6, 3, 4.5, 0.5, 9, 3, 6)
        assert pace_of(member).forecast.words == "median 4.5 h over the last 9 weeks, between 3 and 6"
        assert "median 4.5 h over the last 9 weeks" in progress(member).content.decode()

    def test_the_bars_go_back_as_far_as_logged_or_twelve_weeks(self, member: Client, user: User, monday: date) -> None:
        log_weeks(user, monday, 2, 0, 3)
        chart = pace_of(member).chart
        assert chart and [float(bar.week.hours) for bar in chart.bars] == [2, 0, 3, 0]
        assert [bar.is_running for bar in chart.bars] == [False, False, False, True]
        effort_log(user=user, on=monday - timedelta(weeks=30), hours=Decimal(1))
        assert (len(pace_of(member).chart.bars), pace_of(member).has_more) == (12, True)
        assert (len(pace_of(member, "?weeks=all").chart.bars), pace_of(member, "?weeks=all").has_more) == (31, False)

    def test_the_picture_has_words_and_a_table(self, member: Client, user: User, monday: date) -> None:
        log_weeks(user, monday, 2, 0, 3)
        week_off_mark(user=user, day=monday - timedelta(weeks=2))
        html = progress(member).content.decode()
        assert 'aria-labelledby="hours-title hours-desc"' in html
        assert "5 hours in all, at most 3 in one week" in html
        assert html.count("As a table") == 3
        assert "<td>off</td>" in html

    def test_without_hours_the_page_says_what_they_are_good_for(self, member: Client) -> None:
        assert pace_of(member).chart is None
        assert "No hours are logged yet" in progress(member).content.decode()


@pytest.fixture
def person(member: Client, begun: None) -> Person:
    return progress(member).context["person"]


class TestForecast:
    def shown(self, person: Person, hours_left: Fraction | None) -> str:
        line = forecast_of(person, hours_left)
        return words(render_to_string("progress/_forecast.html", {"line": line}))

    def test_what_is_not_known_yet_leads_to_the_plan(self, person: Person) -> None:
        assert "not known yet: the plan says" in self.shown(person, None)

    def test_hours_left_at_what_was_said_are_one_day(self, person: Person, today: date) -> None:
        line = forecast_of(person, Fraction(12))
        assert line.forecast and line.forecast.ready_on == today + timedelta(weeks=2)
        text = self.shown(person, Fraction(12))
        assert "Ready about" in text and "between" not in text and "6 h a week as you said" in text

    def test_a_logged_pace_gives_a_range(self, person: Person, user: User, monday: date) -> None:
        log_weeks(user, monday, 3, 6, 6, 3, 4.5, 0.5, 9, 3, 6)
        assert ", between" in self.shown(person, Fraction(90))

    def test_weeks_without_hours_leave_the_late_end_open(self, person: Person, user: User, monday: date) -> None:
        log_weeks(user, monday, 3, 0, 0, 3, 3)
        assert "nothing can be said of the latest" in self.shown(person, Fraction(90))

    def test_a_week_off_ahead_is_left_out(self, person: Person, user: User, today: date) -> None:
        week_off_mark(user=user, day=today + timedelta(days=7))
        line = forecast_of(person, Fraction(12))
        assert line.forecast and line.forecast.ready_on == today + timedelta(weeks=3)

    def test_what_cannot_be_forecast_says_why_and_what_to_do(self, person: Person, user: User, monday: date) -> None:
        log_weeks(user, monday, 3, 0, 0, 0)
        text = self.shown(person, Fraction(90))
        assert "cannot be forecast: in most of your logged weeks there were no hours" in text and "Log hours" in text

    def test_nothing_left_is_said(self, person: Person) -> None:
        assert "Nothing is left to do" in self.shown(person, Fraction(0))


class TestMonths:
    @pytest.mark.usefixtures("begun")
    def test_no_hour_counts_twice(self, member: Client, user: User, today: date) -> None:
        """From the first logged day on the log alone counts; before it, activities and finished resources."""
        for ago, hours in ((60, 5), (10, 40)):
            on = (today - timedelta(days=ago)).isoformat()
            item_save(user=user, row=Activity(user=user, kind="talk", title="A talk", on=on, hours=Decimal(hours)))
        effort_log(user=user, on=today - timedelta(days=20), hours=Decimal(3))
        effort_log(user=user, on=today - timedelta(days=10), hours=Decimal(4))
        assert sum(month.hours for month in progress(member).context["months"]) == 5 + 3 + 4


@pytest.mark.parametrize("entries", [3, 300])
def test_the_number_of_reads_does_not_grow_with_what_is_logged(
    person: Person, user: User, today: date, entries: int, django_assert_num_queries: Any
) -> None:
    Effort.objects.bulk_create(
        Effort(user=user, on=today - timedelta(days=n), hours=Decimal(1)) for n in range(entries)
    )
    with django_assert_num_queries(1):
        assert len(read_logged(person).spent) == entries
