"""Whether the yes/no facts of the path are met, and by what. ENGINE.md, after the laws of readiness."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tracker.engine.evidence import degree_counts, months_in
from tracker.engine.framework import DEGREE_RANK, Condition, Framework, Milestone
from tracker.engine.profile import Profile

ANY_CERTIFICATE = "any"


@dataclass(frozen=True, slots=True)
class MilestoneStatus:
    """`evidence` names the items that meet it; `by_word`: the person's own word decided, on `on` if a day was given."""

    milestone: Milestone
    met: bool
    evidence: tuple[str, ...] = ()
    by_word: bool = False
    on: date | None = None


def milestone_statuses(framework: Framework, profile: Profile, as_of: date) -> tuple[MilestoneStatus, ...]:
    """Each milestone of the framework, in its order. A person's word outranks the rules, both ways."""
    return tuple(_status(framework, m, profile, as_of) for m in framework.milestones)


def open_milestones(framework: Framework, statuses: Iterable[MilestoneStatus], stage: str) -> tuple[Milestone, ...]:
    """The required milestones of the stage and of the earlier ones that are not met."""
    until = {s.id for s in framework.stages_until(stage)}
    return tuple(s.milestone for s in statuses if s.milestone.required and not s.met and s.milestone.stage in until)


def _status(framework: Framework, milestone: Milestone, profile: Profile, as_of: date) -> MilestoneStatus:
    word = profile.milestones.get(milestone.id)
    if word is False:
        return MilestoneStatus(milestone, met=False, by_word=True)
    # The first condition that holds: what would do in a degree's place is no reason beside the degree.
    found = next(filter(None, (_meets(framework, c, profile, as_of) for c in milestone.met_by)), None)
    if found:
        return MilestoneStatus(milestone, met=True, evidence=tuple(dict.fromkeys(found)))
    if word is True:
        return MilestoneStatus(milestone, met=True, by_word=True)
    if word is not None and word <= as_of:
        return MilestoneStatus(milestone, met=True, by_word=True, on=word)
    return MilestoneStatus(milestone, met=False)


def _meets(framework: Framework, condition: Condition, profile: Profile, as_of: date) -> list[str]:
    """The items that meet the condition; empty if it is not met. All that it asks must hold."""
    found: list[str] = []
    checks = (
        (bool(condition.degree or condition.fields), _degrees),
        (bool(condition.families), _roles),
        (bool(condition.activities), _activities),
        (bool(condition.certificate), _certificates),
    )
    for is_asked, check in checks:
        if not is_asked:
            continue
        items = list(check(framework, condition, profile, as_of))
        if not items:
            return []
        found += items
    return sorted(found)


def _degrees(framework: Framework, condition: Condition, profile: Profile, as_of: date) -> Iterable[str]:
    asked = DEGREE_RANK.get(condition.degree)
    for degree in profile.degrees:
        rank = DEGREE_RANK.get(degree.level, 0)
        is_level = rank >= asked if asked else condition.degree in ("", degree.level)
        is_field = not condition.fields or degree.field in condition.fields
        if is_level and is_field and degree_counts(degree, as_of):
            yield degree.item


def _roles(framework: Framework, condition: Condition, profile: Profile, as_of: date) -> Iterable[str]:
    roles = [r for r in profile.roles if r.family in condition.families and (r.start is None or r.start <= as_of)]
    return [r.item for r in roles] if months_in(roles, as_of) >= condition.years * 12 else []


def _activities(framework: Framework, condition: Condition, profile: Profile, as_of: date) -> Iterable[str]:
    items = [a.item for a in profile.activities if a.kind in condition.activities and (a.on is None or a.on <= as_of)]
    return items if len(items) >= condition.count else []


def _certificates(framework: Framework, condition: Condition, profile: Profile, as_of: date) -> Iterable[str]:
    def counts(rule: str) -> bool:
        return rule in framework.certification_rule and condition.certificate in (ANY_CERTIFICATE, rule)

    for certification in profile.certifications:
        if counts(certification.rule) and (certification.on is None or certification.on <= as_of):
            yield certification.item
    for finished in profile.finished:
        resource = framework.resource.get(finished.resource)
        if resource and counts(resource.certification) and (finished.on is None or finished.on <= as_of):
            yield resource.title
