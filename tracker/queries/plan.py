"""What a person asks of the planner: her options, her levels and marks as a question. Nothing here solves anything."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Sum

from tracker.engine.framework import Framework, Resource
from tracker.engine.plan import Ask, Mode
from tracker.engine.recommend import gain
from tracker.models import Effort, SkippedStep
from tracker.plan_form import Figures, Question
from tracker.queries.own_figures import own_figures
from tracker.queries.person import Person

LEAST_HOURS_LEFT = Fraction(1)  # of a started resource, however much was logged on it


@dataclass(frozen=True, slots=True)
class Options:
    """What a person can set on the plan page. `weeks` only counts in mode most; `cost`: US dollars for one resource at
    most. Empty filters let everything through."""

    stage: str
    mode: Mode = Mode.SHORTEST
    hours_a_week: Fraction = Fraction(6)
    weeks: int = 12
    budget: Fraction | None = None
    kinds: tuple[str, ...] = ()
    provider: str = ""
    language: str = ""
    cost: Fraction | None = None
    only_core: bool = False
    wanted: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()

    @property
    def hours(self) -> Fraction | None:
        return self.hours_a_week * self.weeks if self.mode is Mode.MOST else None

    def lets_through(self, resource: Resource) -> bool:
        checks = (
            not self.kinds or resource.kind in self.kinds,
            self.provider.casefold() in resource.provider.casefold(),
            not self.language or resource.language == self.language,
            self.cost is None or resource.cost <= self.cost,
            not self.only_core or resource.core,
        )
        return all(checks) or resource.id in self.wanted


WEEKLY_HOURS = Fraction(6)  # where the person has set none


def default_options(person: Person) -> Options:
    """The shortest way to the stage in focus, with the hours and the budget of the person's settings."""
    preferences = person.preferences
    return Options(
        stage=person.focus.id,
        hours_a_week=Fraction(preferences.hours_per_week) or WEEKLY_HOURS,
        budget=None if preferences.budget is None else Fraction(preferences.budget),
    )


def question_of(person: Person, options: Options, levels: Mapping[str, int] | None = None) -> Question:
    """The question that the options ask for the person as she stands, or from other levels. Four queries."""
    framework, marks = person.framework, person.snapshot.marks
    skipped = read_skipped(person.user.pk)
    held = person.snapshot.held if levels is None else levels
    wanted = options.wanted - marks.finished - options.without
    started = _useful(framework, marks.started - skipped - marks.dismissed - options.without, held, options.stage)
    out = marks.finished | ((marks.dismissed | skipped) - wanted) | options.without
    left_out = {r.id for r in framework.resources if not options.lets_through(r) and r.id not in started} | out
    ask = Ask(
        stage=options.stage,
        mode=options.mode,
        hours=options.hours,
        budget=options.budget,
        kept=started,
        wanted=wanted,
        hours_a_week=options.hours_a_week,
    )
    known = {c.resource.id for c in framework.courses}
    return Question(ask, held, frozenset(left_out & known), _figures(person, ask.kept))


def _useful(framework: Framework, started: Collection[str], held: Mapping[str, int], stage: str) -> frozenset[str]:
    """Of what was started that which closes something of the stage: the rest is no part of the way there."""
    targets = framework.targets[stage]
    return frozenset(
        c.resource.id for c in framework.courses if c.resource.id in started and gain(framework, c, held, targets)
    )


def read_skipped(user_id: int) -> frozenset[str]:
    return frozenset(SkippedStep.objects.filter(user=user_id).values_list("resource__key", flat=True))


def _figures(person: Person, started: Collection[str]) -> dict[str, Figures]:
    """The person's own hours and prices; of started resources what is left, for what was spent on them is spent."""
    spent = dict(
        Effort.objects.filter(user=person.user.pk, resource__in=started)
        .values_list("resource")
        .annotate(hours=Sum("hours"))
        .order_by()
    )
    figures = own_figures(person)
    for key in started:
        hours = figures[key].hours if key in figures else person.framework.resource[key].hours
        left = max(hours - Fraction(spent.get(key, 0)), min(hours, LEAST_HOURS_LEFT))
        figures[key] = Figures(left, Fraction(0))
    return figures
