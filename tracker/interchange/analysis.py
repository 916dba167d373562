"""What `analyse` prints: the engine's analysis as `mlarch-analysis/1`, and what the text is made of."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from tracker.engine.analysis import Analysis
from tracker.engine.evidence import Evidence
from tracker.engine.framework import Framework
from tracker.engine.gaps import Gap, Readiness
from tracker.engine.milestones import MilestoneStatus
from tracker.engine.recommend import Step
from tracker.matching.resolve import Unmatched

SCHEMA = "mlarch-analysis/1"


def analysis_document(analysis: Analysis, unmatched: Iterable[Unmatched] = ()) -> dict[str, Any]:
    """The analysis in the shape of schemas/analysis.schema.json; fractions of readiness in [0, 1], unrounded."""
    framework, report = analysis.framework, analysis.report
    return {
        "schema": SCHEMA,
        "framework": {"id": framework.id, "version": framework.version},
        "stage": report.stage.id,
        "as_of": analysis.as_of.isoformat(),
        "readiness": report.readiness.claimed,
        "backed_readiness": report.readiness.backed,
        "stage_reached": analysis.stage_reached,
        "areas": [_area(area, readiness) for area, readiness in report.areas.items()],
        "competencies": [_competency(gap) for gap in report.gaps],
        "milestones": [_milestone(status) for status in analysis.milestones],
        "unmatched": [{"text": u.text, "where": u.where, "candidates": list(u.candidates)} for u in unmatched],
        "finished": list(analysis.finished),
        "recommendations": [_recommendation(framework, step) for step in analysis.recommendations],
    }


def _area(area: str, readiness: Readiness) -> dict[str, Any]:
    return {"id": area, "readiness": readiness.claimed, "backed_readiness": readiness.backed}


def _competency(gap: Gap) -> dict[str, Any]:
    level = gap.level
    return {
        "id": gap.competency.id,
        "area": gap.competency.area,
        "weight": gap.competency.weight,
        "target": gap.target,
        "level": level.level,
        "evidenced": level.evidenced,
        "claim": level.claim,
        "gap": gap.missing,
        "impact": gap.impact,
        "must": gap.is_must,
        "evidence": [_evidence(entry) for entry in level.evidence],
    }


def _evidence(entry: Evidence) -> dict[str, Any]:
    shown = {"item": entry.item, "rule": entry.rule, "basis": entry.basis.label, "level": entry.level}
    if entry.on:
        shown["date"] = entry.on.isoformat()
    if entry.remark:
        shown["remark"] = entry.remark
    return shown


def _milestone(status: MilestoneStatus) -> dict[str, Any]:
    milestone = status.milestone
    return {
        "id": milestone.id,
        "stage": milestone.stage,
        "required": milestone.required,
        "met": status.met,
        "evidence": milestone_evidence(status),
    }


def milestone_evidence(status: MilestoneStatus) -> list[str]:
    """What decides the milestone: the items that meet it, or the person's own word."""
    if not status.by_word:
        return list(status.evidence)
    return [f"own word ({status.on.isoformat()})" if status.on else "own word"]


def _recommendation(framework: Framework, step: Step) -> dict[str, Any]:
    return {
        "id": step.resource.id,
        "title": step.resource.title,
        "gain": step.gain,
        "hours": number(step.resource.hours),
        "cost": number(step.resource.cost),
        "closes": [{"competency": c.competency, "from": c.start, "to": c.reached} for c in step.closes],
        "reason": reason(framework, step),
    }


def reason(framework: Framework, step: Step) -> str:
    """Why this one now: what it closes, what that adds, what it takes, what it rests on."""
    closes = "; ".join(f"{framework.competency[c.competency].name} {c.start} to {c.reached}" for c in step.closes)
    cost = f"{number(step.resource.cost):,} US dollars" if step.resource.cost else "free"
    text = f"Closes {closes}: {100 * step.gain:.2f} points of readiness for {number(step.resource.hours):,} h, {cost}."
    if step.rests_on:
        earlier = ", ".join(framework.resource[r].title for r in step.rests_on)
        text += f" Ready once this is done: {earlier}."
    return text


def number(value: Fraction) -> int | float:
    """A whole number where it is one."""
    return int(value) if value.denominator == 1 else float(value)
