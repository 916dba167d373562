"""Whether a plan of a file is such as ours: its question and its answer member by member, in bounded sizes.

What passes is drawn, laid on weeks and put into calendars like a plan that was solved here; so nothing passes that one
of them could stumble over. Whether the steps are the best ones is not looked at.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from math import ceil, floor
from typing import Any

from tracker.engine.framework import TOP_LEVEL
from tracker.engine.plan import Mode, Obstacle, Source

MOST_STEPS = 1_000
MOST_NAMES = 5_000  # resources or competencies in one list
MOST_POINTS = 1_000_000
MOST_NUMBER = 1_000_000  # hours, US dollars
LAST_WEEK = 5_200  # a hundred years: the calendar goes on beyond it
DAYS = (date(2000, 1, 1), date(2200, 1, 1))
QUERY_LENGTH = 2_000
QUERY_FIELDS = 200

_FRACTION = re.compile(r"(0|[1-9][0-9]{0,19})(/[1-9][0-9]{0,19})?")
_ID = re.compile(r"[a-z0-9][a-z0-9._-]{0,79}")

Check = Callable[[Any], bool]


def is_plan(values: Mapping[str, Any]) -> bool:
    """Whether `stage`, `question`, `answer`, `starts_on` and `closed_on` (ISO days, or None) make a plan."""
    begin, end = _day(values.get("starts_on")), _day(values.get("closed_on"))
    question: Any = values.get("question")
    answer: Any = values.get("answer")
    return (
        begin is not None
        and begin.weekday() == 0
        and (values.get("closed_on") is None or (end is not None and begin <= end))
        and _has(question, _QUESTION, {"query": _is_query})
        and _has(answer, _ANSWER)
        and question["stage"] == values.get("stage")
        and answer["points"][0] <= answer["points"][1]
        and _are_laid(answer["steps"], Fraction(question["per_week"]))
    )


def _are_laid(steps: list[Any], per_week: Fraction) -> bool:
    """Whether each step begins where the one before it ends, in the weeks that follow from the hours a week."""
    start = Fraction(0)
    for _key, hours, _cost, begin, week, last_week, *_rest in steps:
        end = start + Fraction(hours)
        weeks = (floor(start / per_week) + 1, max(1, ceil(end / per_week)))
        if Fraction(begin) != start or (week, last_week) != weeks or max(weeks) > LAST_WEEK:
            return False
        start = end
    keys = [step[0] for step in steps]
    return bool(keys) and len(set(keys)) == len(keys)


def _has(given: Any, checks: Mapping[str, Check], more: Mapping[str, Check] | None = None) -> bool:
    """Whether it has just these members, each as its check says; those of `more` may be there."""
    if not isinstance(given, dict) or not checks.keys() <= given.keys() <= {*checks, *(more or ())}:
        return False
    return all((checks.get(name) or (more or {})[name])(value) for name, value in given.items())


def _is_row(*checks: Check) -> Check:
    return lambda v: isinstance(v, list) and len(v) == len(checks) and all(c(x) for c, x in zip(checks, v, strict=True))


def _are(check: Check, most: int) -> Check:
    return lambda v: isinstance(v, list) and len(v) <= most and all(map(check, v))


def _is_map(check: Check) -> Check:
    return lambda v: isinstance(v, dict) and len(v) <= MOST_NAMES and all(_is_id(k) and check(x) for k, x in v.items())


def _is_one_of(*values: str) -> Check:
    return lambda v: isinstance(v, str) and v in values


def _is_int(least: int, most: int) -> Check:
    return lambda v: type(v) is int and least <= v <= most


def _is_number(least: Fraction | int = 0, most: int = MOST_NUMBER) -> Check:
    """A fraction written as this program writes it."""

    def check(value: Any) -> bool:
        if not isinstance(value, str) or not _FRACTION.fullmatch(value):
            return False
        number = Fraction(value)
        return str(number) == value and least <= number <= most

    return check


def _or_none(check: Check) -> Check:
    return lambda v: v is None or check(v)


def _is_id(value: Any) -> bool:
    return isinstance(value, str) and bool(_ID.fullmatch(value))


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= 80


def _is_query(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= QUERY_LENGTH and value.count("&") < QUERY_FIELDS


def _is_flag(value: Any) -> bool:
    return isinstance(value, bool)


def _day(text: Any) -> date | None:
    try:
        day = date.fromisoformat(text)
    except (TypeError, ValueError):
        return None
    return day if DAYS[0] <= day <= DAYS[1] and day.isoformat() == text else None


_LEAST_HOURS = Fraction(1, 1_000)
_LEVEL = _is_int(0, TOP_LEVEL)
_NAMES = _are(_is_id, MOST_NAMES)
_STEP = _is_row(
    _is_id,
    _is_number(_LEAST_HOURS),
    _is_number(),
    _is_number(),
    _is_int(1, LAST_WEEK),
    _is_int(1, LAST_WEEK),
    _are(_is_row(_is_id, _LEVEL, _LEVEL), MOST_STEPS),
    _are(_is_id, MOST_STEPS),
    _is_int(0, MOST_POINTS),
    _is_int(0, 1),
)
_QUESTION: dict[str, Check] = {
    "framework": _is_row(_is_text, _is_text),
    "stage": _is_id,
    "mode": _is_one_of(*Mode),
    "hours": _or_none(_is_number()),
    "budget": _or_none(_is_number()),
    "per_week": _is_number(Fraction(1, 10), 168),
    "kept": _NAMES,
    "wanted": _NAMES,
    "left_out": _NAMES,
    "levels": _is_map(_LEVEL),
    "figures": _is_map(_is_row(_is_number(), _is_number())),
}
_ANSWER: dict[str, Check] = {
    "source": _is_one_of(*Source),
    "is_proven": _is_flag,
    "reaches": _is_flag,
    "bound": _is_number(),
    "points": _is_row(*[_is_int(0, MOST_POINTS)] * 3),
    "greedy_hours": _or_none(_is_number()),
    "obstacle": _is_one_of(*Obstacle),
    "steps": _are(_STEP, MOST_STEPS),
    "left": _are(_is_row(_is_id, _LEVEL, _LEVEL, _is_int(0, 1)), MOST_NAMES),
}
