"""Undo: a further event that puts back what an earlier one changed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, models

from tracker.models import Event, Preferences
from tracker.services import entities
from tracker.services.items import ListedAlreadyError, check_single
from tracker.services.ledger import Change, Outcome, changing

UNDID = "Undid: "


class UndoError(Exception):
    """Something has changed since; the message says what, for the person."""


def event_undo(*, user: Any, event: Event) -> Outcome | None:
    """Put back what the event changed, if everything it touched is still as it left it.

    Undoing an undo brings back what it took away. Raises UndoError with a sentence that says what has changed since.
    """
    if event.user_id != user.pk:
        raise PermissionError("The event belongs to another person.")
    with changing(user, kind=event.kind, title=_title(event), key=event.key) as change:
        if Event.objects.filter(undoes=event).exists():
            raise UndoError("This was undone already.")
        change.undoes = event
        before, after = event.before or {}, event.after or {}
        rows = entities.find_all(change.preferences, after)
        for ref, expected in after.items():
            row = rows.get(ref)
            if (entities.values(row) if row else None) != expected:
                raise UndoError(f"{_name(change, ref, row)} has changed since, so this can no longer be undone.")
        # What goes makes room for what comes back: of some things there may be one, such as a plan under way.
        for ref in sorted(after, key=lambda ref: (before.get(ref) is not None, ref not in rows)):
            _put_back(change, ref, rows.get(ref), before.get(ref))
    return change.outcome


def undoable(preferences: Preferences, events: Iterable[Event]) -> set[int]:
    """Ids of those events that could be undone now: not undone yet, and all they touched is as they left it."""
    known = {event.pk: event.after for event in events if event.after}
    rows = entities.find_all(preferences, {ref for after in known.values() for ref in after})
    present = {ref: entities.values(row) for ref, row in rows.items()}
    undone = set(Event.objects.filter(undoes__in=known).values_list("undoes_id", flat=True))
    return {
        pk
        for pk, after in known.items()
        if pk not in undone and all(present.get(ref) == values for ref, values in after.items())
    }


def _title(event: Event) -> str:
    if event.undoes_id is None:
        return f"{UNDID}{event.title}"
    return f"Again: {event.title.removeprefix(UNDID)}"


def _put_back(change: Change, ref: str, row: models.Model | None, wanted: Any) -> None:
    if wanted is None:
        if row:
            change.delete(row)
        return
    was = entities.values(row) if row else None
    try:
        restored = entities.restored(change.preferences, ref, row, wanted)
    except ObjectDoesNotExist:
        raise UndoError(f"{_name(change, ref, row)} is no longer part of the model.") from None
    try:
        check_single(restored)
        change.save(restored, was=was)
    except ListedAlreadyError:
        raise UndoError(f"“{restored}” is listed again by now, so this can no longer be undone.") from None
    except IntegrityError:  # of some things there may be one, such as a plan under way: it was entered anew meanwhile
        raise UndoError(f"{_name(change, ref, row)} cannot come back beside what is there by now.") from None


def _name(change: Change, ref: str, row: models.Model | None) -> str:
    """What the person knows it by."""
    sort, _, name = ref.partition(":")
    framework = change.framework
    if sort in ("claim", "waiver"):
        return framework.competency[name].name if name in framework.competency else name
    if sort == "milestone":
        return framework.milestone[name].name if name in framework.milestone else name
    if sort in ("resource", "override", "skip"):
        return framework.resource[name].title if name in framework.resource else name
    return f"“{row}”" if row else f"That {sort}"
