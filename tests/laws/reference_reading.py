"""A second reading of the engine's rules: slow, plain, and written from the document alone.

It shares nothing with `tracker.engine` but the input values. Every number is computed from scratch by the sentence that
defines it, so that where engine and reading disagree one of them has misread. Whole numbers and fractions throughout.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from tracker.engine.framework import Basis, Condition, Framework, Milestone, Resource
from tracker.engine.profile import Accept, Claim, Profile, Role

RANK_OF_DEGREE = {"associate": 1, "bachelor": 2, "master": 3, "doctorate": 4}
BASIS_OF_MODE = {"study": Basis.STUDIED, "credential": Basis.CREDENTIAL, "practice": Basis.PRACTISED}


@dataclass(frozen=True)
class Fact:
    """One thing that supports one competency: what the rule says of it, before any cap of its basis."""

    competency: str
    basis: Basis
    says: int
    on: date | None
    logged: int


@dataclass(frozen=True)
class Standing:
    level: int
    evidenced: int
    claim: int | None
    standing: Basis | None

    @property
    def backed(self) -> int:
        return min(self.level, self.evidenced)


# --- evidence -------------------------------------------------------------------------------------------------------


def cap(framework: Framework, basis: Basis) -> int:
    return framework.evidence.caps.get(basis, 5)


def had_happened(day: date | None, as_of: date) -> bool:
    return day is None or day <= as_of


def facts(framework: Framework, profile: Profile, as_of: date) -> Iterator[Fact]:
    yield from facts_of_degrees(framework, profile, as_of)
    yield from facts_of_roles(framework, profile, as_of)
    for certification in profile.certifications:
        if had_happened(certification.on, as_of):
            for rule in framework.evidence.certifications:
                if rule.id == certification.rule:
                    for c, level in rule.grants.items():
                        yield Fact(c, Basis.CREDENTIAL, level, certification.on, certification.logged)
    for activity in profile.activities:
        if had_happened(activity.on, as_of):
            for kind in framework.evidence.activities:
                if kind.kind == activity.kind:
                    for c, level in activity.competencies.items():
                        yield Fact(c, kind.basis, min(level, kind.cap), activity.on, activity.logged)
    yield from facts_of_finished(framework, profile, as_of)
    listed = framework.evidence.listed_skill
    for skill in profile.skills:
        if listed and had_happened(skill.on, as_of):
            yield Fact(skill.competency, listed.basis, listed.level, skill.on, skill.logged)


def facts_of_degrees(framework: Framework, profile: Profile, as_of: date) -> Iterator[Fact]:
    for degree in profile.degrees:
        if not degree.completed or not had_happened(degree.end, as_of):
            continue
        of_level = framework.evidence.degree_levels.get(degree.level)
        if of_level is None and degree.level != "bachelor":
            continue
        for rule in framework.evidence.degrees:
            if rule.id != degree.field:
                continue
            for c, listed in rule.grants.items():
                level = listed if of_level is None else min(listed + of_level.shift, of_level.cap)
                yield Fact(c, Basis.INFERRED, level, degree.end, degree.logged)
            for c, level in of_level.also.items() if of_level else ():
                yield Fact(c, Basis.INFERRED, level, degree.end, degree.logged)


def begun(profile: Profile, as_of: date) -> list[Role]:
    return [r for r in profile.roles if r.start is None or r.start <= as_of]


def months(roles: list[Role], as_of: date) -> int:
    """Whole months in which at least one of the roles ran, counted one by one."""
    lived = set()
    for role in roles:
        if role.start is None:
            continue
        end = as_of if role.end is None or role.end > as_of else role.end
        month = (role.start.year, role.start.month)
        while month < (end.year, end.month):
            lived.add(month)
            month = (month[0], month[1] + 1) if month[1] < 12 else (month[0] + 1, 1)
    return len(lived)


def bracket(number_of_months: int) -> int:
    if number_of_months < 24:
        return 0
    return 1 if number_of_months < 60 else 2


def day_of_role(role: Role, as_of: date) -> date | None:
    still_running = role.end is None or role.end > as_of
    return role.start if still_running else role.end


def facts_of_roles(framework: Framework, profile: Profile, as_of: date) -> Iterator[Fact]:
    for rule in framework.evidence.roles:
        roles = [r for r in begun(profile, as_of) if r.family == rule.id]
        if not roles:
            continue
        dated = [(day, r.logged) for r in roles if (day := day_of_role(r, as_of)) is not None]
        on, logged = max(dated) if dated else (None, 0)
        add = rule.add_by_bracket[bracket(months(roles, as_of))]
        for c, base in rule.base.items():
            yield Fact(c, Basis.INFERRED, min(base + add, rule.cap), on, logged)


def facts_of_finished(framework: Framework, profile: Profile, as_of: date) -> Iterator[Fact]:
    for finished in profile.finished:
        if not had_happened(finished.on, as_of):
            continue
        for resource in framework.resources:
            if resource.id != finished.resource:
                continue
            for t in resource.teaches:
                basis = BASIS_OF_MODE[resource.mode]
                yield Fact(t.competency, basis, t.reached, finished.on, finished.logged)
            for rule in framework.evidence.certifications:
                if rule.id == resource.certification:
                    for c, level in rule.grants.items():
                        yield Fact(c, Basis.CREDENTIAL, level, finished.on, finished.logged)


# --- levels ---------------------------------------------------------------------------------------------------------


def offered(framework: Framework, profile: Profile, as_of: date) -> dict[str, int]:
    """Everything that could be confirmed: targets of a stage by family, inference above its cap, listed skills."""
    offers = {c.id: 0 for c in framework.competencies}
    for rule in framework.evidence.roles:
        roles = [r for r in begun(profile, as_of) if r.family == rule.id]
        if roles:
            by_area = rule.offers[bracket(months(roles, as_of))]
            for c in framework.competencies:
                if c.area in by_area:
                    offers[c.id] = max(offers[c.id], c.targets.get(by_area[c.area], 0))
    inferred_cap = cap(framework, Basis.INFERRED)
    for fact in facts(framework, profile, as_of):
        if fact.basis == Basis.INFERRED and fact.says > inferred_cap:
            offers[fact.competency] = max(offers[fact.competency], min(fact.says, 5))
    listed = framework.evidence.listed_skill
    for skill in profile.skills:
        if listed and had_happened(skill.on, as_of):
            offers[skill.competency] = max(offers[skill.competency], listed.offer)
    return {c: level for c, level in offers.items() if level > 0}


def least_fixed_point(start: dict[str, int], step: Callable[[dict[str, int]], dict[str, int]]) -> dict[str, int]:
    held = start
    while (after := step(held)) != held:
        held = after
    return held


def implied(framework: Framework, held: dict[str, int], competency: str, accept: Accept) -> int:
    if accept == Accept.NONE:
        return 0
    asked = [
        p.level
        for c in framework.competencies
        for p in c.prerequisites
        if p.needs == competency and p.for_level <= held[c.id]
    ]
    return min(cap(framework, Basis.INFERRED), max(asked, default=0))


def standings(framework: Framework, profile: Profile, as_of: date, accept: Accept) -> dict[str, Standing]:
    known = [f for f in facts(framework, profile, as_of) if accept != Accept.NONE or f.basis != Basis.INFERRED]
    supported = {
        c.id: [(min(f.says, cap(framework, f.basis), 5), f) for f in known if f.competency == c.id]
        for c in framework.competencies
    }
    best = {c: max((level for level, _ in entries), default=0) for c, entries in supported.items()}
    best = {c: max(0, level) for c, level in best.items()}
    nothing = {c.id: 0 for c in framework.competencies}
    evidenced = least_fixed_point(nothing, lambda h: {c: max(best[c], implied(framework, h, c, accept)) for c in h})

    own = {c: claim for c, claim in profile.claims.items() if had_happened(claim.on, as_of)}
    confirmed = {c: level for c, level in profile.confirmed.items() if level > 0}
    if accept == Accept.ALL:
        for c, level in offered(framework, profile, as_of).items():
            confirmed[c] = max(level, confirmed.get(c, 0))

    def claimed(c: str) -> int:
        newer = [level for level, fact in supported[c] if is_newer(fact, own[c])]
        return max([own[c].level, *newer])

    def without_claim(held: dict[str, int], c: str) -> int:
        return max(confirmed.get(c, 0), best[c], implied(framework, held, c, accept))

    level = least_fixed_point(nothing, lambda h: {c: claimed(c) if c in own else without_claim(h, c) for c in h})
    answer = {}
    for c in nothing:
        claim = own[c].level if c in own else level[c] if c in confirmed else None
        bases = [f.basis for at, f in supported[c] if at >= level[c] > 0]
        if implied(framework, evidenced, c, accept) >= level[c] > 0:
            bases.append(Basis.INFERRED)
        answer[c] = Standing(level[c], evidenced[c], claim, max(bases, default=None))
    return answer


def is_newer(fact: Fact, claim: Claim) -> bool:
    """Whether the fact came after the claim; what has no date never does, and a claim without one is the newest."""
    if claim.on is None or fact.on is None:
        return False
    if fact.on == claim.on:
        return fact.logged > claim.logged
    return fact.on > claim.on


# --- gaps, milestones, stages ---------------------------------------------------------------------------------------


def readiness(framework: Framework, levels: dict[str, int], stage: str, area: str | None = None) -> Fraction:
    asked = [c for c in framework.competencies if area is None or c.area == area]
    total = sum(c.weight * c.targets.get(stage, 0) for c in asked)
    if total == 0:
        return Fraction(1)
    return Fraction(sum(c.weight * min(levels[c.id], c.targets.get(stage, 0)) for c in asked), total)


def gap(framework: Framework, levels: dict[str, int], stage: str) -> dict[str, int]:
    return {c.id: max(0, c.targets.get(stage, 0) - levels[c.id]) for c in framework.competencies}


def impact(framework: Framework, levels: dict[str, int], stage: str) -> dict[str, Fraction]:
    total = sum(c.weight * c.targets.get(stage, 0) for c in framework.competencies)
    gaps = gap(framework, levels, stage)
    return {c.id: Fraction(c.weight * gaps[c.id], total) if total else Fraction(0) for c in framework.competencies}


def is_met(framework: Framework, milestone: Milestone, profile: Profile, as_of: date) -> bool:
    word = profile.milestones.get(milestone.id)
    if word is False:
        return False
    if any(holds(framework, condition, profile, as_of) for condition in milestone.met_by):
        return True
    return word is True or (isinstance(word, date) and word <= as_of)


def holds(framework: Framework, condition: Condition, profile: Profile, as_of: date) -> bool:
    parts = []
    if condition.degree or condition.fields:
        parts.append(
            any(
                d.completed
                and had_happened(d.end, as_of)
                and (not condition.degree or RANK_OF_DEGREE.get(d.level, 0) >= RANK_OF_DEGREE[condition.degree])
                and (not condition.fields or d.field in condition.fields)
                for d in profile.degrees
            )
        )
    if condition.families:
        roles = [r for r in begun(profile, as_of) if r.family in condition.families]
        parts.append(bool(roles) and months(roles, as_of) >= 12 * condition.years)
    if condition.activities:
        done = [a for a in profile.activities if a.kind in condition.activities and had_happened(a.on, as_of)]
        parts.append(len(done) >= condition.count)
    if condition.certificate:
        passed = certificates(framework, profile, as_of)
        parts.append(bool(passed) if condition.certificate == "any" else condition.certificate in passed)
    return bool(parts) and all(parts)


def certificates(framework: Framework, profile: Profile, as_of: date) -> set[str]:
    rules = {r.id for r in framework.evidence.certifications}
    direct = {c.rule for c in profile.certifications if had_happened(c.on, as_of)}
    finished = {f.resource for f in profile.finished if had_happened(f.on, as_of)}
    return rules & (direct | {r.certification for r in framework.resources if r.id in finished})


def stage_reached(framework: Framework, levels: dict[str, int], profile: Profile, as_of: date) -> str | None:
    reached = None
    for i, stage in enumerate(framework.stages):
        until_here = framework.stages[: i + 1]
        by_id = {c.id: c for c in framework.competencies}
        open_competency = any(levels[c] < by_id[c].targets.get(s.id, 0) for s in until_here for c in s.musts)
        open_milestone = any(
            m.required and m.stage in {s.id for s in until_here} and not is_met(framework, m, profile, as_of)
            for m in framework.milestones
        )
        passed = readiness(framework, levels, stage.id) >= stage.pass_mark
        if passed and not open_competency and not open_milestone:
            reached = stage.id
    return reached


# --- recommendations ------------------------------------------------------------------------------------------------


def taught(framework: Framework, resource: Resource) -> list[tuple[str, int, int]]:
    most = cap(framework, BASIS_OF_MODE[resource.mode])
    rows = [(t.competency, t.start, min(t.reached, most)) for t in resource.teaches]
    return [(c, a, b) for c, a, b in rows if b > a]


def is_ready(framework: Framework, resource: Resource, levels: dict[str, int]) -> bool:
    rows = taught(framework, resource)
    if any(levels[c] < a for c, a, _ in rows):
        return False
    for c, _, b in rows:
        for p in next(x for x in framework.competencies if x.id == c).prerequisites:
            if p.for_level > b or levels[p.needs] >= p.level:
                continue
            if not any(other == p.needs and reached >= p.level for other, _, reached in rows):
                return False
    return True


def after(framework: Framework, resource: Resource, levels: dict[str, int]) -> dict[str, int]:
    levels = dict(levels)
    for c, _, b in taught(framework, resource):
        levels[c] = max(levels[c], b)
    return levels


def sequence(
    framework: Framework, levels: dict[str, int], stage: str, finished: set[str]
) -> list[tuple[str, Fraction, dict[str, tuple[int, int]]]]:
    """(resource, gain, competency -> (from, to)) one after the other, everything scored again at each step."""
    left = [r for r in framework.resources if r.status == "active" and r.id not in finished]
    answer = []
    while True:
        now = readiness(framework, levels, stage)
        ready = [r for r in left if is_ready(framework, r, levels)]
        gains = {r.id: readiness(framework, after(framework, r, levels), stage) - now for r in ready}
        worth = [r for r in ready if gains[r.id] > 0]
        if not worth:
            return answer
        best = min(worth, key=lambda r: (-gains[r.id] / r.hours, -gains[r.id], r.cost, r.id))
        then = after(framework, best, levels)
        open_now = gap(framework, levels, stage)
        closes = {c: (levels[c], then[c]) for c in levels if then[c] > levels[c] and open_now[c]}
        answer.append((best.id, gains[best.id], closes))
        levels = then
