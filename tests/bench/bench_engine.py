"""How long the engine takes: `python -m tests.bench.bench_engine`.

The dashboard's whole analysis (levels, milestones, a report for every stage, the stage reached), levels with the gaps
of one stage alone, and the recommendation sequence, cold, on the shipped model: its catalogue as is, 10 and 40 times.
"""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction

from tracker.engine.framework import Framework
from tracker.engine.gaps import report, stage_reached
from tracker.engine.levels import levels
from tracker.engine.milestones import milestone_statuses
from tracker.engine.profile import Activity, Certification, Claim, Degree, Finished, Profile, Role
from tracker.engine.recommend import sequence
from tracker.interchange.shipped import shipped_framework

AS_OF = date(2026, 1, 15)
TIMES = (1, 10, 40)

Measure = Callable[[Framework, Profile], object]


def data_scientist(framework: Framework) -> Profile:
    """Five years in the role, a certificate, a dozen claims and courses."""
    claimed = [c.id for c in framework.competencies if c.area in {"ml", "data"}][:12]
    return Profile(
        claims={c: Claim(3, date(2025, 3, 1)) for c in claimed},
        degrees=(Degree("MSc Statistics", "master", "statistics", end=date(2020, 7, 1)),),
        roles=(Role("Data scientist", "data-scientist", date(2020, 9, 1)),),
        certifications=(Certification("AWS", "aws-mla-c01", date(2024, 5, 1)),),
        activities=tuple(
            Activity(f"Project {i}", "project", date(2023, 1 + i, 1), dict.fromkeys(claimed[i : i + 3], 3))
            for i in range(6)
        ),
        finished=tuple(Finished(c.resource.id, date(2022, 1, 1)) for c in framework.courses[:8]),
    )


def architect(framework: Framework) -> Profile:
    """Four roles in a row, every competency claimed, a hundred activities and thirty courses."""
    everything = [c.id for c in framework.competencies]
    return Profile(
        claims={c: Claim(3 + i % 2, date(2025, 1, 1)) for i, c in enumerate(everything)},
        degrees=(
            Degree("BSc Computing", "bachelor", "computer-science", end=date(2008, 7, 1)),
            Degree("MSc AI", "master", "artificial-intelligence", end=date(2010, 7, 1)),
        ),
        roles=(
            Role("Developer", "software-developer", date(2010, 9, 1), date(2013, 1, 1)),
            Role("ML engineer", "ml-engineer", date(2013, 1, 1), date(2017, 1, 1)),
            Role("Lead", "tech-lead", date(2016, 6, 1), date(2020, 1, 1)),
            Role("Architect", "ml-architect", date(2020, 1, 1)),
        ),
        certifications=tuple(
            Certification(r.title, r.id, date(2021, 1, 1)) for r in framework.evidence.certifications[:4]
        ),
        activities=tuple(
            Activity(f"Activity {i}", "led-project", date(2015 + i % 10, 1, 1), {everything[i % len(everything)]: 4})
            for i in range(100)
        ),
        finished=tuple(Finished(c.resource.id, date(2019, 1, 1)) for c in framework.courses[:30]),
    )


def multiplied(framework: Framework, times: int) -> Framework:
    """The same model with each resource so many times over, hours a little longer each time."""
    copies = [
        replace(r, id=f"{r.id}.{n}" if n else r.id, hours=r.hours * (1 + Fraction(n, 100)))
        for n in range(times)
        for r in framework.resources
    ]
    return replace(framework, resources=tuple(copies))


def dashboard(framework: Framework, profile: Profile) -> object:
    held = levels(framework, profile, as_of=AS_OF)
    met = {s.milestone.id for s in milestone_statuses(framework, profile, AS_OF) if s.met}
    reports = [report(framework, held, s.id) for s in framework.stages]
    return reports, stage_reached(framework, held, met)


def one_stage(framework: Framework, profile: Profile) -> object:
    return report(framework, levels(framework, profile, as_of=AS_OF), framework.last_stage.id).readiness


def recommendations(framework: Framework, profile: Profile) -> object:
    held = {c: level.level for c, level in levels(framework, profile, as_of=AS_OF).items()}
    return sequence(framework, held, framework.last_stage.id)


def milliseconds(work: Callable[[], object], *, least: int = 5, seconds: float = 0.5) -> tuple[float, float]:
    """Smallest and median time of one call, of at least so many and for about so long."""
    work()
    gc.collect()
    taken: list[float] = []
    while len(taken) < least or sum(taken) < seconds:
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return 1000 * min(taken), 1000 * statistics.median(taken)


def main() -> None:
    shipped = shipped_framework()
    people = {"nothing": Profile(), "data scientist": data_scientist(shipped), "architect": architect(shipped)}
    measures: dict[str, Measure] = {
        "levels, gaps, readiness": one_stage,
        "dashboard, five stages": dashboard,
        "recommendations, cold": recommendations,
    }
    print(f"{'':24} {'catalogue':>10} {'profile':>15} {'min ms':>8} {'median':>8}")
    for times in TIMES:
        framework = multiplied(shipped, times)
        size = len(framework.courses)  # built once a process, so not timed
        for name, measure in measures.items():
            for person, profile in people.items():
                least, median = milliseconds(lambda m=measure, f=framework, p=profile: m(f, p))  # type: ignore[misc]
                print(f"{name:24} {size:10,} {person:>15} {least:8.2f} {median:8.2f}")


if __name__ == "__main__":
    main()
