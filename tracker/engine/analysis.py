"""Everything the engine says of one profile for one stage, as one value: pages, commands and exports read from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from tracker.engine.framework import Course, Framework
from tracker.engine.gaps import StageReport, report, stage_reached
from tracker.engine.levels import Level, levels
from tracker.engine.milestones import MilestoneStatus, milestone_statuses
from tracker.engine.profile import Accept, Profile
from tracker.engine.recommend import Step, sequence


@dataclass(frozen=True, slots=True)
class Analysis:
    framework: Framework
    as_of: date
    levels: Mapping[str, Level]
    report: StageReport
    milestones: tuple[MilestoneStatus, ...]
    stage_reached: str | None
    finished: tuple[str, ...]
    recommendations: tuple[Step, ...]


def analyse(
    framework: Framework,
    profile: Profile,
    *,
    as_of: date,
    stage: str = "",
    accept: Accept = Accept.INFERRED,
    top: int | None = None,
) -> Analysis:
    """The whole analysis for a stage (the framework's last by default), with at most `top` recommendations."""
    stage = stage or framework.last_stage.id
    held = levels(framework, profile, as_of=as_of, accept=accept)
    statuses = milestone_statuses(framework, profile, as_of)
    finished = finished_resources(profile, as_of)
    return Analysis(
        framework=framework,
        as_of=as_of,
        levels=held,
        report=report(framework, held, stage),
        milestones=statuses,
        stage_reached=stage_reached(framework, held, {s.milestone.id for s in statuses if s.met}),
        finished=finished,
        recommendations=sequence(
            framework,
            {c: level.level for c, level in held.items()},
            stage,
            courses=courses_without(framework, finished),
            limit=top,
        ),
    )


def finished_resources(profile: Profile, as_of: date) -> tuple[str, ...]:
    """Ids of the resources finished by that day, sorted."""
    return tuple(sorted({f.resource for f in profile.finished if f.on is None or f.on <= as_of}))


def courses_without(framework: Framework, resources: tuple[str, ...]) -> list[Course]:
    """The framework's courses less those of these resources."""
    left_out = set(resources)
    return [c for c in framework.courses if c.resource.id not in left_out]
