"""How far hours and prices can be trusted."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from tests.engine.builders import competency, course, framework
from tracker.engine.estimates import Range, cost_range, hours_range
from tracker.engine.framework import Framework, Resource

FLOORS = {1: Fraction(1), 2: Fraction(6), 3: Fraction(20)}


def known(resource: Resource) -> Framework:
    return framework(competency("python", target=3), resources=(resource,), effort_floors=FLOORS)


def test_an_estimate_lies_between_the_floors_of_its_steps_and_half_as_much_again() -> None:
    guess = replace(course("c", ("python", 0, 2), hours="40"), hours_basis="estimate")
    assert hours_range(known(guess), [guess]) == Range(Fraction(7), Fraction(60))


def test_stated_hours_stand_as_they_are() -> None:
    stated = replace(course("c", ("python", 0, 2), hours="40"), hours_basis="provider-stated, from memory")
    assert hours_range(known(stated), [stated]).is_exact


def test_price_classes_lie_within_their_bounds_and_the_highest_is_open() -> None:
    low = course("a", price="low", cost=Fraction(50))
    mid = course("b", price="mid", cost=Fraction(150))
    high = course("c", price="high", cost=Fraction(1000))
    assert cost_range([low, mid]) == Range(Fraction(50), Fraction(350))
    assert cost_range([low, high]) == Range(Fraction(300), None)
    assert cost_range([]) == Range(Fraction(0), Fraction(0))


def test_a_price_of_ones_own_is_exact() -> None:
    assert cost_range([course("a", cost=Fraction(12))]).is_exact
