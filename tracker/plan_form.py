"""A question to the planner and its answer, as the JSON in which both are kept.

A question holds everything that its answer depends on, so that its digest is the key under which the answer is found
again; numbers are fractions as text. The answer holds the steps with what each closes and needs: pages, calendar and
re-plans read it as the engine's `Plan`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from tracker.engine.fit import framework_of_advert
from tracker.engine.framework import Course, Framework, Resource
from tracker.engine.plan import Ask, Goal, Left, Mode, Obstacle, Plan, PlanStep, Source, goal_of, make_plan
from tracker.engine.recommend import Closing

Json = dict[str, Any]
OWN_WORD = "stated by you"


@dataclass(frozen=True, slots=True)
class Figures:
    """A resource's own hours and cost for one person: overridden, or what is left of a started one."""

    hours: Fraction
    cost: Fraction


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of the planner for one person.

    `levels`: competency -> level held. `left_out`: resources that filters, marks and skips take out. `figures`:
    resource -> the person's own hours and cost. `targets`: competency -> level that a job advert asks; the question
    is then for its stage (`ADVERT_STAGE`) instead of one of the framework's.
    """

    ask: Ask
    levels: Mapping[str, int]
    left_out: frozenset[str] = frozenset()
    figures: Mapping[str, Figures] | None = None
    targets: Mapping[str, int] | None = None


def question_to_json(framework: Framework, question: Question) -> Json:
    ask = question.ask
    of_advert = {} if question.targets is None else {"targets": dict(sorted(question.targets.items()))}
    return {
        **of_advert,
        "framework": [framework.id, framework.version],
        "stage": ask.stage,
        "mode": ask.mode.value,
        "hours": _text(ask.hours),
        "budget": _text(ask.budget),
        "per_week": _text(ask.hours_a_week),
        "kept": sorted(ask.kept),
        "wanted": sorted(ask.wanted),
        "left_out": sorted(question.left_out),
        "levels": {c: level for c, level in sorted(question.levels.items()) if level},
        "figures": {r: [_text(f.hours), _text(f.cost)] for r, f in sorted((question.figures or {}).items())},
    }


def key_of(question: Json) -> str:
    """The digest of all that the answer depends on."""
    return hashlib.sha256(json.dumps(question, sort_keys=True).encode()).hexdigest()


def answer_to(framework: Framework, question: Json, *, time_limit: float) -> Json:
    """Solve the question: what the solver's own process does."""
    framework = framework_asked(framework, question)
    levels = {c: question["levels"].get(c, 0) for c in framework.competency}
    return answer_to_json(make_plan(framework, levels, _ask(framework, question), time_limit=time_limit))


def framework_asked(framework: Framework, question: Json) -> Framework:
    """The framework that the question is about: with an advert as its stage, where the question has its targets."""
    return framework_of_advert(framework, question["targets"]) if "targets" in question else framework


def answer_to_json(plan: Plan) -> Json:
    return {
        "source": plan.source.value,
        "is_proven": plan.is_proven,
        "reaches": plan.reaches,
        "bound": _text(plan.bound),
        "points": [plan.points_before, plan.points_after, plan.greedy_points],
        "greedy_hours": _text(plan.greedy_hours),
        "obstacle": plan.obstacle.value,
        "steps": [_step_to_json(step) for step in plan.steps],
        "left": [[gap.competency, gap.level, gap.target, int(gap.is_taught)] for gap in plan.left],
    }


def plan_from_json(framework: Framework, question: Json, answer: Json) -> Plan:
    """The plan as it was answered, also where the model has changed since.

    A step whose resource is gone keeps its id as its title; of a stage that is gone nothing is left to measure by.
    """
    framework, stage = framework_asked(framework, question), question["stage"]
    before, after, greedy = answer["points"]
    return Plan(
        ask=_ask(framework, question),
        goal=goal_of(framework, stage) if stage in framework.stage else Goal(0, 0, {}),
        steps=tuple(_step_from_json(framework, row) for row in answer["steps"]),
        source=Source(answer["source"]),
        is_proven=answer["is_proven"],
        reaches=answer["reaches"],
        bound=Fraction(answer["bound"]),
        points_before=before,
        points_after=after,
        greedy_points=greedy,
        greedy_hours=_fraction(answer["greedy_hours"]),
        left=tuple(Left(c, level, target, bool(taught)) for c, level, target, taught in answer["left"]),
        obstacle=Obstacle(answer["obstacle"]),
    )


def _ask(framework: Framework, question: Json) -> Ask:
    return Ask(
        stage=question["stage"],
        mode=Mode(question["mode"]),
        hours=_fraction(question["hours"]),
        budget=_fraction(question["budget"]),
        courses=tuple(_courses(framework, question["left_out"], question["figures"])),
        kept=frozenset(question["kept"]),
        wanted=frozenset(question["wanted"]),
        hours_a_week=Fraction(question["per_week"]),
    )


def _courses(framework: Framework, left_out: Collection[str], figures: Mapping[str, list[str]]) -> list[Course]:
    out = set(left_out)
    found = []
    for course in (c for c in framework.courses if c.resource.id not in out):
        if own := figures.get(course.resource.id):
            course = replace(course, resource=_own(course.resource, *map(Fraction, own)))
        found.append(course)
    return found


def _own(resource: Resource, hours: Fraction, cost: Fraction) -> Resource:
    """The resource by the person's own figures, which are no estimates and no classes."""
    known = {"hours": hours, "hours_basis": OWN_WORD} if hours != resource.hours else {}
    return replace(resource, **known, **({"cost": cost, "price": ""} if cost != resource.cost else {}))  # type: ignore[arg-type]


def _step_to_json(step: PlanStep) -> list[Any]:
    return [
        step.resource.id,
        _text(step.resource.hours),
        _text(step.resource.cost),
        _text(step.start),
        step.week,
        step.last_week,
        [[c.competency, c.start, c.reached] for c in step.closes],
        list(step.needs),
        step.points,
        int(step.is_kept),
    ]


def _step_from_json(framework: Framework, row: list[Any]) -> PlanStep:
    key, hours, cost, start, week, last_week, closes, needs, points, is_kept = row
    known = framework.resource.get(key) or Resource(key, key, "", Fraction(hours))
    return PlanStep(
        resource=_own(known, Fraction(hours), Fraction(cost)),
        start=Fraction(start),
        week=week,
        last_week=last_week,
        closes=tuple(Closing(*c) for c in closes),
        needs=tuple(needs),
        points=points,
        is_kept=bool(is_kept),
    )


def _text(value: Fraction | None) -> str | None:
    return None if value is None else str(value)


def _fraction(text: str | None) -> Fraction | None:
    return None if text is None else Fraction(text)
