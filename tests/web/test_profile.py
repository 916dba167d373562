"""The profile: items added, matched, asked about, changed, removed, and what they are evidence for."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tracker import clock
from tracker.models import Activity, Certification, Claim, Degree, Event, ListedSkill, Match, Role
from tracker.services.claims import claim_set
from tracker.services.items import item_save

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


def test_a_form_that_is_sent_twice_is_one_item(member: Client, user: User) -> None:
    for sort, given in (("degree", DEGREE), ("role", ROLE)):
        first = member.post(f"/profile/{sort}/new/", given)
        again = member.post(f"/profile/{sort}/new/", given)
        assert again.url == first.url
    page = member.get("/profile/").content.decode()
    assert "It was sent twice, and stands here once." in page
    assert Degree.objects.filter(user=user).count() == Role.objects.filter(user=user).count() == 1
    assert Event.objects.filter(user=user).count() == 2


def test_the_same_again_later_or_another_at_once_is_a_second_item(member: Client, user: User) -> None:
    member.post("/profile/degree/new/", DEGREE)
    member.post("/profile/degree/new/", {**DEGREE, "end": "2016"})
    with clock.at(clock.now() + timedelta(minutes=1)):
        member.post("/profile/degree/new/", DEGREE)
    assert Degree.objects.filter(user=user).count() == 3


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
    page = member.post("/profile/skill/new/", {"text": "RLHF"}, follow=True)
    row = ListedSkill.objects.get(user=user)
    assert (row.rule, row.match) == ("", Match.UNSURE)
    assert "Which is it?" in page.content.decode()
    member.post(f"/profile/skill/{row.pk}/match/", {"rule": "dl.adaptation"})
    row.refresh_from_db()
    assert (row.rule, row.match) == ("dl.adaptation", Match.CONFIRMED)


def test_none_of_these_is_an_answer_too(member: Client, user: User) -> None:
    member.post("/profile/skill/new/", {"text": "RLHF"})
    row = ListedSkill.objects.get(user=user)
    member.post(f"/profile/skill/{row.pk}/match/", {"rule": "-"})
    row.refresh_from_db()
    assert (row.rule, row.match) == ("", Match.REFUSED)


def test_an_answer_that_was_never_offered_is_not_taken(member: Client, user: User) -> None:
    member.post("/profile/skill/new/", {"text": "RLHF"})
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
        ("role", ROLE | {"end": "2022-13"}, "Write a year, a month or a day"),
        ("role", ROLE | {"end": "2022-02-30"}, "Write a year, a month or a day"),
        ("role", ROLE | {"summary": "x" * 5001}, "at most 5000"),
        ("role", ROLE | {"counts_as": "wizard"}, "valid choice"),
        ("role", {"title": ""}, "required"),
        ("role", {"title": "x" * 301}, "at most 300"),
        ("role", {"title": "A\x00B"}, "Null characters"),
        ("degree", DEGREE | {"level": "wizard"}, "valid choice"),
        ("degree", DEGREE | {"start": "2018", "end": "2015"}, "before it began"),
        ("activity", {"kind": "sleep", "title": "Nap"}, "valid choice"),
        ("activity", {"kind": "talk", "title": "T", "skill_1": "cs.sql"}, "both the skill and the level"),
        ("activity", {"kind": "talk", "title": "T", "skill_1": "cs.sql", "level_1": "9"}, "valid choice"),
        ("activity", {"kind": "talk", "title": "T", "skill_1": "Tap dance", "level_1": "3"}, "no skill of this name"),
        ("activity", {"kind": "talk", "title": "T", "skill_1": "RLHF", "level_1": "3"}, "Which one is it"),
        (
            "activity",
            {"kind": "talk", "title": "T", "skill_1": "cs.sql", "level_1": "2", "skill_2": "cs.sql", "level_2": "3"},
            "has a line already",
        ),
        ("activity", {"kind": "talk", "title": "T", "hours": "-2"}, "greater than or equal to 0"),
        ("activity", {"kind": "talk", "title": "T", "hours": "1e999"}, "digits"),
        ("certification", {"name": "X", "url": "javascript:alert(1)"}, "valid URL"),
        ("certification", {"name": "X", "on": "2024", "expires": "2020"}, "before it began"),
    ],
)
def test_what_cannot_be_is_said_beside_the_field(member: Client, sort: str, given: dict[str, str], said: str) -> None:
    response = member.post(f"/profile/{sort}/new/", given)
    assert response.status_code == 422
    assert said in response.content.decode()


def test_a_skill_is_found_by_its_name_in_any_case(member: Client, user: User) -> None:
    given = {"kind": "project", "title": "A project", "skill_1": "python PROGRAMMING", "level_1": "3"}
    member.post("/profile/activity/new/", given)
    row = Activity.objects.get(user=user)
    assert row.levels == {"cs.python": 3}
    assert 'value="Python programming"' in member.get(f"/profile/activity/{row.pk}/").content.decode()


def test_an_item_names_the_milestones_that_it_meets_and_the_card_beside_lists_them(member: Client) -> None:
    page = member.post("/profile/role/new/", ROLE, follow=True).context["page"]
    assert "ms.ml-role" in [milestone.id for milestone in page.roles[0].meets]
    assert "ms.ml-role" in [status.milestone.id for status in page.milestones_met]
    assert "ms.lead-project" in [status.milestone.id for status in page.milestones_open]


@pytest.mark.parametrize(
    ("sort", "given", "said"),
    [
        ("role", {"title": "ML Engineer", "start": "2199-01"}, "Counts from 2199-01-01 on."),
        ("role", {"title": "ML Engineer"}, "Without a start it counts as under two years."),
        ("degree", {"level": "master", "field": "Statistics", "start": "2025"}, "Counts once it is finished."),
        ("certification", {"name": "MLA-C01", "on": "2010"}, "it still counts"),
        ("activity", {"kind": "paper-read", "title": "A paper"}, "Logged for the habit: Read research papers."),
        (
            "activity",
            {"kind": "talk", "title": "T", "skill_1": "biz.presenting", "level_1": "5"},
            "You said up to 5; this kind counts up to 3.",
        ),
    ],
)
def test_what_must_be_said_of_an_item_stands_beside_it(
    member: Client, sort: str, given: dict[str, str], said: str
) -> None:
    assert said in member.post(f"/profile/{sort}/new/", given, follow=True).content.decode()


def test_there_is_a_limit_to_each_kind(member: Client, user: User) -> None:
    ListedSkill.objects.bulk_create(ListedSkill(user=user, text=f"skill {n}") for n in range(500))
    response = member.post("/profile/skill/new/", {"text": "one more"})
    assert response.status_code == 422
    assert "room for 500" in response.content.decode()


def test_a_refused_change_keeps_the_heading_and_what_was_typed(member: Client, user: User) -> None:
    member.post("/profile/role/new/", ROLE)
    row = Role.objects.get(user=user)
    page = member.post(f"/profile/role/{row.pk}/", ROLE | {"title": "Renamed", "end": "2019"}).content.decode()
    assert "<h1>Machine Learning Engineer, Example</h1>" in page
    assert 'value="Renamed"' in page
    row.refresh_from_db()
    assert row.title == ROLE["title"]


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


def test_htmx_gets_the_list_anew_with_what_was_done(member: Client) -> None:
    response = member.post("/profile/role/new/", ROLE, headers={"HX-Request": "true"})
    page = response.content.decode()
    assert (response.status_code, response.headers["HX-Retarget"]) == (200, "#profile")
    assert "<html" not in page
    assert 'id="messages"' in page and "hx-swap-oob" in page and "Added Machine Learning Engineer" in page
    assert "Counts as Machine Learning Engineer" in page


def test_htmx_gets_a_refused_form_back_with_its_errors(member: Client) -> None:
    response = member.post("/profile/role/new/", ROLE | {"end": "2019"}, headers={"HX-Request": "true"})
    assert response.status_code == 200
    assert "before it began" in response.content.decode()
    assert "HX-Retarget" not in response.headers


def test_a_form_of_its_own_page_asks_nothing_of_htmx(member: Client) -> None:
    assert "hx-post" not in member.get("/profile/role/new/").content.decode().split("<main")[1]


@pytest.mark.parametrize("sort", ["degree", "role", "certification", "activity", "skill"])
def test_what_belongs_to_another_is_not_found(member: Client, other_user: User, sort: str) -> None:
    rows: dict[str, Any] = {
        "degree": Degree(user=other_user, level="master", field="Statistics"),
        "role": Role(user=other_user, title="Lead"),
        "certification": Certification(user=other_user, name="MLA-C01"),
        "activity": Activity(user=other_user, kind="talk", title="A talk"),
        "skill": ListedSkill(user=other_user, text="microservices"),
    }
    item_save(user=other_user, row=rows[sort])
    address = f"/profile/{sort}/{rows[sort].pk}/"
    for answer in (
        member.get(address),
        member.post(address, ROLE),
        member.get(f"{address}remove/"),
        member.post(f"{address}remove/"),
        member.post(f"{address}match/", {"rule": "-"}),
    ):
        assert answer.status_code == 404
    assert type(rows[sort]).objects.filter(pk=rows[sort].pk).exists()


def test_an_activity_has_no_match_to_answer(member: Client, user: User) -> None:
    item_save(user=user, row=Activity(user=user, kind="talk", title="A talk"))
    row = Activity.objects.get(user=user)
    assert member.post(f"/profile/activity/{row.pk}/match/", {"rule": "-"}).status_code == 404


@pytest.mark.parametrize("pk", [0, 10**30])
def test_an_id_that_nobody_has_is_not_found(member: Client, pk: int) -> None:
    assert member.get(f"/profile/role/{pk}/").status_code == 404


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


def test_all_offers_of_an_area_are_confirmed_at_once_as_one_act_with_one_undo(member: Client, user: User) -> None:
    member.post("/profile/role/new/", ROLE)
    group = member.get("/profile/offers/").context["groups"][0]
    page = member.post("/profile/offers/", {"area": group.area.id}, follow=True)
    assert Claim.objects.filter(user=user).count() == len(group.lines)
    assert Event.objects.filter(user=user, kind=Event.Kind.CLAIM).count() == 1
    member.post(next(m.extra_tags for m in page.context["messages"]))
    assert not Claim.objects.filter(user=user).exists()


def test_where_the_person_has_a_claim_nothing_is_offered(member: Client, user: User) -> None:
    member.post("/profile/role/new/", ROLE)
    own = _offered(member.get("/profile/offers/"))[0]
    claim_set(user=user, competency=own, level=1)
    assert own not in _offered(member.get("/profile/offers/"))
    member.post("/profile/offers/", {"competency": own})
    assert Claim.objects.get(user=user).level == 1


def test_confirming_nothing_changes_nothing(member: Client, user: User) -> None:
    page = member.post("/profile/offers/", {"area": "nowhere"}, follow=True).content.decode()
    assert "Nothing changed." in page
    assert not Event.objects.filter(user=user).exists()


def test_of_many_activities_the_newest_are_shown_and_the_rest_a_click_away(member: Client, user: User) -> None:
    Activity.objects.bulk_create(Activity(user=user, kind="post", title=f"Post {n}") for n in range(50))
    assert "30 older ones" in member.get("/profile/").content.decode()
    assert len(member.get("/profile/?activities=all").context["page"].activities) == 50


@pytest.mark.parametrize("address", ["/profile/", "/profile/?activities=all", "/profile/offers/"])
def test_it_takes_a_constant_number_of_queries(
    member: Client, user: User, django_assert_max_num_queries, address: str
) -> None:
    member.get("/profile/")
    _log_posts(user, 10)
    with django_assert_max_num_queries(20) as few:
        member.get(address)
    _log_posts(user, 1000)
    with django_assert_max_num_queries(len(few) + 1):
        member.get(address)


def _log_posts(user: User, number: int) -> None:
    Activity.objects.bulk_create(
        Activity(user=user, kind="post", title=f"Post {n}", levels={"cs.python": 2}) for n in range(number)
    )


def _offered(page: Any) -> list[str]:
    return [line.competency.id for group in page.context["groups"] for line in group.lines]


@pytest.mark.parametrize("address", ["/profile/claim/1/", "/profile/emperor/1/remove/", "/profile/emperor/new/"])
def test_there_are_no_other_kinds_of_items(member: Client, address: str) -> None:
    assert member.get(address).status_code == 404
