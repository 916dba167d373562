"""Accepting a plan, giving it up, leaving steps out: each one event, each undone as any other."""

from __future__ import annotations

from datetime import UTC, date, datetime
from fractions import Fraction

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tracker import clock
from tracker.engine.plan import Ask, Mode
from tracker.engine.weeks import plan_begin
from tracker.models import Event, Plan, SkippedStep, Solve, State
from tracker.plan_form import Question
from tracker.queries.frameworks import framework_of, published_release
from tracker.queries.person import local_today, read_snapshot
from tracker.services.history import event_undo
from tracker.services.path import resource_mark
from tracker.services.people import person_ensure
from tracker.services.plans import plan_accept, plan_close, step_skip, step_take_up
from tracker.services.solves import solve_ask
from tracker.state import PlanAhead

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("solved_at_once")]


def solve(user: User, hours: int = 12, stage: str = "foundation") -> Solve:
    release = published_release(person_ensure(user=user).framework)
    levels = dict.fromkeys(framework_of(release).competency, 0)
    question = Question(Ask(stage, Mode.MOST, hours=Fraction(hours)), levels)
    return solve_ask(user=user, release_id=release, question=question)


def ahead(user: User) -> PlanAhead | None:
    kept = State.objects.get(pk=user.pk)
    return read_snapshot(framework_of(kept.release_id), kept).plan


def today(user: User) -> date:
    return local_today(person_ensure(user=user))


def test_an_accepted_plan_begins_this_week_and_is_kept_with_the_state(user: User) -> None:
    outcome = plan_accept(user=user, solve=solve(user), query="mode=most")
    assert outcome is not None and outcome.event.kind == Event.Kind.PLAN
    row = Plan.objects.get(user=user)
    assert (row.starts_on, row.closed_on, row.question["query"]) == (plan_begin(today(user)), None, "mode=most")
    plan = ahead(user)
    assert plan is not None
    assert [s.resource for s in plan.steps] == [s[0] for s in row.answer["steps"]][:12]


def test_a_new_plan_closes_the_one_under_way(user: User) -> None:
    plan_accept(user=user, solve=solve(user), query="")
    plan_accept(user=user, solve=solve(user, 20), query="")
    first, second = Plan.objects.filter(user=user).order_by("id")
    assert first.closed_on == today(user) and second.closed_on is None


def test_accepting_the_same_plan_twice_changes_nothing(user: User) -> None:
    """Two clicks, or the page sent again."""
    plan_accept(user=user, solve=solve(user), query="mode=most")
    assert plan_accept(user=user, solve=solve(user), query="mode=most") is None
    assert Plan.objects.get(user=user).closed_on is None


def test_undoing_brings_the_earlier_plan_back(user: User) -> None:
    plan_accept(user=user, solve=solve(user), query="")
    outcome = plan_accept(user=user, solve=solve(user, 20), query="")
    assert outcome is not None
    undone = event_undo(user=user, event=outcome.event)
    assert undone is not None
    assert Plan.objects.get(user=user).closed_on is None
    event_undo(user=user, event=undone.event)
    assert list(Plan.objects.order_by("id").values_list("closed_on", flat=True)) == [today(user), None]


def test_a_plan_given_up_stays_readable(user: User) -> None:
    plan_accept(user=user, solve=solve(user), query="")
    plan_close(user=user)
    assert Plan.objects.get(user=user).closed_on == today(user)
    assert ahead(user) is None
    assert plan_close(user=user) is None


def test_an_empty_plan_and_that_of_another_are_refused(user: User, other_user: User) -> None:
    with pytest.raises(ValueError, match="no plan"):
        plan_accept(user=user, solve=solve(user, 0), query="")
    with pytest.raises(PermissionError):
        plan_accept(user=user, solve=solve(other_user), query="")


def test_a_step_left_out_or_finished_is_not_ahead_any_more(user: User) -> None:
    plan_accept(user=user, solve=solve(user), query="")
    plan = ahead(user)
    assert plan is not None
    first, second = plan.steps[0].resource, plan.steps[1].resource
    step_skip(user=user, resource=first)
    assert step_skip(user=user, resource=first) is None
    from tracker.models import Resource

    row = Resource.objects.get(key=second)
    resource_mark(user=user, resource=row, status="finished", on=today(user).isoformat())
    after = ahead(user)
    assert after is not None
    assert {first, second}.isdisjoint(s.resource for s in after.steps)
    step_take_up(user=user, resource=first)
    again = ahead(user)
    assert again is not None and again.steps[0].resource == first
    assert not SkippedStep.objects.exists()
    assert step_take_up(user=user, resource=first) is None


def test_a_plan_made_at_the_end_of_a_week_begins_with_the_next(user: User) -> None:
    sunday = datetime(2026, 11, 29, 18, tzinfo=UTC)
    with clock.at(sunday):
        plan_accept(user=user, solve=solve(user), query="")
    assert Plan.objects.get().starts_on == date(2026, 11, 30)


def test_a_plan_for_a_stage_that_the_model_has_dropped_breaks_no_page(user: User) -> None:
    plan_accept(user=user, solve=solve(user), query="")
    plan = Plan.objects.get()
    Plan.objects.update(stage="gone")
    step_skip(user=user, resource=plan.answer["steps"][0][0])
    member = Client()
    member.force_login(user)
    for address in ("/plan/", "/dashboard/", "/progress/", f"/plan/earlier/{plan.pk}/"):
        assert member.get(address).status_code == 200
