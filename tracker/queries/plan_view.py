"""What the plan page shows: a plan laid on the calendar, the one under way as it stands, and what a new one changes."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import ceil

from django.utils.translation import gettext as _

from tracker.engine.estimates import Range, cost_range, hours_range
from tracker.engine.framework import Framework, Milestone, Resource
from tracker.engine.milestones import open_milestones
from tracker.engine.plan import Left, Plan, PlanStep
from tracker.engine.weeks import due, number_of_week, week_of_plan
from tracker.models import Plan as PlanRow
from tracker.pictures import NARROW, WIDE, Bar, Timeline, timeline
from tracker.plan_form import plan_from_json
from tracker.queries.pace import weeks_off
from tracker.queries.person import Person
from tracker.queries.plan import Options, read_skipped
from tracker.queries.plan_ahead import is_for


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step of a plan with its days.

    `needs` and `unlocks`: (resource, title) of other steps. `points`: its gain of readiness, in [0, 1]. `state`:
    finished, started, skipped, gone (no longer in the model) or empty; `is_late`: it should be finished by now and is
    not.
    """

    step: PlanStep
    number: int
    begin: date
    end: date
    area: str
    closes: str
    needs: tuple[tuple[str, str], ...]
    unlocks: tuple[tuple[str, str], ...]
    points: float = 0.0
    state: str = ""
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """The steps that start within some weeks."""

    begin: date
    end: date
    lines: tuple[StepLine, ...]
    hours: Fraction
    points: int


@dataclass(frozen=True, slots=True)
class PlanView:
    """A plan with its days, its parts and what it leaves open."""

    plan: Plan
    framework: Framework
    begin: date
    end: date
    lines: tuple[StepLine, ...]
    parts: tuple[Part, ...]
    milestones: tuple[Milestone, ...]
    off: frozenset[date] = frozenset()

    @property
    def left(self) -> tuple[Left, ...]:
        """What is still open, the largest first."""
        weights = self.framework.weights
        known = (gap for gap in self.plan.left if gap.competency in weights)
        return tuple(sorted(known, key=lambda g: (-weights[g.competency] * (g.target - g.level), g.competency)))

    @property
    def hours_range(self) -> Range:
        return hours_range(self.framework, [line.step.resource for line in self.lines])

    @property
    def cost_range(self) -> Range:
        return cost_range([line.step.resource for line in self.lines])

    @property
    def kept(self) -> tuple[StepLine, ...]:
        """What is in the plan because it was started."""
        return tuple(line for line in self.lines if line.step.is_kept)

    @property
    def kept_hours(self) -> Fraction:
        return sum((line.step.resource.hours for line in self.kept), Fraction(0))

    @property
    def is_filled_by_kept(self) -> bool:
        """Whether what was started leaves no hour for anything else."""
        hours = self.plan.ask.purse.hours
        return hours is not None and self.kept_hours >= hours

    @property
    def bound_readiness(self) -> float:
        return float(self.plan.bound)

    @property
    def gain(self) -> float:
        return self.plan.after - self.plan.before

    @property
    def gain_an_hour(self) -> float:
        return self.gain / float(self.plan.hours) if self.plan.hours else 0.0


CLOSED = ("finished", "skipped", "gone")  # states in which nothing is left to do
AREA_COLOURS = 12  # as many as the style sheet has
WEEKS_ONE_BY_ONE = 6
WEEKS_IN_A_PART = 13


def plan_view(
    person: Person, plan: Plan, begin: date, off: Collection[date], states: Mapping[str, str] | None = None
) -> PlanView:
    """The plan laid on the calendar from that day's week; `states`: resource -> finished, started or skipped."""
    lines = tuple(_lines(person, plan, begin, off, states or {}))
    stage = plan.ask.stage
    return PlanView(
        plan=plan,
        framework=person.framework,
        begin=begin,
        end=_sunday(begin, max(1, plan.weeks), off),
        lines=lines,
        parts=tuple(_parts(lines)),
        milestones=open_milestones(person.framework, person.snapshot.milestones, stage)
        if stage in person.framework.stage
        else (),
        off=frozenset(off),
    )


