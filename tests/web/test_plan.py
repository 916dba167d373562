"""The plan page: solved beside the request, followed, skipped, replaced, planned again, and asked what if."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tracker import clock
from tracker.engine.weeks import plan_begin
from tracker.models import Effort, Plan, Resource, ResourceMark, SkippedStep, Solve, WeekOff
from tracker.services import solves
from tracker.services.path import resource_mark
from tracker.services.people import person_ensure, preferences_update

pytestmark = pytest.mark.django_db
solved = pytest.mark.usefixtures("solved_at_once")

FRAGMENT = {"HX-Request": "true", "HX-Target": "answer"}
EFFECT = {"HX-Request": "true", "HX-Target": "effect"}


def text_of(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def accept(client: Client, query: str = "") -> Plan:
    page = client.get(f"/plan/?{query}")
    asked = page.context["asked"]
    client.post("/plan/accept/", {"solve": asked.solve.pk, "query": page.context["query"]})
    return Plan.objects.get(closed_on=None)


# The answer


def test_the_page_does_not_wait_for_the_solver(member: Client) -> None:
    page = member.get("/plan/")
    assert page.status_code == 200
    assert 'aria-busy="true"' in page.content.decode() and "Look again" in text_of(page)
    assert Solve.objects.get().status == Solve.Status.SOLVING


@solved
def test_the_shortest_way_leads_with_its_hours_and_its_proof(member: Client) -> None:
    said = text_of(member.get("/plan/"))
    assert "352 h of study to Undergraduate foundations: by" in said
    assert "No other choice of these resources gets there in fewer hours." in said
    assert "Following the recommendations takes 422 h to get there." in said
    assert "as most are estimates" in said and "milestone" in said


@solved
def test_the_fragment_is_the_answer_and_the_sentence_that_leads(member: Client) -> None:
    html = member.get("/plan/", headers=FRAGMENT).content.decode()
    assert 'id="answer"' in html and 'id="plan-lead" hx-swap-oob="true"' in html
    assert "<html" not in html


@solved
def test_the_folded_form_says_what_the_answer_is_to(member: Client) -> None:
    html = member.get("/plan/?mode=most&per_week=12&budget=90", headers=FRAGMENT).content.decode()
    said = re.search(r'<span id="asked-for" hx-swap-oob="true">(.*?)</span>', html)
    assert said and said[1] == "Planned: the most progress in a time, 12 h a week, at most $90."
    assert 'id="asked-for">Planned: the shortest way' in member.get("/plan/?mode=shortest").content.decode()


@solved
def test_the_most_in_some_weeks(member: Client) -> None:
    page = member.get("/plan/?mode=most&weeks=10&per_week=4")
    plan = page.context["asked"].view.plan
    assert 0 < plan.hours <= 40 and plan.is_proven
    assert "No other choice of these resources gives more in these hours." in text_of(page)


@solved
def test_the_picture_is_drawn_for_both_widths_and_said_in_a_table(member: Client) -> None:
    page = member.get("/plan/?mode=most&weeks=10&per_week=4")
    plan, html = page.context["asked"].view.plan, page.content.decode()
    assert html.count('class="timeline wide"') == html.count('class="timeline narrow"') == 1
    rows = page.context["week_rows"]
    assert [title for row in rows for title in row.done] == [step.resource.title for step in plan.steps]
    assert [row.begin for row in rows] == sorted({row.begin for row in rows})
    assert [row.readiness for row in rows] == sorted(row.readiness for row in rows)
    assert rows[-1].readiness == plan.after
    assert f"{rows[0].begin:%-d %b %Y}</th><td>{rows[0].done[0]}" in html


@solved
def test_a_date_stands_for_weeks(member: Client, user: User) -> None:
    until = clock.today_in("UTC") + timedelta(days=27)
    page = member.get(f"/plan/?mode=most&until={until.isoformat()}")
    assert page.context["options"].weeks in (4, 5)


@solved
def test_filters_and_budget_bound_the_choice(member: Client) -> None:
    page = member.get("/plan/?mode=most&weeks=20&kinds=course&cost=0&budget=0")
    steps = page.context["asked"].view.plan.steps
    assert steps and all(s.resource.kind == "course" and not s.resource.cost for s in steps)


@solved
def test_what_no_resource_reaches_is_said(member: Client) -> None:
    said = text_of(member.get("/plan/?mode=shortest&stage=architect&kinds=video"))
    assert "Nothing in the catalogue reaches Machine Learning Architect" in said


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("mode=most&per_week=0", "greater than or equal to 0.1"),
        ("mode=most&per_week=lots", "Enter a number"),
        ("mode=most&weeks=0", "greater than or equal to 1"),
        ("mode=most&until=2001-01-01", "A day that is still ahead."),
        ("mode=most&until=2999-01-01", "At most ten years ahead."),
        ("mode=most&budget=-5", "greater than or equal to 0"),
        ("mode=magic", "Select a valid choice"),
        ("mode=most&stage=guru", "Select a valid choice"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(member: Client, query: str, said: str) -> None:
    page = member.get(f"/plan/?{query}")
    assert page.status_code == 422 and said in text_of(page)
    assert member.get(f"/plan/?{query}", headers=FRAGMENT)["HX-Redirect"].startswith("/plan/?")
    assert not Solve.objects.exists()


def test_too_many_questions_are_refused_in_words(member: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(solves, "MOST_AN_HOUR", 0)
    assert "asked for within an hour" in text_of(member.get("/plan/"))


@solved
def test_started_resources_stay_with_the_hours_that_are_left(member: Client, user: User) -> None:
    row = Resource.objects.get(key="r.coursera-ml-spec")
    resource_mark(user=user, resource=row, status=ResourceMark.Status.STARTED)
    Effort.objects.create(user=user, on=clock.today_in("UTC"), hours=30, resource=row.key)
    page = member.get("/plan/")
    first = page.context["asked"].view.plan.steps[0]
    assert (first.resource.id, first.resource.hours, first.resource.cost, first.is_kept) == (row.key, 69, 0, True)
    assert "because you have started it" in text_of(page)


@solved
def test_a_week_off_moves_the_end(member: Client, user: User) -> None:
    before = member.get("/plan/").context["asked"].view.end
    monday = clock.today_in("UTC") + timedelta(days=7 - clock.today_in("UTC").weekday())
    WeekOff.objects.create(user=user, week=monday)
    assert member.get("/plan/").context["asked"].view.end == before + timedelta(days=7)


@solved
def test_the_queries_do_not_grow_with_the_plan(member: Client, django_assert_max_num_queries: Any) -> None:
    accept(member, "mode=most&weeks=2")
    member.get("/plan/?stage=architect")
    with django_assert_max_num_queries(40):
        member.get("/plan/?stage=architect")


# The plan that is followed


@solved
def test_a_plan_is_followed_and_shows_this_week_here_and_on_the_dashboard(member: Client) -> None:
    plan = accept(member, "mode=most&weeks=8")
    first = member.get("/plan/").context["present"].this_week[0].step.resource
    assert plan.answer["steps"][0][0] == first.id
    assert first.title in text_of(member.get("/plan/")) and first.title in text_of(member.get("/dashboard/"))
    assert "by your plan" in text_of(member.get("/dashboard/"))


@solved
def test_a_step_ticked_off_is_evidence_and_the_next_one_follows(member: Client) -> None:
    plan = accept(member, "mode=most&weeks=8")
    key = plan.answer["steps"][0][0]
    member.post(f"/resources/{key}/mark/", {"status": "finished", "next": "/plan/"})
    present = member.get("/plan/").context["present"]
    assert present.done == 1 and present.view.lines[0].state == "finished"
    assert key not in [line.step.resource.id for line in present.this_week]


@solved
def test_three_weeks_late_is_said_and_planned_again_from_here(member: Client, user: User) -> None:
    with clock.at(clock.now() - timedelta(weeks=3)):
        accept(member, "mode=most&weeks=8")
    page = member.get(f"/plan/?{Plan.objects.get().question['query']}")
    present = page.context["present"]
    assert present.late and "later than planned" in text_of(page)
    assert present.this_week[0].is_late
    changes = page.context["changes"]
    assert changes.later or changes.dropped
    assert "Against the plan that you follow" in text_of(page)


@solved
def test_a_step_left_out_stays_out_of_the_next_plan_until_it_is_taken_up(member: Client) -> None:
    plan = accept(member, "mode=most&weeks=8")
    key = plan.answer["steps"][0][0]
    assert member.get(f"/plan/steps/{key}/replace/").status_code == 200
    answer = member.post(f"/plan/steps/{key}/", {"query": plan.question["query"]}, follow=True)
    assert key not in [s.resource.id for s in answer.context["asked"].view.plan.steps]
    assert "Left out by you" in text_of(answer)
    member.post(f"/plan/steps/{key}/", {"take_up": "1"})
    assert not SkippedStep.objects.exists()


@solved
def test_a_step_is_replaced_by_another_that_closes_the_same(member: Client) -> None:
    plan = accept(member, "mode=most&weeks=30")
    for key in (s[0] for s in plan.answer["steps"]):
        others = member.get(f"/plan/steps/{key}/replace/").context["others"]
        taken = {s[0] for s in plan.answer["steps"]}
        if instead := next((r for r in others if r.id not in taken and r.hours < 100), None):
            break
    assert instead
    data = {"query": plan.question["query"], "instead": instead.id}
    answer = member.post(f"/plan/steps/{key}/", data, follow=True)
    ids = [s.resource.id for s in answer.context["asked"].view.plan.steps]
    assert instead.id in ids and key not in ids


@solved
def test_a_plan_given_up_can_be_read_as_it_was(member: Client, other_user: User) -> None:
    plan = accept(member, "mode=most&weeks=8")
    member.post("/plan/close/")
    page = member.get("/plan/")
    assert page.context["present"] is None and f"/plan/earlier/{plan.pk}/" in page.content.decode()
    assert '<span class="soft">Undergraduate foundations</span>' in page.content.decode()
    assert Resource.objects.get(key=plan.answer["steps"][0][0]).title in text_of(
        member.get(f"/plan/earlier/{plan.pk}/")
    )
    stranger = Client()
    stranger.force_login(other_user)
    assert stranger.get(f"/plan/earlier/{plan.pk}/").status_code == 404


@solved
def test_the_plan_of_another_is_not_there_to_be_accepted(member: Client, other_user: User) -> None:
    stranger = Client()
    stranger.force_login(other_user)
    theirs = stranger.get("/plan/").context["asked"].solve.pk
    for solve in (str(theirs), "0", "-1", "x", "9" * 30):
        assert member.post("/plan/accept/", {"solve": solve}).status_code == 404
    assert not Plan.objects.exists()


@solved
def test_what_the_model_has_not_is_not_found(member: Client) -> None:
    accept(member)
    assert member.post("/plan/steps/r.nothing/").status_code == 404
    assert member.get("/plan/steps/r.nothing/replace/").status_code == 404


# What if


@solved
@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("what=hours", "With 2 hours a week more"),
        ("what=later", "Begun half a year later"),
        ("what=add&add=r.coursera-ml-spec", "With “Machine Learning Specialization” in it"),
        ("what=certificate&certificate=aws-mla", "passed"),
        ("what=role&role=data-scientist", "With two years as"),
    ],
)
def test_a_change_is_tried_without_being_stored(member: Client, what: str, said: str) -> None:
    answer = member.get(f"/plan/what-if/?{what}", headers=EFFECT)
    assert said in text_of(answer) and answer.context["effect"] is not None
    assert "<html" not in answer.content.decode()
    assert "Back to the plan" in text_of(member.get(f"/plan/what-if/?{what}"))
    assert not Plan.objects.exists() and not ResourceMark.objects.exists()


@solved
def test_more_hours_bring_the_day_nearer_and_half_a_year_more_brings_readiness(member: Client) -> None:
    sooner = member.get("/plan/what-if/?what=hours", headers=EFFECT).context["effect"]
    assert sooner.weeks_sooner > 0 and sooner.hours_saved == 0
    more = member.get("/plan/what-if/?mode=most&weeks=4&what=later", headers=EFFECT).context["effect"]
    assert more.gain > 0


@solved
def test_without_a_step_the_shortest_way_is_no_shorter(member: Client) -> None:
    key = member.get("/plan/").context["asked"].view.plan.steps[0].resource.id
    longer = member.get(f"/plan/what-if/?what=drop&drop={key}", headers=EFFECT).context["effect"]
    assert longer.hours_more >= 0


@solved
def test_more_hours_on_the_shortest_way_are_laid_out_anew_and_not_solved_again(member: Client) -> None:
    member.get("/plan/")
    effect = member.get("/plan/what-if/?what=hours", headers=EFFECT).context["effect"]
    assert Solve.objects.count() == 1
    assert effect.ends_after == member.get("/plan/?mode=shortest&per_week=8").context["asked"].view.end


@pytest.mark.parametrize("what", ["certificate:aws-mla", "add:r.coursera-ml-spec", "role:data-scientist"])
def test_what_a_change_does_to_readiness_is_there_before_any_plan(member: Client, what: str) -> None:
    answer = member.get(f"/plan/what-if/?what={what}&stage=architect", headers=EFFECT)
    at_once = answer.context["at_once"]
    assert at_once.before == 0 and at_once.after > 0
    assert "by itself it takes readiness from 0.0 to" in text_of(answer)
    assert "is being worked out" in text_of(answer)


def test_of_a_course_left_out_its_worth_is_said(member: Client) -> None:
    answer = member.get("/plan/what-if/?what=change&change=drop:r.coursera-ml-spec", headers=EFFECT)
    assert answer.context["at_once"].is_loss
    assert re.search(r"by itself it is worth \+[\d.]+ points\.", text_of(answer))


def test_with_too_many_questions_the_change_by_itself_is_still_said(
    member: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(solves, "MOST_AN_HOUR", 0)
    said = text_of(member.get("/plan/what-if/?what=certificate:aws-mla", headers=EFFECT))
    assert "by itself it takes readiness" in said and "asked for within an hour" in said


def test_a_change_is_waited_for_like_a_plan(member: Client) -> None:
    assert "being worked out" in text_of(member.get("/plan/what-if/?what=hours", headers=EFFECT))


@solved
@pytest.mark.parametrize(
    "what", ["", "what=magic", "what=change", "what=add&add=r.nothing", "what=role&role=king", "mode=x&what=hours"]
)
def test_a_change_that_there_is_none_of_is_not_found(member: Client, what: str) -> None:
    assert member.get(f"/plan/what-if/?{what}").status_code == 404


@solved
def test_zero_hours_a_week_in_the_settings_still_make_a_plan(member: Client, user: User) -> None:
    preferences_update(preferences=person_ensure(user=user), hours_per_week=0)
    assert "352 h" in text_of(member.get("/plan/"))


@solved
def test_a_step_left_out_after_it_was_started_is_gone_here_and_on_the_dashboard(member: Client, user: User) -> None:
    plan = accept(member, "mode=most&weeks=8")
    key = plan.answer["steps"][0][0]
    resource_mark(user=user, resource=Resource.objects.get(key=key), status=ResourceMark.Status.STARTED)
    member.post(f"/plan/steps/{key}/")
    present = member.get("/plan/").context["present"]
    assert key not in [line.step.resource.id for line in present.this_week]


@solved
def test_what_was_started_and_closes_nothing_of_the_stage_is_no_part_of_the_way(member: Client, user: User) -> None:
    row = Resource.objects.get(key="r.scrum-guide")
    resource_mark(user=user, resource=row, status=ResourceMark.Status.STARTED)
    plan = member.get("/plan/").context["asked"].view.plan
    assert plan.hours == 352 and row.key not in [s.resource.id for s in plan.steps]


@solved
def test_a_date_holds_fewer_weeks_where_some_are_off(member: Client, user: User) -> None:
    begin = plan_begin(clock.today_in("UTC"))
    until = begin + timedelta(days=7 * 4 - 1)
    WeekOff.objects.create(user=user, week=begin + timedelta(days=7))
    page = member.get(f"/plan/?mode=most&until={until.isoformat()}")
    assert page.context["options"].weeks == 3
    assert page.context["asked"].view.end <= until


@solved
def test_weeks_become_a_date_so_that_planning_again_keeps_the_end(member: Client) -> None:
    plan = accept(member, "mode=most&weeks=6")
    with clock.at(clock.now() + timedelta(weeks=2)):
        assert member.get(f"/plan/?{plan.question['query']}").context["options"].weeks == 4


@solved
def test_hours_as_few_as_the_settings_allow_make_a_page(member: Client, user: User) -> None:
    preferences_update(preferences=person_ensure(user=user), hours_per_week="0.1", budget="123456.78")
    page = member.get("/plan/?stage=architect")
    assert page.status_code == 200 and 'value="123456.78"' in page.content.decode()
    assert member.get("/progress/").status_code == 200
