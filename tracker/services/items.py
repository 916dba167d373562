"""Degrees, roles, certifications, activities, listed skills: saved and removed as they are, matched to their rules."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any, TypeVar

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import models
from django.utils.translation import gettext as _

from tracker import clock
from tracker.models import Event
from tracker.models.profile import MatchedText
from tracker.queries.counting import Counting
from tracker.queries.profile import day
from tracker.services import entities
from tracker.services.entities import sort_of
from tracker.services.ledger import Change, Outcome, changing

Row = TypeVar("Row", bound=models.Model)

SENT_TWICE_WITHIN = timedelta(seconds=10)

_KINDS = {
    "degree": Event.Kind.DEGREE,
    "role": Event.Kind.ROLE,
    "certification": Event.Kind.CERTIFICATION,
    "activity": Event.Kind.ACTIVITY,
    "skill": Event.Kind.SKILL,
}


class ItemError(Exception):
    """What was to be saved no longer fits what is there; the message says why, for the person."""


class ListedAlreadyError(ItemError):
    """The skill stands in the list."""


def item_save(*, user: Any, row: models.Model) -> Outcome | None:
    """Save one logged item, new or changed. The row must be the user's own. None: nothing changed.

    Raises ItemError where another window was quicker: the item is gone, or the same skill is listed by now.
    """
    _check_owner(user, row)
    with _saving(user, row) as change:
        was = None if row._state.adding else entities.values(_present(row))
        _save(change, row, was)
    return change.outcome


def item_add(*, user: Any, row: models.Model) -> Outcome | None:
    """Save a new item as a form gave it. None: the same was sent a moment ago, by a button pressed twice; `row` then
    stands for the one that is there.

    Raises ItemError as `item_save` does.
    """
    _check_owner(user, row)
    with _saving(user, row) as change:
        if twin := _sent_before(row):
            row.pk = twin.pk
        else:
            _save(change, row, was=None)
    return change.outcome


def _saving(user: Any, row: models.Model) -> AbstractContextManager[Change]:
    verb = "Added" if row._state.adding else "Changed"
    effective_on = day(getattr(row, "end", "") or getattr(row, "on", ""))
    return changing(user, kind=_KINDS[sort_of(row)], title=f"{verb} {row}", effective_on=effective_on)


def _save(change: Change, row: models.Model, was: Mapping[str, Any] | None) -> None:
    check_single(row)
    change.save(row, was=was)
    change.key = str(row.pk)


def _sent_before(row: models.Model) -> models.Model | None:
    """An item of the last seconds that says the same."""
    since = clock.now() - SENT_TWICE_WITHIN
    recent = type(row)._default_manager.filter(user=row.user_id, logged_at__gte=since)  # type: ignore[attr-defined]
    return next((other for other in recent if _said(other) == _said(row)), None)


def _said(row: models.Model) -> dict[str, Any]:
    return {name: value for name, value in entities.values(row).items() if name != "logged_at"}


def item_count_as(*, user: Any, row: MatchedText, rule: str) -> Outcome | None:
    """The person's word on what an item counts as in the framework that she aims at: a rule, or nothing (empty). All
    else of it stays as it is by now.

    Raises ItemError where the item is gone.
    """
    _check_owner(user, row)
    with changing(user, kind=_KINDS[sort_of(row)], title=f"Changed {row}", key=str(row.pk)) as change:
        present = _present(row)
        was = entities.values(present)
        Counting(change.framework).answer(present, rule)
        change.save(present, was=was)
    return change.outcome


def item_remove(*, user: Any, row: models.Model) -> Outcome | None:
    """Remove one logged item; the event keeps it, so that it can be brought back. None: it was gone already."""
    _check_owner(user, row)
    with changing(user, kind=_KINDS[sort_of(row)], title=f"Removed {row}", key=str(row.pk)) as change:
        present = type(row)._default_manager.filter(pk=row.pk).first()
        if present:
            change.delete(present)
    return change.outcome


def check_single(row: models.Model) -> None:
    """Raise ListedAlreadyError for a skill that is listed by now; a read only for those."""
    try:
        row.validate_constraints()
    except ValidationError:
        raise ListedAlreadyError(_("This skill is listed already.")) from None


def _present(row: Row) -> Row:
    """The row as it stands now."""
    try:
        return type(row)._default_manager.get(pk=row.pk)
    except ObjectDoesNotExist:
        raise ItemError(_("This was removed in the meantime; nothing was saved.")) from None


def _check_owner(user: Any, row: models.Model) -> None:
    if getattr(row, "user_id", None) != user.pk:
        raise PermissionError("The row belongs to another person.")
