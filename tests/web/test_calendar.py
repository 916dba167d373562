"""The plan in a calendar: the file, the secret address, and where it is made, renewed and closed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from functools import cache
from typing import Any

import icalendar
import pytest
from django.contrib.auth.models import User
from django.core.cache import cache as shared_cache
from django.test import Client
from django.urls import reverse

from tracker import clock
from tracker.engine.framework import Framework
from tracker.engine.plan import Ask, Mode
from tracker.models import Activity, Event, Plan, ResourceOverride, SkippedStep, WeekOff
from tracker.models import Resource as ResourceRow
from tracker.plan_form import Json, Question, answer_to, question_to_json
from tracker.queries.calendar_feed import read_feed, token_of
from tracker.queries.frameworks import default_framework, framework_of
from tracker.services.calendar import calendar_open
from tracker.services.items import item_save
from tracker.services.path import resource_mark

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 1, 5)
WEEK = timedelta(days=7)
NOW = datetime(2026, 1, 7, 9, 0, tzinfo=UTC)
FILE = "/plan/calendar.ics"


@pytest.fixture(autouse=True)
def _on_a_wednesday() -> Iterator[None]:
    with clock.at(NOW):
        yield


@pytest.fixture(autouse=True)
def _nobody_has_asked_yet(db: None) -> None:
    shared_cache.clear()


def framework() -> Framework:
    row = default_framework()
    assert row is not None
    return framework_of(row.current_release_id)


@cache
def solved(hours: int = 30) -> tuple[Json, Json]:
    """A small question and its answer: five hours a week."""
    ask = Ask("foundation", Mode.MOST, hours=Fraction(hours), hours_a_week=Fraction(5))
    question = question_to_json(framework(), Question(ask, {}))
    return question, answer_to(framework(), question, time_limit=20)


def plan(user: User, hours: int = 30, **fields: Any) -> Plan:
    question, answer = solved(hours)
    given: dict[str, Any] = {"starts_on": MONDAY, "logged_at": NOW - timedelta(hours=1), **fields}
    return Plan.objects.create(user=user, stage="foundation", question=question, answer=answer, **given)


def steps(hours: int = 30) -> list[tuple[str, int, int]]:
    """(resource, first week, last week) in the plan's order."""
    return [(row[0], row[4], row[5]) for row in solved(hours)[1]["steps"]]


def title(key: str) -> str:
    return framework().resource[key].title


def row_of(key: str) -> ResourceRow:
    return ResourceRow.objects.get(key=key)


def events(data: bytes) -> dict[str, icalendar.Event]:
    """Summary -> event."""
    found = icalendar.Calendar.from_ical(data).walk("VEVENT")
    assert len({str(e["UID"]) for e in found}) == len(found)
    return {str(e["SUMMARY"]): e for e in found}


def read(client: Client, address: str = FILE) -> dict[str, icalendar.Event]:
    answer = client.get(address)
    assert answer.status_code == 200
    return events(answer.content)


def span(event: icalendar.Event) -> tuple[date, date]:
    """First and last day."""
    return event["DTSTART"].dt, event["DTEND"].dt - timedelta(days=1)


def feed_address(user: User) -> str:
    return reverse("tracker:calendar_feed", args=[token_of(calendar_open(user=user))])


