"""Readiness over time as two step lines: what stood on a day stands until the next change.

The plot is stretched to the width of its place, the words beside it are not: scale, days and ends are drawings of
their own, so that all of it can be read on a phone. x runs from 0 to `WIDTH`, days are placed in per cent.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

WIDTH, HEIGHT = 1000, 190
TOP, BOTTOM = 14, 8
GRID = 25  # points of readiness between two lines of the grid
LABEL_HEIGHT = 16
DAY_LABELS = 5
MONTHS_BETWEEN_LABELS = (1, 2, 3, 6, 12, 24, 60, 120)


@dataclass(frozen=True, slots=True)
class Point:
    """Readiness on a day, in points of 100."""

    on: date
    claimed: float
    backed: float


@dataclass(frozen=True, slots=True)
class Label:
    """A word at a place: `at` is y for the scale and the ends, per cent of the width for days."""

    at: float
    text: str
    anchor: str = "start"


@dataclass(frozen=True, slots=True)
class LineChart:
    """The two lines as SVG paths, and the words around them. `points` are what the table twin shows."""

    claimed: str
    backed: str
    scale: tuple[Label, ...]
    days: tuple[Label, ...]
    ends: tuple[Label, ...]
    points: tuple[Point, ...]
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def grid(self) -> str:
        """A line at each number of the scale."""
        return "".join(f"M0 {label.at:g}H{self.width}" for label in self.scale)

    @property
    def first(self) -> Point:
        return self.points[0]

    @property
    def last(self) -> Point:
        return self.points[-1]


def line_chart(points: Sequence[Point], today: date) -> LineChart:
    """The chart of at least one point, from the first day to today; the scale begins at 0 and ends at the next 25."""
    first = min(points[0].on, today - timedelta(days=1))
    days = (today - first).days
    top = _scale_top(max(max(p.claimed, p.backed) for p in points))
    last = points[-1]

    def x(on: date) -> float:
        return round(WIDTH * (on - first).days / days, 1)

    def corners(values: Iterable[float]) -> list[tuple[float, float]]:
        """A line that begins today would be a point at the edge: it rises from the nothing of yesterday."""
        known = [(x(p.on), y(value)) for p, value in zip(points, values, strict=True)]
        return known if points[0].on < today else [(0, y(0)), *known]

    def y(value: float) -> float:
        return round(HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * value / top, 1)

    return LineChart(
        claimed=_steps(corners(p.claimed for p in points)),
        backed=_steps(corners(p.backed for p in points)),
        scale=tuple(Label(y(n), str(n)) for n in range(0, top + 1, GRID)),
        days=tuple(_day_labels(first, today)),
        ends=_end_labels(y(last.claimed), y(last.backed), last),
        points=tuple(points),
    )


def thinned(points: Sequence[Point], at_most: int) -> list[Point]:
    """No more points than asked: the last of each day, then evenly; the first and the last always stay."""
    by_day = list({p.on: p for p in points}.values())
    if len(by_day) <= at_most:
        return by_day
    step = (len(by_day) - 1) / (at_most - 1)
    return [by_day[round(i * step)] for i in range(at_most)]


def _steps(corners: list[tuple[float, float]]) -> str:
    """A path that stays level until the next change, and ends at the right edge."""
    (x, y), *rest = corners
    path, height = f"M{x:g} {y:g}", y
    for x, y in rest:
        if y != height:
            path, height = f"{path}H{x:g}V{y:g}", y
    return f"{path}H{WIDTH}"


def _scale_top(highest: float) -> int:
    return min(100, max(GRID, GRID * -int(-highest // GRID)))


def _day_labels(first: date, today: date) -> Iterator[Label]:
    """The first days of months, as many as have room; the first day and today where it is less than two months."""
    days = (today - first).days
    if days < 60:
        yield Label(0, date_format(first, "j M"))
        yield Label(100, date_format(today, "j M"), "end")
        return
    months = next((m for m in MONTHS_BETWEEN_LABELS if days / 30.44 / m <= DAY_LABELS), MONTHS_BETWEEN_LABELS[-1])
    for begin in _month_begins(first, today, months):
        at = round(100 * (begin - first).days / days, 1)
        if 5 <= at <= 95:
            yield Label(at, date_format(begin, "Y" if months >= 12 else "M Y"), "middle")


def _month_begins(first: date, today: date, months: int) -> Iterator[date]:
    index = first.year * 12 + first.month - 1
    index += -index % months
    while (begin := date(index // 12, index % 12 + 1, 1)) <= today:
        if begin >= first:
            yield begin
        index += months


def _end_labels(claimed_y: float, backed_y: float, last: Point) -> tuple[Label, ...]:
    """Words beside the ends of the lines, held apart so that both can be read."""
    if backed_y - claimed_y < LABEL_HEIGHT:
        middle = (claimed_y + backed_y) / 2
        claimed_y, backed_y = middle - LABEL_HEIGHT / 2, middle + LABEL_HEIGHT / 2
    beyond = max(0.0, backed_y - (HEIGHT - BOTTOM))
    return (
        Label(claimed_y - beyond, _("%(points)s ready") % {"points": f"{last.claimed:.0f}"}),
        Label(backed_y - beyond, _("%(points)s backed") % {"points": f"{last.backed:.0f}"}),
    )
