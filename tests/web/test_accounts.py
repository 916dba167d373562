"""Signing up, in and out, and what keeps guessers out."""

from collections.abc import Mapping

import pytest
from django.contrib.auth.models import User
from django.core.cache import caches
from django.core.cache.backends.db import DatabaseCache
from django.db import connection
from django.test import Client
from pytest_django import Settings

from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db

ACCOUNT_PAGES = [
    "/accounts/email/",
    "/accounts/password/change/",
    "/accounts/2fa/",
    "/accounts/sessions/",
    "/accounts/logout/",
]


def sign_up(client: Client, **fields: str) -> User | None:
    """The user that signing up with these fields made, None if it was refused."""
    client.post("/accounts/signup/", {"password1": PASSWORD, "password2": PASSWORD, **fields})
    return User.objects.first()


def sign_in(client: Client, login: str, password: str = PASSWORD) -> bool:
    client.post("/accounts/login/", {"login": login, "password": password})
    return "_auth_user_id" in client.session


@pytest.mark.parametrize(
    ("fields", "login"),
    [
        ({"username": "ada"}, "ada"),
        ({"email": "ada@example.org"}, "ada@example.org"),
        ({"username": "grace", "email": "ada@example.org"}, "grace"),
    ],
)
def test_a_user_name_or_an_address_is_enough_to_sign_up_and_in(
    client: Client, fields: Mapping[str, str], login: str
) -> None:
    assert sign_up(client, **fields)
    assert sign_in(Client(), login)


def test_signing_up_needs_a_name_or_an_address(client: Client) -> None:
    answer = client.post("/accounts/signup/", {"password1": PASSWORD, "password2": PASSWORD})
    assert "Give a user name or an e-mail address." in answer.content.decode()
    assert not User.objects.exists()


def test_a_user_name_may_not_look_like_an_address(client: Client) -> None:
    assert sign_up(client, username="ada@example.org") is None


@pytest.mark.parametrize("weak", ["short", "1234567890", "password123"])
def test_a_weak_password_is_refused(client: Client, weak: str) -> None:
    assert sign_up(client, username="ada", password1=weak, password2=weak) is None


def test_sign_up_leads_on_to_the_first_steps(client: Client) -> None:
    fields = {"username": "ada", "password1": PASSWORD, "password2": PASSWORD}
    assert client.post("/accounts/signup/", fields).headers["Location"] == "/start/"


def test_sign_up_can_be_closed(client: Client, settings: Settings) -> None:
    settings.ACCOUNT_SIGNUP_OPEN = False
    assert sign_up(client, username="ada") is None
    assert "Create an account" not in client.get("/").content.decode()


def test_a_confirmation_is_mailed_but_not_waited_for(client: Client, mailoutbox: list[object]) -> None:
    sign_up(client, email="ada@example.org")
    assert len(mailoutbox) == 1
    assert "_auth_user_id" in client.session


def test_a_wrong_password_does_not_sign_in(user: User) -> None:
    assert not sign_in(Client(), "ada", "wrong horse battery")


def test_after_five_wrong_passwords_even_the_right_one_waits(user: User) -> None:
    for _ in range(5):
        sign_in(Client(), "ada", "wrong horse battery")
    assert not sign_in(Client(), "ada")


def test_wrong_passwords_are_counted_where_all_workers_see_them(user: User) -> None:
    sign_in(Client(), "ada", "wrong horse battery")
    assert isinstance(caches["default"], DatabaseCache)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM shared_cache")
        assert cursor.fetchone()[0] > 0


def test_signing_out_takes_a_post(member: Client) -> None:
    member.get("/accounts/logout/")
    assert "_auth_user_id" in member.session
    member.post("/accounts/logout/")
    assert "_auth_user_id" not in member.session


@pytest.mark.parametrize("address", ACCOUNT_PAGES)
def test_account_pages_stand_in_the_frame_and_link_to_each_other(member: Client, address: str) -> None:
    page = member.get(address).content.decode()
    assert 'id="content"' in page
    if "logout" not in address:
        assert all(f'href="{other}"' in page for other in ACCOUNT_PAGES if "logout" not in other)


@pytest.mark.parametrize("address", ACCOUNT_PAGES)
def test_account_pages_ask_strangers_to_sign_in(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 302
    assert "_auth_user_id" not in client.session


def test_the_admin_signs_in_by_the_same_guarded_page(client: Client) -> None:
    assert client.get("/admin/login/").headers["Location"].startswith("/accounts/login/")


def test_the_landing_page_greets_strangers_and_sends_others_to_their_dashboard(client: Client, member: Client) -> None:
    assert "machine learning architect" in client.get("/").content.decode()
    assert member.get("/").headers["Location"] == "/dashboard/"
