"""Job adverts: brought, reviewed, removed. They are aims, not facts of the person, so they are no part of the log."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from tracker.advert_form import lines_of
from tracker.engine.framework import Framework
from tracker.matching import matcher_of
from tracker.matching.adverts import read_advert
from tracker.models import Advert
from tracker.models.target import MOST_ADVERTS
from tracker.services.people import person_ensure


class TooManyAdvertsError(Exception):
    """The person keeps as many adverts as there may be; the message is for the person."""


@transaction.atomic
def advert_add(*, user: Any, framework: Framework, text: str) -> Advert:
    """Read the advert's text and keep both; nothing of it counts before it is reviewed.

    Raises TooManyAdvertsError, TextTooLongError.
    """
    check_number(user)
    found = read_advert(text, framework, matcher_of(framework))
    title = found.opening.title.strip()[:200] or _("A job advert")
    employer = found.opening.employer.strip()[:200]
    return Advert.objects.create(user=user, title=title, employer=employer, text=text, requirements=lines_of(found))


def check_number(user: Any, more: int = 1) -> None:
    """Raises TooManyAdvertsError where so many more adverts would be too many. Under a lock on the person's row."""
    person_ensure(user=user)
    if Advert.objects.filter(user=user).count() + more > MOST_ADVERTS:
        raise TooManyAdvertsError(_("%d adverts are kept at most: remove one first.") % MOST_ADVERTS)


def advert_review(*, advert: Advert, title: str, employer: str, lines: Sequence[Mapping[str, Any]]) -> None:
    """Keep what the person says of the advert; from now on it counts."""
    advert.title, advert.employer, advert.requirements = title, employer, list(lines)
    advert.is_reviewed = True
    advert.full_clean(exclude=["user", "requirements"])
    advert.save()


def advert_remove(*, advert: Advert) -> None:
    advert.delete()
