"""Ticking levels: one, a whole area, or out of what roles offer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tracker import clock
from tracker.engine.framework import Framework
from tracker.models import Claim, Competency, Event
from tracker.queries.frameworks import framework_of, published_release, row_ids
from tracker.queries.person import local_today
from tracker.services.entities import values
from tracker.services.ledger import Change, Outcome, changing
from tracker.services.people import person_ensure


def claim_set(
    *, user: Any, competency: str, level: int, origin: str = Claim.Origin.TICK, note: str | None = None,
    link: str | None = None,
) -> Outcome | None:  # fmt: skip
    """Claim a level in one competency; a tick replaces whatever claim stood there. None: nothing changed."""
    details = {name: value for name, value in (("note", note), ("link", link)) if value is not None}
    return claims_set(user=user, levels={competency: level}, origin=origin, key=competency, details=details)


def claims_set(
    *,
    user: Any,
    levels: Mapping[str, int],
    origin: str = Claim.Origin.TICK,
    key: str = "",
    title: str = "",
    details: Mapping[str, str] | None = None,
) -> Outcome | None:
    """Claim several levels as one act. Raises KeyError for a competency that the framework does not have."""
    preferences = person_ensure(user=user)
    release_id = published_release(preferences.framework)
    framework, ids = framework_of(release_id), row_ids(release_id, "competency")
    title = title or _title(framework, levels)
    today = local_today(preferences)
    with changing(user, kind=Event.Kind.CLAIM, title=title, key=key, effective_on=today) as change:
        rows = _rows(user, [ids[c] for c in levels])
        for competency, level in levels.items():
            row = rows.get(competency) or _new_row(user, framework, ids, competency)
            _claim(change, row, level, origin, today, details or {})
    return change.outcome


def claim_remove(*, user: Any, competency: str) -> Outcome | None:
    """Take a claim back; what evidence and inference give stands again."""
    with changing(user, kind=Event.Kind.CLAIM, title=f"Took back the claim on {competency}", key=competency) as change:
        row = Claim.objects.select_related("competency").filter(user=user, competency__key=competency).first()
        if row:
            change.title = f"{row.competency.name}: claim taken back"
            change.delete(row)
    return change.outcome


def claim_confirm_fresh(*, user: Any, competency: str, level: int) -> Outcome | None:
    """Say that a level still holds today."""
    return claim_set(user=user, competency=competency, level=level)


def _rows(user: Any, competency_ids: list[int]) -> dict[str, Claim]:
    found = Claim.objects.select_related("competency").filter(user=user, competency__in=competency_ids)
    return {row.competency.key: row for row in found}


def _new_row(user: Any, framework: Framework, ids: Mapping[str, int], competency: str) -> Claim:
    about = Competency(id=ids[competency], key=competency, name=framework.competency[competency].name)
    return Claim(user=user, competency=about, level=0)


def _claim(change: Change, row: Claim, level: int, origin: str, today: Any, details: Mapping[str, str]) -> None:
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
