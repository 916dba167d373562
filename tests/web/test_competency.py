"""One skill: where one is, what stands behind it, what teaches it, and what one says of it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.services.test_claims import project
from tracker.models import Certification, Claim, Event, Preferences, Role, Waiver
from tracker.services.claims import claim_set, claims_set
from tracker.services.items import item_save
from tracker.services.people import person_ensure

pytestmark = pytest.mark.django_db

PYTHON = "cs.python"
PAGE = f"/skills/{PYTHON}/"


@pytest.fixture(autouse=True)
def _on_the_way_to_lead(user: User) -> None:
    Preferences.objects.filter(pk=person_ensure(user=user).pk).update(stage="lead")


def text(client: Client, address: str = PAGE) -> str:
    return " ".join(client.get(address).content.decode().split())


def test_one_sentence_says_where_one_is_and_what_is_missing(member: Client, user: User) -> None:
    claim_set(user=user, competency=PYTHON, level=2)
    html = text(member)
    assert 'You are at <b class="have">2</b> of the <b>4</b> that Lead asks:' in html
    assert "points</span> of readiness." in html
    assert "It is a must." in html


def test_a_target_that_is_met_and_one_that_is_not_asked_are_said(member: Client, user: User) -> None:
    claim_set(user=user, competency=PYTHON, level=5)
    assert 'You are at <b class="have">5</b>: Lead asks 4.' in text(member)
    assert "does not ask it" in text(member, "/skills/arch.enterprise/?stage=foundation")


def test_the_six_statements_are_the_control_and_show_which_stages_ask_them(member: Client, user: User) -> None:
    html = text(member)
    assert html.count('name="level"') == 6
    assert "Sets Python standards, profiles hot paths and reviews designs <small>" in html
    member.post(f"{PAGE}level/", {"level": "3"})
    assert Claim.objects.get(user=user).level == 3


def test_evidence_names_item_rule_basis_and_what_caps_it(member: Client, user: User) -> None:
    item_save(user=user, row=Role(user=user, title="Data scientist", start="2010-01", rule="ml-engineer"))
    item_save(user=user, row=project(user, PYTHON, 5, "2024-03"))
    html = text(member)
    assert "Something you did: project; practised, Mar 2024. The rule says" not in html
    assert "Years as" in html
    assert "counts up to 3 by itself" in html


def test_what_is_implied_names_the_skill_that_implies_it(member: Client, user: User) -> None:
    claim_set(user=user, competency="ml.supervised", level=4)
    implied = next(c for c in person_levels(member) if c != "ml.supervised")
    html = text(member, f"/skills/{implied}/")
    assert "A claimed skill that needs this one" in html
    assert "implied by a claim" in html


def person_levels(client: Client) -> list[str]:
    page = client.get("/skills/").context["page"]
    return [row.competency.id for block in page.blocks for row in block.rows if row.level.level]


def test_an_expired_certificate_still_counts_and_says_so(member: Client, user: User) -> None:
    item_save(user=user, row=Certification(user=user, name="A cloud certificate", on="2015-01", rule="google-pmle"))
    html = text(member, "/skills/ops.pipelines/")
    assert "certified, Jan 2015" in html
    assert "expired 2017-01-01" in html


def test_with_nothing_evidenced_it_says_what_would_count(member: Client) -> None:
    assert "Nothing yet that others could check" in text(member)


def test_a_level_that_only_study_stands_behind_says_so_from_lead_on(member: Client, user: User) -> None:
    claim_set(user=user, competency=PYTHON, level=3)
    assert "something done should stand behind a level" in text(member)
    assert "something done should stand behind a level" not in text(member, f"{PAGE}?stage=entry")


def test_what_teaches_it_comes_by_gain_and_can_be_started(member: Client, user: User) -> None:
    claims_set(user=user, levels={PYTHON: 3, "math.statistics": 3, "ml.fundamentals": 2})
    page = member.get("/skills/ml.supervised/").context["page"]
    ready = [line for line in page.teachers if line.gain and line.is_ready]
    assert [line.gain_per_hour for line in ready] == sorted((line.gain_per_hour for line in ready), reverse=True)
    assert page.teachers[0].is_ready


def test_the_weight_names_its_sources(member: Client) -> None:
    html = text(member)
    assert "O*NET" in html and "Certification exams" in html
    assert "Google Cloud Professional Machine Learning Engineer" in html
    assert "Also known as" in html


def test_the_history_holds_single_ticks_and_acts_that_touched_it(member: Client, user: User) -> None:
    claim_set(user=user, competency=PYTHON, level=2)
    claims_set(user=user, levels={PYTHON: 3, "cs.sql": 3}, key="cs", title="Programming: two")
    claims_set(user=user, levels={"cs.sql": 4}, key="cs", title="Programming: another")
    titles = [title for title, _when in member.get(PAGE).context["page"].events]
    assert titles == ["Programming: two", "Python programming: level 2"]


# One's word


def test_a_note_and_a_link_stand_beside_the_claim(member: Client, user: User) -> None:
    claim_set(user=user, competency=PYTHON, level=3)
    given = {"note": "Two services <b>", "link": "https://example.org/code"}
    assert member.post(f"{PAGE}note/", given)["Location"] == PAGE
    html = text(member)
    assert "Two services &lt;b&gt;" in html
    assert 'href="https://example.org/code"' in html
    assert "Two services" in text(member, f"{PAGE}note/")


@pytest.mark.parametrize("link", ["javascript:alert(1)", "no address"])
def test_a_link_that_is_none_is_refused_beside_the_field(member: Client, user: User, link: str) -> None:
    response = member.post(f"{PAGE}note/", {"note": "x", "link": link})
    assert response.status_code == 422
    assert "Enter a valid URL" in response.content.decode()
    assert not Claim.objects.filter(user=user).exists()


def test_a_skill_can_be_waived_with_a_reason_and_taken_back(member: Client, user: User) -> None:
    before = member.get("/skills/").context["page"].readiness
    member.post(f"{PAGE}waive/", {"reason": "I lead in R"})
    html = text(member)
    assert "I lead in R" in html and "every number keeps it" in html
    assert member.get("/skills/").context["page"].readiness == before
    member.post(f"{PAGE}waive/", {"waive": "no"})
    assert not Waiver.objects.filter(user=user).exists()


def test_a_reason_too_long_is_refused_beside_the_field(member: Client, user: User) -> None:
    assert member.post(f"{PAGE}waive/", {"reason": "x" * 501}).status_code == 422
    assert not Waiver.objects.filter(user=user).exists()


def test_one_persons_note_is_nobody_elses(member: Client, other_user: User) -> None:
    claim_set(user=other_user, competency=PYTHON, level=3, note="a secret of Grace")
    assert "a secret of Grace" not in text(member)
    assert "a secret of Grace" not in text(member, f"{PAGE}note/")


@pytest.mark.parametrize("path", ["", "note/", "waive/", "levels/"])
def test_it_needs_a_person_and_a_skill_of_the_model(client: Client, member: Client, path: str) -> None:
    assert client.get(PAGE + path).status_code == 302
    if path != "levels/":
        assert member.get(f"/skills/cs.nothing/{path}").status_code == 404


@pytest.mark.parametrize("history", [10, 1000])
def test_it_takes_seven_reads_and_twenty_kilobytes_whatever_the_history(
    member: Client, user: User, history: int, django_assert_max_num_queries
) -> None:
    claim_set(user=user, competency=PYTHON, level=3, note="x")
    now = datetime.now(UTC)
    after = {f"claim:{PYTHON}": {"level": 2}}
    Event.objects.bulk_create(
        Event(user=user, kind="claim", key=key, title=f"Tick {n}", logged_at=now, before={}, after=after)
        for n in range(history)
        for key in (PYTHON, "cs")
    )
    with django_assert_max_num_queries(7):
        response = member.get(PAGE)
    assert len(response.content) <= 20_000
    assert len(response.context["page"].events) == 8


def test_a_waived_skill_takes_no_more_reads(member: Client, user: User, django_assert_max_num_queries) -> None:
    claim_set(user=user, competency=PYTHON, level=3, note="kept")
    member.post(f"{PAGE}waive/", {"reason": "not mine"})
    member.get(PAGE)
    claim_set(user=user, competency=PYTHON, level=2)
    with django_assert_max_num_queries(7):
        html = text(member)
    assert "kept" in html and "not mine" in html
