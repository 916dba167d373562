"""The dashboard's lists, each entry ready to print: a page of forty of them is then four variables an entry."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from tracker.engine.framework import Framework, Milestone, Resource, Stage
from tracker.engine.gaps import Gap
from tracker.engine.habits import HabitStatus
from tracker.engine.recommend import Step
from tracker.templatetags.numbers import fine_points, gain, hours, kind, lower_first, money, next_statement

READING_SHOWN = 2


@dataclass(frozen=True, slots=True)
class Line:
    """One entry: a title that leads to its page, a figure at its right, the reason below."""

    title: str
    address: str
    figure: str = ""
    why: str = ""
    key: str = ""
    is_open: bool = False  # missing or due


@dataclass(frozen=True, slots=True)
class StepLine:
    """A recommended step; `reading` is worth reading on the way, as (title, address)."""

    line: Line
    reading: tuple[tuple[str, str], ...]
    is_started: bool


def gap_lines(gaps: Iterable[Gap], stage: Stage) -> list[Line]:
    """What is missing, with the impact of closing it and the next level's statement."""
    skills, asked = reverse("tracker:skills"), _("Level %(level)s, %(stage)s asks %(target)s.")
    ahead = _("Next: %(next)s.")
    return [
        Line(
            title=gap.competency.name,
            address=f"{skills}{gap.competency.id}/",
            figure=fine_points(gap.impact),
            why=" ".join(
                (
                    asked % {"level": gap.level.level, "stage": stage.name, "target": gap.target},
                    *(ahead % {"next": lower_first(words)} for words in [next_statement(gap)] if words),
                )
            ),
            key=gap.competency.id,
        )
        for gap in gaps
    ]


def must_lines(milestones: Iterable[Milestone], gaps: Iterable[Gap]) -> list[Line]:
    """The milestones and musts that are still open."""
    path, skills = reverse("tracker:path"), reverse("tracker:skills")
    is_open, level_of = _("open"), _("%(level)s of %(target)s")
    found = [Line(m.name, f"{path}#{m.id}", is_open, is_open=True) for m in milestones]
    for gap in gaps:
        figure = level_of % {"level": gap.level.level, "target": gap.target}
        found.append(Line(gap.competency.name, f"{skills}{gap.competency.id}/", figure, is_open=True))
    return found


def step_lines(framework: Framework, stage: Stage, steps: Iterable[Step], started: frozenset[str]) -> list[StepLine]:
    """Recommended steps: what each closes, its gain, hours and cost, and why it stands there."""
    base, musts = reverse("tracker:resources"), framework.musts_until(stage.id)
    return [
        StepLine(
            line=Line(step.resource.title, f"{base}{step.resource.id}/", gain(step.gain), _why(framework, step, musts)),
            reading=tuple(_link(framework.resource[key], base) for key in step.resource.reading[:READING_SHOWN]),
            is_started=step.resource.id in started,
        )
        for step in steps
    ]


def _link(resource: Resource, base: str) -> tuple[str, str]:
    return resource.title, f"{base}{resource.id}/"


def _why(framework: Framework, step: Step, musts: frozenset[str]) -> str:
    resource, between = step.resource, _("%(name)s %(start)s to %(reached)s")
    closes = ", ".join(
        between % {"name": framework.competency[c.competency].name, "start": c.start, "reached": c.reached}
        for c in step.closes
    )
    facts = [kind(resource.kind).capitalize(), _joined(hours(resource.hours)), money(resource.cost)]
    said = [f"{closes}.", f"{', '.join(facts)}."]
    if any(c.competency in musts for c in step.closes):
        said.append(_("Counts towards a must."))
    if step.rests_on:
        titles = ", ".join(framework.resource[key].title for key in step.rests_on)
        said.append(_("After %(titles)s.") % {"titles": titles})
    return " ".join(said)


def week_lines(resources: Iterable[Resource]) -> list[Line]:
    """What is to be done in the week, with its hours."""
    base = reverse("tracker:resources")
    return [Line(r.title, f"{base}{r.id}/", hours(r.hours)) for r in resources]


def habit_lines(habits: Iterable[HabitStatus]) -> list[Line]:
    """Each habit that was begun, and whether it is due."""
    path, due, paused, on_time = reverse("tracker:path"), _("due"), _("paused"), _("on time")
    return [
        Line(
            s.habit.name,
            f"{path}#{s.habit.id}",
            due if s.is_due else paused if s.is_paused else on_time,
            is_open=s.is_due,
        )
        for s in habits
        if s.last
    ]


def _joined(text: str) -> str:
    """A number that stays on one line with its unit."""
    return text.replace(" ", "\N{NO-BREAK SPACE}")
