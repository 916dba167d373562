"""Ticking levels: one, a whole area, or out of what roles offer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from tracker import clock
from tracker.engine.framework import Framework
from tracker.models import Claim, Competency, Event, Preferences
from tracker.queries.frameworks import row_ids
from tracker.services.entities import values
from tracker.services.ledger import Change, Outcome, changing


def claim_set(
    *, user: Any, competency: str, level: int, origin: str = Claim.Origin.TICK, note: str | None = None,
    link: str | None = None, preferences: Preferences | None = None,
) -> Outcome | None:  # fmt: skip
    """Claim a level in one competency; a tick replaces whatever claim stood there. None: nothing changed.

    `preferences`: the user's, where they are read already.
    """
    details = {name: value for name, value in (("note", note), ("link", link)) if value is not None}
    levels = {competency: level}
    return claims_set(user=user, levels=levels, origin=origin, key=competency, details=details, preferences=preferences)


def claims_set(
    *,
    user: Any,
    levels: Mapping[str, int],
    origin: str = Claim.Origin.TICK,
    key: str = "",
    title: str = "",
    details: Mapping[str, str] | None = None,
    preferences: Preferences | None = None,
) -> Outcome | None:
    """Claim several levels as one act, with one event. Raises KeyError for a competency that the model does not have.

    None: nothing changed. That is so for a claim that already stands, today and with this level, and for a confirmed
    offer of no more than the person's own claim, which it never lowers.
    """
    with changing(user, kind=Event.Kind.CLAIM, title=title, key=key, preferences=preferences) as change:
        framework, ids = change.framework, row_ids(change.release_id, "competency")
        change.effective_on = change.today
        change.title = title or _title(framework, levels)
        rows = _rows(user, framework, ids, levels)
        for competency, level in levels.items():
            row = rows.get(competency) or _new_row(user, framework, ids, competency)
            if _adds(change, row, level, origin, details or {}):
                _claim(change, row, level, origin, change.effective_on, details or {})
    return change.outcome


def claim_remove(*, user: Any, competency: str) -> Outcome | None:
    """Take a claim back; what evidence and inference give stands again."""
    with changing(user, kind=Event.Kind.CLAIM, title="", key=competency) as change:
        ids = row_ids(change.release_id, "competency")
        row = _rows(user, change.framework, ids, [competency]).get(competency)
        if row:
            change.title = f"{row.competency.name}: left to the evidence"
            change.delete(row)
    return change.outcome


def claim_annotate(*, user: Any, competency: str, note: str, link: str) -> Outcome | None:
    """Keep why the person thinks so beside a claim; level and date stay. Where no claim stands, one is made of the
    level of now, so that the note has something to stand on."""
    with changing(user, kind=Event.Kind.CLAIM, title="", key=competency) as change:
        ids = row_ids(change.release_id, "competency")
        row = _rows(user, change.framework, ids, [competency]).get(competency)
        if row is None:
            row = _new_row(user, change.framework, ids, competency)
            row.level, row.on = change.present.levels[competency].level, change.today
        was = None if row._state.adding else values(row)
        row.note, row.link = note, link
        change.title = f"{row.competency.name}: note on the claim"
        change.save(row, was=was)
    return change.outcome


def claim_confirm_fresh(*, user: Any, competency: str) -> Outcome | None:
    """Say that the level of now still holds today."""
    with changing(user, kind=Event.Kind.CLAIM, title="", key=competency) as change:
        ids, today = row_ids(change.release_id, "competency"), change.today
        level = change.present.levels[competency].level
        row = _rows(user, change.framework, ids, [competency]).get(competency)
        row = row or _new_row(user, change.framework, ids, competency)
        change.title = f"{row.competency.name}: level {level} still holds"
        if row._state.adding or (row.level, row.on) != (level, today):
            _claim(change, row, level, Claim.Origin.TICK, today, {})
    return change.outcome


def _rows(user: Any, framework: Framework, ids: Mapping[str, int], competencies: Iterable[str]) -> dict[str, Claim]:
    """The claims that stand, each with what it is about: the framework knows that without a join."""
    about = {ids[c]: _about(framework, ids, c) for c in competencies}
    found = {}
    for row in Claim.objects.filter(user=user.pk, competency__in=about):
        row.competency = about[row.competency_id]
        found[row.competency.key] = row
    return found


def _new_row(user: Any, framework: Framework, ids: Mapping[str, int], competency: str) -> Claim:
    return Claim(user=user, competency=_about(framework, ids, competency), level=0)


def _about(framework: Framework, ids: Mapping[str, int], competency: str) -> Competency:
    """As much of the competency's row as a claim and its event need."""
    return Competency(id=ids[competency], key=competency, name=framework.competency[competency].name)


def _adds(change: Change, row: Claim, level: int, origin: str, details: Mapping[str, str]) -> bool:
    """Whether claiming the level says anything that the row does not say already."""
    if row._state.adding:
        return True
    if origin == Claim.Origin.OFFER and row.origin != Claim.Origin.OFFER and row.level >= level:
        return False
    says_so = (row.level, row.origin, row.on) == (level, origin, change.effective_on)
    holds = change.present.levels[row.competency.key].level == level
    return not (says_so and holds and all(getattr(row, name) == value for name, value in details.items()))


def _claim(change: Change, row: Claim, level: int, origin: str, today: date | None, details: Mapping[str, str]) -> None:
    was = None if row._state.adding else values(row)
    row.level, row.origin, row.on, row.logged_at = level, origin, today, clock.now()
    for name, value in details.items():
        setattr(row, name, value)
    change.save(row, was=was)


def _title(framework: Framework, levels: Mapping[str, int]) -> str:
    if len(levels) == 1:
        ((competency, level),) = levels.items()
        return f"{framework.competency[competency].name}: level {level}"
    return f"{len(levels)} skills ticked"
