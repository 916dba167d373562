"""Every address as nobody and as somebody else: the walk goes through the whole list, so that none is forgotten."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from tests.conftest import PASSWORD
from tracker.models import Activity, CalendarFeed, Certification, Claim, Degree, Event, ListedSkill, Role
from tracker.queries.calendar_feed import token_of
from tracker.services.calendar import calendar_open
from tracker.services.claims import claim_set
from tracker.services.items import item_save
from tracker.urls import urlpatterns

pytestmark = pytest.mark.django_db

OPEN_TO_ALL = {"landing", "model"}
OPEN_TO_WHO_HOLDS_THE_ADDRESS = {"calendar_feed"}
WORDS = {
    "key": "cs.python", "area": "cs", "sort": "degree", "step": 1, "pk": 1, "token": "W10.none", "draft": "0a",
    "row": "roles-0",
}  # fmt: skip
KEYS_BY_PAGE = {
    "habit_log": "hb.papers",
    "milestone_word": "ms.cv",
    "resource": "r.google-mlcc",
    "resource_mark": "r.google-mlcc",
    "resource_figures": "r.google-mlcc",
}
NAMES = sorted(pattern.name for pattern in urlpatterns)


def address(name: str, **own: object) -> str:
    pattern = next(p for p in urlpatterns if p.name == name)
    words = {**WORDS, **({"key": KEYS_BY_PAGE[name]} if name in KEYS_BY_PAGE else {}), **own}
    asked = pattern.pattern.converters
    return reverse(f"tracker:{name}", kwargs={word: words[word] for word in asked})


@pytest.mark.parametrize("name", [n for n in NAMES if n not in OPEN_TO_ALL | OPEN_TO_WHO_HOLDS_THE_ADDRESS])
@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_is_sent_to_sign_in(client: Client, name: str, method: str) -> None:
    response = getattr(client, method)(address(name))
    if response.status_code == 405:
        return
    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("name", NAMES)
def test_no_get_changes_anything(member: Client, user: User, name: str) -> None:
    claim_set(user=user, competency="cs.python", level=2)
    before = (Event.objects.count(), Claim.objects.count(), CalendarFeed.objects.count())
    response = member.get(address(name))
    assert response.status_code in (200, 302, 404, 405)
    assert (Event.objects.count(), Claim.objects.count(), CalendarFeed.objects.count()) == before


@pytest.mark.parametrize("name", NAMES)
def test_a_post_without_the_token_is_refused(user: User, name: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.login(username=user.username, password=PASSWORD)
    assert strict.post(address(name)).status_code in (403, 405)


@pytest.mark.parametrize("sort", ["degree", "role", "certification", "activity", "skill"])
@pytest.mark.parametrize("name", ["item_edit", "item_remove"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_the_items_of_others_are_not_there(member: Client, other_user: User, sort: str, name: str, method: str) -> None:
    rows = {
        "degree": Degree(user=other_user, level="bachelor", field="Physics"),
        "role": Role(user=other_user, title="Data Scientist"),
        "certification": Certification(user=other_user, name="CKA"),
        "activity": Activity(user=other_user, kind="project", title="A project"),
        "skill": ListedSkill(user=other_user, text="Python"),
    }
    row = rows[sort]
    row.save()
    response = getattr(member, method)(address(name, sort=sort, pk=row.pk), {"confirm": "1"})
    assert response.status_code in (404, 405)
    assert type(row).objects.filter(pk=row.pk).exists()


def test_the_events_of_others_are_not_there(member: Client, other_user: User) -> None:
    outcome = claim_set(user=other_user, competency="cs.python", level=2)
    assert outcome is not None
    assert member.post(address("event_undo", pk=outcome.event.pk)).status_code == 404
    assert Claim.objects.get(user=other_user).level == 2


def feed_of(user: User) -> str:
    return address("calendar_feed", token=token_of(calendar_open(user=user)))


def test_a_secret_address_opens_to_nobody_who_does_not_hold_it(client: Client, member: Client, user: User) -> None:
    token = token_of(calendar_open(user=user))
    whose, _, signature = token.partition(".")
    for wrong in (WORDS["token"], whose, f"{whose}.", f".{signature}", token[:-1], token.swapcase(), f"{token}.ics"):
        for visitor in (client, member):  # being signed in, even as the owner, opens no wrong address
            response = visitor.get(address("calendar_feed", token=wrong))
            assert response.status_code == 404
            assert "text/calendar" not in response["Content-Type"]


def test_a_secret_address_opens_its_owners_calendar_whoever_holds_it(
    client: Client, member: Client, user: User, other_user: User
) -> None:
    item_save(user=other_user, row=Activity(user=other_user, kind="forum", title="An answer", on="2026-01-01"))
    contents = [[visitor.get(feed_of(owner)).content for visitor in (client, member)] for owner in (user, other_user)]
    assert all(by_nobody == by_a_member for by_nobody, by_a_member in contents)
    assert b"VEVENT" not in contents[0][0]
    assert b"VEVENT" in contents[1][0]


def test_nobody_renews_or_closes_the_address_of_somebody_else(member: Client, other_user: User) -> None:
    before = feed_of(other_user)
    for name in ("calendar_open", "calendar_renew", "calendar_close"):
        member.post(address(name))
    assert feed_of(other_user) == before


@pytest.mark.parametrize("name", [n for n in NAMES if n not in OPEN_TO_ALL])
def test_pages_of_a_person_stay_out_of_every_cache(member: Client, name: str) -> None:
    response = member.get(address(name))
    if response.status_code == 200:
        assert "private" in response["Cache-Control"]
        assert "no-store" in response["Cache-Control"]
