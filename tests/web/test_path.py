"""The path: stages, milestones by rule or by word, habits in one line."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from tracker import clock
from tracker.models import Activity, Match, Milestone, MilestoneWord, Role
from tracker.services.claims import claim_set, claims_set
from tracker.services.items import item_save
from tracker.services.path import milestone_word

pytestmark = pytest.mark.django_db


def test_each_stage_says_what_it_asks_and_how_people_get_there(member: Client) -> None:
    page = member.get("/path/").content.decode()
    for words in (
        "Undergraduate foundations",
        "Machine Learning Architect",
        "Musts",
        "Milestones",
        "By theme",
        "Mentoring and networking",
    ):
        assert words in page
    assert "two years in a software, data or ML role count as the equivalent" in page


def test_a_role_meets_the_milestones_that_it_meets_and_is_named(member: Client, user: User) -> None:
    role = Role(
        user=user, title="Software Developer", employer="Example", start="2019-01", end="2023-01",
        rule="software-developer", match=Match.CONFIRMED,
    )  # fmt: skip
    item_save(user=user, row=role)
    statuses = {
        s.milestone.id: s for section in member.get("/path/").context["page"].sections for s in section.milestones
    }
    assert statuses["ms.first-role"].met
    assert statuses["ms.first-role"].evidence == ("Software Developer, Example (2019-01 to 2023-01)",)
    assert not statuses["ms.ml-role"].met


def test_a_persons_word_meets_a_milestone_and_can_be_left_to_the_rules_again(member: Client, user: User) -> None:
    page = member.post("/path/milestones/ms.cv/", {"word": "met", "on": "2024-05"}, follow=True)
    assert "By your word, 1 May 2024" in page.content.decode()
    member.post("/path/milestones/ms.cv/", {"word": "open"})
    assert MilestoneWord.objects.get(user=user).met is False
    member.post("/path/milestones/ms.cv/", {"word": "rules"})
    assert not MilestoneWord.objects.filter(user=user).exists()


@pytest.mark.parametrize(
    "given",
    [{"word": "met", "on": "2022-13"}, {"word": "met", "on": "2199"}, {"word": "perhaps"}, {}, {"word": "met\x00"}],
)
def test_a_word_that_cannot_be_is_refused_beside_the_milestone(
    member: Client, user: User, given: dict[str, str]
) -> None:
    response = member.post("/path/milestones/ms.cv/", given)
    assert response.status_code == 422
    assert response.context["refused"] == "ms.cv"
    assert not MilestoneWord.objects.filter(user=user).exists()


def test_a_habit_is_logged_in_one_line_and_is_on_time(member: Client, user: User) -> None:
    for title in ("A paper", "Another"):
        member.post("/path/habits/hb.papers/", {"title": title})
    status = _habit(member, "hb.papers")
    assert not status.is_due
    assert status.done == 2
    assert Activity.objects.filter(user=user, kind="paper-read").count() == 2


def test_done_today_takes_no_words(member: Client, user: User) -> None:
    member.post("/path/habits/hb.conferences/")
    row = Activity.objects.get(user=user)
    assert (row.kind, row.title) == ("conference", "Attend a conference")


def test_a_habit_of_several_kinds_takes_the_one_chosen(member: Client, user: User) -> None:
    member.post("/path/habits/hb.network/", {"kind": "mentoring", "title": "Lunch with a mentor"})
    assert Activity.objects.get(user=user).kind == "mentoring"


@pytest.mark.parametrize(
    "given",
    [
        {"on": "yesterday"},
        {"on": "2022-13"},
        {"on": "2199-01-01"},
        {"kind": "sleeping"},
        {"hours": "-1"},
        {"hours": "many"},
        {"title": "x" * 301},
        {"title": "A\x00B"},
        {"note": "x" * 1001},
    ],
)
def test_a_habit_that_cannot_be_is_refused_beside_its_line(member: Client, user: User, given: dict[str, str]) -> None:
    response = member.post("/path/habits/hb.network/", given)
    assert response.status_code == 422
    assert 'id="error-hb.network"' in response.content.decode()
    assert not Activity.objects.filter(user=user).exists()


@pytest.mark.parametrize("address", ["/path/habits/hb.nothing/", "/path/milestones/ms.nothing/"])
def test_what_the_model_does_not_have_is_not_found(member: Client, address: str) -> None:
    assert member.post(address, {"word": "met"}).status_code == 404


def test_a_habit_takes_another_day_hours_and_a_note(member: Client, user: User) -> None:
    given = {"title": "Tea with a lead", "on": "2 March 2026", "hours": "1.5", "note": "Ask about platforms"}
    member.post("/path/habits/hb.network/", given)
    row = Activity.objects.get(user=user)
    assert (row.on, float(row.hours), row.note) == ("2026-03-02", 1.5, "Ask about platforms")


def test_what_was_refused_keeps_what_was_written(member: Client) -> None:
    given = {"title": "<script>alert(1)</script>", "on": "soon"}
    page = member.post("/path/habits/hb.papers/", given).content.decode()
    assert 'value="&lt;script&gt;alert(1)&lt;/script&gt;"' in page
    assert "<script>alert" not in page


def test_logging_says_what_it_did_and_can_be_undone(member: Client, user: User) -> None:
    page = member.post("/path/habits/hb.papers/", {"title": "A paper"}, follow=True)
    assert "Added A paper" in page.content.decode()
    member.post(next(m.extra_tags for m in page.context["messages"]))
    assert not Activity.objects.filter(user=user).exists()


def test_the_stage_in_focus_is_unfolded_and_the_one_that_was_asked_for(member: Client) -> None:
    assert _unfolded(member, "/path/") == ["foundation"]
    assert _unfolded(member, "/path/?open=ms.talk") == ["foundation", "lead"]
    assert _unfolded(member, "/path/?open=architect") == ["foundation", "architect"]


def test_from_lead_on_musts_without_practice_are_named_and_no_number_changes(member: Client, user: User) -> None:
    framework = member.get("/path/").context["page"].person.framework
    musts = {c: framework.target("lead", c) for c in framework.stage["lead"].musts}
    claims_set(user=user, levels=musts)
    sections = {s.stage.id: s for s in member.get("/path/").context["page"].sections}
    assert len(sections["lead"].unpractised) == len(sections["lead"].musts_met) == len(musts)
    assert sections["practitioner"].unpractised == ()


def test_each_milestone_and_habit_stands_under_one_heading(member: Client) -> None:
    page = member.get("/path/").context["page"]
    facts = [s.milestone.id for theme in page.themes for s in theme.milestones]
    habits = [s.habit.id for theme in page.themes for s in theme.habits]
    assert sorted(facts) == sorted(page.person.framework.milestone)
    assert sorted(habits) == sorted(page.person.framework.habit)
    assert "Also on the path" not in [theme.name for theme in page.themes]


def test_a_year_on_the_same_level_with_nothing_open_asks_for_the_next_step(member: Client, user: User) -> None:
    framework = member.get("/path/").context["page"].person.framework
    rows = Milestone.objects.filter(framework__key=framework.id, key__in=[m.id for m in framework.milestones])
    with clock.at(timezone.now() - timedelta(days=400)):
        claim_set(user=user, competency="cs.python", level=3)
        for row in rows:
            milestone_word(user=user, milestone=row, met=True)
    assert member.get("/path/").context["page"].is_plateau
    claim_set(user=user, competency="cs.python", level=4)
    assert not member.get("/path/").context["page"].is_plateau


def test_an_open_milestone_is_no_plateau(member: Client, user: User) -> None:
    with clock.at(timezone.now() - timedelta(days=400)):
        claim_set(user=user, competency="cs.python", level=3)
    assert not member.get("/path/").context["page"].is_plateau


def test_a_stage_says_which_milestones_are_its_own_and_how_many_of_earlier_ones_it_asks_too(member: Client) -> None:
    response = member.get("/path/?open=lead")
    page = response.context["page"]
    required = [m for m in page.person.framework.milestones if m.required]
    order = page.person.framework.stage_order
    for section in page.sections:
        assert {s.milestone.stage for s in section.milestones} <= {section.stage.id}
        assert section.earlier_open == sum(order[m.stage] < order[section.stage.id] for m in required)
    said = " ".join(response.content.decode().split())
    assert "Its own milestones" in said
    lead = next(s for s in page.sections if s.stage.id == "lead")
    assert f"{lead.earlier_open} more of earlier stages are open" in said


def test_it_asks_for_signing_in(client: Client) -> None:
    assert client.get("/path/").status_code == 302
    assert client.post("/path/habits/hb.papers/").status_code == 302


def test_it_takes_a_constant_number_of_queries(member: Client, user: User, django_assert_max_num_queries) -> None:
    member.get("/path/")
    Activity.objects.bulk_create(
        Activity(user=user, kind="paper-read", title=f"Paper {n}", on="2026-01-01") for n in range(1000)
    )
    with django_assert_max_num_queries(6):
        member.get("/path/")


def _unfolded(member: Client, address: str) -> list[str]:
    return [s.stage.id for s in member.get(address).context["page"].sections if s.is_open]


def _habit(member: Client, key: str):
    themes = member.get("/path/").context["page"].themes
    return next(s for theme in themes for s in theme.habits if s.habit.id == key)
