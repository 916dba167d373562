"""Progress: the log and its undo, readiness over time, hours and levels by month, what is new."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from tracker import clock
from tracker.engine.levels import levels
from tracker.models import Activity, Claim, Competency, Degree, Event, Match, Resource, Role
from tracker.queries.frameworks import current_framework
from tracker.queries.history_words import changes_in_words
from tracker.queries.profile import read_profile
from tracker.queries.replay import profiles_at
from tracker.services.claims import claim_remove, claim_set, claims_set
from tracker.services.history import event_undo
from tracker.services.items import item_remove, item_save
from tracker.services.path import competency_waive, resource_mark
from tracker.services.people import person_ensure
from tracker.views.kept import pages

pytestmark = pytest.mark.django_db


def context_of(client: Client, query: str = "") -> Any:
    pages.clear()  # a page that is served again as it was rendered has no context
    return client.get(f"/progress/{query}").context


def days_ago(days: int) -> datetime:
    return timezone.now() - timedelta(days=days)


@pytest.fixture
def history(user: User) -> list[Event]:
    """A degree a year ago, two ticks half a year ago, a course yesterday; the events, oldest first."""
    with clock.at(days_ago(365)):
        degree = Degree(user=user, level="bachelor", field="Statistics", rule="statistics", match=Match.CONFIRMED)
        item_save(user=user, row=degree)
    with clock.at(days_ago(180)):
        claims_set(user=user, levels={"cs.python": 2, "cs.sql": 1})
    with clock.at(days_ago(1)):
        course = Resource.objects.get(key="r.google-mlcc")
        on = timezone.localdate(days_ago(1)).isoformat()
        resource_mark(user=user, resource=course, status="finished", on=on, hours=Decimal(15))
    return list(Event.objects.filter(user=user).order_by("id"))


def test_nothing_logged_leads_to_the_start(member: Client) -> None:
    assert 'href="/start/"' in member.get("/progress/").content.decode()


def test_nobody_is_sent_to_sign_in(client: Client) -> None:
    assert client.get("/progress/").url.startswith("/accounts/login/")


class TestLog:
    def test_it_is_newest_first_with_readiness_after_and_how_far_it_moved(
        self, member: Client, history: list[Event]
    ) -> None:
        lines = context_of(member)["lines"]
        assert [line.event for line in lines] == history[::-1]
        course, ticks, degree = lines
        assert degree.moved == degree.claimed
        assert ticks.moved == pytest.approx(ticks.claimed - degree.claimed)
        assert course.moved == pytest.approx(course.claimed - ticks.claimed)

    def test_it_says_in_plain_words_what_changed(self, member: Client, history: list[Event]) -> None:
        ticks = context_of(member)["lines"][1]
        assert "Python programming claimed at 2" in ticks.changes
        assert len(ticks.changes) == 2

    def test_it_can_be_of_one_kind(self, member: Client, history: list[Event]) -> None:
        context = context_of(member, "?kind=degree")
        assert [line.event.kind for line in context["lines"]] == ["degree"]
        assert {kind for kind, _ in context["kinds"]} == {"degree", "claim", "resource"}

    def test_a_kind_that_is_none_shows_all(self, member: Client, history: list[Event]) -> None:
        assert len(context_of(member, "?kind=spell")["lines"]) == 3

    def test_pages_beyond_the_last_show_the_last(self, member: Client, history: list[Event]) -> None:
        assert context_of(member, "?page=99")["page"].number == 1
        assert context_of(member, "?page=x")["page"].number == 1

    def test_nobody_sees_the_log_of_another(self, member: Client, other_user: User) -> None:
        claim_set(user=other_user, competency="cs.python", level=3)
        assert context_of(member)["first"] is None


class TestUndo:
    def test_it_puts_back_says_so_and_returns_to_where_the_button_stood(
        self, member: Client, user: User, history: list[Event]
    ) -> None:
        response = member.post(f"/progress/{history[1].pk}/undo/", headers={"Referer": "http://testserver/dashboard/"})
        assert response.url == "/dashboard/"
        assert not Claim.objects.filter(user=user).exists()
        assert "Undid" in member.get("/dashboard/").content.decode()

    @pytest.mark.parametrize("referer", ["", "https://evil.example/", "javascript:alert(1)"])
    def test_from_nowhere_or_elsewhere_it_returns_to_the_log(
        self, member: Client, history: list[Event], referer: str
    ) -> None:
        response = member.post(f"/progress/{history[1].pk}/undo/", headers={"Referer": referer})
        assert response.url == "/progress/"

    def test_what_has_changed_since_is_said_and_left_alone(
        self, member: Client, user: User, history: list[Event]
    ) -> None:
        claim_set(user=user, competency="cs.python", level=4)
        response = member.post(f"/progress/{history[1].pk}/undo/", follow=True)
        assert "has changed since" in response.content.decode()
        assert Claim.objects.get(user=user, competency__key="cs.python").level == 4

    def test_twice_is_once(self, member: Client, history: list[Event]) -> None:
        member.post(f"/progress/{history[1].pk}/undo/")
        response = member.post(f"/progress/{history[1].pk}/undo/", follow=True)
        assert "undone already" in response.content.decode()

    def test_the_event_of_another_is_not_found(self, member: Client, other_user: User) -> None:
        outcome = claim_set(user=other_user, competency="cs.python", level=3)
        assert outcome is not None
        assert member.post(f"/progress/{outcome.event.pk}/undo/").status_code == 404
        assert Claim.objects.filter(user=other_user).exists()

    def test_it_is_asked_for_by_post_alone(self, member: Client, history: list[Event]) -> None:
        assert member.get(f"/progress/{history[0].pk}/undo/").status_code == 405

    def test_a_fragment_has_the_page_loaded_again(self, member: Client, history: list[Event]) -> None:
        response = member.post(f"/progress/{history[1].pk}/undo/", headers={"HX-Request": "true"})
        assert (response.status_code, response.headers["HX-Refresh"]) == (200, "true")

    def test_the_button_stands_only_where_it_still_fits(self, member: Client, user: User, history: list[Event]) -> None:
        claim_set(user=user, competency="cs.python", level=4)
        event_undo(user=user, event=history[2])
        can_undo = {line.event.pk: line.can_undo for line in context_of(member)["lines"]}
        assert [can_undo[event.pk] for event in history] == [True, False, False]


class TestOverTime:
    def test_the_chart_has_a_point_a_day_of_change(self, member: Client, history: list[Event]) -> None:
        assert len(context_of(member, "?stage=lead")["chart"].points) == 3

    def test_a_range_begins_with_what_stood_then(self, member: Client, history: list[Event]) -> None:
        everything = context_of(member, "?stage=lead")["chart"].points
        lately = context_of(member, "?stage=lead&months=3")["chart"].points
        assert (lately[0].claimed, lately[-1]) == (everything[1].claimed, everything[-1])
        assert len(lately) == 2

    def test_hours_fall_into_the_month_of_their_day(self, member: Client, user: User, history: list[Event]) -> None:
        talk = Activity(user=user, kind="talk", title="A talk", on=timezone.localdate().isoformat(), hours=Decimal(4))
        item_save(user=user, row=talk)
        months = context_of(member)["months"]
        assert len(months) == 12
        assert sum(month.hours for month in months) == 19

    def test_levels_gained_are_those_that_the_changes_of_the_month_added(
        self, member: Client, user: User, history: list[Event]
    ) -> None:
        context = context_of(member)
        person, months = context["person"], context["months"]
        (degree_alone,) = profiles_at(user.pk, current_framework(), [days_ago(200)])
        before = sum(level.level for level in levels(person.framework, degree_alone, as_of=person.today).values())
        assert sum(month.levels for month in months) == sum(person.snapshot.held.values()) - before
        assert all(month.levels == 0 for month in months[8:11])

    def test_what_is_new_names_each_level_that_changed(self, member: Client, user: User, history: list[Event]) -> None:
        preferences = person_ensure(user=user)
        preferences.visited_at, preferences.previous_visit_at = timezone.now(), days_ago(1) + timedelta(hours=1)
        preferences.save()
        assert context_of(member)["news"] is None
        claim_set(user=user, competency="cs.sql", level=3)
        news = context_of(member)["news"]
        assert ("cs.sql", 1, 3) in {(key, was, now) for key, _, was, now in news.levels}
        assert news.acts == (("claim", 1),)

    def test_pictures_have_words_and_a_table_beside_them(self, member: Client, history: list[Event]) -> None:
        text = member.get("/progress/").content.decode()
        assert text.count("As a table") == 2
        assert text.count('role="group"') == 12


class TestReplay:
    def test_the_log_played_to_its_end_is_the_profile_of_now(self, user: User, history: list[Event]) -> None:
        role = Role(user=user, title="Data Scientist", start="2020", rule="data-scientist", match=Match.CONFIRMED)
        item_save(user=user, row=role)
        role.end = "2024-05"
        item_save(user=user, row=role)
        talk = Activity(user=user, kind="talk", title="A talk", on="2025-02", levels={"biz.presenting": 3})
        item_save(user=user, row=talk)
        item_remove(user=user, row=Degree.objects.get(user=user))
        claim_remove(user=user, competency="cs.sql")
        claims_set(user=user, levels={"ml.fundamentals": 3}, origin=Claim.Origin.OFFER)
        competency_waive(user=user, competency=Competency.objects.get(key="cs.sql"))
        (played,) = profiles_at(user.pk, current_framework(), [timezone.now()])
        assert played == read_profile(user.pk, current_framework())

    def test_before_the_first_event_there_is_nothing(self, user: User, history: list[Event]) -> None:
        earlier, later = profiles_at(user.pk, current_framework(), [days_ago(400), days_ago(100)])
        assert not earlier.degrees and not earlier.claims
        assert later.degrees and set(later.claims) == {"cs.python", "cs.sql"}

    def test_its_levels_are_those_of_the_state(self, user: User, member: Client, history: list[Event]) -> None:
        person = context_of(member)["person"]
        (played,) = profiles_at(user.pk, current_framework(), [timezone.now()])
        found = levels(person.framework, played, as_of=person.today)
        assert {c: level.level for c, level in found.items()} == person.snapshot.held


class TestWords:
    @pytest.mark.parametrize(
        ("was", "now", "words"),
        [
            (None, {"level": 3}, "Python programming claimed at 3"),
            ({"level": 2}, {"level": 3}, "Python programming 2 to 3"),
            ({"level": 2}, None, "Python programming: claim of 2 taken back"),
            ({"level": 2, "on": "2025-01-01"}, {"level": 2, "on": "2026-01-01"}, "Python programming 2, said anew"),
            ({"level": 2}, {"level": 2, "note": "why"}, "Python programming: its note"),
        ],
    )
    def test_a_claim_is_said_by_its_levels(
        self, member: Client, history: list[Event], was: Any, now: Any, words: str
    ) -> None:
        rest = {"on": None, "note": "", "link": ""}
        before, after = ({**rest, **kept} if kept else None for kept in (was, now))
        framework = context_of(member)["person"].framework
        assert list(changes_in_words(framework, {"claim:cs.python": before}, {"claim:cs.python": after})) == [words]

    def test_another_row_is_said_by_the_fields_that_changed(self, member: Client, history: list[Event]) -> None:
        framework = context_of(member)["person"].framework
        before = {"role:1": {"title": "Analyst", "end": "", "rule": "x"}}
        after = {"role:1": {"title": "Analyst", "end": "2025", "rule": "y"}}
        assert list(changes_in_words(framework, before, after)) == ["end nothing to 2025"]


@pytest.mark.parametrize("events", [10, 1000])
def test_the_number_of_reads_does_not_grow_with_the_log(
    member: Client, user: User, history: list[Event], events: int, django_assert_max_num_queries: Any
) -> None:
    begin = days_ago(300)
    Event.objects.bulk_create(
        Event(user=user, kind="claim", title=f"event {i}", logged_at=begin + timedelta(hours=6 * i), after={})
        for i in range(events)
    )
    member.get("/progress/?kind=degree")
    with django_assert_max_num_queries(20):
        assert member.get("/progress/").status_code == 200
