"""Pages are rendered once and served again until the next write; what they depend on makes them anew."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tracker.models import Preferences
from tracker.services.claims import claim_set
from tracker.views.kept import pages

pytestmark = pytest.mark.django_db


def lead(client: Client, address: str = "/dashboard/") -> str:
    page = client.get(address).content.decode()
    found = re.search(r"<h1.*?</h1>", page, re.S)
    assert found
    return re.sub(r"<[^>]+>|\s+", " ", found[0])


def test_a_second_visit_is_the_same_page_with_a_token_of_its_own(member: Client) -> None:
    first, second = (member.get("/dashboard/").content.decode() for _ in range(2))
    token = re.compile(r'X-CSRFToken": "(\w{64})"')
    assert token.search(first) and token.search(second)
    assert token.sub("", first).count("<") == token.sub("", second).count("<")
    form_token = re.search(r'csrfmiddlewaretoken" value="(\w{64})"', second)
    assert form_token
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = member.cookies
    answer = strict.post("/path/habits/hb.papers/", {"csrfmiddlewaretoken": form_token[1]})
    assert answer.status_code == 302


def test_a_write_makes_the_page_anew(member: Client, user: User) -> None:
    before = lead(member)
    for competency in ("cs.python", "ml.fundamentals", "data.preparation", "math.statistics"):
        claim_set(user=user, competency=competency, level=3)
    assert lead(member) != before


def test_a_changed_preference_makes_the_page_anew(member: Client, user: User) -> None:
    before = lead(member)
    Preferences.objects.filter(user=user).update(stage="lead")
    assert "Lead" in lead(member)
    assert lead(member) != before


def test_nobody_sees_the_page_of_another(member: Client, user: User, other_user: User) -> None:
    claim_set(user=user, competency="cs.python", level=3)
    lead(member)
    other = Client()
    other.force_login(other_user)
    assert "grace" in other.get("/dashboard/").content.decode()
    assert lead(other) != lead(member)


def test_a_message_is_shown_once(member: Client) -> None:
    lead(member)
    member.post("/resources/r.google-mlcc/mark/", {"status": "started", "next": "/dashboard/"})
    assert "Undo" in member.get("/dashboard/").content.decode()
    assert "Started Machine Learning Crash Course" not in member.get("/dashboard/").content.decode()


def test_a_fragment_is_not_the_page(member: Client) -> None:
    lead(member)
    fragment = member.get("/dashboard/", headers={"HX-Request": "true", "HX-Target": "next"}).content
    assert b"<html" not in fragment
    assert b"<html" in member.get("/dashboard/").content


def test_only_the_latest_pages_are_held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tracker.views.kept.MOST_PAGES", 2)
    for number in range(3):
        pages.put((number,), b"page")
    assert pages.get((0,)) is None
    assert pages.get((2,)) == b"page"
