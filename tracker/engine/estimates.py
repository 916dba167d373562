"""How far the hours and prices of resources can be trusted, as a range: most of them are estimates.

The model gives no spread, so this is a proposal, shown as one. Hours that a provider states stand as they are. An
estimate lies between the least that its credited steps need (the effort floors) and half as much again. A price class
lies within its bounds; the highest has no upper one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from tracker.engine.framework import Framework, Resource

_MORE_THAN_ESTIMATED = Fraction(3, 2)
_PRICES: dict[str, tuple[Fraction, Fraction | None]] = {
    "low": (Fraction(0), Fraction(50)),
    "mixed": (Fraction(0), Fraction(50)),
    "mid": (Fraction(50), Fraction(300)),
    "high": (Fraction(300), None),
}


@dataclass(frozen=True, slots=True)
class Range:
    """From `low` to `high`; None: no upper bound is known."""

    low: Fraction
    high: Fraction | None

    @property
    def is_exact(self) -> bool:
        return self.low == self.high


def is_estimate(resource: Resource) -> bool:
    """Whether the hours are a guess: not stated by whoever provides or lists the resource."""
    return "stated" not in resource.hours_basis


def hours_range(framework: Framework, resources: Iterable[Resource]) -> Range:
    """Hours that the resources may really take together."""
    return _summed(_hours(framework, resource) for resource in resources)


def cost_range(resources: Iterable[Resource]) -> Range:
    """US dollars that the resources may really cost together."""
    return _summed(_cost(resource) for resource in resources)


def _summed(ranges: Iterable[Range]) -> Range:
    low, high = Fraction(0), Fraction(0)
    is_open = False
    for found in ranges:
        low += found.low
        if found.high is None:
            is_open = True
        else:
            high += found.high
    return Range(low, None if is_open else high)


def _hours(framework: Framework, resource: Resource) -> Range:
    if not resource.hours_basis or not is_estimate(resource):
        return Range(resource.hours, resource.hours)
    steps = {(t.competency, step) for t in resource.teaches for step in range(t.start + 1, t.reached + 1)}
    floors = sum((framework.effort_floors.get(step, Fraction(0)) for _, step in steps), Fraction(0))
    return Range(min(resource.hours, floors), resource.hours * _MORE_THAN_ESTIMATED)


def _cost(resource: Resource) -> Range:
    low, high = _PRICES.get(resource.price, (resource.cost, resource.cost))
    return Range(min(low, resource.cost), high if high is None else max(high, resource.cost))
