"""Undo: a further event that puts back what an earlier one changed."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ObjectDoesNotExist

from tracker.models import Event
from tracker.services import entities
from tracker.services.ledger import Change, Outcome, changing


class UndoError(Exception):
    """Something has changed since; the message says what, for the person."""


def event_undo(*, user: Any, event: Event) -> Outcome | None:
    """Put back what the event changed, if everything it touched is still as it left it.

    Raises UndoError with a sentence that says what has changed since.
    """
    if event.user_id != user.pk:
        raise PermissionError("The event belongs to another person.")
    if Event.objects.filter(undoes=event).exists():
        raise UndoError("This was undone already.")
    with changing(user, kind=event.kind, title=f"Undid: {event.title}", key=event.key) as change:
        change.undoes = event
        for ref, after in (event.after or {}).items():
            _put_back(change, user, ref, expected=after, wanted=(event.before or {}).get(ref))
    return change.outcome


def _put_back(change: Change, user: Any, ref: str, *, expected: Any, wanted: Any) -> None:
    row = entities.find(user, ref)
    present = entities.values(row) if row else None
    if present != expected:
        raise UndoError(f"{row or ref} has changed since, so this can no longer be undone.")
    if wanted is None:
        if row:
            change.delete(row)
        return
    try:
        change.save(entities.restored(user, ref, wanted), was=present)
    except ObjectDoesNotExist:
        raise UndoError(f"{ref} is no longer part of the model.") from None
