"""What a person logged, as the engine's `Profile`: one query a kind of row."""

from __future__ import annotations

from datetime import date
from typing import Any

from tracker.engine import profile as values
from tracker.engine.dates import parse_date
from tracker.engine.framework import Framework
from tracker.models import (
    Activity,
    Certification,
    Claim,
    Degree,
    ListedSkill,
    MilestoneWord,
    ResourceMark,
    Role,
    Waiver,
)
from tracker.models.profile import MatchedText
from tracker.moments import microseconds
from tracker.queries.counting import counted
from tracker.state import Marks


def read_profile(user_id: int, framework: Framework) -> values.Profile:
    """All that counts of what the user logged, matched texts by their rules in the framework; nine kinds of rows, seven
    queries."""

    def of(model: type[MatchedText]) -> Any:
        return counted(framework, model._default_manager.filter(user=user_id))

    claims = Claim.objects.filter(user=user_id).values_list("competency__key", "level", "on", "origin", "logged_at")
    offered = Claim.Origin.OFFER
    finished = ResourceMark.objects.filter(user=user_id, status=ResourceMark.Status.FINISHED)
    words = MilestoneWord.objects.filter(user=user_id).values_list("milestone__key", "met", "on")
    claimed = list(claims)
    return values.Profile(
        claims={
            c: values.Claim(level, on, microseconds(at)) for c, level, on, origin, at in claimed if origin != offered
        },
        confirmed={c: level for c, level, _, origin, _ in claimed if origin == offered},
        degrees=tuple(degree_value(row) for row in of(Degree)),
        roles=tuple(role_value(row) for row in of(Role)),
        certifications=tuple(certification_value(row) for row in of(Certification)),
        activities=tuple(activity_value(row) for row in Activity.objects.filter(user=user_id)),
        finished=tuple(
            values.Finished(key, day(on), microseconds(at))
            for key, on, at in finished.values_list("resource__key", "on", "logged_at")
        ),
        skills=tuple(skill_value(row) for row in of(ListedSkill) if row.rule),
        milestones={m: (day(on) or True) if met else False for m, met, on in words},
    )


def read_marks(user_id: int) -> Marks:
    """Which resources are finished, started or dismissed, and which competencies waived."""
    by_status: dict[str, set[str]] = {status: set() for status in ResourceMark.Status.values}
    for key, status in ResourceMark.objects.filter(user=user_id).values_list("resource__key", "status"):
        by_status[status].add(key)
    waived = Waiver.objects.filter(user=user_id).values_list("competency__key", flat=True)
    return Marks(
        finished=frozenset(by_status[ResourceMark.Status.FINISHED]),
        started=frozenset(by_status[ResourceMark.Status.STARTED]),
        dismissed=frozenset(by_status[ResourceMark.Status.DISMISSED]),
        waived=frozenset(waived),
    )


def degree_value(row: Degree) -> values.Degree:
    return values.Degree(str(row), row.level, row.rule, row.completed, day(row.end), microseconds(row.logged_at))


def role_value(row: Role) -> values.Role:
    item = f"{row} ({row.start or '?'} to {row.end or 'now'})"
    return values.Role(item, row.rule, day(row.start), day(row.end), microseconds(row.logged_at))


def certification_value(row: Certification) -> values.Certification:
    return values.Certification(str(row), row.rule, day(row.on), day(row.expires), microseconds(row.logged_at))


def skill_value(row: ListedSkill) -> values.ListedSkill:
    return values.ListedSkill(f"{row.text} (listed skill)", row.rule, day(row.on), microseconds(row.logged_at))


def activity_value(row: Activity) -> values.Activity:
    return values.Activity(str(row), row.kind, day(row.on), row.levels, microseconds(row.logged_at))


def day(text: str) -> date | None:
    """The first day that the written date can mean; None for an empty one."""
    return parse_date(text) if text else None