class TestFile:
    def test_without_a_plan_the_page_leads_to_it(self, member: Client) -> None:
        answer = member.get(FILE)
        assert answer.status_code == 404
        assert "No plan is under way" in answer.content.decode()

    def test_a_plan_that_was_closed_is_not_under_way(self, member: Client, user: User) -> None:
        plan(user, closed_on=MONDAY)
        assert member.get(FILE).status_code == 404

    def test_nor_is_that_of_somebody_else(self, member: Client, other_user: User) -> None:
        plan(other_user)
        assert member.get(FILE).status_code == 404

    def test_it_comes_as_a_calendar_to_keep(self, member: Client, user: User) -> None:
        plan(user)
        answer = member.get(FILE)
        assert answer["Content-Type"] == "text/calendar; charset=utf-8"
        assert 'filename="mlarch-plan.ics"' in answer["Content-Disposition"]
        name = f"mlarch: plan for {framework().stage['foundation'].name}"
        assert f"X-WR-CALNAME:{name}\r\n" in answer.content.decode()

    def test_each_step_stands_in_its_weeks(self, member: Client, user: User) -> None:
        plan(user)
        found = read(member)
        assert len(found) == len(steps()) > 2
        for key, first, last in steps():
            begin, end = MONDAY + (first - 1) * WEEK, MONDAY + last * WEEK - timedelta(days=1)
            assert span(found[title(key)]) == (begin, end)

    def test_it_says_what_the_step_closes_its_hours_and_its_address(self, member: Client, user: User) -> None:
        plan(user)
        key = next(key for key, _, _ in steps() if framework().resource[key].url)
        event = read(member)[title(key)]
        said = str(event["DESCRIPTION"])
        assert said.startswith("About ")
        assert "Closes:\n" in said
        assert ", from 0 to " in said
        assert said.endswith(framework().resource[key].url)
        assert str(event["URL"]) == framework().resource[key].url
        assert "Plan" in [str(c) for c in event["CATEGORIES"].cats]

    def test_an_address_of_ones_own_stands_instead(self, member: Client, user: User) -> None:
        plan(user)
        key = steps()[0][0]
        ResourceOverride.objects.create(user=user, resource=row_of(key), url="https://learn.example.org/mine")
        assert str(read(member)[title(key)]["URL"]) == "https://learn.example.org/mine"

    def test_the_same_plan_gives_the_same_bytes(self, member: Client, user: User) -> None:
        plan(user)
        before = member.get(FILE).content
        with clock.at(NOW + timedelta(days=3)):
            assert member.get(FILE).content == before

    def test_it_names_neither_the_person_nor_her_number(self, member: Client, user: User) -> None:
        plan(user)
        assert "ada" not in {part for e in read(member).values() for part in str(e["UID"]).split("@")}
        assert all(len(str(e["UID"])) == len("@mlarch") + 40 for e in read(member).values())

    def test_a_skipped_step_is_gone(self, member: Client, user: User) -> None:
        plan(user)
        key = steps()[0][0]
        SkippedStep.objects.create(user=user, resource=row_of(key))
        assert title(key) not in read(member)

    def test_a_plan_for_a_stage_that_the_model_lost_gives_no_steps(self, member: Client, user: User) -> None:
        plan(user)
        Plan.objects.filter(user=user).update(stage="emperor")
        assert read(member) == {}

    def test_the_reads_do_not_grow_with_the_plan(
        self, member: Client, user: User, django_assert_max_num_queries: Any
    ) -> None:
        plan(user)
        member.get(FILE)
        with django_assert_max_num_queries(14):
            member.get(FILE)


class TestWeeksOff:
    def test_steps_move_behind_them(self, member: Client, user: User) -> None:
        plan(user)
        WeekOff.objects.create(user=user, week=MONDAY)
        found = read(member)
        assert min(span(e)[0] for e in found.values()) == MONDAY + WEEK

    def test_a_step_around_one_stays_one_event_that_leaves_it_out(self, member: Client, user: User) -> None:
        plan(user, hours=60)
        key, first, last = next(step for step in steps(60) if step[2] > step[1])
        off = MONDAY + first * WEEK
        WeekOff.objects.create(user=user, week=off)
        event = read(member)[title(key)]
        begin = MONDAY + (first - 1) * WEEK
        assert span(event) == (begin, begin + timedelta(days=6))
        assert event["RRULE"] == {"FREQ": ["DAILY"], "INTERVAL": [7], "COUNT": [last - first + 2]}
        assert [d.dt for d in event["EXDATE"].dts] == [off]

    def test_taking_one_is_a_later_decision(self, member: Client, user: User) -> None:
        plan(user)
        before = read(member)
        WeekOff.objects.create(user=user, week=MONDAY)
        after = read(member)
        assert all(after[name]["SEQUENCE"] > event["SEQUENCE"] for name, event in before.items())

    def test_and_so_is_taking_it_back(self, member: Client, user: User) -> None:
        plan(user)
        week = WeekOff.objects.create(user=user, week=MONDAY)
        before = read(member)
        week.delete()
        Event.objects.create(user=user, kind=Event.Kind.PLAN, title="No week off", logged_at=NOW + timedelta(hours=1))
        after = read(member)
        assert all(after[name]["SEQUENCE"] > event["SEQUENCE"] for name, event in before.items())


class TestReplan:
    def test_it_moves_events_and_never_doubles_them(self, member: Client, user: User) -> None:
        earlier = plan(user)
        before = read(member)
        earlier.closed_on = date(2026, 1, 12)
        earlier.save()
        plan(user, starts_on=date(2026, 1, 12), logged_at=NOW)
        after = read(member)
        assert set(after) == set(before)
        for name, event in after.items():
            assert event["UID"] == before[name]["UID"]
            assert span(event)[0] == span(before[name])[0] + WEEK
            assert event["SEQUENCE"] > before[name]["SEQUENCE"]
            assert event["LAST-MODIFIED"].dt > before[name]["LAST-MODIFIED"].dt

    def test_two_people_with_one_plan_share_no_uid(self, member: Client, user: User, other_user: User) -> None:
        plan(user)
        plan(other_user)
        other = Client()
        other.force_login(other_user)
        mine, theirs = ({str(e["UID"]) for e in read(client).values()} for client in (member, other))
        assert not mine & theirs


