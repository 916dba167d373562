"""A plan as bars on its weeks, with readiness rising above them on the same weeks.

x runs from `LABELS` to `WIDTH` for the weeks; a row's words stand left of it. Lines to the steps that a row rests on
are drawn with it and only shown while it is pointed at or focused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format

from tracker.pictures.lines import Label

WIDTH, LABELS, ROW = 960, 330, 26
CURVE, TOP, AXIS = 96, 12, 24
GRID = 25
LONGEST_TITLE = 46
LEAST_BAR = 3.0
TICKS, LONGEST_DAY = 6, 76  # days below the weeks, and the room that one of them takes


@dataclass(frozen=True, slots=True)
class Bar:
    """What the picture needs of a step: weeks from the plan's begin, and readiness (points of 100) once it is done.

    `colour`: the number of the area's colour, from 1.
    """

    key: str
    title: str
    area: str
    colour: int
    begin: float
    end: float
    readiness: float
    needs: tuple[str, ...] = ()
    words: str = ""
    is_done: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One step drawn. `middle`: y of its text; `links`: paths from the steps it rests on."""

    bar: Bar
    text: str
    y: float
    middle: float
    x: float
    width: float
    links: tuple[str, ...]

    @property
    def bar_y(self) -> float:
        return self.y + 6


@dataclass(frozen=True, slots=True)
class Timeline:
    rows: tuple[Row, ...]
    curve: str
    scale: tuple[Label, ...]
    ticks: tuple[Label, ...]
    height: float
    before: float
    after: float
    hidden: int
    width: int = WIDTH
    labels: int = LABELS

    @property
    def floor(self) -> float:
        """y of the lower end of the weeks' lines."""
        return self.height - AXIS

    @property
    def areas(self) -> tuple[tuple[str, int], ...]:
        """The areas whose colours are used, each with its colour, in the order of their first bar."""
        return tuple(dict.fromkeys((row.bar.area, row.bar.colour) for row in self.rows))


def timeline(bars: Sequence[Bar], before: float, monday_of_week: Callable[[int], date], at_most: int = 40) -> Timeline:
    """The picture of at least one bar; beyond `at_most` bars the first ones. `monday_of_week`: plan week -> its day."""
    shown = bars[:at_most]
    weeks = max(bar.end for bar in shown)

    def x(week: float) -> float:
        return round(LABELS + (WIDTH - LABELS) * week / weeks, 1)

    top = TOP + CURVE + 14
    rows = tuple(_rows(shown, x, top))
    after = shown[-1].readiness
    low, high = GRID * int(before // GRID), GRID * -int(-after // GRID)
    high = max(high, low + GRID)

    def y(points: float) -> float:
        return round(TOP + CURVE * (high - points) / (high - low), 1)

    return Timeline(
        rows=rows,
        curve=_curve(shown, before, x, y),
        scale=tuple(Label(y(n), str(n)) for n in range(low, high + 1, GRID)),
        ticks=tuple(_ticks(weeks, x, monday_of_week)),
        height=top + ROW * len(rows) + AXIS,
        before=before,
        after=after,
        hidden=len(bars) - len(shown),
    )


def _rows(bars: Iterable[Bar], x: Callable[[float], float], top: float) -> Iterable[Row]:
    placed: dict[str, tuple[float, float]] = {}
    for i, bar in enumerate(bars):
        y = top + ROW * i
        begin, middle = x(bar.begin), y + ROW / 2
        width = max(LEAST_BAR, round(x(bar.end) - begin, 1))
        links = tuple(_link(placed[need], (begin, middle)) for need in bar.needs if need in placed)
        yield Row(bar, _cut(bar.title), y, middle, min(begin, WIDTH - width), width, links)
        placed[bar.key] = (begin + width, middle)


def _link(earlier: tuple[float, float], later: tuple[float, float]) -> str:
    """Down from the end of the earlier bar, and across to the begin of the later one."""
    (x, y), (to_x, to_y) = earlier, later
    return f"M{x - 2:g} {y:g}V{to_y:g}H{to_x:g}"


def _curve(bars: Sequence[Bar], before: float, x: Callable[[float], float], y: Callable[[float], float]) -> str:
    steps = "".join(f"H{x(bar.end):g}V{y(bar.readiness):g}" for bar in bars)
    return f"M{LABELS} {y(before):g}{steps}H{WIDTH}"


def _ticks(weeks: float, x: Callable[[float], float], monday_of_week: Callable[[int], date]) -> Iterable[Label]:
    last = max(1, round(weeks))
    every = max(1, -(-last // TICKS))
    for week in range(0, last, every):
        at = x(min(week, weeks))
        if at + LONGEST_DAY <= WIDTH:
            yield Label(at, date_format(monday_of_week(week + 1), "j M Y" if last > 40 else "j M"))


def _cut(title: str) -> str:
    return title if len(title) <= LONGEST_TITLE else f"{title[: LONGEST_TITLE - 1].rstrip()}…"
