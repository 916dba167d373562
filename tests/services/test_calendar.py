"""The secret address of a calendar: made, renewed, closed."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from tracker.models import CalendarFeed
from tracker.queries.calendar_feed import feed_by, read_feed, token_of
from tracker.services.calendar import calendar_close, calendar_open, calendar_renew

pytestmark = pytest.mark.django_db


def test_opening_makes_one_address_and_opening_again_keeps_it(user: User) -> None:
    token = token_of(calendar_open(user=user))
    assert token_of(calendar_open(user=user)) == token
    feed = feed_by(token)
    assert feed is not None
    assert feed.user == user


def test_each_person_has_an_address_of_her_own(user: User, other_user: User) -> None:
    assert token_of(calendar_open(user=user)) != token_of(calendar_open(user=other_user))


def test_renewing_makes_the_one_before_worthless(user: User) -> None:
    before = token_of(calendar_open(user=user))
    feed = calendar_renew(user=user)
    assert feed is not None
    assert feed_by(before) is None
    assert feed_by(token_of(feed)) == feed


def test_a_closed_address_leads_nowhere_and_never_comes_back(user: User) -> None:
    before = token_of(calendar_open(user=user))
    assert calendar_close(user=user)
    assert (feed_by(before), read_feed(user)) == (None, None)
    after = token_of(calendar_open(user=user))
    assert after != before
    assert feed_by(before) is None
    assert feed_by(after) == read_feed(user)


def test_without_an_address_there_is_nothing_to_renew_or_close(user: User) -> None:
    assert calendar_renew(user=user) is None
    assert not calendar_close(user=user)
    assert not CalendarFeed.objects.exists()


def test_what_the_database_holds_gives_no_address_away(user: User, settings: object) -> None:
    token = token_of(calendar_open(user=user))
    settings.SECRET_KEY = "of another server"  # type: ignore[attr-defined]
    assert feed_by(token) is None


def test_an_address_outlives_a_change_of_key_while_the_earlier_one_is_accepted(user: User, settings: object) -> None:
    token = token_of(calendar_open(user=user))
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]  # type: ignore[attr-defined]
    settings.SECRET_KEY = "a new key"  # type: ignore[attr-defined]
    assert feed_by(token) is not None


@pytest.mark.parametrize("end", ["", "x", ".x", "=", "\N{SNOWMAN}"])
def test_a_forged_token_is_none(user: User, end: str) -> None:
    token = token_of(calendar_open(user=user))
    forged = [token[:-1] + end, f"{token}{end}x", token.rpartition(".")[0] + end, end, token.replace(".", ":")]
    assert [feed_by(one) for one in forged] == [None] * 5


def test_somebody_who_may_not_sign_in_has_no_calendar(user: User) -> None:
    token = token_of(calendar_open(user=user))
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert feed_by(token) is None


def test_the_address_goes_with_the_account(user: User) -> None:
    token = token_of(calendar_open(user=user))
    user.delete()
    assert feed_by(token) is None
