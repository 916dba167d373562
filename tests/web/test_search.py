"""Search: skills by any of their names, resources, and one's own items; never another person's."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tracker.models import Activity, Certification, Degree, Role

pytestmark = pytest.mark.django_db


def titles(client: Client, text: str) -> dict[str, list[str]]:
    groups = client.get("/search/", {"q": text}).context["groups"]
    return {group.name: [hit.title for hit in group.hits] for group in groups}


def test_a_skill_is_found_by_its_name_first(member: Client) -> None:
    assert titles(member, "python")["Skills"][0] == "Python programming"


def test_a_skill_is_found_by_another_of_its_names_which_is_shown(member: Client) -> None:
    page = member.get("/search/?q=numpy").content.decode()
    assert "Python programming" in page
    assert "also known as NumPy" in page


def test_a_skill_is_found_by_what_one_sees_a_person_do(member: Client) -> None:
    page = member.get("/search/?q=packaged+module").content.decode()
    assert "level 3: Builds a tested, packaged module others install" in page


def test_resources_are_found_by_title_and_provider(member: Client) -> None:
    assert "Machine Learning Crash Course" in titles(member, "crash course")["Resources"]


def test_ones_own_items_are_found_and_lead_to_where_they_are_changed(member: Client, user: User) -> None:
    rows = [
        Degree.objects.create(user=user, level="master", field="Zymurgy"),
        Role.objects.create(user=user, title="Zymurgist"),
        Certification.objects.create(user=user, name="Certified zymurgist"),
        Activity.objects.create(user=user, kind="talk", title="Zymurgy for engineers"),
    ]
    (group,) = member.get("/search/?q=zymurg").context["groups"]
    assert {hit.address for hit in group.hits} == {
        f"/profile/{sort}/{row.pk}/"
        for sort, row in zip(("degree", "role", "certification", "activity"), rows, strict=True)
    }


def test_nothing_of_another_person_is_found(member: Client, other_user: User) -> None:
    Role.objects.create(user=other_user, title="Zymurgist")
    assert titles(member, "zymurgist") == {}


def test_no_hit_leads_on(member: Client) -> None:
    assert "Nothing fits" in member.get("/search/?q=zzzzzz").content.decode()


def test_no_words_say_what_can_be_found(member: Client) -> None:
    assert "What are you looking for?" in member.get("/search/?q=+++").content.decode()


@pytest.mark.parametrize("text", ["<script>", "%", "'; drop table", "x" * 5000, "\x00"])
def test_any_text_is_taken_and_shown_as_text(member: Client, text: str) -> None:
    response = member.get("/search/", {"q": text})
    assert response.status_code == 200
    assert b"<script>" not in response.content


def test_it_needs_a_person(client: Client) -> None:
    assert client.get("/search/?q=python").status_code == 302


def test_reads_stay_the_same_whatever_is_logged(member: Client, user: User, django_assert_max_num_queries) -> None:
    member.get("/search/?q=talk")
    Activity.objects.bulk_create(Activity(user=user, kind="talk", title=f"Talk {n}") for n in range(1000))
    with django_assert_max_num_queries(8):
        member.get("/search/?q=talk")