class TestFinished:
    def finish(self, user: User, on: str) -> str:
        key = steps()[0][0]
        resource_mark(user=user, resource=row_of(key), status="finished", on=on)
        return key

    def test_a_finished_step_ends_on_the_day_it_was_done(self, member: Client, user: User) -> None:
        plan(user)
        key = self.finish(user, "2026-01-07")
        found = read(member)
        assert title(key) not in found
        assert span(found[f"Done: {title(key)}"]) == (MONDAY, date(2026, 1, 7))

    def test_done_late_it_took_until_then_and_done_ahead_it_stands_in_that_week(
        self, member: Client, user: User
    ) -> None:
        row = plan(user)
        key = self.finish(user, "2026-03-11")
        assert span(read(member)[f"Done: {title(key)}"]) == (MONDAY, date(2026, 3, 11))
        Plan.objects.filter(pk=row.pk).update(starts_on=date(2026, 3, 16))
        assert span(read(member)[f"Done: {title(key)}"]) == (date(2026, 3, 9), date(2026, 3, 11))

    def test_without_a_day_it_keeps_its_weeks(self, member: Client, user: User) -> None:
        plan(user)
        weeks = span(read(member)[title(steps()[0][0])])
        key = self.finish(user, "2026-01")
        assert span(read(member)[f"Done: {title(key)}"]) == weeks

    def test_it_keeps_its_place_when_a_new_plan_leaves_it_out(self, member: Client, user: User) -> None:
        plan(user, hours=60, closed_on=date(2026, 1, 12))
        key = next(key for key, _, _ in steps(60) if key not in {key for key, _, _ in steps(10)})
        resource_mark(user=user, resource=row_of(key), status="finished", on="2026-01-07")
        plan(user, hours=10, starts_on=date(2026, 1, 12))
        found = read(member)
        assert span(found[f"Done: {title(key)}"])[1] == date(2026, 1, 7)
        assert len(found) == len(steps(10)) + 1

    def test_the_event_is_the_same_and_the_mark_a_later_decision(self, member: Client, user: User) -> None:
        plan(user)
        before = read(member)
        key = self.finish(user, "2026-01-07")
        done = read(member)[f"Done: {title(key)}"]
        assert done["UID"] == before[title(key)]["UID"]
        assert done["SEQUENCE"] > before[title(key)]["SEQUENCE"]


