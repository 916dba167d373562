"""The person a request is about: preferences, framework, state. Three queries, whatever was logged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import F

from tracker import clock, state
from tracker.engine.framework import Framework, Stage
from tracker.engine.gaps import StageReport, report
from tracker.engine.levels import Grounds, Level, level_in, settle
from tracker.models import Preferences, State
from tracker.queries.frameworks import framework_of
from tracker.state import Snapshot

ZONES_APART = timedelta(days=2)  # 26 hours, the furthest that two time zones lie apart, touch three dates


@dataclass(frozen=True)
class Person:
    user: AbstractBaseUser
    preferences: Preferences
    framework: Framework
    snapshot: Snapshot
    today: date

    @cached_property
    def focus(self) -> Stage:
        """The stage in focus: the one chosen, else the next one not reached."""
        chosen = self.preferences.stage
        return self.framework.stage[chosen if chosen in self.framework.stage else self.snapshot.next_stage]

    def report(self, stage: str = "") -> StageReport:
        """Readiness, areas and gaps for a stage, the one in focus by default."""
        return report(self.framework, self.snapshot.levels, stage or self.focus.id)


def read_preferences(user: AbstractBaseUser) -> Preferences | None:
    release = F("framework__current_release")  # else the row would look it up by itself
    rows = Preferences.objects.annotate(current_release_id=release)  # type: ignore[no-redef]
    return next(iter(rows.filter(pk=user.pk)), None)


def local_today(preferences: Preferences) -> date:
    """Today where the person is."""
    return clock.today_in(preferences.time_zone)


def day_of(preferences: Preferences, kept: State | None) -> date:
    """The day that it is for the person: today where she is, but never before the day of her last write.

    After a switch to an earlier time zone her day waits until the calendar has caught up, so that what was logged on
    what is now tomorrow goes on to count. A state from further ahead than zones lie apart is none to wait for.
    """
    today = local_today(preferences)
    return kept.as_of if kept and today < kept.as_of <= today + ZONES_APART else today


def is_current(kept: State, release_id: int | None, today: date) -> bool:
    """Whether the kept state still holds: same release, same month."""
    same_month = (kept.as_of.year, kept.as_of.month) == (today.year, today.month)
    return kept.release_id == release_id and same_month


def read_person(user: AbstractBaseUser, preferences: Preferences, kept: State) -> Person:
    """The person, from rows that are known to be current."""
    framework = framework_of(kept.release_id)
    return Person(user, preferences, framework, read_snapshot(framework, kept), day_of(preferences, kept))


def read_snapshot(framework: Framework, kept: State) -> Snapshot:
    return Snapshot(
        framework=framework,
        as_of=kept.as_of,
        levels=state.levels_from_json(framework, kept.levels),
        milestones=state.milestones_from_json(framework, kept.path),
        marks=state.marks_from_json(kept.path),
        plan=state.plan_from_json(kept.path),
        **({"recent": kept.path["recent"]} if "recent" in kept.path else {}),
    )


def read_grounds(person: Person) -> Grounds:
    """Evidence, claims and confirmed offers behind the person's levels: one more query."""
    return state.grounds_from_json(State.objects.values_list("grounds", flat=True).get(pk=person.user.pk))


def level_with_evidence(person: Person, competency: str) -> Level:
    """The person's level in one competency with every entry that supports it, closure included."""
    return level_in(person.framework, read_grounds(person), person.snapshot.levels, competency, person.snapshot.as_of)


def levels_with_evidence(person: Person) -> dict[str, Level]:
    """The person's levels with every entry that supports them, closure included."""
    return settle(person.framework, read_grounds(person), person.snapshot.as_of)
