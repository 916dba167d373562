"""Resources started, finished or put aside; milestones by the person's word; competencies waived."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from tracker import clock
from tracker.models import Competency, Event, Milestone, MilestoneWord, Resource, ResourceMark, Waiver
from tracker.queries.profile import day
from tracker.services.entities import values
from tracker.services.ledger import Outcome, changing

_VERBS = {"started": "Started", "finished": "Finished", "dismissed": "Not for me:"}


def resource_mark(
    *, user: Any, resource: Resource, status: str, on: str = "", hours: Decimal | None = None, rating: int | None = None
) -> Outcome | None:
    """Start, finish or dismiss a resource. A finished one is evidence from then on."""
    title = f"{_VERBS[status]} {resource.title}"
    with changing(user, kind=Event.Kind.RESOURCE, title=title, key=resource.key, effective_on=day(on)) as change:
        row = ResourceMark.objects.filter(user=user, resource=resource).first()
        was = None
        if row is None:
            row = ResourceMark(user=user, resource=resource)
        else:
            row.resource = resource
            was = values(row)
        row.status, row.on, row.logged_at = status, on, clock.now()
        row.hours = hours if hours is not None else row.hours
        row.rating = rating if rating is not None else row.rating
        change.save(row, was=was)
    return change.outcome


def resource_unmark(*, user: Any, resource: Resource) -> Outcome | None:
    """Take back what was said of a resource."""
    title = f"Took back: {resource.title}"
    with changing(user, kind=Event.Kind.RESOURCE, title=title, key=resource.key) as change:
        row = ResourceMark.objects.select_related("resource").filter(user=user, resource=resource).first()
        if row:
            change.delete(row)
    return change.outcome


def milestone_word(*, user: Any, milestone: Milestone, met: bool | None, on: str = "") -> Outcome | None:
    """Say that a milestone is met (on a day, if given) or not; None leaves it to the rules again."""
    said = {True: "met", False: "not met", None: "left to what is logged"}[met]
    title = f"{milestone.name}: {said}"
    with changing(user, kind=Event.Kind.MILESTONE, title=title, key=milestone.key, effective_on=day(on)) as change:
        row = MilestoneWord.objects.select_related("milestone").filter(user=user, milestone=milestone).first()
        if met is None:
            if row:
                change.delete(row)
        else:
            was = values(row) if row else None
            row = row or MilestoneWord(user=user, milestone=milestone)
            row.met, row.on = met, on
            change.save(row, was=was)
    return change.outcome


def competency_waive(*, user: Any, competency: Competency, reason: str = "") -> Outcome | None:
    """Mark a competency as not for this person's path; every number keeps it."""
    title = f"{competency.name}: not for my path"
    with changing(user, kind=Event.Kind.WAIVER, title=title, key=competency.key) as change:
        row = Waiver.objects.select_related("competency").filter(user=user, competency=competency).first()
        was = values(row) if row else None
        row = row or Waiver(user=user, competency=competency)
        row.reason = reason
        change.save(row, was=was)
    return change.outcome


def competency_unwaive(*, user: Any, competency: Competency) -> Outcome | None:
    title = f"{competency.name}: for my path again"
    with changing(user, kind=Event.Kind.WAIVER, title=title, key=competency.key) as change:
        row = Waiver.objects.select_related("competency").filter(user=user, competency=competency).first()
        if row:
            change.delete(row)
    return change.outcome
