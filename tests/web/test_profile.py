"""The profile: items added, matched, asked about, changed, removed, and what they are evidence for."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tracker.models import Activity, Certification, Claim, Degree, ListedSkill, Match, Role

pytestmark = pytest.mark.django_db

ROLE = {"title": "Machine Learning Engineer", "employer": "Example", "start": "2020-01", "end": "2023-06"}
DEGREE = {"level": "master", "field": "Statistics", "completed": "on", "end": "2015"}


def test_an_empty_profile_says_what_to_log(member: Client) -> None:
    page = member.get("/profile/").content.decode()
    assert "Each item becomes evidence at once" in page
    assert "Add a role" in page


def test_a_role_is_matched_by_its_words_and_the_page_says_what_it_changed(member: Client, user: User) -> None:
    page = member.post("/profile/role/new/", ROLE, follow=True).content.decode()
    row = Role.objects.get(user=user)
    assert (row.rule, row.match) == ("ml-engineer", Match.MATCHED)
    assert "Counts as Machine Learning Engineer, 3.4 years in all" in page
    assert "Readiness for" in page and "Undo" in page


def test_a_degree_is_matched_by_its_field(member: Client, user: User) -> None:
    member.post("/profile/degree/new/", DEGREE)
    assert Degree.objects.get(user=user).rule == "statistics"


def test_a_certificate_counts_with_its_exam_code(member: Client, user: User) -> None:
    member.post("/profile/certification/new/", {"name": "MLA-C01", "on": "2025-02"})
    assert Certification.objects.get(user=user).rule == "aws-mla"


def test_what_nothing_matches_is_kept_and_shown_as_such(member: Client, user: User) -> None:
    page = member.post("/profile/role/new/", {"title": "Shift Supervisor"}, follow=True).content.decode()
    assert Role.objects.get(user=user).match == Match.NONE
    assert "Matches nothing of the model; kept as it is." in page


def test_what_is_unsure_is_asked_and_counts_only_once_answered(member: Client, user: User) -> None:
    page = member.post("/profile/skill/new/", {"text": "microservices"}, follow=True)
    row = ListedSkill.objects.get(user=user)
    assert (row.rule, row.match) == ("", Match.UNSURE)
    assert "Which is it?" in page.content.decode()
    member.post(f"/profile/skill/{row.pk}/match/", {"rule": "arch.software-architecture"})
    row.refresh_from_db()
    assert (row.rule, row.match) == ("arch.software-architecture", Match.CONFIRMED)


def test_none_of_these_is_an_answer_too(member: Client, user: User) -> None:
    member.post("/profile/skill/new/", {"text": "microservices"})
    row = ListedSkill.objects.get(user=user)
    member.post(f"/profile/skill/{row.pk}/match/", {"rule": "-"})
    row.refresh_from_db()
    assert (row.rule, row.match) == ("", Match.REFUSED)


def test_an_answer_that_was_never_offered_is_not_taken(member: Client, user: User) -> None:
    member.post("/profile/skill/new/", {"text": "microservices"})
    row = ListedSkill.objects.get(user=user)
    assert member.post(f"/profile/skill/{row.pk}/match/", {"rule": "cs.magic"}).status_code == 404


def test_the_person_decides_what_an_item_counts_as(member: Client, user: User) -> None:
    member.post("/profile/role/new/", ROLE | {"counts_as": "data-scientist"})
    row = Role.objects.get(user=user)
    assert (row.rule, row.match) == ("data-scientist", Match.CONFIRMED)
    member.post(f"/profile/role/{row.pk}/", ROLE | {"counts_as": "-"})
    row.refresh_from_db()
    assert (row.rule, row.match) == ("", Match.REFUSED)
    assert member.get(f"/profile/role/{row.pk}/").context["form"]["counts_as"].value() == "-"


def test_an_activity_shows_levels_up_to_the_cap_of_its_kind(member: Client, user: User) -> None:
    given = {"kind": "talk", "title": "A talk", "on": "2026-01-05", "skill_1": "biz.presenting", "level_1": "5"}
    page = member.post("/profile/activity/new/", given, follow=True).content.decode()
    assert Activity.objects.get(user=user).levels == {"biz.presenting": 5}
    assert 'Presenting and data storytelling</a> <span class="num">3</span>' in page


@pytest.mark.parametrize(
    ("sort", "given", "said"),
    [
        ("role", ROLE | {"end": "2019"}, "before it began"),
        ("role", ROLE | {"start": "once"}, "Write a year, a month or a day"),
        ("role", {"title": ""}, "required"),
        ("role", {"title": "x" * 301}, "at most 300"),
        ("role", {"title": "A\x00B"}, "Null characters"),
        ("degree", DEGREE | {"level": "wizard"}, "valid choice"),
        ("degree", DEGREE | {"start": "2018", "end": "2015"}, "before it began"),
        ("activity", {"kind": "sleep", "title": "Nap"}, "valid choice"),
        ("activity", {"kind": "talk", "title": "T", "skill_1": "cs.sql"}, "both the skill and the level"),
        ("activity", {"kind": "talk", "title": "T", "hours": "-2"}, "greater than or equal to 0"),
        ("certification", {"name": "X", "url": "javascript:alert(1)"}, "valid URL"),
        ("certification", {"name": "X", "on": "2024", "expires": "2020"}, "before it began"),
    ],
)
def test_what_cannot_be_is_said_beside_the_field(member: Client, sort: str, given: dict[str, str], said: str) -> None:
    response = member.post(f"/profile/{sort}/new/", given)
    assert response.status_code == 422
    assert said in response.content.decode()


def test_hostile_words_are_shown_as_words(member: Client) -> None:
    page = member.post("/profile/role/new/", {"title": "<script>alert(1)</script>"}, follow=True).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_removing_asks_first_and_can_be_undone(member: Client, user: User) -> None:
    member.post("/profile/role/new/", ROLE)
    row = Role.objects.get(user=user)
    assert "Remove Machine Learning Engineer" in member.get(f"/profile/role/{row.pk}/remove/").content.decode()
    assert Role.objects.filter(pk=row.pk).exists()
    page = member.post(f"/profile/role/{row.pk}/remove/", follow=True)
    assert not Role.objects.filter(pk=row.pk).exists()
    undo = next(m.extra_tags for m in page.context["messages"])
    member.post(undo)
    assert Role.objects.get(pk=row.pk).title == ROLE["title"]


def test_the_same_skill_is_listed_once(member: Client) -> None:
    member.post("/profile/skill/new/", {"text": "Python"})
    assert member.post("/profile/skill/new/", {"text": "Python"}).status_code == 422


def test_the_form_comes_as_a_fragment_to_htmx_and_as_a_page_without(member: Client) -> None:
    assert b"<html" not in member.get("/profile/role/new/", headers={"HX-Request": "true"}).content
    assert b"<html" in member.get("/profile/role/new/").content


def test_an_unknown_sort_is_not_found(member: Client) -> None:
    assert member.get("/profile/unicorn/new/").status_code == 404


def test_offers_count_only_once_confirmed_and_never_back_a_level(member: Client, user: User) -> None:
    member.post("/profile/role/new/", ROLE)
    page = member.get("/profile/offers/")
    wanted = _offered(page)[:2]
    member.post("/profile/offers/", {"competency": [*wanted, "cs.magic"]})
    claims = Claim.objects.filter(user=user)
    assert {c.origin for c in claims} == {Claim.Origin.OFFER}
    assert claims.count() == 2
    assert not set(wanted) & set(_offered(member.get("/profile/offers/")))


def test_it_takes_a_constant_number_of_queries(member: Client, user: User, django_assert_max_num_queries) -> None:
    member.get("/profile/")
    Activity.objects.bulk_create(Activity(user=user, kind="post", title=f"Post {n}") for n in range(50))
    with django_assert_max_num_queries(20):
        member.get("/profile/")


def _offered(page: Any) -> list[str]:
    return [line.competency.id for group in page.context["groups"] for line in group.lines]
