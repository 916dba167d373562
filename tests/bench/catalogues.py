"""Made-up catalogues for tests and measurements of the planner; the same for the same seed."""

from __future__ import annotations

import random
from dataclasses import replace
from fractions import Fraction

from tracker.engine.framework import Area, Competency, Framework, Prerequisite, Resource, Stage, Teaching

GOAL = "goal"


def tangled(seed: int, resources: int = 1000, competencies: int = 150) -> Framework:
    """Resources that teach up to three competencies from and to any level, and prerequisites between these."""
    dice = random.Random(seed)
    names = [f"c{i:03}" for i in range(competencies)]
    rows = tuple(_competency(dice, names, i) for i in range(competencies))
    made = tuple(_resource(dice, names, f"r{i:04}") for i in range(resources))
    stage = Stage(GOAL, GOAL, Fraction(85, 100), tuple(dice.sample(names, competencies // 12)))
    return Framework("tangled", str(seed), "Tangled", (Area("core", "Core"),), (stage,), rows, resources=made)


def _competency(dice: random.Random, names: list[str], position: int) -> Competency:
    name = names[position]
    needs = tuple(
        Prerequisite(name, dice.randint(2, 4), dice.choice(names[:position]), dice.randint(1, 3))
        for _ in range(dice.choice([0, 1, 2]) if position else 0)
    )
    return Competency(name, name, "core", dice.randint(1, 10), {GOAL: dice.choice([2, 3, 3, 4, 4, 5])}, {}, needs)


def _resource(dice: random.Random, names: list[str], key: str) -> Resource:
    starts = [(name, dice.choice([0, 0, 1, 2, 3])) for name in dice.sample(names, dice.choice([1, 1, 2, 3]))]
    return Resource(
        id=key,
        title=key,
        kind="course",
        hours=Fraction(dice.randint(5, 150)),
        mode=dice.choice(["study", "practice"]),
        cost=Fraction(dice.choice([0, 0, 0, 50, 150, 1000])),
        teaches=tuple(Teaching(name, start, min(5, start + dice.choice([1, 1, 2]))) for name, start in starts),
    )


def university(seed: int, courses: int = 650, edges: int = 850) -> Framework:
    """A course graph as a university has it: each course passes one subject, and asks that others are passed before."""
    dice = random.Random(seed)
    names = [f"u{i:03}" for i in range(courses)]
    asked: dict[str, set[str]] = {name: set() for name in names}
    while sum(map(len, asked.values())) < edges:
        later = dice.randrange(1, courses)
        asked[names[later]].add(names[dice.randrange(max(0, later - 120), later)])
    rows = tuple(
        Competency(
            name, name, "core", 1, {GOAL: 1}, {}, tuple(Prerequisite(name, 1, need, 1) for need in sorted(asked[name]))
        )
        for name in names
    )
    made = tuple(
        Resource(f"course-{n}", n, "course", Fraction(dice.randint(60, 180)), teaches=(Teaching(n, 0, 1),))
        for n in names
    )
    return Framework(
        "university", str(seed), "University", (Area("core", "Core"),), (Stage(GOAL, GOAL),), rows, resources=made
    )


def with_goals(framework: Framework, goals: set[str]) -> Framework:
    """The same graph, of which only these subjects are asked."""
    rows = tuple(replace(c, targets={GOAL: 1} if c.id in goals else {}) for c in framework.competencies)
    return replace(framework, competencies=rows)
