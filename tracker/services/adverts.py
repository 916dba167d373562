"""Job adverts: brought, reviewed, removed and brought back.

They are aims, not facts of the person, so they are no part of the log.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from django.core import serializers
from django.db import transaction
from django.utils.translation import gettext as _

from tracker.advert_form import lines_of
from tracker.engine.framework import Framework
from tracker.matching import matcher_of
from tracker.matching.adverts import read_advert
from tracker.models import Advert, Preferences
from tracker.models.target import MOST_ADVERTS
from tracker.services.people import person_ensure


class TooManyAdvertsError(Exception):
    """The person keeps as many adverts as there may be; the message is for the person."""


def advert_add(*, user: Any, framework: Framework, text: str) -> Advert:
    """Read the advert's text and keep both; nothing of it counts before it is reviewed. One of the same text that is
    there already is that one.

    It is read before the transaction, which holds up other writes. Raises TooManyAdvertsError, TextTooLongError.
    """
    found = read_advert(text, framework, matcher_of(framework))
    title = found.opening.title.strip()[:200] or _("A job advert")
    row = Advert(user=user, title=title, employer=found.opening.employer.strip()[:200], text=text)
    row.requirements, row.read_for = lines_of(found), framework.id
    with transaction.atomic():
        _lock(user)
        twin = Advert.objects.filter(user=user, text=text).first()
        if twin is None:
            check_number(user)
            row.save()
    return twin or row


def _lock(user: Any) -> None:
    """The person's preferences: one request at a time counts her adverts."""
    person_ensure(user=user)
    list(Preferences.objects.select_for_update(no_key=True).filter(pk=user.pk))


def check_number(user: Any, more: int = 1) -> None:
    """Raises TooManyAdvertsError where so many more adverts would be too many."""
    if Advert.objects.filter(user=user).count() + more > MOST_ADVERTS:
        raise TooManyAdvertsError(_("%d adverts are kept at most: remove one first.") % MOST_ADVERTS)


def advert_review(*, advert: Advert, title: str, employer: str, lines: Sequence[Mapping[str, Any]]) -> None:
    """Keep what the person says of the advert; from now on it counts."""
    advert.title, advert.employer, advert.requirements = title, employer, list(lines)
    advert.is_reviewed = True
    advert.full_clean(exclude=["user", "requirements"])
    advert.save()


def advert_read_again(*, advert: Advert, framework: Framework) -> None:
    """Make the lines those of another framework: as they were reviewed for it once, else read anew and to be reviewed.
    The present ones, if reviewed, are set aside and come back with their framework."""
    if advert.read_for == framework.id:
        return
    if not advert.take_back(framework.id):
        lines = lines_of(read_advert(advert.text, framework, matcher_of(framework)))
        advert.put_aside()
        advert.requirements, advert.is_reviewed, advert.read_for = lines, False, framework.id
    advert.save()


def advert_remove(*, advert: Advert) -> str:
    """Remove it. The answer is the whole row as text, with which `advert_bring_back` makes it as it was."""
    kept = serializers.serialize("json", [advert])
    advert.delete()
    return kept


def advert_bring_back(*, user: Any, kept: str) -> Advert:
    """Make a removed advert again, with its old address. Raises TooManyAdvertsError."""
    row = cast(Advert, next(iter(serializers.deserialize("json", kept))).object)
    with transaction.atomic():
        _lock(user)
        there = Advert.objects.filter(user=user, pk=row.pk).first()
        if there is None:
            check_number(user)
            row.user = user
            row.save(force_insert=True)
    return there or row
