"""What a person's profile was at an earlier moment: the log played from its beginning, in one read.

Levels then are computed from that profile by the rules of today's framework, so that a difference is a person's own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any, TypeVar

from django.db import models

from tracker.engine import profile as values
from tracker.engine.profile import Profile
from tracker.models import Activity, Certification, Claim, Degree, Event, ResourceMark, Role
from tracker.moments import microseconds
from tracker.queries.profile import activity_value, certification_value, day, degree_value, role_value

Rows = dict[str, dict[str, Any]]  # reference of a row -> its values, as the log keeps them
Row = TypeVar("Row", bound=models.Model)
Value = TypeVar("Value")


def profiles_at(user_id: int, moments: Sequence[datetime]) -> list[Profile]:
    """The profile at each of the moments, which come in order. Milestone words are left out: no level rests on them."""
    log = list(Event.objects.filter(user=user_id).order_by("logged_at", "id").values_list("logged_at", "after"))
    rows: Rows = {}
    found = []
    position = 0
    for moment in moments:
        while position < len(log) and log[position][0] <= moment:
            _play(rows, log[position][1] or {})
            position += 1
        found.append(_profile(rows))
    return found


def _play(rows: Rows, after: dict[str, Any]) -> None:
    for ref, kept in after.items():
        if kept is None:
            rows.pop(ref, None)
        else:
            rows[ref] = kept


def _profile(rows: Rows) -> Profile:
    claims = dict(_of_sort(rows, "claim"))
    offered = Claim.Origin.OFFER
    return Profile(
        claims={key: _claim(kept) for key, kept in claims.items() if kept["origin"] != offered},
        confirmed={key: kept["level"] for key, kept in claims.items() if kept["origin"] == offered},
        degrees=_items(rows, "degree", Degree, degree_value),
        roles=_items(rows, "role", Role, role_value),
        certifications=_items(rows, "certification", Certification, certification_value),
        activities=_items(rows, "activity", Activity, activity_value),
        skills=tuple(_skills(rows)),
        finished=tuple(_finished(rows)),
    )


def _of_sort(rows: Rows, sort: str) -> Iterator[tuple[str, dict[str, Any]]]:
    prefix = f"{sort}:"
    return ((ref.removeprefix(prefix), kept) for ref, kept in rows.items() if ref.startswith(prefix))


def _items(rows: Rows, sort: str, model: type[Row], value_of: Callable[[Row], Value]) -> tuple[Value, ...]:
    """The rows of one kind as values, by way of unsaved rows: so a text is worded as it is for the present profile."""
    return tuple(
        value_of(model(pk=int(name), **{**kept, "logged_at": datetime.fromisoformat(kept["logged_at"])}))
        for name, kept in _of_sort(rows, sort)
    )


def _claim(kept: dict[str, Any]) -> values.Claim:
    return values.Claim(kept["level"], day(kept["on"] or ""), _moment(kept))


def _skills(rows: Rows) -> Iterator[values.ListedSkill]:
    for _, kept in _of_sort(rows, "skill"):
        if kept["rule"]:
            yield values.ListedSkill(kept["text"], kept["rule"], day(kept["on"]), _moment(kept))


def _finished(rows: Rows) -> Iterator[values.Finished]:
    for key, kept in _of_sort(rows, "resource"):
        if kept["status"] == ResourceMark.Status.FINISHED:
            yield values.Finished(key, day(kept["on"]), _moment(kept))


def _moment(kept: dict[str, Any]) -> int:
    return microseconds(datetime.fromisoformat(kept["logged_at"]))
