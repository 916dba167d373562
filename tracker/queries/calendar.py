"""A person's calendar: the steps of the plan under way in their weeks, what was finished, the habits she has begun.

A finished step ends on the day it was done and stays, also once a re-plan has left it out: a calendar is a record too,
and a week that one remembers must not empty itself. What is skipped or put aside is gone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256

from django.db.models import F, Max
from django.utils.translation import gettext as _

from tracker.engine.framework import Framework
from tracker.engine.habits import HabitStatus
from tracker.engine.plan import PlanStep
from tracker.engine.weeks import DAYS_IN_A_WEEK, WEEK, is_off, monday_of, week_of_plan
from tracker.interchange.calendar_file import Calendar, Entry
from tracker.models import Event, Plan, ResourceMark, ResourceOverride, SkippedStep, WeekOff
from tracker.plan_form import plan_from_json
from tracker.queries.habits import read_habits
from tracker.queries.person import Person
from tracker.queries.profile import day
from tracker.templatetags.numbers import hours, kind

EARLIER_PLANS = 12  # how many closed ones are searched for what was finished: a re-plan a week is a quarter of a year

_LENGTH_OF_A_DAY = len("2026-01-05")


@dataclass(frozen=True, slots=True)
class _Marks:
    """What the person did with the steps: resource -> when it was finished (None: no day known) and when that was
    said; those skipped; own addresses; weeks off by their Mondays; when anything of the plan was last decided."""

    finished: Mapping[str, tuple[date | None, datetime]]
    skipped: frozenset[str]
    addresses: Mapping[str, str]
    off: frozenset[date]
    decided_at: datetime | None


def has_plan(person: Person) -> bool:
    """Whether a plan is under way."""
    return Plan.objects.filter(user=person.user.pk, closed_on=None).exists()


def read_calendar(person: Person) -> Calendar:
    """The whole calendar; without a plan under way the habits and what earlier plans finished. Nine queries."""
    newest = (F("closed_on").desc(nulls_first=True), "-logged_at", "-id")  # ids do not tell: plans may be imported
    plans = list(Plan.objects.filter(user=person.user.pk).order_by(*newest)[: EARLIER_PLANS + 1])
    current = next((plan for plan in plans if plan.closed_on is None), None)
    marks = _read_marks(person)
    entries: dict[str, Entry] = {}
    for plan in plans:  # the newest first: a step stands where the last plan that has it put it
        for entry in _entries(person, plan, marks):
            entries.setdefault(entry.uid, entry)
    for status in read_habits(person):
        if status.last:
            entry = _reminder(person, status, status.last, marks)
            entries[entry.uid] = entry
    return Calendar(_name(person, current), tuple(entries.values()))


def _read_marks(person: Person) -> _Marks:
    user, on_mark = person.user.pk, ResourceMark.Status.FINISHED
    finished = ResourceMark.objects.filter(user=user, status=on_mark).values_list("resource__key", "on", "logged_at")
    skipped = SkippedStep.objects.filter(user=user).values_list("resource__key", flat=True)
    addresses = ResourceOverride.objects.filter(user=user).exclude(url="").values_list("resource__key", "url")
    # Taking back a week off leaves no row behind, only the entry in the log.
    said = Event.objects.filter(user=user, kind=Event.Kind.PLAN).aggregate(at=Max("logged_at"))["at"]
    off = list(WeekOff.objects.filter(user=user).values_list("week", "logged_at"))
    return _Marks(
        finished={key: (day(on) if len(on) == _LENGTH_OF_A_DAY else None, at) for key, on, at in finished},
        skipped=frozenset(skipped) | person.snapshot.marks.dismissed,
        addresses=dict(addresses),
        off=frozenset(week for week, _at in off),
        decided_at=max((at for at in (*(at for _week, at in off), said) if at), default=None),
    )


def _name(person: Person, plan: Plan | None) -> str:
    stage = person.framework.stage.get(plan.stage) if plan else None
    return _("mlarch: plan for %(stage)s") % {"stage": stage.name} if stage else "mlarch"


def _uid(person: Person, thing: str) -> str:
    """The same for the same person and thing for ever; says nothing of either.

    Not made with the server's key, for a new key would double what was imported; when the account began (whole seconds
    survive a backup) keeps the first people of two servers apart.
    """
    began: datetime = person.user.date_joined  # type: ignore[attr-defined]
    digest = sha256(f"{person.user.pk}:{int(began.timestamp())}:{thing}".encode()).hexdigest()
    return f"{digest[:40]}@mlarch"


# Steps


def _entries(person: Person, plan: Plan, marks: _Marks) -> Iterator[Entry]:
    """Of the plan under way every step that is not skipped; of a closed one what was finished on a day since."""
    if plan.stage not in person.framework.stage:
        return  # made for a model that is gone
    steps = plan_from_json(person.framework, plan.question, plan.answer).steps
    decided_at = max(filter(None, (plan.logged_at, marks.decided_at)))
    for step in steps:
        done_on, said_at = marks.finished.get(step.resource.id, (None, None))
        if plan.closed_on is not None and not (done_on and done_on >= plan.starts_on):
            continue
        if said_at is None and step.resource.id in marks.skipped:
            continue
        first, last = (week_of_plan(plan.starts_on, number, marks.off) for number in (step.week, step.last_week))
        planned = in_weeks(_step(person, step, marks, decided_at), first, last, marks.off)
        yield _finished(planned, done_on, said_at) if said_at else planned


def _step(person: Person, step: PlanStep, marks: _Marks, decided_at: datetime) -> Entry:
    """What a step says of itself; its days are still to be set."""
    resource = step.resource
    address = marks.addresses.get(resource.id, resource.url)
    return Entry(
        uid=_uid(person, f"step:{resource.id}"),
        summary=resource.title,
        first=date.min,
        last=date.min,
        decided_at=decided_at,
        description=_description(person.framework, step, address),
        address=address,
        categories=(_("Plan"), kind(resource.kind)) if resource.kind else (_("Plan"),),
    )


def in_weeks(entry: Entry, first: date, last: date, off: Collection[date]) -> Entry:
    """The entry over whole weeks, by the first and the last Monday. Where some between are off it is one week that
    comes again without those, so that it stays one entry: two would be doubled by the next plan."""
    between = tuple(sorted(week for week in off if first < week < last))
    if not between:
        return replace(entry, first=first, last=last + timedelta(days=6))
    return replace(
        entry,
        first=first,
        last=first + timedelta(days=6),
        every=DAYS_IN_A_WEEK,
        times=(last - first) // WEEK + 1,
        without=between,
    )


def _finished(entry: Entry, done_on: date | None, said_at: datetime) -> Entry:
    """It took from the week it was planned for (or that in which it was done, if earlier) until the day it was done."""
    done = replace(entry, summary=_("Done: %(title)s") % {"title": entry.summary})
    done = replace(done, decided_at=max(entry.decided_at, said_at))
    if done_on is None:
        return done
    first = min(entry.first, monday_of(done_on))
    return replace(done, first=first, last=done_on, every=0, times=0, without=())


def _description(framework: Framework, step: PlanStep, address: str) -> str:
    lines = [_("About %(hours)s.") % {"hours": hours(step.resource.hours)}]
    if step.closes:
        lines.append(_("Closes:"))
        lines += [
            _("%(name)s, from %(start)d to %(reached)d")
            % {"name": _name_of(framework, c.competency), "start": c.start, "reached": c.reached}
            for c in step.closes
        ]
    return "\n".join([*lines, address] if address else lines)


def _name_of(framework: Framework, competency: str) -> str:
    known = framework.competency.get(competency)
    return known.name if known else competency


# Habits


def _reminder(person: Person, status: HabitStatus, last: date, marks: _Marks) -> Entry:
    """From the day on which the habit is due, again and again; not in weeks off."""
    habit, off = status.habit, marks.off
    first, every = status.due_on, max(1, habit.days // habit.count)
    while is_off(first, off):
        first = monday_of(first) + WEEK
    # Decided when it fell due, or when it was last done: later on that day, so that doing it on time moves it on.
    decided_at = datetime.combine(first, time(), UTC) if status.is_due else datetime.combine(last, time(12), UTC)
    return Entry(
        uid=_uid(person, f"habit:{habit.id}"),
        summary=habit.name,
        first=first,
        last=first,
        decided_at=max(filter(None, (decided_at, marks.decided_at))),
        description="\n".join(filter(None, (habit.cadence.capitalize(), habit.how))),
        categories=(_("Habit"),),
        every=every,
        without=tuple(on for on in _days_of(off) if on > first and not (on - first).days % every),
    )


def _days_of(weeks: Collection[date]) -> Iterator[date]:
    for monday in sorted(weeks):
        yield from (monday + timedelta(days=n) for n in range(DAYS_IN_A_WEEK))
