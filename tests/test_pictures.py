"""Geometry of the drawings: what stands where, and that nothing leaves its frame."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest

from tracker.engine.forecast import Week
from tracker.engine.framework import Area, Competency, Framework, Prerequisite, Stage
from tracker.engine.gaps import report
from tracker.engine.levels import Level
from tracker.interchange.shipped import shipped_framework
from tracker.pictures import (
    NARROW,
    WIDE,
    Bar,
    Layout,
    Point,
    Timeline,
    heat_maps,
    hours_chart,
    line_chart,
    neighbourhood,
    thinned,
    timeline,
)

TODAY = date(2026, 6, 30)
MONDAY = date(2026, 6, 29)


def points(*values: tuple[int, float, float]) -> list[Point]:
    """(Days ago, claimed, backed) of each point."""
    return [Point(TODAY - timedelta(days=ago), claimed, backed) for ago, claimed, backed in values]


def small_framework(*prerequisites: Prerequisite) -> Framework:
    names = {"a": "Arithmetic", "b": "Hyper-parameter tuning, AutoML and ready-made ML services", "c": "Calculus"}
    return Framework(
        id="small",
        version="1",
        title="Small",
        areas=(Area("x", "All of it"),),
        stages=(Stage("s", "Stage"),),
        competencies=tuple(
            Competency(
                key, name, "x", 1, {"s": 3}, prerequisites=tuple(p for p in prerequisites if p.competency == key)
            )
            for key, name in names.items()
        ),
    )


class TestLines:
    def test_a_line_stays_level_until_the_next_change_and_ends_today(self) -> None:
        chart = line_chart(points((100, 20, 10), (50, 50, 10)), TODAY)
        assert re.fullmatch(r"M0 [\d.]+H500V[\d.]+H1000", chart.claimed)
        assert re.fullmatch(r"M0 [\d.]+H1000", chart.backed)

    def test_the_scale_begins_at_nothing_and_ends_at_the_next_quarter(self) -> None:
        assert [label.text for label in line_chart(points((9, 30, 0)), TODAY).scale] == ["0", "25", "50"]
        assert [label.text for label in line_chart(points((9, 0, 0)), TODAY).scale] == ["0", "25"]
        assert line_chart(points((9, 100, 100)), TODAY).scale[-1].text == "100"

    def test_more_is_higher(self) -> None:
        chart = line_chart(points((9, 60, 20)), TODAY)
        claimed, backed = (float(path.split()[1].split("H")[0]) for path in (chart.claimed, chart.backed))
        assert claimed < backed

    @pytest.mark.parametrize(("claimed", "backed"), [(0, 0), (50, 50), (100, 99), (70, 2)])
    def test_the_words_at_the_ends_can_both_be_read(self, claimed: float, backed: float) -> None:
        chart = line_chart(points((9, claimed, backed)), TODAY)
        above, below = chart.ends
        assert below.at - above.at >= 16
        assert 0 < above.at < below.at < chart.height

    def test_on_the_first_day_there_is_something_to_see(self) -> None:
        chart = line_chart(points((0, 12, 5)), TODAY)
        assert chart.claimed.startswith("M0 182H1000V") and chart.claimed != chart.backed

    def test_one_point_of_today_is_a_line_too(self) -> None:
        chart = line_chart(points((0, 12, 5)), TODAY)
        assert chart.first == chart.last
        assert chart.claimed.endswith("H1000")

    @pytest.mark.parametrize("days", [1, 59, 60, 200, 800, 5000])
    def test_days_have_few_labels_within_the_frame(self, days: int) -> None:
        labels = line_chart(points((days, 10, 10)), TODAY).days
        assert 1 <= len(labels) <= 6
        assert all(0 <= label.at <= 100 for label in labels)
        assert [label.at for label in labels] == sorted(label.at for label in labels)

    def test_thinning_keeps_the_last_of_each_day_the_first_and_the_last(self) -> None:
        many = points(*((400 - i // 2, i % 100, 0) for i in range(800)))
        few = thinned(many, 30)
        assert len(few) == 30
        assert (few[0], few[-1]) == (many[1], many[-1])

    def test_few_points_stay_as_they_are(self) -> None:
        few = points((3, 1, 1), (2, 2, 1))
        assert thinned(few, 30) == few


class TestNeighbourhood:
    def test_what_is_needed_stands_above_what_is_unlocked_below(self) -> None:
        framework = small_framework(Prerequisite("b", 3, "a", 2), Prerequisite("c", 4, "b", 3))
        picture = neighbourhood(framework, "b", {"a": 1, "b": 2, "c": 0})
        assert [node.competency.id for node in picture.nodes] == ["a", "b", "c"]
        assert len(picture.rails) == 2
        assert [node.y for node in picture.nodes] == sorted(node.y for node in picture.nodes)

    def test_a_need_that_is_not_reached_is_marked_and_said(self) -> None:
        framework = small_framework(Prerequisite("b", 3, "a", 2))
        short, enough = (neighbourhood(framework, "b", {"a": level}).nodes[0] for level in (1, 2))
        assert short.is_short and "still to reach" in short.note
        assert not enough.is_short and "still to reach" not in enough.note

    def test_nobody_s_levels_draw_the_model_alone(self) -> None:
        framework = small_framework(Prerequisite("b", 3, "a", 2))
        assert all(node.level is None and not node.is_short for node in neighbourhood(framework, "b", {}).nodes)

    def test_a_long_name_is_broken_and_a_lonely_competency_stands_alone(self) -> None:
        picture = neighbourhood(small_framework(), "b", {})
        (node,) = picture.nodes
        assert len(node.lines) == 2
        assert not picture.rails

    def test_every_competency_of_the_shipped_model_fits_its_frame(self) -> None:
        framework = shipped_framework()
        for competency in framework.competencies:
            picture = neighbourhood(framework, competency.id, {})
            assert all(node.x + node.width <= picture.width for node in picture.nodes)
            assert all(len(text) <= 37 for node in picture.nodes for _, text in node.lines)
            assert picture.nodes[-1].y + picture.nodes[-1].height < picture.height
            assert len(picture.nodes) + picture.more == len(picture.needs) + len(picture.unlocks) + 1


class TestHeatMap:
    def test_every_competency_has_a_cell_and_eight_stand_in_a_row(self) -> None:
        framework = shipped_framework()
        nothing = {c.id: Level(c.id, 0, 0) for c in framework.competencies}
        maps = heat_maps(report(framework, nothing, "lead"), framework.areas)
        assert sum(len(area.cells) for area in maps) == len(framework.competencies)
        for area in maps:
            assert len({(cell.x, cell.y) for cell in area.cells}) == len(area.cells)
            assert all(cell.x + area.cell <= area.width and cell.y + area.cell < area.height for cell in area.cells)

    def test_the_mark_is_as_long_as_what_is_missing(self) -> None:
        framework = small_framework()
        held = {"a": Level("a", 3, 0), "b": Level("b", 2, 0), "c": Level("c", 0, 0)}
        (area,) = heat_maps(report(framework, held, "s"), framework.areas)
        full, third, all_of_it = area.cells
        assert full.mark == ""
        assert third.mark.endswith("h8.7")
        assert all_of_it.mark.endswith("h26.0")


class TestHours:
    def weeks(self, *hours: int) -> list[Week]:
        first = TODAY - timedelta(days=TODAY.weekday(), weeks=len(hours) - 1)
        return [Week(first + timedelta(weeks=n), Fraction(taken)) for n, taken in enumerate(hours)]

    def test_the_highest_bar_fills_the_height_and_none_leaves_the_frame(self) -> None:
        chart = hours_chart(self.weeks(0, 4, 8, 2), Fraction(3))
        tops = [bar.y for bar in chart.bars]
        assert min(tops) == 18 and all(bar.y + bar.height == chart.base for bar in chart.bars)
        assert min(tops) < chart.median_y < chart.base
        assert all(float(bar.x) >= 0 and float(bar.x) + float(bar.width) <= 100 for bar in chart.bars)

    def test_the_week_that_runs_stands_at_the_right_however_few_there_are(self) -> None:
        (bar,) = hours_chart(self.weeks(3), None).bars
        assert bar.is_running and float(bar.x) > 90

    def test_numbers_stand_above_bars_while_there_is_room(self) -> None:
        assert [bar.number for bar in hours_chart(self.weeks(0, 4), None).bars] == ["", "4"]
        assert not any(bar.number for bar in hours_chart(self.weeks(*[4] * 60), None).bars)

    def test_weeks_without_any_hours_are_flat(self) -> None:
        chart = hours_chart(self.weeks(0, 0), Fraction(0))
        assert {bar.height for bar in chart.bars} == {0} and chart.median_y == chart.base


def bars(*hours: float, needs: dict[int, tuple[str, ...]] | None = None, title: str = "A course") -> list[Bar]:
    """One bar after the other, of so many weeks each; each raises readiness by one point from 10."""
    found, begin = [], 0.0
    for i, weeks in enumerate(hours):
        rests_on = (needs or {}).get(i, ())
        found.append(Bar(f"r{i}", title, "Area", 1, begin, begin + weeks, 11.0 + i, needs=rests_on))
        begin += weeks
    return found


def drawn(given: list[Bar], before: float = 10, layout: Layout = WIDE) -> Timeline:
    return timeline(given, before, lambda week: MONDAY + timedelta(weeks=week - 1), layout)


layouts = pytest.mark.parametrize("layout", [WIDE, NARROW], ids=["wide", "narrow"])


class TestTimeline:
    @layouts
    def test_bars_follow_each_other_on_one_axis_from_its_begin_to_its_end(self, layout: Layout) -> None:
        picture = drawn(bars(2, 3, 5), layout=layout)
        assert picture.rows[0].x == picture.layout.labels
        for earlier, later in pairwise(picture.rows):
            assert later.x == pytest.approx(earlier.x + earlier.width)
            assert later.y > earlier.y
        assert picture.rows[-1].x + picture.rows[-1].width == pytest.approx(picture.layout.width)
        widths = [row.width for row in picture.rows]
        assert widths == pytest.approx(
            [(picture.layout.width - picture.layout.labels) * part for part in (0.2, 0.3, 0.5)]
        )

    def test_a_link_leads_from_the_end_of_the_bar_that_is_needed_to_the_begin_of_the_later_one(self) -> None:
        first, _, third = drawn(bars(2, 3, 5, needs={2: ("r0",)})).rows
        assert len(third.links) == 1 and not first.links
        match = re.fullmatch(r"M([\d.]+) ([\d.]+)V([\d.]+)H([\d.]+)", third.links[0])
        assert match
        x, y, to_y, to_x = map(float, match.groups())
        assert first.x < x <= first.x + first.width and y == first.middle
        assert (to_x, to_y) == (third.x, third.middle)

    def test_what_is_no_row_of_the_picture_has_no_link(self) -> None:
        assert not drawn(bars(1, 1, needs={1: ("r.elsewhere",)})).rows[1].links

    @pytest.mark.parametrize(("before", "after"), [(0, 1), (10, 12), (24.9, 25.1), (0, 100), (99, 100)])
    def test_the_curve_rises_from_the_readiness_before_to_that_after(self, before: float, after: float) -> None:
        picture = drawn([Bar("r", "A course", "Area", 1, 0, 4, after)], before)
        top, floor = picture.scale[-1], picture.scale[0]

        def points_at(y: float) -> float:
            return float(top.text) - (y - top.at) * (float(top.text) - float(floor.text)) / (floor.at - top.at)

        match = re.fullmatch(r"M\d+ ([\d.]+)(?:H[\d.]+V([\d.]+))+H(\d+)", picture.curve)
        assert match and match[3] == str(picture.layout.width)
        assert points_at(float(match[1])) == pytest.approx(before, abs=0.2)
        assert points_at(float(match[2])) == pytest.approx(after, abs=0.2)
        assert (picture.before, picture.after) == (before, after)

    @pytest.mark.parametrize(("steps", "hidden"), [(40, 0), (41, 1), (500, 460)])
    def test_it_has_at_most_forty_rows_and_says_how_many_are_left_out(self, steps: int, hidden: int) -> None:
        picture = drawn(bars(*[1.0] * steps))
        assert (len(picture.rows), picture.hidden) == (40, hidden)
        assert picture.after == 50

    def test_long_titles_are_cut_and_short_ones_are_not(self) -> None:
        cut = drawn(bars(1, title="Hyper-parameter tuning, AutoML and ready-made ML services")).rows[0].text
        assert len(cut) <= 46 and cut.endswith("…")
        assert drawn(bars(1, title="Short")).rows[0].text == "Short"

    def test_one_step_takes_the_whole_axis(self) -> None:
        picture = drawn(bars(3))
        assert (picture.rows[0].x, picture.rows[0].width) == (WIDE.labels, WIDE.width - WIDE.labels)

    @layouts
    @pytest.mark.parametrize("weeks", [[1 / 80], [1 / 6], [1 / 6, 50], [50, 1 / 6], [0.001, 300, 0.001]])
    def test_a_step_of_an_hour_can_be_seen_and_nothing_leaves_the_frame(
        self, weeks: list[float], layout: Layout
    ) -> None:
        picture = drawn(bars(*weeks), layout=layout)
        for row in picture.rows:
            assert row.width >= 3
            assert picture.layout.labels <= row.x and row.x + row.width <= picture.layout.width + 0.1
            assert row.y + layout.row <= picture.floor
        assert picture.ticks and all(
            picture.layout.labels <= tick.at <= picture.layout.width - 76 for tick in picture.ticks
        )

    @layouts
    @pytest.mark.parametrize("weeks", [1, 6, 7, 16, 40, 41, 300])
    def test_days_are_few_and_in_order(self, weeks: int, layout: Layout) -> None:
        ticks = drawn(bars(weeks), layout=layout).ticks
        assert 1 <= len(ticks) <= layout.days
        assert [tick.at for tick in ticks] == sorted(tick.at for tick in ticks)
        assert ticks[0].text.startswith("29 Jun")

    def test_on_a_phone_words_stand_above_their_bar_and_the_bars_have_the_width(self) -> None:
        picture = drawn(bars(2, 3, 5), layout=NARROW)
        for row in picture.rows:
            assert row.y < row.text_y < row.bar_y < row.middle < row.bar_y + NARROW.bar_height < row.y + NARROW.row
        assert NARROW.width - NARROW.labels > 0.85 * NARROW.width

    def test_on_a_wide_page_words_stand_beside_their_bar(self) -> None:
        assert all(row.text_y == row.middle for row in drawn(bars(2, 3, 5)).rows)

    def test_each_area_stands_once_in_the_legend(self) -> None:
        given = [
            replace(bar, area=area, colour=n) for bar, area, n in zip(bars(1, 1, 1), "ABA", (1, 2, 1), strict=True)
        ]
        assert drawn(given).areas == (("A", 1), ("B", 2))