def _lines(
    person: Person, plan: Plan, begin: date, off: Collection[date], states: Mapping[str, str]
) -> Iterator[StepLine]:
    titles = {step.resource.id: step.resource.title for step in plan.steps}
    unlocks: dict[str, list[tuple[str, str]]] = {}
    for step in plan.steps:
        for need in step.needs:
            unlocks.setdefault(need, []).append((step.resource.id, step.resource.title))
    names = person.framework.competency
    for number, step in enumerate(plan.steps, start=1):
        key = step.resource.id
        known = person.framework.resource
        state, end = states.get(key, "") if key in known else "gone", _sunday(begin, step.last_week, off)
        yield StepLine(
            step=step,
            number=number,
            begin=week_of_plan(begin, step.week, off),
            end=end,
            area=_area(person.framework, step),
            closes=", ".join(
                f"{names[c.competency].name} {c.start} → {c.reached}" for c in step.closes if c.competency in names
            ),
            needs=tuple((need, titles[need]) for need in step.needs if need in titles),
            unlocks=tuple(unlocks.get(key, ())),
            points=step.points / plan.goal.total if plan.goal.total else 0.0,
            state=state,
            is_late=end < person.today and state not in CLOSED,
        )


def _area(framework: Framework, step: PlanStep) -> str:
    """The area that the step closes most of; of what it closes nothing in, that of what it teaches first."""
    points: dict[str, int] = {}
    for closing in step.closes:
        competency = framework.competency.get(closing.competency)
        if competency:
            raised = competency.weight * (closing.reached - closing.start)
            points[competency.area] = points.get(competency.area, 0) + raised
    if points:
        return max(sorted(points), key=lambda area: points[area])
    taught = step.resource.teaches
    return framework.competency[taught[0].competency].area if taught else framework.areas[0].id


def _sunday(begin: date, number: int, off: Collection[date]) -> date:
    return week_of_plan(begin, number, off) + timedelta(days=6)


def _parts(lines: tuple[StepLine, ...]) -> Iterator[Part]:
    """The first weeks one by one, then by quarters of a year."""
    groups: dict[int, list[StepLine]] = {}
    for line in lines:
        week = line.step.week
        number = (
            week if week <= WEEKS_ONE_BY_ONE else WEEKS_ONE_BY_ONE + ceil((week - WEEKS_ONE_BY_ONE) / WEEKS_IN_A_PART)
        )
        groups.setdefault(number, []).append(line)
    for members in groups.values():
        yield Part(
            begin=members[0].begin,
            end=max(m.end for m in members),
            lines=tuple(members),
            hours=sum((m.step.resource.hours for m in members), Fraction(0)),
            points=sum(m.step.points for m in members),
        )


# The plan under way


@dataclass(frozen=True, slots=True)
class UnderWay:
    """The accepted plan as it stands today. `week`: the plan's week that today lies in; hours as planned by then and
    as they are done."""

    row: PlanRow
    view: PlanView
    week: int
    due_hours: Fraction
    done_hours: Fraction

    @property
    def lines(self) -> tuple[StepLine, ...]:
        """Its steps without those that were left out."""
        return tuple(line for line in self.view.lines if line.state != "skipped")

    @property
    def hours(self) -> Fraction:
        return sum((line.step.resource.hours for line in self.lines), Fraction(0))

    @property
    def open_lines(self) -> tuple[StepLine, ...]:
        return tuple(line for line in self.view.lines if line.state not in CLOSED)

    @property
    def this_week(self) -> tuple[StepLine, ...]:
        """What is late, and what this week's hours are for; the next step where nothing else is."""
        return due(self.open_lines, self.week, lambda line: line.step.week)

    @property
    def done(self) -> int:
        return sum(line.state == "finished" for line in self.view.lines)

    @property
    def late(self) -> int:
        return sum(line.is_late for line in self.view.lines)

    @property
    def done_width(self) -> str:
        """The length of the bar of what is done, out of 100."""
        return f"{100 * float(self.done_hours / self.hours):.1f}" if self.hours else "100"

    @property
    def is_over(self) -> bool:
        return not self.open_lines


def read_under_way(person: Person) -> UnderWay | None:
    """The plan that was accepted and is not closed; three queries. One for another framework waits until that is
    aimed at again."""
    row = PlanRow.objects.filter(user=person.user.pk, closed_on=None).first()
    return under_way(person, row) if row and is_for(row, person.framework) else None


def under_way(person: Person, row: PlanRow) -> UnderWay:
    off = weeks_off(person.user.pk)
    plan = plan_from_json(person.framework, row.question, row.answer)
    view = plan_view(person, plan, row.starts_on, off, _states(person))
    last = row.closed_on or person.today
    week = number_of_week(row.starts_on, last, off)
    elapsed = max(0, week - 1) * plan.ask.hours_a_week
    return UnderWay(
        row=row,
        view=view,
        week=week,
        due_hours=min(plan.hours, elapsed),
        done_hours=sum((line.step.resource.hours for line in view.lines if line.state == "finished"), Fraction(0)),
    )


def _states(person: Person) -> dict[str, str]:
    marks = person.snapshot.marks
    states = dict.fromkeys(marks.started, "started")
    states |= dict.fromkeys(read_skipped(person.user.pk) | marks.dismissed, "skipped")
    return states | dict.fromkeys(marks.finished, "finished")


