"""How a person's habits stand: the days on which they were logged, as far back as a habit looks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, timedelta

from tracker.engine.habits import HabitStatus, habit_status
from tracker.models import Activity
from tracker.queries.pace import weeks_off
from tracker.queries.person import Person
from tracker.queries.profile import day


def read_habits(person: Person) -> tuple[HabitStatus, ...]:
    """Each habit of the framework, the due ones first."""
    off = weeks_off(person.user.pk)
    return habit_statuses(person, read_habit_days(person, off), off)


def read_habit_days(person: Person, off: Collection[date] = frozenset()) -> list[list[str]]:
    """The activities that count for a habit, as [kind, day]; as far back as one looks past the weeks off."""
    kinds = {kind for habit in person.framework.habits for kind in habit.kinds}
    longest = max((habit.days for habit in person.framework.habits), default=0)
    begin = (person.today - timedelta(days=2 * longest, weeks=len(off))).isoformat()[:4]
    logged = Activity.objects.filter(user=person.user.pk, kind__in=kinds, on__gte=begin).values_list("kind", "on")
    return [list(row) for row in logged]


def habit_statuses(
    person: Person, days: Iterable[list[str]], off: Collection[date] = frozenset()
) -> tuple[HabitStatus, ...]:
    """How each habit stands today, the due ones first; in weeks off (by their Mondays) habits pause."""
    by_kind: defaultdict[str, list[date]] = defaultdict(list)
    for kind, on in days:
        if known := day(on):
            by_kind[kind].append(known)
    found = [
        habit_status(habit, [on for kind in habit.kinds for on in by_kind.get(kind, ())], person.today, off)
        for habit in person.framework.habits
    ]
    return tuple(sorted(found, key=lambda status: not status.is_due))
