"""Degrees, roles, certifications, activities, listed skills: saved and removed as they are, matched to their rules."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models

from tracker.models import Event
from tracker.queries.profile import day
from tracker.services.entities import sort_of
from tracker.services.ledger import Outcome, changing

_KINDS = {
    "degree": Event.Kind.DEGREE,
    "role": Event.Kind.ROLE,
    "certification": Event.Kind.CERTIFICATION,
    "activity": Event.Kind.ACTIVITY,
    "skill": Event.Kind.SKILL,
}


def item_save(*, user: Any, row: models.Model) -> Outcome | None:
    """Save one logged item, new or changed. The row must be the user's own. None: nothing changed."""
    _check_owner(user, row)
    verb = "Added" if row._state.adding else "Changed"
    effective_on = day(getattr(row, "end", "") or getattr(row, "on", ""))
    kind = _KINDS[sort_of(row)]
    with changing(user, kind=kind, title=f"{verb} {row}", effective_on=effective_on) as change:
        change.save(row)
        change.key = str(row.pk)
    return change.outcome


def item_remove(*, user: Any, row: models.Model) -> Outcome | None:
    """Remove one logged item; the event keeps it, so that it can be brought back."""
    _check_owner(user, row)
    with changing(user, kind=_KINDS[sort_of(row)], title=f"Removed {row}", key=str(row.pk)) as change:
        change.delete(row)
    return change.outcome


def items_import(*, user: Any, rows: Iterable[models.Model], title: str) -> Outcome | None:
    """Save all that a reviewed file brings, as one act with one undo."""
    with changing(user, kind=Event.Kind.IMPORT, title=title) as change:
        for row in rows:
            _check_owner(user, row)
            change.save(row)
    return change.outcome


def _check_owner(user: Any, row: models.Model) -> None:
    if getattr(row, "user_id", None) != user.pk:
        raise PermissionError("The row belongs to another person.")
