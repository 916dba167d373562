"""Geometry of the drawings: values in, coordinates out. Colours are classes, words are direct labels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

WIDTH, HEIGHT = 560, 210
LEFT, RIGHT, TOP, BOTTOM = 34, 108, 14, 30


@dataclass(frozen=True, slots=True)
class Point:
    """Readiness on a day, in points of 100."""

    on: date
    claimed: float
    backed: float


@dataclass(frozen=True, slots=True)
class Label:
    x: float
    y: float
    text: str
    anchor: str = "start"


@dataclass(frozen=True, slots=True)
class LineChart:
    """Readiness over time: two polylines on one scale, labelled at their ends."""

    width: int
    height: int
    claimed: str
    backed: str
    levels: tuple[Label, ...]  # y of the horizontal lines, with their number
    days: tuple[Label, ...]
    ends: tuple[Label, ...]
    left: int
    right: int
    points: tuple[Point, ...]
    last: Label


def line_chart(points: Sequence[Point], today: date) -> LineChart:
    """The chart of at least one point, drawn from the first day to today; the scale ends at the next 25."""
    first = min(points[0].on, today - timedelta(days=1))
    span = max(1, (today - first).days)
    top = _scale_top(max(max(p.claimed, p.backed) for p in points))
    right, bottom = WIDTH - RIGHT, HEIGHT - BOTTOM

    def x(day: date) -> float:
        return round(LEFT + (right - LEFT) * (day - first).days / span, 1)

    def y(value: float) -> float:
        return round(bottom - (bottom - TOP) * value / top, 1)

    last = points[-1]
    drawn = [*points, Point(today, last.claimed, last.backed)]
    return LineChart(
        width=WIDTH,
        height=HEIGHT,
        claimed=" ".join(f"{x(p.on)},{y(p.claimed)}" for p in drawn),
        backed=" ".join(f"{x(p.on)},{y(p.backed)}" for p in drawn),
        levels=tuple(Label(LEFT - 8, y(n), str(n), "end") for n in range(0, top + 1, 25)),
        days=_day_labels(first, today, x, HEIGHT - 6),
        ends=_end_labels(right + 8, y(last.claimed), y(last.backed), last),
        left=LEFT,
        right=right,
        points=tuple(points),
        last=Label(x(today), y(last.claimed), ""),
    )


def _scale_top(highest: float) -> int:
    return min(100, max(25, 25 * -int(-highest // 25)))


def _day_labels(first: date, today: date, x: object, y: float) -> tuple[Label, ...]:
    def words(day: date) -> str:
        return f"{day:%b %Y}" if (today - first).days > 60 else f"{day.day} {day:%b}"

    return (Label(LEFT, y, words(first)), Label(WIDTH - RIGHT, y, words(today), "end"))


def _end_labels(x: float, claimed_y: float, backed_y: float, last: Point) -> tuple[Label, ...]:
    """Labels beside the ends of the lines, held 16 apart so that both can be read."""
    if backed_y - claimed_y < 16:
        middle = (claimed_y + backed_y) / 2
        claimed_y, backed_y = middle - 8, middle + 8
    lowest = HEIGHT - BOTTOM
    if backed_y > lowest:
        claimed_y, backed_y = claimed_y - (backed_y - lowest), lowest
    return (
        Label(x, round(claimed_y + 4, 1), f"ready {last.claimed:.0f}"),
        Label(x, round(backed_y + 4, 1), f"backed {last.backed:.0f}"),
    )


def thinned(points: Sequence[Point], at_most: int) -> list[Point]:
    """No more points than asked: the last of each day, then evenly; the first and the last always stay."""
    by_day = list({p.on: p for p in points}.values())
    if len(by_day) <= at_most:
        return by_day
    step = (len(by_day) - 1) / (at_most - 1)
    return [by_day[round(i * step)] for i in range(at_most)]
