"""The log of an own export put back, with its rows under the ids that they have here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import uuid4

from django.db.models import Model

from tracker.engine.weeks import WEEK
from tracker.interchange.own_history import PastEvent, is_numbered, renamed, renamed_key
from tracker.models import Effort, Event, ListedSkill, Plan, Preferences, WeekOff
from tracker.services.entities import ENTITIES, is_kept

Rows = Mapping[str, Any]
BATCH = 500


def history_restore(*, preferences: Preferences, past: Sequence[PastEvent], saved: Mapping[str, str]) -> None:
    """Put the events of a file where no event is yet; where there is one, nothing is done.

    `saved`: reference of a row in the file -> that of the row which came of it. A row that did not come in gets an id
    that nothing has or will have, so that its removal can be undone here as it could there. What an event changed is
    kept if it is of the shape that our own log has, else the event stands by its title.
    """
    if Event.objects.filter(user=preferences.user_id).exists():
        return
    changed = [(_checked(event.before), _checked(event.after)) for event in past]
    refs = {ref for both in changed for rows in both for ref in rows or ()}
    names = {**_spare(preferences.user_id, {r for r in refs if is_numbered(r)} - set(saved)), **saved}
    events = [
        Event(
            user_id=preferences.user_id,
            kind=event.kind,
            key=renamed_key(event.kind, event.key, names),
            title=event.title,
            before=renamed(before, names) or None,
            after=renamed(after, names) or None,
            logged_at=event.logged_at,
            effective_on=event.effective_on,
            readiness=event.readiness or {},
            framework_version=event.framework_version,
        )
        for event, (before, after) in zip(past, changed, strict=True)
    ]
    Event.objects.bulk_create(events, batch_size=BATCH)
    for event, told in zip(events, past, strict=True):
        if told.undoes is not None:
            event.undoes = events[told.undoes]
    Event.objects.bulk_update([event for event in events if event.undoes_id], ["undoes"], batch_size=BATCH)


def _checked(rows: Rows | None) -> Rows | None:
    return rows if rows and all(is_kept(ref, kept) for ref, kept in rows.items()) else None


def _spare(user_id: int, refs: set[str]) -> dict[str, str]:
    """Reference in the file -> one by an id that is nobody's: taken by a row that is removed at once."""
    by_sort: defaultdict[str, list[str]] = defaultdict(list)
    for ref in sorted(refs):
        by_sort[ref.partition(":")[0]].append(ref)
    names: dict[str, str] = {}
    for sort, of_sort in by_sort.items():
        model = ENTITIES[sort].model
        apart = (_stand_in(model, position) for position, _ in enumerate(of_sort))
        rows = model._default_manager.bulk_create((model(user_id=user_id, **own) for own in apart), batch_size=BATCH)
        names |= {ref: f"{sort}:{row.pk}" for ref, row in zip(of_sort, rows, strict=True)}
        for begin in range(0, len(rows), BATCH):
            model._default_manager.filter(pk__in=[row.pk for row in rows[begin : begin + BATCH]]).delete()
    return names


def _stand_in(model: type[Model], position: int) -> dict[str, Any]:
    """What the tables ask of a row that stands for one that is gone: of some there can be no two alike."""
    if model is ListedSkill:
        return {"text": uuid4().hex}
    if model is Plan:
        return {"question": {}, "answer": {}, "starts_on": date.min, "closed_on": date.min}
    if model is Effort:
        return {"on": date.min, "hours": 1}
    return {"week": date.min + position * WEEK} if model is WeekOff else {}
