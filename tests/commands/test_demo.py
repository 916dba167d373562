"""`demo`: people with full histories, told through the same services that pages use."""

from __future__ import annotations

from fractions import Fraction
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command

from tracker.models import Advert, Event, Plan, State, WeekOff
from tracker.queries.pace import forecast_of
from tracker.queries.person import read_person
from tracker.queries.plan_view import read_under_way
from tracker.services.people import person_ensure

pytestmark = pytest.mark.django_db


def test_three_people_sign_in_with_the_printed_password() -> None:
    out = StringIO()
    call_command("demo", password="a long demo word", stdout=out)
    names = ["demo-developer", "demo-scientist", "demo-student"]
    assert [line.split()[0] for line in out.getvalue().splitlines()[:3]] == names
    assert all(user.check_password("a long demo word") for user in User.objects.filter(username__in=names))


def test_each_history_spans_months_and_ends_higher_than_it_began() -> None:
    call_command("demo", password="x" * 12, stdout=StringIO())
    for user in User.objects.filter(username__startswith="demo-"):
        events = list(Event.objects.for_user(user).order_by("logged_at"))
        assert len(events) >= 20
        assert (events[-1].logged_at - events[0].logged_at).days > 300
        assert events[-1].readiness["architect"][0] > events[0].readiness["architect"][0]


def test_the_scientist_aims_at_adverts() -> None:
    call_command("demo", password="x" * 12, stdout=StringIO())
    rows = list(Advert.objects.filter(user__username="demo-scientist").order_by("id"))
    assert [row.employer for row in rows] == ["Tern & Tidewater Shipping", "Marigold Municipal Insurance"]
    asked = [sum(line["taken"] for line in row.requirements) for row in rows]
    assert all(row.is_reviewed for row in rows) and min(asked) >= 7


def test_a_rerun_replaces_the_demo_people_and_nobody_else(user: User) -> None:
    call_command("demo", password="x" * 12, stdout=StringIO())
    first = set(User.objects.values_list("pk", flat=True))
    call_command("demo", password="x" * 12, stdout=StringIO())
    assert User.objects.filter(username__startswith="demo-").count() == 3
    assert User.objects.filter(pk=user.pk).exists()
    assert first != set(User.objects.values_list("pk", flat=True))
    assert State.objects.count() == 3


def test_each_has_logged_hours_enough_for_a_pace_and_taken_a_week_off() -> None:
    call_command("demo", password="x" * 12, stdout=StringIO())
    for user in User.objects.filter(username__startswith="demo-"):
        person = read_person(user, person_ensure(user=user), State.objects.get(user=user))
        line = forecast_of(person, Fraction(100))
        assert line.pace.weeks == 12
        assert line.forecast and line.forecast.has_range and line.forecast.late
        assert WeekOff.objects.filter(user=user).exists()


def test_one_follows_a_plan_with_a_step_late_and_another_gave_one_up() -> None:
    call_command("demo", password="x" * 12, stdout=StringIO())
    user = User.objects.get(username="demo-developer")
    under_way = read_under_way(read_person(user, person_ensure(user=user), State.objects.get(user=user)))
    assert under_way and under_way.week >= 8
    assert under_way.done >= 5 and under_way.late >= 1
    assert {line.state for line in under_way.view.lines} >= {"finished", "started", ""}
    closed = Plan.objects.get(user__username="demo-student")
    assert closed.closed_on and closed.closed_on > closed.starts_on
