"""The path: stages, milestones by rule or by word, habits in one line."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tracker.models import Activity, Match, MilestoneWord, Role
from tracker.services.items import item_save

pytestmark = pytest.mark.django_db


def test_each_stage_says_what_it_asks_and_how_people_get_there(member: Client) -> None:
    page = member.get("/path/").content.decode()
    for words in ("Undergraduate foundations", "Machine Learning Architect", "Musts", "Milestones", "Habits"):
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


@pytest.mark.parametrize("given", [{"word": "met", "on": "2022-13"}, {"word": "perhaps"}, {}])
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


@pytest.mark.parametrize("given", [{"on": "yesterday"}, {"kind": "sleeping"}, {"hours": "-1"}, {"title": "x" * 301}])
def test_a_habit_that_cannot_be_is_refused(member: Client, user: User, given: dict[str, str]) -> None:
    assert member.post("/path/habits/hb.network/", given).status_code == 422
    assert not Activity.objects.filter(user=user).exists()


@pytest.mark.parametrize("address", ["/path/habits/hb.nothing/", "/path/milestones/ms.nothing/"])
def test_what_the_model_does_not_have_is_not_found(member: Client, address: str) -> None:
    assert member.post(address, {"word": "met"}).status_code == 404


def test_it_takes_a_constant_number_of_queries(member: Client, user: User, django_assert_max_num_queries) -> None:
    member.get("/path/")
    Activity.objects.bulk_create(
        Activity(user=user, kind="paper-read", title=f"Paper {n}", on="2026-01-01") for n in range(1000)
    )
    with django_assert_max_num_queries(6):
        member.get("/path/")


def _habit(member: Client, key: str):
    groups = member.get("/path/").context["page"].habits
    return next(s for group in groups for s in group.statuses if s.habit.id == key)
