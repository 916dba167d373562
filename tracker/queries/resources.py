"""The catalogue as a person sees it: what each resource would add, what it needs, what was done with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from tracker.engine.framework import Course, Framework, Resource
from tracker.engine.recommend import Closing, gain
from tracker.queries.own_figures import Own, read_own
from tracker.queries.person import Person

NONE, STARTED, FINISHED, DISMISSED = "", "started", "finished", "dismissed"


@dataclass(frozen=True, slots=True)
class Line:
    """One resource for one person. `gain`: readiness for the stage in focus that it adds now, in [0, 1].

    `lacks`: (competency, level) that it needs and the person has not; empty: it can be started. `own`: the person's
    own figures, beside the catalogue's by which gains go.
    """

    resource: Resource
    gain: float
    closes: tuple[Closing, ...]
    lacks: tuple[tuple[str, int], ...]
    status: str = NONE
    own: Own | None = None

    @property
    def is_ready(self) -> bool:
        return not self.lacks

    @property
    def gain_per_hour(self) -> float:
        return self.gain / float(self.resource.hours)


@dataclass(frozen=True, slots=True)
class Filter:
    """What a person asks of the catalogue; empty members ask nothing. `cost`: at most so many dollars."""

    text: str = ""
    kind: str = ""
    area: str = ""
    competency: str = ""
    level: int | None = None
    cost: int | None = None
    hours: int | None = None
    language: str = ""
    status: str = ""
    only_core: bool = False
    order: str = "gain_per_hour"


ORDERS: dict[str, Callable[[Line], tuple[object, ...]]] = {
    "gain_per_hour": lambda line: (not line.is_ready, -line.gain_per_hour, line.resource.title.casefold()),
    "gain": lambda line: (-line.gain, line.resource.title.casefold()),
    "hours": lambda line: (line.resource.hours, line.resource.title.casefold()),
    "title": lambda line: (line.resource.title.casefold(),),
}


def catalogue(person: Person, wanted: Filter) -> list[Line]:
    """The resources that the filter lets through, in its order."""
    own = read_own(person)
    courses = {c.resource.id: c for c in person.framework.courses}
    found = (r for r in person.framework.resources if _is_wanted(person.framework, r, wanted))
    lines = [line_of(person, r, courses.get(r.id), own.get(r.id)) for r in found]
    return sorted((line for line in lines if _has_status(line, wanted.status)), key=ORDERS[wanted.order])


def line_of(person: Person, resource: Resource, course: Course | None = None, own: Own | None = None) -> Line:
    """One resource for the person; a course is looked up where it is not given."""
    framework, held = person.framework, person.snapshot.held
    course = course or next((c for c in framework.courses if c.resource.id == resource.id), None)
    status = _status(person, resource.id)
    if course is None:
        return Line(resource, 0.0, (), (), status, own)
    stage = person.focus.id
    targets, total = framework.targets[stage], framework.totals[stage]
    points = 0 if status == FINISHED else gain(framework, course, held, targets)
    closes = (Closing(c, held[c], to) for c, to in course.reaches if targets.get(c, 0) > held[c] and to > held[c])
    lacks = tuple((c, level) for c, level in course.needs if held[c] < level)
    return Line(resource, points / total if total else 0.0, tuple(closes), lacks, status, own)


def _status(person: Person, resource: str) -> str:
    marks = person.snapshot.marks
    if resource in marks.finished:
        return FINISHED
    if resource in marks.started:
        return STARTED
    return DISMISSED if resource in marks.dismissed else NONE


def _has_status(line: Line, asked: str) -> bool:
    if asked == "gain":
        return line.gain > 0 and line.status != DISMISSED
    if asked == "ready":
        return line.is_ready and line.gain > 0 and line.status not in (FINISHED, DISMISSED)
    return not asked or line.status == asked


def _is_wanted(framework: Framework, resource: Resource, wanted: Filter) -> bool:
    """Whether a resource passes all that the filter asks; what is no longer offered only shows when searched for."""
    about = list(_about(resource))
    checks = (
        resource.status == "active" or bool(wanted.text or wanted.status),
        not wanted.kind or resource.kind == wanted.kind,
        not wanted.area or any(framework.competency[c].area == wanted.area for c, _ in about),
        not wanted.competency or any(c == wanted.competency for c, _ in about),
        wanted.level is None or any(level == wanted.level for _, level in about),
        wanted.cost is None or resource.cost <= wanted.cost,
        wanted.hours is None or resource.hours <= wanted.hours,
        not wanted.language or resource.language == wanted.language,
        not wanted.only_core or resource.core,
    )
    return all(checks) and _says(framework, resource, wanted.text)


def _about(resource: Resource) -> Iterable[tuple[str, int]]:
    """(competency, level) of each step that it teaches and each level that it supports."""
    for t in resource.teaches:
        yield from ((t.competency, level) for level in range(t.start + 1, t.reached + 1))
    yield from resource.supports


def _says(framework: Framework, resource: Resource, text: str) -> bool:
    """Whether every word of the text stands in the title, provider or the names of what it teaches."""
    if not text:
        return True
    names = " ".join(framework.competency[c].name for c, _ in _about(resource))
    hay = f"{resource.title} {resource.provider} {resource.kind} {names}".casefold()
    return all(word in hay for word in text.casefold().split())


def reading_for(framework: Framework, resource: Resource) -> list[Resource]:
    """What to read for a practice task: resources that support the level it leads to, the shortest first."""
    goals = {(t.competency, t.reached) for t in resource.teaches}
    found = (r for r in framework.resources if r.status == "active" and goals & set(r.supports))
    return sorted(found, key=lambda r: (r.hours, r.id))


def supported_levels(resource: Resource) -> dict[str, list[int]]:
    """Competency -> the levels that the resource is worth reading for."""
    found: dict[str, list[int]] = {}
    for competency, level in resource.supports:
        found.setdefault(competency, []).append(level)
    return found
