"""What is odd in a framework that is taken all the same: a line each, sentences that name the ids."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from tracker.engine.framework import Framework, Resource, Teaching


def warnings(framework: Framework) -> list[str]:
    """Steps that nothing teaches, prerequisites above a stage, dead resources, ambiguous aliases, empty musts."""
    return [
        *_musts_that_ask_nothing(framework),
        *_prerequisites_above_a_stage(framework),
        *_untaught_steps(framework),
        *_never_started(framework),
        *_ambiguous_aliases(framework),
    ]


def credited(framework: Framework, resource: Resource) -> tuple[Teaching, ...]:
    """What an active resource teaches after the cap of its basis; a row that then teaches nothing is left out."""
    if resource.status != "active":
        return ()
    cap = framework.evidence.cap(resource.basis)
    rows = (Teaching(t.competency, t.start, min(t.reached, cap)) for t in resource.teaches)
    return tuple(row for row in rows if row.reached > row.start)


def _musts_that_ask_nothing(framework: Framework) -> Iterator[str]:
    for stage in framework.stages:
        for must in stage.musts:
            if not framework.target(stage.id, must):
                yield f"stages: {must} is a must of {stage.id}, which asks nothing of it"


def _prerequisites_above_a_stage(framework: Framework) -> Iterator[str]:
    for stage in framework.stages:
        for c in framework.competencies:
            for p in c.prerequisites:
                asked = framework.target(stage.id, p.needs)
                if p.for_level <= framework.target(stage.id, c.id) and asked < p.level:
                    yield (
                        f"competencies: {c.id} at {p.for_level} needs {p.needs} at {p.level}, "
                        f"but stage {stage.id} asks {asked} of it"
                    )


def _untaught_steps(framework: Framework) -> Iterator[str]:
    """A line a competency; where the framework has no resources at all, one line says so."""
    if not framework.resources and len(framework.competencies) > 1:
        yield "resources: there are none, so nothing teaches any of its steps"
        return
    taught = {
        (t.competency, step)
        for resource in framework.resources
        for t in credited(framework, resource)
        for step in range(t.start + 1, t.reached + 1)
    }
    for c in framework.competencies:
        steps = [n for n in range(1, max(c.targets.values(), default=0) + 1) if (c.id, n) not in taught]
        if steps:
            yield f"competencies: nothing teaches {c.id} step {', '.join(map(str, steps))}"


def _never_started(framework: Framework) -> Iterator[str]:
    """Resources that stay closed to somebody who begins with nothing and finishes all that opens."""
    waiting = {r.id: credited(framework, r) for r in framework.resources}
    waiting = {name: taught for name, taught in waiting.items() if taught}
    level: defaultdict[str, int] = defaultdict(int)
    opened = list(waiting)
    while opened:
        opened = [name for name, taught in waiting.items() if _is_ready(framework, taught, level)]
        for name in opened:
            for t in waiting.pop(name):
                level[t.competency] = max(level[t.competency], t.reached)
    for name in waiting:
        yield f"resources: nobody can ever start {name}, what it needs is taught nowhere before it"


def _is_ready(framework: Framework, taught: tuple[Teaching, ...], level: defaultdict[str, int]) -> bool:
    reached = {t.competency: t.reached for t in taught}
    return all(
        level[t.competency] >= t.start
        and all(
            max(level[p.needs], reached.get(p.needs, 0)) >= p.level
            for p in framework.competency[t.competency].prerequisites
            if p.for_level <= t.reached
        )
        for t in taught
    )


def _ambiguous_aliases(framework: Framework) -> Iterator[str]:
    owners: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for c in framework.competencies:
        for alias in (c.name, *c.aliases):
            owners[" ".join(alias.casefold().split())][c.id] = None
    for alias, ids in owners.items():
        if len(ids) > 1:
            yield f'competencies: "{alias}" names {" and ".join(ids)}: asked, never guessed'
