"""What a person's profile was at an earlier moment: the log played from its beginning, in one read.

Levels then are computed from that profile by the rules of today's framework, so that a difference is a person's own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, TypeVar

from django.db import models

from tracker.engine import profile as values
from tracker.engine.framework import Framework
from tracker.engine.profile import Profile
from tracker.models import Activity, Certification, Claim, Degree, Event, ListedSkill, ResourceMark, Role
from tracker.moments import microseconds
from tracker.queries.counting import Item, counted
from tracker.queries.profile import activity_value, certification_value, day, degree_value, role_value, skill_value

Rows = dict[str, dict[str, Any]]  # reference of a row -> its values, as the log keeps them
Row = TypeVar("Row", bound=models.Model)


def profiles_at(user_id: int, framework: Framework, moments: Sequence[datetime]) -> list[Profile]:
    """The profile at each of the moments, which come in order, as it counts in the framework. Milestone words are left
    out: no level rests on them."""
    log = list(Event.objects.filter(user=user_id).order_by("logged_at", "id").values_list("logged_at", "after"))
    rows: Rows = {}
    found = []
    position = 0
    for moment in moments:
        while position < len(log) and log[position][0] <= moment:
            _play(rows, log[position][1] or {})
            position += 1
        found.append(_profile(framework, rows))
    return found


def _play(rows: Rows, after: dict[str, Any]) -> None:
    for ref, kept in after.items():
        if kept is None:
            rows.pop(ref, None)
        else:
            rows[ref] = kept


def _profile(framework: Framework, rows: Rows) -> Profile:
    claims = dict(_of_sort(rows, "claim"))
    offered = Claim.Origin.OFFER

    def of(sort: str, model: type[Item]) -> list[Item]:
        return counted(framework, _items(rows, sort, model))

    return Profile(
        claims={key: _claim(kept) for key, kept in claims.items() if kept["origin"] != offered},
        confirmed={key: kept["level"] for key, kept in claims.items() if kept["origin"] == offered},
        degrees=tuple(map(degree_value, of("degree", Degree))),
        roles=tuple(map(role_value, of("role", Role))),
        certifications=tuple(map(certification_value, of("certification", Certification))),
        activities=tuple(map(activity_value, _items(rows, "activity", Activity))),
        skills=tuple(skill_value(row) for row in of("skill", ListedSkill) if row.rule),
        finished=tuple(_finished(rows)),
    )


def _of_sort(rows: Rows, sort: str) -> Iterator[tuple[str, dict[str, Any]]]:
    prefix = f"{sort}:"
    return ((ref.removeprefix(prefix), kept) for ref, kept in rows.items() if ref.startswith(prefix))


def _items(rows: Rows, sort: str, model: type[Row]) -> Iterator[Row]:
    """The rows of one kind, unsaved, so that a text is worded as it is for the present profile."""
    for name, kept in _of_sort(rows, sort):
        yield model(pk=int(name), **{**kept, "logged_at": datetime.fromisoformat(kept["logged_at"])})


def _claim(kept: dict[str, Any]) -> values.Claim:
    return values.Claim(kept["level"], day(kept["on"] or ""), _moment(kept))


def _finished(rows: Rows) -> Iterator[values.Finished]:
    for key, kept in _of_sort(rows, "resource"):
        if kept["status"] == ResourceMark.Status.FINISHED:
            yield values.Finished(key, day(kept["on"]), _moment(kept))


def _moment(kept: dict[str, Any]) -> int:
    return microseconds(datetime.fromisoformat(kept["logged_at"]))
