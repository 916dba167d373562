"""Every plan there is, looked at one by one: what the planner must not differ from, to the last tie.

It shares nothing with `tracker.engine.plan`: readiness, levels and what is ready come from the slow reading.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from fractions import Fraction

from tests.laws import reference_reading as reading
from tracker.engine.framework import Framework, Resource

Levels = dict[str, int]


@dataclass(frozen=True)
class Choice:
    """A set of resources that has an order, and what it gives."""

    resources: frozenset[str]
    levels: Levels
    readiness: Fraction
    hours: Fraction
    cost: Fraction

    @property
    def expense(self) -> tuple[Fraction, Fraction, int]:
        return self.hours, self.cost, len(self.resources)


def all_choices(framework: Framework, levels: Levels, stage: str, left_out: Collection[str] = ()) -> Iterator[Choice]:
    """Every set of active resources that can be done in some order, the empty one included."""
    offered = [r for r in framework.resources if r.status == "active" and r.id not in left_out]
    front: dict[frozenset[str], Levels] = {frozenset(): levels}
    by_id = {r.id: r for r in offered}
    while front:
        grown: dict[frozenset[str], Levels] = {}
        for chosen, held in front.items():
            yield _choice(framework, [by_id[r] for r in chosen], held, stage)
            for resource in offered:
                larger = chosen | {resource.id}
                if larger != chosen and larger not in grown and reading.is_ready(framework, resource, held):
                    grown[larger] = reading.after(framework, resource, held)
        front = grown


def _choice(framework: Framework, resources: list[Resource], levels: Levels, stage: str) -> Choice:
    return Choice(
        frozenset(r.id for r in resources),
        levels,
        reading.readiness(framework, levels, stage),
        sum((r.hours for r in resources), Fraction(0)),
        sum((r.cost for r in resources), Fraction(0)),
    )


def reaches(framework: Framework, choice: Choice, stage: str) -> bool:
    """Whether the stage's readiness is at its pass mark and every must up to it at its own stage's target."""
    by_id = {c.id: c for c in framework.competencies}
    for s in framework.stages:
        if any(choice.levels[c] < by_id[c].targets.get(s.id, 0) for c in s.musts):
            return False
        if s.id == stage:
            return choice.readiness >= s.pass_mark
    raise KeyError(stage)


def most(choices: list[Choice], hours: Fraction | None, budget: Fraction | None) -> Choice | None:
    """The largest readiness within hours and money; then fewer hours, less money, fewer resources.

    None: there is no choice within them (not even the empty one).
    """
    within = [c for c in choices if (hours is None or c.hours <= hours) and (budget is None or c.cost <= budget)]
    return min(within, key=lambda c: (-c.readiness, *c.expense), default=None)


def shortest(framework: Framework, choices: list[Choice], stage: str, budget: Fraction | None) -> Choice | None:
    """The fewest hours that reach the stage within the money; then less money, fewer resources, more readiness.

    None: nothing reaches it.
    """
    within = [c for c in choices if (budget is None or c.cost <= budget) and reaches(framework, c, stage)]
    return min(within, key=lambda c: (c.expense, -c.readiness), default=None)


def greedy(
    framework: Framework, levels: Levels, stage: str, hours: Fraction | None, budget: Fraction | None
) -> Iterator[tuple[Levels, Fraction]]:
    """(levels, hours so far) after each recommendation that still fits, everything scored again at each step."""
    offered = {r.id: r for r in framework.resources if r.status == "active"}
    spent, paid = Fraction(0), Fraction(0)
    while True:
        now = reading.readiness(framework, levels, stage)
        fitting = [
            r
            for r in offered.values()
            if (hours is None or spent + r.hours <= hours)
            and (budget is None or paid + r.cost <= budget)
            and reading.is_ready(framework, r, levels)
        ]
        gains = {r.id: reading.readiness(framework, reading.after(framework, r, levels), stage) - now for r in fitting}
        worth = [r for r in fitting if gains[r.id] > 0]
        if not worth:
            return
        best = min(worth, key=lambda r: (-gains[r.id] / r.hours, -gains[r.id], r.cost, r.id))
        levels, spent, paid = reading.after(framework, best, levels), spent + best.hours, paid + best.cost
        yield levels, spent