class TestHabits:
    def log(self, user: User, on: str, kind: str = "tech-watch") -> None:
        item_save(user=user, row=Activity(user=user, kind=kind, title="What is new", on=on))

    def name(self, key: str = "hb.tech-watch") -> str:
        return framework().habit[key].name

    def test_only_what_was_begun_is_reminded_of(self, member: Client, user: User) -> None:
        plan(user)
        self.log(user, "2026-01-06")
        found = read(member)
        assert {h.name for h in framework().habits} & set(found) == {self.name()}

    def test_it_comes_again_from_its_due_day_by_its_cadence(self, member: Client, user: User) -> None:
        plan(user)
        self.log(user, "2026-01-06")
        event, habit = read(member)[self.name()], framework().habit["hb.tech-watch"]
        due = date(2026, 1, 6) + timedelta(days=habit.days)
        assert span(event) == (due, due)
        assert event["RRULE"] == {"FREQ": ["DAILY"], "INTERVAL": [habit.days]}
        assert [str(c) for c in event["CATEGORIES"].cats] == ["Habit"]

    def test_what_is_asked_twice_in_its_time_comes_twice_as_often(self, member: Client, user: User) -> None:
        plan(user)
        self.log(user, "2026-01-02", "paper-read")
        event, habit = read(member)[self.name("hb.papers")], framework().habit["hb.papers"]
        assert span(event)[0] == NOW.date()  # one of two: due now
        assert event["RRULE"]["INTERVAL"] == [habit.days // 2]

    def test_it_rests_in_weeks_off(self, member: Client, user: User) -> None:
        plan(user)
        self.log(user, "2026-01-02", "paper-read")
        for week in (MONDAY, MONDAY + 2 * WEEK):
            WeekOff.objects.create(user=user, week=week)
        event, habit = read(member)[self.name("hb.papers")], framework().habit["hb.papers"]
        assert span(event)[0] == MONDAY + WEEK
        days = {MONDAY + WEEK + n * timedelta(days=habit.days // 2) for n in range(9)}
        rests = {day for day in days if MONDAY + 2 * WEEK <= day < MONDAY + 3 * WEEK}
        assert {d.dt for d in event["EXDATE"].dts} == rests if rests else "EXDATE" not in event

    def test_doing_it_moves_it_on(self, member: Client, user: User) -> None:
        plan(user)
        self.log(user, "2025-11-01")
        before = read(member)[self.name()]
        self.log(user, "2026-01-07")
        after = read(member)[self.name()]
        assert span(before)[0] == NOW.date() < span(after)[0]
        assert before["UID"] == after["UID"]
        assert before["SEQUENCE"] < after["SEQUENCE"]


class TestFeed:
    def test_whoever_holds_the_address_reads_what_the_file_holds(self, member: Client, user: User) -> None:
        plan(user)
        address = feed_address(user)
        assert Client().get(address).content == member.get(FILE).content
        assert Client().head(address).status_code == 200

    def test_it_stays_out_of_caches_and_search_engines_and_sets_no_cookie(self, client: Client, user: User) -> None:
        answer = client.get(feed_address(user))
        assert {"private", "no-store"} <= set(answer["Cache-Control"].split(", "))
        assert "noindex" in answer["X-Robots-Tag"]
        assert not answer.cookies
        assert "Content-Disposition" not in answer

    def test_without_a_plan_it_goes_on_with_the_habits_or_with_nothing(self, client: Client, user: User) -> None:
        address = feed_address(user)
        assert read(client, address) == {}
        TestHabits().log(user, "2026-01-06")
        assert len(read(client, address)) == 1

    def test_a_new_plan_comes_in_by_the_same_address(self, client: Client, user: User) -> None:
        address = feed_address(user)
        plan(user)
        assert len(read(client, address)) == len(steps())

    def test_a_renewed_or_closed_address_is_not_there(self, client: Client, member: Client, user: User) -> None:
        first = feed_address(user)
        member.post("/calendar/renew/")
        assert client.get(first).status_code == 404
        second = feed_address(user)
        assert client.get(second).status_code == 200
        member.post("/calendar/close/")
        assert client.get(second).status_code == 404

    def test_nor_is_a_forged_one(self, client: Client, user: User) -> None:
        address = feed_address(user)
        assert client.get(address.replace(".ics", "x.ics")).status_code == 404
        assert client.get("/calendar/1.ics").status_code == 404

    def test_who_asks_too_often_has_to_wait(self, client: Client, user: User) -> None:
        address = feed_address(user)
        answers = [client.get(address) for _ in range(11)]
        assert [a.status_code for a in answers] == [200] * 10 + [429]
        assert answers[-1]["Retry-After"] == "60"


class TestSettings:
    def page(self, member: Client) -> str:
        return member.get("/settings/").content.decode()

    def test_there_is_no_address_before_it_is_made(self, member: Client) -> None:
        assert "Make an address" in self.page(member)
        assert ".ics" not in self.page(member)

    def test_making_one_shows_it_whole_to_be_copied(self, member: Client, user: User) -> None:
        answer = member.post("/calendar/open/", follow=True)
        assert answer.redirect_chain == [("/settings/#calendar", 302)]
        html = answer.content.decode()
        assert f'value="http://testserver{feed_address(user)}" readonly' in html
        assert "Your calendar has an address." in html

    def test_renewing_says_that_the_one_before_leads_nowhere(self, member: Client, user: User) -> None:
        before = feed_address(user)
        html = member.post("/calendar/renew/", follow=True).content.decode()
        assert "leads nowhere any more" in html
        assert before not in html
        assert feed_address(user) in html

    def test_closing_says_so_and_offers_to_make_one_again(self, member: Client, user: User) -> None:
        feed_address(user)
        html = member.post("/calendar/close/", follow=True).content.decode()
        assert "The address is closed." in html
        assert "Make an address" in html
        assert read_feed(user) is None

    def test_before_each_the_page_says_what_it_does(self, member: Client, user: User) -> None:
        feed_address(user)
        html = self.page(member)
        assert "makes this one worthless at once" in html
        assert "get nothing new from then on" in html

    def test_the_address_stays_where_a_form_is_refused(self, member: Client, user: User) -> None:
        address = feed_address(user)
        assert address in member.post("/settings/", {"theme": "plaid"}).content.decode()

    @pytest.mark.parametrize("name", ["open", "renew", "close"])
    def test_a_look_changes_nothing(self, member: Client, user: User, name: str) -> None:
        address = feed_address(user)
        assert member.get(f"/calendar/{name}/").status_code == 405
        assert feed_address(user) == address
