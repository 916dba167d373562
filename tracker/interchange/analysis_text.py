"""The analysis as text of 80 columns for a terminal: one sentence first, then what stands behind it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from tracker.engine.analysis import Analysis
from tracker.engine.gaps import Gap, open_musts
from tracker.interchange.analysis import number
from tracker.matching.resolve import Unmatched

_WIDTH = 80
_BAR = 20
_MOST_GAPS, _MOST_REASONS, _MOST_UNMATCHED = 10, 2, 20


def analysis_text(analysis: Analysis, unmatched: Iterable[Unmatched] = ()) -> str:
    """Readiness, areas, largest gaps with their evidence, open musts and milestones, next steps, what was not read."""
    sections = (
        _headline(analysis),
        _areas(analysis),
        _gaps(analysis),
        _musts(analysis),
        _milestones(analysis),
        _next_steps(analysis),
        _unmatched(list(unmatched)),
    )
    return "\n\n".join("\n".join(lines) for section in sections if (lines := list(section)))


def _headline(analysis: Analysis) -> Iterator[str]:
    report = analysis.report
    reached = analysis.framework.stage[analysis.stage_reached].name if analysis.stage_reached else ""
    yield from _wrapped(
        f"You stand at {_points(report.readiness.claimed)} of 100 points of readiness for {report.stage.name}, "
        f"{_points(report.readiness.backed)} of them backed by evidence; "
        + (f"the stage reached is {reached}." if reached else "no stage is reached yet.")
    )
    yield f"{analysis.framework.title} {analysis.framework.version}, as of {analysis.as_of.isoformat()}"


def _areas(analysis: Analysis) -> Iterator[str]:
    asked = {area: r for area, r in analysis.report.areas.items() if r.total}
    if not asked:
        return
    yield "Areas: points of readiness (# backed, + claimed or implied)"
    for area, readiness in asked.items():
        backed, held = round(_BAR * readiness.backed), round(_BAR * readiness.claimed)
        bar = ("#" * backed + "+" * (held - backed)).ljust(_BAR, ".")
        yield f"  {_cut(analysis.framework.area[area].name, 44):44}  {bar}  {_points(readiness.claimed):>6}"


def _gaps(analysis: Analysis) -> Iterator[str]:
    gaps = analysis.report.open_gaps
    if not gaps:
        yield "No gap is open for this stage."
        return
    yield f"Largest gaps: {min(len(gaps), _MOST_GAPS)} of {len(gaps)}, with the points that closing them adds"
    for gap in gaps[:_MOST_GAPS]:
        must = " (must)" if gap.is_must else ""
        yield f"  {_cut(gap.competency.name + must, 52):52}  {_step(gap):>12}  +{_points(gap.impact)}"
        yield from _wrapped(_why(analysis, gap), "      ")


def _why(analysis: Analysis, gap: Gap) -> str:
    """What stands behind the level that is there."""
    level = gap.level
    reasons = [f"claimed at {level.claim}"] if level.claim is not None else []
    for entry in level.evidence[:_MOST_REASONS]:
        known = analysis.framework.competency.get(entry.item)
        item = f"implied by {known.name}" if known and entry.rule.startswith("closure-") else entry.item
        remark = f", {entry.remark}" if entry.remark else ""
        reasons.append(f"{item} ({entry.basis.label}, level {entry.level}{remark})")
    return "; ".join(reasons) or "nothing logged yet"


def _musts(analysis: Analysis) -> Iterator[str]:
    musts = open_musts(analysis.framework, analysis.levels, analysis.report.stage.id)
    if musts:
        yield f"Musts still open: {len(musts)}"
        for competency, target in musts.items():
            step = f"{analysis.levels[competency].level} to {target}"
            yield f"  {_cut(analysis.framework.competency[competency].name, 52):52}  {step:>12}"


def _milestones(analysis: Analysis) -> Iterator[str]:
    framework = analysis.framework
    until = {stage.id for stage in framework.stages_until(analysis.report.stage.id)}
    found = [s for s in analysis.milestones if not s.met and s.milestone.stage in until]
    if found:
        yield f"Milestones still open: {len(found)}"
        for status in found:
            milestone = status.milestone
            needed = "required" if milestone.required else "optional"
            yield f"  {_cut(milestone.name, 46):46}  {_cut(framework.stage[milestone.stage].name, 18):18}  {needed}"


def _next_steps(analysis: Analysis) -> Iterator[str]:
    names = analysis.framework.competency
    if not analysis.recommendations:
        return
    yield "Next steps, in order"
    for place, step in enumerate(analysis.recommendations, start=1):
        resource = step.resource
        cost = f"${number(resource.cost):,}" if resource.cost else "free"
        yield from _wrapped(resource.title, f"  {place:>2}. ", "      ")
        yield f"      +{_points(step.gain)} points, {number(resource.hours):,} h, {cost}  [{resource.id}]"
        closes = "; ".join(f"{names[c.competency].name} {c.start} to {c.reached}" for c in step.closes)
        yield from _wrapped(f"closes {closes}", "      ")


def _unmatched(unmatched: list[Unmatched]) -> Iterator[str]:
    if not unmatched:
        return
    yield f"Not counted, for nothing or several things are called that: {len(unmatched)}"
    for entry in unmatched[:_MOST_UNMATCHED]:
        maybe = f": maybe {', '.join(entry.candidates)}" if entry.candidates else ""
        yield from _wrapped(f"{_cut(entry.text, 60)} ({entry.where}){maybe}", "  ", "      ")
    if len(unmatched) > _MOST_UNMATCHED:
        yield f"  and {len(unmatched) - _MOST_UNMATCHED} more"


def _step(gap: Gap) -> str:
    return f"{gap.level.level} to {gap.target}"


def _points(fraction: float) -> str:
    return f"{100 * fraction:.1f}"


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else f"{text[: width - 3]}..."


def _wrapped(text: str, first: str = "", rest: str | None = None) -> list[str]:
    following = first if rest is None else rest
    return textwrap.wrap(text, _WIDTH, initial_indent=first, subsequent_indent=following, break_on_hyphens=False)
