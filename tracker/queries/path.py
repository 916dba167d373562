"""The path as a page shows it: what each stage asks, what of it is met and by what; milestones and habits by theme."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from tracker import clock
from tracker.engine.framework import Milestone, Stage
from tracker.engine.gaps import Gap, Readiness
from tracker.engine.habits import HabitStatus
from tracker.engine.milestones import MilestoneStatus, open_milestones
from tracker.models import Event
from tracker.queries.dashboard import RoadStage, road
from tracker.queries.habits import read_habits
from tracker.queries.person import Person

PLATEAU_WEIGHT = 7
PLATEAU_DAYS = 365

THEORY_AND_PRACTICE = "rule.theory-and-practice"
PRACTICE_FROM = "lead"

# Where milestones and habits stand on the page. What a framework has beyond these stands under the last heading.
THEMES: tuple[tuple[str, frozenset[str]], ...] = (
    (_n("Studies"), frozenset({"ms.bachelor", "ms.master", "ms.doctorate", "hb.papers", "hb.tech-watch"})),
    (_n("Certificates and courses"), frozenset({"ms.certificate", "hb.workshops"})),
    (_n("First roles"), frozenset({"ms.internship", "ms.first-role", "ms.ml-role", "ms.ml-experience"})),
    (_n("Building"), frozenset({
        "ms.project", "ms.production", "ms.open-source", "hb.diverse-projects", "hb.hackathons", "hb.competitions",
    })),
    (_n("Leading"), frozenset({"ms.lead-project", "ms.supervise", "ms.architecture"})),
    (_n("Speaking"), frozenset({"ms.talk", "hb.conferences"})),
    (_n("Mentoring and networking"), frozenset({"ms.mentor", "hb.network", "hb.forums"})),
    (_n("Being seen"), frozenset({"ms.cv", "hb.blog", "hb.online-presence"})),
    (_n("Negotiating the next step"), frozenset({"hb.career-review"})),
)  # fmt: skip
OTHERS = _n("Also on the path")


@dataclass(frozen=True, slots=True)
class StageSection:
    """One stage of the road: how far, which musts and milestones are met, which are open.

    `unpractised`: musts that are met, but with nothing done behind the level; only where the theory-and-practice
    rule speaks of the stage. Musts and milestones are the stage's own; `earlier_open`: how many required milestones of
    the stages before it are open, which it asks too.
    """

    stage: Stage
    readiness: Readiness
    is_reached: bool
    is_open: bool
    musts_met: tuple[Gap, ...]
    musts_open: tuple[Gap, ...]
    unpractised: tuple[Gap, ...]
    milestones: tuple[MilestoneStatus, ...]
    earlier_open: int

    @property
    def width(self) -> float:
        return round(100 * self.readiness.claimed, 1)

    @property
    def pass_mark_x(self) -> float:
        return round(100 * float(self.stage.pass_mark), 1)

    @property
    def is_passed(self) -> bool:
        return self.readiness.passes(self.stage.pass_mark)

    @property
    def open_required(self) -> tuple[MilestoneStatus, ...]:
        return tuple(s for s in self.milestones if s.milestone.required and not s.met)


@dataclass(frozen=True, slots=True)
class Theme:
    """What belongs together on the way, across the stages."""

    name: str
    milestones: tuple[MilestoneStatus, ...]
    habits: tuple[HabitStatus, ...]


@dataclass(frozen=True, slots=True)
class PathPage:
    person: Person
    road: tuple[RoadStage, ...]
    sections: tuple[StageSection, ...]
    themes: tuple[Theme, ...]
    habits_due: int
    is_plateau: bool

    @property
    def focus(self) -> StageSection:
        return next(s for s in self.sections if s.stage.id == self.person.focus.id)

    @property
    def reached(self) -> Stage | None:
        """The last stage reached."""
        return next((s.stage for s in reversed(self.sections) if s.is_reached), None)


def path_page(person: Person, shown: str = "") -> PathPage:
    """The page; of the stages the one in focus is open, and the one that has the milestone `shown`."""
    habits = read_habits(person)
    milestone = person.framework.milestone.get(shown)
    unfolded = {person.focus.id, milestone.stage if milestone else shown}
    return PathPage(
        person=person,
        road=road(person, person.focus),
        sections=tuple(_section(person, stage, stage.id in unfolded) for stage in person.framework.stages),
        themes=_themes(person.snapshot.milestones, habits),
        habits_due=sum(status.is_due and status.last is not None for status in habits),
        is_plateau=_is_plateau(person),
    )


def _section(person: Person, stage: Stage, is_open: bool) -> StageSection:
    report = person.report(stage.id)
    reached = person.snapshot.stage_reached
    order = person.framework.stage_order
    musts = [g for g in report.gaps if g.competency.id in stage.musts]
    met = tuple(g for g in musts if not g.missing)
    return StageSection(
        stage=stage,
        readiness=report.readiness,
        is_reached=reached is not None and order[stage.id] <= order[reached],
        is_open=is_open,
        musts_met=met,
        musts_open=tuple(g for g in musts if g.missing),
        unpractised=tuple(g for g in met if g.level.practice < g.target) if _asks_practice(person, stage) else (),
        milestones=tuple(s for s in person.snapshot.milestones if s.milestone.stage == stage.id),
        earlier_open=sum(m.stage != stage.id for m in _open_until(person, stage)),
    )


def _open_until(person: Person, stage: Stage) -> tuple[Milestone, ...]:
    return open_milestones(person.framework, person.snapshot.milestones, stage.id)


def _asks_practice(person: Person, stage: Stage) -> bool:
    """Whether the framework's rule of theory and practice speaks of the stage."""
    order, rules = person.framework.stage_order, person.framework.document.get("rules")
    has_rule = isinstance(rules, list) and any(rule.get("id") == THEORY_AND_PRACTICE for rule in rules)
    return has_rule and PRACTICE_FROM in order and order[stage.id] >= order[PRACTICE_FROM]


