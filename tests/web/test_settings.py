"""What a person sets, and how she leaves."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import models
from django.test import Client

from tests.conftest import PASSWORD
from tests.web.test_exporting import live
from tracker.models import Event, Preferences

pytestmark = pytest.mark.django_db

GIVEN = {"stage": "lead", "hours_per_week": "4.5", "budget": "", "theme": "dark", "time_zone": "Asia/Tokyo"}


def test_numbers_are_shown_as_people_write_them(member: Client, user: User) -> None:
    member.post("/settings/", {**GIVEN, "hours_per_week": "6", "budget": "500"})
    form = member.get("/settings/").context["form"]
    assert (form["hours_per_week"].value(), form["budget"].value()) == ("6", "500")
    member.post("/settings/", {**GIVEN, "hours_per_week": "0", "budget": "39.90"})
    form = member.get("/settings/").context["form"]
    assert (form["hours_per_week"].value(), form["budget"].value()) == ("0", "39.9")


def test_settings_are_kept(member: Client, user: User) -> None:
    assert member.post("/settings/", GIVEN).headers["Location"] == "/settings/"
    kept = Preferences.objects.get(user=user)
    assert (kept.stage, float(kept.hours_per_week), kept.budget, kept.theme, kept.time_zone) == (
        "lead", 4.5, None, "dark", "Asia/Tokyo",
    )  # fmt: skip
    assert not Event.objects.filter(user=user).exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"stage": "emperor"},
        {"hours_per_week": "81"},
        {"hours_per_week": "NaN"},
        {"budget": "-1"},
        {"theme": "plaid"},
        {"time_zone": "Mars/Olympus"},
        {"time_zone": "../../etc/passwd"},
    ],
)
def test_what_makes_no_sense_is_refused_beside_its_field(member: Client, user: User, wrong: dict[str, str]) -> None:
    answer = member.post("/settings/", {**GIVEN, **wrong})
    assert answer.status_code == 422
    assert next(iter(wrong)) in answer.context["form"].errors
    assert Preferences.objects.get(user=user).theme == "auto"


def test_the_theme_is_that_of_the_preferences_on_every_page(member: Client, user: User) -> None:
    member.post("/settings/", GIVEN)
    member.cookies.pop("theme")
    assert 'data-bs-theme="dark"' in member.get("/settings/").content.decode()


def test_account_pages_know_the_theme_by_a_cookie(member: Client) -> None:
    member.post("/settings/", GIVEN)
    assert 'data-bs-theme="dark"' in member.get("/accounts/email/").content.decode()
    member.post("/settings/", {**GIVEN, "theme": "auto"})
    assert "data-bs-theme" not in member.get("/accounts/email/").content.decode()


def test_it_leads_to_account_export_and_deletion(member: Client) -> None:
    page = member.get("/settings/").content.decode()
    for address in ("/accounts/password/change/", "/accounts/email/", "/accounts/sessions/", "/accounts/2fa/",
                    "/export/", "/settings/delete/"):  # fmt: skip
        assert f'href="{address}"' in page


# Leaving


def rows_of(user_id: int) -> dict[str, int]:
    """How many rows of every table belong to the user: by each foreign key that points at users."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.concrete_fields:
            if isinstance(field, models.ForeignKey) and field.related_model is User:
                found[f"{model._meta.label}.{field.name}"] = model._default_manager.filter(
                    **{field.name: user_id}
                ).count()
    return {label: count for label, count in found.items() if count}


def test_deleting_removes_every_row_and_nobody_elses(user: User, other_user: User) -> None:
    client = Client()
    client.post("/accounts/login/", {"login": "ada", "password": PASSWORD})
    live(user)
    live(other_user)
    EmailAddress.objects.create(user=user, email="ada@example.com")
    client.get("/settings/")
    before = rows_of(other_user.pk)
    assert len(rows_of(user.pk)) > 10
    answer = client.post("/settings/delete/", {"password": PASSWORD}, follow=True)
    assert "Goodbye" in answer.content.decode()
    assert not User.objects.filter(username="ada").exists()
    assert rows_of(user.pk) == {}
    assert rows_of(other_user.pk) == before


def test_deleting_ends_every_session(user: User) -> None:
    clients = [Client(), Client()]
    for client in clients:
        client.post("/accounts/login/", {"login": "ada", "password": PASSWORD})
        client.get("/settings/")
    clients[0].post("/settings/delete/", {"password": PASSWORD})
    assert all("_auth_user_id" not in client.session for client in clients)
    assert not any("_auth_user_id" in session.get_decoded() for session in Session.objects.all())


def test_without_the_password_nothing_goes(member: Client, user: User) -> None:
    cache.clear()
    answer = member.post("/settings/delete/", {"password": "wrong horse battery"})
    assert answer.status_code == 422
    assert "This is not your password." in answer.content.decode()
    assert User.objects.filter(pk=user.pk).exists()


def test_guessing_the_password_is_slowed_down(member: Client, user: User) -> None:
    cache.clear()
    codes: list[Any] = [
        member.post("/settings/delete/", {"password": f"guess number {n}"}).status_code for n in range(12)
    ]
    assert codes[-1] == 429
    answer = member.post("/settings/delete/", {"password": PASSWORD})
    assert "Wait a minute" in answer.content.decode()
    assert User.objects.filter(pk=user.pk).exists()
    cache.clear()


def test_looking_at_the_page_deletes_nothing_and_offers_the_export(member: Client, user: User) -> None:
    page = member.get("/settings/delete/").content.decode()
    assert 'href="/export/profile.json"' in page
    assert User.objects.filter(pk=user.pk).exists()
