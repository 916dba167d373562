"""How every write is made: rows, event and new state in one transaction.

    with changing(user, kind=Event.Kind.DEGREE, title="Added MSc Physics") as change:
        change.save(row)
    change.outcome.event

The state row is locked first, so that writes of one person come one after another. Where only claims changed, levels
are settled from the kept grounds; otherwise the profile is read again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import models, transaction

from tracker import clock, state
from tracker.engine.framework import Framework
from tracker.engine.levels import Grounds, grounds, in_force, settle, settle_again
from tracker.engine.milestones import milestone_statuses
from tracker.engine.profile import Claim as ClaimValue
from tracker.models import Claim, Event, Preferences, State
from tracker.moments import microseconds
from tracker.queries.frameworks import framework_of, published_release
from tracker.queries.pace import read_recent
from tracker.queries.person import day_of, is_current, read_snapshot
from tracker.queries.plan_ahead import read_plan_ahead
from tracker.queries.profile import read_marks, read_profile
from tracker.services import entities
from tracker.services.people import person_ensure
from tracker.state import Snapshot

TITLE_LENGTH = 300
LEVELS = ("as_of", "revision", "levels", "grounds", "sequences")  # what a tick changes of a state


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a write did: the event appended, the state before and after."""

    event: Event
    before: Snapshot
    after: Snapshot

    @property
    def levels_changed(self) -> dict[str, tuple[int, int]]:
        """Competency -> (level before, level after), where it changed."""
        pairs = ((c, self.before.levels[c].level, level.level) for c, level in self.after.levels.items())
        return {c: (old, new) for c, old, new in pairs if old != new}

    @property
    def milestones_met(self) -> frozenset[str]:
        """Milestones that the write met."""
        return self.after.met - self.before.met

    def readiness_gained(self, stage: str) -> float:
        """Readiness for the stage after the write less that before, in [-1, 1]."""
        return self.after.readiness()[stage][0] - self.before.readiness()[stage][0]