@dataclass(frozen=True, slots=True)
class Difference:
    """What a new plan would change in the one under way: its open steps against the new ones, by their weeks."""

    added: tuple[StepLine, ...]
    dropped: tuple[StepLine, ...]
    earlier: tuple[tuple[StepLine, StepLine], ...]
    later: tuple[tuple[StepLine, StepLine], ...]
    same: int

    @property
    def words(self) -> str:
        """`3 new, 2 dropped, 5 earlier; 12 as they are.`"""
        counted = (
            (_("%d new"), self.added),
            (_("%d dropped"), self.dropped),
            (_("%d earlier"), self.earlier),
            (_("%d later"), self.later),
        )
        changed = ", ".join(words % len(lines) for words, lines in counted if lines)
        return _("%(changed)s; %(same)d as they are.") % {"changed": changed, "same": self.same}

    @property
    def is_empty(self) -> bool:
        return not (self.added or self.dropped or self.earlier or self.later)


def difference(present: UnderWay, new: PlanView) -> Difference:
    """Steps that only the new plan has, only the present one, and those that begin in another week."""
    old = {line.step.resource.id: line for line in present.open_lines}
    lines = {line.step.resource.id: line for line in new.lines}
    both = [(old[key], line) for key, line in lines.items() if key in old]
    return Difference(
        added=tuple(line for key, line in lines.items() if key not in old),
        dropped=tuple(line for key, line in old.items() if key not in lines),
        earlier=tuple(pair for pair in both if pair[1].begin < pair[0].begin),
        later=tuple(pair for pair in both if pair[1].begin > pair[0].begin),
        same=sum(pair[1].begin == pair[0].begin for pair in both),
    )


def read_earlier_plans(user_id: int) -> list[PlanRow]:
    """Plans that were closed, newest first; without their steps."""
    closed = PlanRow.objects.filter(user=user_id).exclude(closed_on=None)
    return list(closed.order_by("-closed_on", "-logged_at", "-id").defer("answer", "question"))


def alternatives(person: Person, line: StepLine, options: Options) -> list[Resource]:
    """Resources that close what the step closes, the shortest first: of those that the filters let through."""
    marks, wanted = person.snapshot.marks, {c.competency: c.reached for c in line.step.closes}
    out = marks.finished | marks.dismissed | {line.step.resource.id}
    found = []
    for course in person.framework.courses:
        reaches = dict(course.reaches)
        if course.resource.id in out or not options.lets_through(course.resource):
            continue
        if wanted and all(reaches.get(c, 0) >= level for c, level in wanted.items()):
            found.append(course.resource)
    return sorted(found, key=lambda r: (r.hours, r.cost, r.id))


def pictures_of(view: PlanView) -> tuple[Timeline, ...]:
    """The plan drawn on its weeks, for a wide page and for a phone; none where it has no step."""
    bars, before = _bars(view), 100 * view.plan.before

    def monday(week: int) -> date:
        return week_of_plan(view.begin, week, view.off)

    return tuple(timeline(bars, before, monday, layout) for layout in (WIDE, NARROW)) if bars else ()


def _bars(view: PlanView) -> list[Bar]:
    plan, done, bars = view.plan, view.plan.points_before, []
    colours = {area.id: i % AREA_COLOURS + 1 for i, area in enumerate(view.framework.areas)}
    for line in view.lines:
        step = line.step
        done += step.points
        bars.append(
            Bar(
                key=step.resource.id,
                title=step.resource.title,
                area=view.framework.area[line.area].name,
                colour=colours[line.area],
                begin=float(step.start / plan.ask.hours_a_week),
                end=float(step.end / plan.ask.hours_a_week),
                readiness=100 * plan.readiness(done),
                needs=step.needs,
                words=line.closes,
                is_done=line.state == "finished",
            )
        )
    return bars


@dataclass(frozen=True, slots=True)
class WeekRow:
    """A week in which steps end, and the readiness then, in [0, 1]."""

    begin: date
    done: tuple[str, ...]
    readiness: float


def week_rows(view: PlanView) -> tuple[WeekRow, ...]:
    """The picture in words: readiness week by week, without those in which nothing ends."""
    points = view.plan.points_before
    titles: dict[int, list[str]] = {}
    reached: dict[int, int] = {}
    for step in view.plan.steps:
        points += step.points
        reached[step.last_week] = points
        titles.setdefault(step.last_week, []).append(step.resource.title)
    return tuple(
        WeekRow(week_of_plan(view.begin, week, view.off), tuple(titles[week]), view.plan.readiness(points))
        for week, points in sorted(reached.items())
    )
