"""The catalogue: what each resource would add, and what finishing one does."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tracker.models import Event, ResourceMark

pytestmark = pytest.mark.django_db
COURSE = "r.google-mlcc"  # teaches machine learning foundations up to 2, in 15 hours


def test_what_gives_most_for_an_hour_and_can_be_started_comes_first(member: Client) -> None:
    page = member.get("/resources/").context["page"]
    lines = page.object_list
    assert all(line.is_ready for line in lines)
    assert [line.gain_per_hour for line in lines] == sorted((line.gain_per_hour for line in lines), reverse=True)


@pytest.mark.parametrize(
    ("query", "holds"),
    [
        ("kind=book", lambda line: line.resource.kind == "book"),
        ("cost=0", lambda line: line.resource.cost == 0),
        ("hours=10", lambda line: line.resource.hours <= 10),
        ("q=kubernetes", lambda line: line.resource.title),
        ("area=gov&kind=course", lambda line: line.resource.kind == "course"),
        ("core=on", lambda line: line.resource.core),
        ("competency=cs.sql&level=2", lambda line: line.resource.title),
        ("status=ready", lambda line: line.is_ready and line.gain > 0),
    ],
)
def test_filters_let_through_only_what_they_name(member: Client, query: str, holds) -> None:
    page = member.get(f"/resources/?{query}").context["page"]
    assert page.object_list
    assert all(holds(line) for line in page.object_list)


def test_a_filter_that_fits_nothing_leads_on(member: Client) -> None:
    page = member.get("/resources/?q=zzzzzz").content.decode()
    assert "Nothing fits these filters" in page


def test_nonsense_in_a_filter_is_said_beside_the_field(member: Client) -> None:
    page = member.get("/resources/?hours=minus&kind=spell")
    assert page.status_code == 200
    assert "Enter a whole number" in page.content.decode()


def test_finishing_a_course_is_evidence_at_once_and_the_page_says_what_it_changed(member: Client, user: User) -> None:
    response = member.post(f"/resources/{COURSE}/mark/", {"status": "finished", "hours": "14.5"}, follow=True)
    page = response.content.decode()
    assert "Readiness for" in page and "Undo" in page
    mark = ResourceMark.objects.get(user=user)
    assert (mark.status, str(mark.hours)) == ("finished", "14.5")
    assert response.context["line"].gain == 0


def test_what_was_said_can_be_taken_back(member: Client, user: User) -> None:
    member.post(f"/resources/{COURSE}/mark/", {"status": "started"})
    member.post(f"/resources/{COURSE}/mark/", {"status": "none"})
    assert not ResourceMark.objects.filter(user=user).exists()
    assert Event.objects.for_user(user).count() == 2


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"status": "finished", "hours": "-3"}, "greater than or equal to 0"),
        ({"status": "finished", "on": "2026-13"}, "a day that the calendar has"),
        ({"status": "finished", "on": "soon"}, "Write a year, a month or a day"),
        ({"status": "finished", "on": "2099-01-01"}, "This day is still ahead"),
        ({"status": "finished", "hours": "1e9"}, "Ensure"),
        ({"status": "burnt"}, "Say what you did with it"),
    ],
)
def test_a_wrong_form_comes_back_with_what_is_wrong(
    member: Client, user: User, given: dict[str, str], said: str
) -> None:
    response = member.post(f"/resources/{COURSE}/mark/", given)
    assert response.status_code == 422
    assert said in response.content.decode()
    assert not ResourceMark.objects.filter(user=user).exists()


def test_a_day_may_be_written_as_people_do(member: Client, user: User) -> None:
    member.post(f"/resources/{COURSE}/mark/", {"status": "finished", "on": "March 2024"})
    assert ResourceMark.objects.get(user=user).on == "2024-03"


@pytest.mark.parametrize("elsewhere", ["https://elsewhere.example/", "//elsewhere.example", "no-address", "1,5", ""])
def test_after_a_mark_it_goes_back_to_our_own_pages_only(member: Client, elsewhere: str) -> None:
    given = {"status": "started", "next": elsewhere}
    assert member.post(f"/resources/{COURSE}/mark/", given)["Location"] == f"/resources/{COURSE}/"
    given = {"status": "dismissed", "next": "/resources/?kind=book"}
    assert member.post(f"/resources/{COURSE}/mark/", given)["Location"] == "/resources/?kind=book"


def test_a_practice_task_shows_the_reading_that_supports_it(member: Client) -> None:
    page = member.get("/resources/practice.gov.security.3/")
    assert page.context["reading"]
    assert "Reading that supports it" in page.content.decode()


def test_an_unknown_resource_is_not_found(member: Client) -> None:
    assert member.get("/resources/r.nothing/").status_code == 404
    assert member.post("/resources/r.nothing/mark/", {"status": "started"}).status_code == 404


def test_marking_takes_a_post(member: Client) -> None:
    assert member.get(f"/resources/{COURSE}/mark/").status_code == 405


def test_the_list_takes_a_constant_number_of_queries(member: Client, django_assert_max_num_queries) -> None:
    member.get("/resources/")
    with django_assert_max_num_queries(5):
        member.get("/resources/")


@pytest.mark.parametrize("status", ["started", "finished", "dismissed"])
def test_the_catalogue_shows_what_was_said_of_each(member: Client, status: str) -> None:
    member.post(f"/resources/{COURSE}/mark/", {"status": status})
    page = member.get("/resources/", {"status": status}).context["page"]
    assert [(line.resource.id, line.status) for line in page] == [(COURSE, status)]


class TestOwnFigures:
    def test_the_page_shows_them_beside_the_catalogues_and_says_what_they_are_for(self, member: Client) -> None:
        response = member.post(
            f"/resources/{COURSE}/figures/",
            {"hours": "22.5", "cost": "9.90", "url": "https://example.org/mirror"},
            follow=True,
        )
        page = response.content.decode()
        assert "22.5 h" in page and "by you; the catalogue says 15 h" in page
        assert "$9.90" in page and "by you; the catalogue says free" in page
        assert 'href="https://example.org/mirror"' in page
        assert "used in plans only" in page and "Undo" in page

    def test_the_list_says_which_figure_is_the_persons_own(self, member: Client) -> None:
        member.post(f"/resources/{COURSE}/figures/", {"hours": "22.5"})
        assert "22.5 h by you, free." in member.get("/resources/?q=crash").content.decode()

    def test_gains_stay_what_they_are(self, member: Client) -> None:
        before = member.get(f"/resources/{COURSE}/").context["line"]
        member.post(f"/resources/{COURSE}/figures/", {"hours": "1"})
        after = member.get(f"/resources/{COURSE}/").context["line"]
        assert (after.gain, after.gain_per_hour) == (before.gain, before.gain_per_hour)

    def test_they_can_be_taken_back(self, member: Client) -> None:
        member.post(f"/resources/{COURSE}/figures/", {"hours": "22.5"})
        assert "As the catalogue has it" in member.get(f"/resources/{COURSE}/").content.decode()
        member.post(f"/resources/{COURSE}/figures/", {"back": "1", "hours": "nonsense"})
        assert "by you" not in member.get(f"/resources/{COURSE}/").content.decode()

    @pytest.mark.parametrize(
        "given", [{"hours": "0"}, {"hours": "x"}, {"cost": "-1"}, {"url": "javascript:alert(1)"}, {"hours": "1e9"}]
    )
    def test_what_is_wrong_is_said_beside_the_field(self, member: Client, given: dict[str, str]) -> None:
        response = member.post(f"/resources/{COURSE}/figures/", given)
        assert response.status_code == 422
        assert response.context["figures_form"].errors.keys() == given.keys()
        assert "invalid-feedback" in response.content.decode()

    def test_an_unknown_resource_is_not_found(self, member: Client) -> None:
        assert member.post("/resources/r.nothing/figures/", {"hours": "1"}).status_code == 404