class Change:
    """The rows that one write touches; remembers what they were.

    `present` is the state that the write begins with, `today` the day that it is for the person.
    """

    def __init__(
        self,
        preferences: Preferences,
        present: Snapshot,
        today: date,
        *,
        kind: str,
        title: str,
        key: str,
        effective_on: date | None,
    ) -> None:
        self.preferences = preferences
        self.present = present
        self.today = today
        self.kind = kind
        self.title = title
        self.key = key
        self.effective_on = effective_on
        self.undoes: Event | None = None
        self.before: dict[str, Any] = {}
        self.after: dict[str, Any] = {}
        self.claims: dict[str, Claim | None] = {}
        self.outcome: Outcome | None = None

    @property
    def framework(self) -> Framework:
        return self.present.framework

    @property
    def user_id(self) -> int:
        return self.preferences.user_id

    @property
    def release_id(self) -> int:
        return published_release(self.preferences)

    def save(self, row: models.Model, was: Mapping[str, Any] | None = None) -> None:
        """Save the row (checked field by field; the database checks the rest). `was`: its values before, if known."""
        foreign = [f.name for f in row._meta.concrete_fields if f.is_relation]
        row.clean_fields(exclude=foreign)
        is_new = row._state.adding
        before = None if is_new else dict(was) if was is not None else self._stored_values(row)
        row.save(force_insert=is_new)
        self._note(row, before, entities.values(row))

    def delete(self, row: models.Model) -> None:
        ref, before = entities.reference(row), entities.values(row)
        row.delete()
        self.before.setdefault(ref, before)
        self.after[ref] = None
        if isinstance(row, Claim):
            self.claims[row.competency.key] = None

    def _stored_values(self, row: models.Model) -> Mapping[str, Any]:
        return entities.values(type(row)._default_manager.get(pk=row.pk))

    def _note(self, row: models.Model, before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> None:
        ref = entities.reference(row)
        self.before.setdefault(ref, before)
        self.after[ref] = after
        if isinstance(row, Claim):
            self.claims[row.competency.key] = row

    @property
    def is_claims_only(self) -> bool:
        return all(ref.startswith("claim:") for ref in self.after)

    @property
    def is_empty(self) -> bool:
        return all(self.before[ref] == after for ref, after in self.after.items())


@contextmanager
def changing(
    user: Any,
    *,
    kind: str,
    title: str,
    key: str = "",
    effective_on: date | None = None,
    preferences: Preferences | None = None,
) -> Iterator[Change]:
    """One write: what happens inside is one transaction, ended by the event and the new state.

    `change.outcome` stands after the block; None if nothing changed. `preferences`: the user's, where they are read
    already.
    """
    with transaction.atomic():
        preferences = preferences or person_ensure(user=user)
        kept = _locked(user, preferences)
        before = read_snapshot(framework_of(kept.release_id), kept)
        today = day_of(preferences, kept)
        change = Change(preferences, before, today, kind=kind, title=title, key=key, effective_on=effective_on)
        yield change
        if change.is_empty:
            return
        after = _recomputed(kept, before, change)
        _store(kept, after, only=LEVELS if change.is_claims_only else None)
        change.outcome = Outcome(_append(change, after), before, after)


def ensure_state(user: Any, preferences: Preferences) -> State:
    """The person's state, computed anew where the release or the month has changed since it was kept."""
    kept = next(iter(State.objects.defer("grounds").filter(pk=user.pk)), None)
    if kept and is_current(kept, preferences.current_release_id, day_of(preferences, kept)):
        return kept
    with transaction.atomic():
        return _locked(user, preferences)


def _locked(user: Any, preferences: Preferences) -> State:
    """The person's current state, locked until the transaction ends."""
    release_id = published_release(preferences)
    rows = State.objects.select_for_update().defer("sequences").filter(pk=user.pk)
    kept = next(iter(rows), None)
    today = day_of(preferences, kept)
    if kept and is_current(kept, release_id, today):
        return kept
    if kept is None:
        State.objects.get_or_create(user=user, defaults={"release_id": release_id, "as_of": today})
        kept = rows.get()
    kept.release_id = release_id
    _store(kept, _computed(kept, framework_of(release_id), today))
    return kept


def _computed(kept: State, framework: Framework, today: date) -> Snapshot:
    """The state from all that is logged; what it rests on is put into the row."""
    profile = read_profile(kept.user_id, framework)
    found = grounds(framework, profile, as_of=today)
    marks = read_marks(kept.user_id)
    snapshot = Snapshot(
        framework=framework,
        as_of=today,
        levels=settle(framework, found, today),
        milestones=milestone_statuses(framework, profile, today),
        marks=marks,
        plan=read_plan_ahead(kept.user_id, framework, marks),
        recent=read_recent(kept.user_id, today),
    )
    kept.grounds = state.grounds_to_json(found)
    kept.path = state.path_to_json(snapshot)
    return snapshot


def _recomputed(kept: State, before: Snapshot, change: Change) -> Snapshot:
    """The state after the change; what it rests on is put into the row."""
    today = change.today
    if not change.is_claims_only:
        return _computed(kept, change.framework, today)
    found = _with_claims(state.grounds_from_json(kept.grounds), change.claims, today)
    kept.grounds |= state.claims_to_json(found)
    if before.as_of == today:
        levels = settle_again(change.framework, found, before.levels, change.claims, today)
    else:  # knowledge may have grown stale since
        levels = settle(change.framework, found, today)
    return replace(before, as_of=today, levels=levels)


def _with_claims(kept: Grounds, changed: Mapping[str, Claim | None], today: date) -> Grounds:
    claims, confirmed = dict(kept.claims), dict(kept.confirmed)
    for competency, row in changed.items():
        claims.pop(competency, None)
        confirmed.pop(competency, None)
        if row is None:
            continue
        if row.origin == Claim.Origin.OFFER:
            confirmed[competency] = row.level
        else:
            claims[competency] = ClaimValue(row.level, row.on, microseconds(row.logged_at))
    return replace(kept, claims=in_force(claims, today), confirmed=confirmed)


def _store(kept: State, snapshot: Snapshot, only: Sequence[str] | None = None) -> None:
    """Write the state's row; `only`: those of its columns that are not what they were."""
    kept.as_of = snapshot.as_of
    kept.revision += 1
    kept.levels = state.levels_to_json(snapshot.levels)
    kept.sequences = {}
    kept.save(update_fields=only)


def _append(change: Change, after: Snapshot) -> Event:
    return Event.objects.create(
        user_id=change.user_id,
        kind=change.kind,
        key=change.key,
        title=change.title[:TITLE_LENGTH],
        before=change.before,
        after=change.after,
        logged_at=clock.now(),
        effective_on=change.effective_on,
        readiness=after.readiness(),
        framework_version=after.framework.version,
        undoes=change.undoes,
    )