def _themes(milestones: Iterable[MilestoneStatus], habits: Iterable[HabitStatus]) -> tuple[Theme, ...]:
    heading = {key: name for name, keys in THEMES for key in keys}
    names = [*(name for name, _keys in THEMES), OTHERS]
    facts: dict[str, list[MilestoneStatus]] = {name: [] for name in names}
    kept_up: dict[str, list[HabitStatus]] = {name: [] for name in names}
    for fact in milestones:
        facts[heading.get(fact.milestone.id, OTHERS)].append(fact)
    for habit in habits:
        kept_up[heading.get(habit.habit.id, OTHERS)].append(habit)
    return tuple(
        Theme(_(name), tuple(facts[name]), tuple(kept_up[name])) for name in names if facts[name] or kept_up[name]
    )


def _is_plateau(person: Person) -> bool:
    """No required milestone open, and for a year no news in any weighty competency or no gain at all."""
    framework, snapshot = person.framework, person.snapshot
    if any(m.required and m.id not in snapshot.met for m in framework.milestones):
        return False
    days = [
        level.newest
        for c, level in snapshot.levels.items()
        if framework.competency[c].weight >= PLATEAU_WEIGHT and level.newest
    ]
    if not days:
        return False
    return max(days) < person.today - timedelta(days=PLATEAU_DAYS) or not _has_gained(person)


def _has_gained(person: Person) -> bool:
    """Whether readiness for the last stage is above what it was a year ago; yes where no event is that old."""
    stage = person.framework.last_stage.id
    events = Event.objects.filter(user=person.user.pk, logged_at__lt=clock.now() - timedelta(days=PLATEAU_DAYS))
    before = events.values_list("readiness", flat=True).first()
    if before is None or stage not in before:
        return True
    return bool(person.snapshot.readiness()[stage][0] > before[stage][0])
