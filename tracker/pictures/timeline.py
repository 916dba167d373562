"""A plan as bars on its weeks, with readiness rising above them on the same weeks.

x runs from a layout's `labels` to its `width` for the weeks. On a wide page a row's words stand left of its bar, on a
phone above it. Lines to the steps that a row rests on are drawn with it and only shown while it is pointed at or
focused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format

from tracker.pictures.lines import Label

CURVE, AXIS = 96, 24
GRID = 25
LEAST_BAR = 3.0
LONGEST_DAY = 76  # the room that a day below the weeks takes


@dataclass(frozen=True, slots=True)
class Layout:
    """Where things stand in a drawing of one width. `word`: y of the curve's name, `top`: y of its upper end.

    `row`: the height of a row, with the middle of its text at `text` and its bar, `bar_height` high, at `bar`.
    """

    name: str
    width: int
    labels: int
    word: int
    top: int
    row: int
    text: int
    bar: int
    bar_height: int
    longest_title: int
    days: int


WIDE = Layout("wide", 960, 330, word=24, top=12, row=26, text=13, bar=6, bar_height=14, longest_title=46, days=6)
NARROW = Layout("narrow", 300, 32, word=14, top=28, row=36, text=11, bar=20, bar_height=10, longest_title=38, days=3)


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
    """One step drawn. `text_y`, `middle`: the middles of its text and of its bar; `links`: paths from the steps that it
    rests on."""

    bar: Bar
    text: str
    y: float
    text_y: float
    bar_y: float
    middle: float
    x: float
    width: float
    links: tuple[str, ...]


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
    layout: Layout

    @property
    def floor(self) -> float:
        """y of the lower end of the weeks' lines."""
        return self.height - AXIS

    @property
    def areas(self) -> tuple[tuple[str, int], ...]:
        """The areas whose colours are used, each with its colour, in the order of their first bar."""
        return tuple(dict.fromkeys((row.bar.area, row.bar.colour) for row in self.rows))


def timeline(
    bars: Sequence[Bar],
    before: float,
    monday_of_week: Callable[[int], date],
    layout: Layout = WIDE,
    at_most: int = 40,
) -> Timeline:
    """The picture of at least one bar; beyond `at_most` bars the first ones. `monday_of_week`: plan week -> its day."""
    shown = bars[:at_most]
    weeks = max(bar.end for bar in shown)

    def x(week: float) -> float:
        return round(layout.labels + (layout.width - layout.labels) * week / weeks, 1)

    top = layout.top + CURVE + 14
    rows = tuple(_rows(shown, x, top, layout))
    after = shown[-1].readiness
    low, high = GRID * int(before // GRID), GRID * -int(-after // GRID)
    high = max(high, low + GRID)

    def y(points: float) -> float:
        return round(layout.top + CURVE * (high - points) / (high - low), 1)

    return Timeline(
        rows=rows,
        curve=f"M{layout.labels} {y(before):g}{_rises(shown, x, y)}H{layout.width}",
        scale=tuple(Label(y(n), str(n)) for n in range(low, high + 1, GRID)),
        ticks=tuple(_ticks(weeks, x, monday_of_week, layout)),
        height=top + layout.row * len(rows) + AXIS,
        before=before,
        after=after,
        hidden=len(bars) - len(shown),
        layout=layout,
    )


def _rows(bars: Iterable[Bar], x: Callable[[float], float], top: float, layout: Layout) -> Iterable[Row]:
    placed: dict[str, tuple[float, float]] = {}
    for i, bar in enumerate(bars):
        y = top + layout.row * i
        begin, middle = x(bar.begin), y + layout.bar + layout.bar_height / 2
        width = max(LEAST_BAR, round(x(bar.end) - begin, 1))
        links = tuple(_link(placed[need], (begin, middle)) for need in bar.needs if need in placed)
        yield Row(
            bar=bar,
            text=_cut(bar.title, layout.longest_title),
            y=y,
            text_y=y + layout.text,
            bar_y=y + layout.bar,
            middle=middle,
            x=min(begin, layout.width - width),
            width=width,
            links=links,
        )
        placed[bar.key] = (begin + width, middle)


def _link(earlier: tuple[float, float], later: tuple[float, float]) -> str:
    """Down from the end of the earlier bar, and across to the begin of the later one."""
    (x, y), (to_x, to_y) = earlier, later
    return f"M{x - 2:g} {y:g}V{to_y:g}H{to_x:g}"


def _rises(bars: Sequence[Bar], x: Callable[[float], float], y: Callable[[float], float]) -> str:
    return "".join(f"H{x(bar.end):g}V{y(bar.readiness):g}" for bar in bars)


def _ticks(
    weeks: float, x: Callable[[float], float], monday_of_week: Callable[[int], date], layout: Layout
) -> Iterable[Label]:
    last = max(1, round(weeks))
    every = max(1, -(-last // layout.days))
    for week in range(0, last, every):
        at = x(min(week, weeks))
        if at + LONGEST_DAY <= layout.width:
            yield Label(at, date_format(monday_of_week(week + 1), "j M Y" if last > 40 else "j M"))


def _cut(title: str, longest: int) -> str:
    return title if len(title) <= longest else f"{title[: longest - 1].rstrip()}…"
