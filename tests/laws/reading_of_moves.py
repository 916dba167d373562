"""A second reading of the moves: slow, plain, written from the document, sharing nothing with `tracker.engine.moves`.

The two years are really lived here: the role is added from today on, the profile is read two years later, and only what
the family's own evidence says then is taken from it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from tests.laws import reference_reading as reading
from tracker.engine.framework import Basis, Framework, Milestone, RoleRule
from tracker.engine.profile import Accept, Profile, Role


@dataclass(frozen=True)
class Move:
    family: str
    gain: Fraction
    closes: dict[str, tuple[int, int]]
    untaught: Fraction
    up_to: Fraction
    milestones: list[str]


def two_years_later(day: date) -> date:
    try:
        return day.replace(year=day.year + 2)
    except ValueError:  # a 29th of February
        return date(day.year + 2, 2, 28)


def lived_on(profile: Profile, family: str, as_of: date) -> tuple[Profile, date]:
    """The profile with the role taken from today for two years, all other time standing still; and the day after it."""
    later = two_years_later(as_of)
    so_far = [replace(r, end=min(r.end or as_of, as_of)) for r in profile.roles if r.start is None or r.start <= as_of]
    return replace(profile, roles=(*so_far, Role("next", family, as_of, later))), later


def own_evidence(framework: Framework, profile: Profile, rule: RoleRule, as_of: date) -> list[reading.Fact]:
    lived, later = lived_on(profile, rule.id, as_of)
    alone = replace(lived, roles=tuple(r for r in lived.roles if r.family == rule.id))
    return list(reading.facts_of_roles(framework, alone, later))


def levels_after(
    framework: Framework, profile: Profile, before: dict[str, int], rule: RoleRule, as_of: date, accept: Accept
) -> dict[str, int]:
    levels = dict(before)
    if accept == Accept.NONE:
        return levels
    for fact in own_evidence(framework, profile, rule, as_of):
        claim = profile.claims.get(fact.competency)
        if claim is None or not reading.had_happened(claim.on, as_of) or reading.is_newer(fact, claim):
            capped = min(fact.says, reading.cap(framework, Basis.INFERRED))
            levels[fact.competency] = max(levels[fact.competency], capped)
    return levels


def levels_with_offers(
    framework: Framework, profile: Profile, after: dict[str, int], rule: RoleRule, as_of: date
) -> dict[str, int]:
    lived, later = lived_on(profile, rule.id, as_of)
    years = reading.months([r for r in lived.roles if r.family == rule.id], later)
    stages = rule.offers[reading.bracket(years)]
    offered = {c.id: c.targets.get(stages[c.area], 0) for c in framework.competencies if c.area in stages}
    for fact in own_evidence(framework, profile, rule, as_of):
        if fact.says > reading.cap(framework, Basis.INFERRED):
            offered[fact.competency] = max(fact.says, offered.get(fact.competency, 0))
    own = {c for c, claim in profile.claims.items() if reading.had_happened(claim.on, as_of)}
    return {c: level if c in own else max(level, offered.get(c, 0)) for c, level in after.items()}


def reached_by_resources(framework: Framework, competency: str) -> int:
    active = [r for r in framework.resources if r.status == "active"]
    return max((b for r in active for c, _, b in reading.taught(framework, r) if c == competency), default=0)


def met(framework: Framework, milestone: Milestone, profile: Profile, family: str, as_of: date) -> bool:
    """The role counts as lived; all else stands where it stood today."""
    lived, later = lived_on(profile, family, as_of)
    known = replace(
        lived,
        degrees=tuple(d for d in profile.degrees if reading.had_happened(d.end, as_of)),
        certifications=tuple(c for c in profile.certifications if reading.had_happened(c.on, as_of)),
        activities=tuple(a for a in profile.activities if reading.had_happened(a.on, as_of)),
        finished=tuple(f for f in profile.finished if reading.had_happened(f.on, as_of)),
        milestones={m: word for m, word in profile.milestones.items() if not isinstance(word, date) or word <= as_of},
    )
    return reading.is_met(framework, milestone, known, later)


def moves(
    framework: Framework, profile: Profile, before: dict[str, int], stage: str, as_of: date, accept: Accept
) -> list[Move]:
    now, gaps = reading.readiness(framework, before, stage), reading.gap(framework, before, stage)
    asks_something = any(c.targets.get(stage, 0) for c in framework.competencies)
    answer = []
    for rule in framework.evidence.roles:
        after = levels_after(framework, profile, before, rule, as_of, accept)
        # What the catalogue could bring first is no longer a gain that only the role makes.
        taught = {c: max(level, reached_by_resources(framework, c)) for c, level in before.items()}
        beyond = {c: max(level, after[c]) for c, level in taught.items()}
        offered = levels_with_offers(framework, profile, after, rule, as_of)
        answer.append(
            Move(
                family=rule.id,
                gain=reading.readiness(framework, after, stage) - now,
                closes={c: (before[c], after[c]) for c in before if gaps[c] and after[c] > before[c]},
                untaught=reading.readiness(framework, beyond, stage) - reading.readiness(framework, taught, stage),
                up_to=reading.readiness(framework, offered, stage) - now if asks_something else Fraction(0),
                milestones=[
                    m.id
                    for m in framework.milestones
                    if m.required
                    and not reading.is_met(framework, m, profile, as_of)
                    and met(framework, m, profile, rule.id, as_of)
                ],
            )
        )
    return sorted(answer, key=lambda m: (-m.gain, m.family))
