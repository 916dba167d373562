"""The report on paper."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.plans import solved
from tests.web.test_adverts import bring, keep
from tests.web.test_exporting import live
from tracker.models import Activity, Advert, Claim, Role
from tracker.services.claims import claims_set
from tracker.services.items import item_save
from tracker.services.people import person_ensure
from tracker.services.plans import plan_accept

pytestmark = pytest.mark.django_db


def text_of(member: Client, address: str = "/report/") -> str:
    answer = member.get(address)
    assert answer.status_code == 200
    words = re.sub(r"<[^>]+>|\s+", " ", answer.content.decode())
    return re.sub(r" +", " ", words)


def test_somebody_new_gets_a_report_too(member: Client) -> None:
    text = text_of(member)
    assert "0 of 100 on the way to Undergraduate foundations" in text
    assert "None of it is backed by evidence yet." in text
    assert "What would come next" in text
    assert "Nothing is logged yet that others could check." in text


def test_it_says_who_where_and_against_what(member: Client, user: User) -> None:
    user.first_name, user.last_name = "Ada", "Lovelace"
    user.save()
    live(user)
    text = text_of(member)
    assert "Ada Lovelace" in text
    assert "Measured against the competency model" in text
    assert "the rest is what I say of myself" in text


def test_another_stage_can_be_asked_for(member: Client) -> None:
    assert "on the way to Machine Learning Architect" in text_of(member, "/report/?stage=architect")
    assert "on the way to Undergraduate foundations" in text_of(member, "/report/?stage=none")


def test_gaps_come_with_their_reason_the_largest_first(member: Client) -> None:
    page = member.get("/report/?stage=architect").context["page"]
    impacts = [line.gap.impact for line in page.listed_gaps]
    assert impacts == sorted(impacts, reverse=True)
    assert "smaller gaps are not listed" in text_of(member, "/report/?stage=architect")
    assert page.impact_beyond == pytest.approx(1 - sum(impacts))


def test_the_plan_under_way_is_in_it(member: Client, user: User) -> None:
    live(user)
    text = text_of(member)
    assert "The plan that I follow" in text
    assert "What would come next" not in text


def test_a_long_plan_is_cut_and_says_so(member: Client, user: User, monkeypatch: Any) -> None:
    monkeypatch.setattr("tracker.queries.report.STEPS_LISTED", 1)
    person_ensure(user=user)
    plan_accept(user=user, solve=solved(user, hours=20), query="mode=most")
    page = member.get("/report/").context["page"]
    assert page.steps_beyond == len(page.plan.open_lines) - 1 > 0
    assert re.search(r"later steps? (is|are) not listed", text_of(member))


def test_evidence_names_what_it_is_for_and_what_is_still_asked(member: Client, user: User) -> None:
    live(user)
    text = text_of(member)
    assert "Certified Kubernetes Administrator" in text
    assert "Not counted: what it means is still asked." in text
    assert "On drift" in text
    assert "Milestones met" in text
    assert "Two hands-on projects" in text


def test_earlier_activities_are_counted(member: Client, user: User) -> None:
    Activity.objects.bulk_create(Activity(user=user, kind="post", title=f"Post {n}") for n in range(25))
    assert "and 5 earlier" in text_of(member)


def test_a_whole_stage_reached_leaves_nothing_open(member: Client, user: User) -> None:
    framework = member.get("/report/").context["page"].person.framework
    claims_set(user=user, levels=dict.fromkeys(framework.competency, 5), origin=Claim.Origin.TICK)
    for condition in framework.milestones:
        member.post(f"/path/milestones/{condition.id}/", {"word": "met"})
    text = text_of(member, "/report/?stage=foundations")
    assert "No gap is left." in text
    assert "Every must is met." in text


def test_it_is_linked_from_where_one_looks(member: Client, user: User) -> None:
    item_save(user=user, row=Role(user=user, title="Data Scientist", start="2015"))
    for address in ("/dashboard/", "/progress/", "/export/"):
        assert "/report/" in member.get(address).content.decode()


@pytest.mark.parametrize("roles", [3, 60])
def test_it_costs_the_same_few_queries_whatever_was_logged(
    member: Client, user: User, django_assert_max_num_queries: Any, roles: int
) -> None:
    member.get("/report/")
    Role.objects.bulk_create(Role(user=user, title="Data Scientist", employer=str(n)) for n in range(roles))
    with django_assert_max_num_queries(20):
        text_of(member)


def test_without_a_reviewed_advert_none_are_spoken_of(member: Client) -> None:
    assert "Job adverts that I aim at" not in text_of(member)
    bring(member)
    assert "Job adverts that I aim at" not in text_of(member)


def test_reviewed_adverts_are_in_it_with_their_fit_and_what_is_missing(member: Client, user: User) -> None:
    claims_set(user=user, levels={"cs.python": 3})
    keep(member, bring(member))
    text = text_of(member)
    assert "Senior Machine Learning Engineer, Petrel & Moss Bakeries" in html.unescape(text)
    said = html.unescape(text[text.index("Job adverts that I aim at") : text.index("The evidence")])
    view = member.get("/report/").context["page"].adverts[0]
    assert f"fit {100 * view.share:.0f} of 100" in said
    assert "a required line counts 2, a preferred one 1" in said
    missing = said[said.index("Missing:") :]
    assert "4 years in software" in missing and "level 2 (preferred)" in missing
    assert "Python programming" not in missing


def test_the_newest_adverts_are_listed_and_the_rest_counted(member: Client, user: User, monkeypatch: Any) -> None:
    monkeypatch.setattr("tracker.queries.report.ADVERTS_LISTED", 2)
    for title in ("First", "Second", "Third"):
        keep(member, bring(member, f"{title} engineer\nRequirements\n- Python\n"))
    page = member.get("/report/").context["page"]
    assert [view.advert.title for view in page.adverts] == ["Third engineer", "Second engineer"]
    assert "and one earlier" in text_of(member)


def test_adverts_of_others_are_not_in_it(member: Client, other_user: User) -> None:
    Advert.objects.create(user=other_user, title="Not mine", text="x", is_reviewed=True)
    assert "Not mine" not in text_of(member)
