"""Hours week by week as bars. Widths are per cent of the place and heights are pixels, so that no word is stretched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from tracker.engine.forecast import Week
from tracker.pictures.lines import Label
from tracker.templatetags.numbers import plain

WEEKS_DRAWN = 12
HEIGHT = 150
TOP, BOTTOM = 18, 20  # room for the numbers above the bars and the days below
DAYS_NAMED = 3
MOST_WITH_WORDS = 14  # weeks; in narrower bars there is no room for a word


@dataclass(frozen=True, slots=True)
class Bar:
    """One week. `x` and `width` in per cent, `y` and `height` in pixels; an empty `number` is not written."""

    week: Week
    x: str
    width: str
    middle: str
    y: int
    height: int
    number: str
    is_running: bool


@dataclass(frozen=True, slots=True)
class BarChart:
    """The bars, oldest first, the median's line (None: none is drawn) and the days below.

    `has_words`: whether bars are wide enough to carry one.
    """

    bars: tuple[Bar, ...]
    median: Fraction | None
    median_y: int
    days: tuple[Label, ...]
    has_words: bool
    height: int = HEIGHT
    base: int = HEIGHT - BOTTOM
    top: int = TOP

    @property
    def column(self) -> int:
        """The height of a whole column, in pixels."""
        return self.base - self.top

    @property
    def newest_first(self) -> tuple[Bar, ...]:
        return self.bars[::-1]

    @property
    def description(self) -> str:
        """What the picture shows, in a sentence."""
        hours = [bar.week.hours for bar in self.bars]
        facts = {
            "begin": date_format(self.bars[0].week.begin, "j F Y"),
            "sum": plain(sum(hours, Fraction(0))),
            "most": plain(max(hours)),
        }
        return _("Since the week of %(begin)s: %(sum)s hours in all, at most %(most)s in one week.") % facts


def hours_chart(weeks: Sequence[Week], median: Fraction | None) -> BarChart:
    """The chart of at least one week; the last one still runs, and stands at the right."""
    slots = max(WEEKS_DRAWN, len(weeks))
    has_words = slots <= MOST_WITH_WORDS
    most = max(*(week.hours for week in weeks), median or Fraction(0), Fraction(1))
    gap = Fraction(1, 4) if has_words else Fraction(1, 8)
    step = Fraction(100, slots)

    def height(hours: Fraction) -> int:
        return round((HEIGHT - TOP - BOTTOM) * hours / most)

    bars = []
    for position, week in enumerate(weeks, start=slots - len(weeks)):
        tall = height(week.hours)
        bars.append(
            Bar(
                week=week,
                x=_percent(step * (position + gap / 2)),
                width=_percent(step * (1 - gap)),
                middle=_percent(step * (position + Fraction(1, 2))),
                y=HEIGHT - BOTTOM - tall,
                height=tall,
                number=plain(week.hours) if week.hours and has_words else "",
                is_running=position == slots - 1,
            )
        )
    return BarChart(
        bars=tuple(bars),
        median=median,
        median_y=HEIGHT - BOTTOM - height(median or Fraction(0)),
        days=tuple(_days(bars)),
        has_words=has_words,
    )


def _days(bars: Sequence[Bar]) -> list[Label]:
    """The Mondays of a few weeks, and the week that runs in words."""
    every = -(-len(bars) // DAYS_NAMED)
    named = [bar for position, bar in enumerate(reversed(bars)) if position % every == 0 and not bar.is_running]
    pattern = "j M" if len(bars) < 50 else "M Y"
    days = [Label(float(bar.middle), date_format(bar.week.begin, pattern), "middle") for bar in named]
    return [*days, Label(100, _("this week"), "end")]


def _percent(share: Fraction) -> str:
    return f"{float(share):.2f}"
