"""Which next roles would close which gaps, in the units of the recommendations. ENGINE.md, "Recommendations".

A move is two years more in a role family. Its gain is what the family's own evidence rule then gives, up to the cap of
what is inferred; nothing that closure would further conclude counts, as with resources. The two years end after every
day that is known today, so the role stands beside a dated claim as newer evidence does; a claim without a date counts
as newest and outranks it. What the family offers is apart, as "up to": it counts only once it is confirmed, and never
against a claim of one's own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from tracker.engine.dates import add_months
from tracker.engine.evidence import bracket_of, months_in, role_grants, roles_by_family
from tracker.engine.framework import Basis, Framework, Milestone, RoleRule
from tracker.engine.milestones import milestone_statuses
from tracker.engine.profile import Accept, Profile, Role
from tracker.engine.recommend import Closing

MONTHS = 24


@dataclass(frozen=True, slots=True)
class Move:
    """Two years more in a role family.

    `points` of `total` (weight x level) is the gain; `untaught` of them are in levels that no active resource reaches.
    `up_to`: the points if all that the family then offers were confirmed; `up_to_today`: what confirming its offers of
    today would give without the move. `milestones`: required ones of the path that it would meet.
    """

    rule: RoleRule
    is_held: bool
    closes: tuple[Closing, ...]
    points: int
    untaught: int
    up_to: int
    up_to_today: int
    total: int
    milestones: tuple[Milestone, ...]

    @property
    def gain(self) -> float:
        """Readiness that it adds, in [0, 1]."""
        return self._share(self.points)

    @property
    def untaught_gain(self) -> float:
        return self._share(self.untaught)

    @property
    def most(self) -> float:
        """Readiness that it adds at most, in [0, 1]."""
        return self._share(self.up_to)

    @property
    def most_today(self) -> float:
        return self._share(self.up_to_today)

    def _share(self, points: int) -> float:
        return points / self.total if self.total else 0.0


def moves(
    framework: Framework,
    profile: Profile,
    levels: Mapping[str, int],
    stage: str,
    *,
    as_of: date,
    accept: Accept = Accept.INFERRED,
) -> tuple[Move, ...]:
    """The next roles that bring something for the stage: a gain, more on offer, a milestone. By gain, then by id.

    `levels`: competency -> level that the profile gives as of that day.
    """
    present = _Present(framework, profile, levels, as_of, accept)
    found = (present.move(rule, stage) for rule in framework.evidence.roles)
    useful = (m for m in found if m.points or m.up_to > m.up_to_today or m.milestones)
    return tuple(sorted(useful, key=lambda m: (-m.points, m.rule.id)))


def levels_after(
    framework: Framework,
    profile: Profile,
    levels: Mapping[str, int],
    family: str,
    *,
    as_of: date,
    accept: Accept = Accept.INFERRED,
) -> dict[str, int]:
    """Competency -> level once two years more in the family are behind the person, by its own evidence alone."""
    return _Present(framework, profile, levels, as_of, accept).after(framework.role_rule[family])


class _Present:
    """Where a person stands, and what of it a next role can change."""

    def __init__(
        self, framework: Framework, profile: Profile, levels: Mapping[str, int], as_of: date, accept: Accept
    ) -> None:
        self.framework = framework
        self.profile = profile
        self.levels = levels
        self.as_of = as_of
        self.cap = 0 if accept is Accept.NONE else framework.evidence.cap(Basis.INFERRED)
        self.held = {f: months_in(roles, as_of) for f, roles in roles_by_family(profile.roles, as_of).items()}
        self.claimed = {c for c, claim in profile.claims.items() if claim.on is None or claim.on <= as_of}
        self.fixed = {c for c, claim in profile.claims.items() if claim.on is None}
        self.open = frozenset(m.id for m in framework.milestones if m.required) - self._met(profile)
        self.taught = _highest_taught(framework)

    def move(self, rule: RoleRule, stage: str) -> Move:
        targets = self.framework.targets[stage]
        after, months = self.after(rule), self.held.get(rule.id, 0)
        offered = self._with_offers(rule, months + MONTHS, after)
        offered_today = self._with_offers(rule, months, self.levels) if rule.id in self.held else self.levels
        return Move(
            rule=rule,
            is_held=rule.id in self.held,
            closes=tuple(
                Closing(c, self.levels[c], after[c])
                for c in sorted(targets)
                if self.levels[c] < min(after[c], targets[c])
            ),
            points=self._points(stage, after, self.levels),
            untaught=self._points(stage, after, {c: max(self.levels[c], self.taught[c]) for c in self.levels}),
            up_to=self._points(stage, offered, self.levels),
            up_to_today=self._points(stage, offered_today, self.levels),
            total=self.framework.totals[stage],
            milestones=self._meets(rule),
        )

    def after(self, rule: RoleRule) -> dict[str, int]:
        after = dict(self.levels)
        for c, level in role_grants(self.framework, rule.id, self.held.get(rule.id, 0) + MONTHS).items():
            if c in after and c not in self.fixed:
                after[c] = max(after[c], min(level, self.cap))
        return after

    def _with_offers(self, rule: RoleRule, months: int, levels: Mapping[str, int]) -> dict[str, int]:
        """The levels with all that so many months in the family offer confirmed: the targets of a stage, area by area,
        and what its evidence says above the cap."""
        offered = dict(levels)
        for area, stage in rule.offers[bracket_of(months)].items():
            for c in self.framework.by_area[area]:
                offered[c.id] = max(offered[c.id], self.framework.target(stage, c.id))
        for competency, level in role_grants(self.framework, rule.id, months).items():
            if competency in offered and level > self.framework.evidence.cap(Basis.INFERRED):
                offered[competency] = max(offered[competency], level)
        return {c: levels[c] if c in self.claimed else level for c, level in offered.items()}

    def _points(self, stage: str, after: Mapping[str, int], before: Mapping[str, int]) -> int:
        """Weight x levels of the stage's that `after` has and `before` has not."""
        weights, targets = self.framework.weights, self.framework.targets[stage]
        return sum(weights[c] * max(0, min(after[c], t) - min(before[c], t)) for c, t in targets.items())

    def _meets(self, rule: RoleRule) -> tuple[Milestone, ...]:
        # Laid before all time, the two years overlap with nothing and let nothing else grow older.
        years = Role(rule.name, rule.id, date.min, add_months(date.min, MONTHS))
        met = self._met(replace(self.profile, roles=(*self.profile.roles, years))) & self.open
        return tuple(m for m in self.framework.milestones if m.id in met)

    def _met(self, profile: Profile) -> frozenset[str]:
        statuses = milestone_statuses(self.framework, profile, self.as_of)
        return frozenset(s.milestone.id for s in statuses if s.met)


def _highest_taught(framework: Framework) -> dict[str, int]:
    """Competency -> the highest level that an active resource reaches."""
    highest = dict.fromkeys(framework.competency, 0)
    for course in framework.courses:
        for c, level in course.reaches:
            highest[c] = max(highest[c], level)
    return highest
