"""The level of a person in every competency, with its reasons. ENGINE.md, "Level of a user"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from tracker.engine.dates import add_months
from tracker.engine.evidence import CLOSURE_OF_CLAIM, CLOSURE_OF_EVIDENCE, Evidence, collect, offers
from tracker.engine.framework import Basis, Competency, Framework
from tracker.engine.profile import Accept, Claim, Profile


@dataclass(frozen=True, slots=True)
class Level:
    """Where a person stands in one competency (levels 0-5).

    `claim` is None where nothing was claimed or confirmed. `evidence` is strongest first, closure entries last.
    `standing` is the strongest basis at or above the level, None: only claimed. `practice` is the highest level that
    something done stands behind. `newest` is the last day that any of it names.
    """

    competency: str
    level: int
    evidenced: int
    claim: int | None = None
    evidence: tuple[Evidence, ...] = ()
    standing: Basis | None = None
    practice: int = 0
    newest: date | None = None
    is_stale: bool = False

    @property
    def backed(self) -> int:
        """What someone else would believe."""
        return min(self.level, self.evidenced)


@dataclass(frozen=True, slots=True)
class _Implied:
    """A level that a prerequisite implies, and the competency that implies it."""

    level: int = 0
    by: str = ""


_NOTHING = _Implied()


class _Closure:
    """Levels implied down the prerequisites so far; complete for a competency once all that need it are settled."""

    def __init__(self, cap: int) -> None:
        self.cap = cap
        self.implied: dict[str, _Implied] = {}

    def at(self, competency: str) -> _Implied:
        return self.implied.get(competency, _NOTHING)

    def settle(self, competency: Competency, level: int) -> None:
        """Pass on what `level` in the competency implies of others."""
        for p in competency.prerequisites:
            implied = min(self.cap, p.level)
            known = self.at(p.needs)
            is_stronger = implied > known.level or (implied == known.level and competency.id < known.by)
            if p.for_level <= level and is_stronger:
                self.implied[p.needs] = _Implied(implied, competency.id)


@dataclass(frozen=True, slots=True)
class Grounds:
    """All that levels rest on: direct evidence, claims in force, confirmed offers; and whether inference counts.

    Kept with a person's state, so that a tick is settled again without reading the profile.
    """

    evidence: Mapping[str, tuple[Evidence, ...]]
    claims: Mapping[str, Claim]
    confirmed: Mapping[str, int]
    with_inferred: bool = True


def levels(
    framework: Framework, profile: Profile, *, as_of: date, accept: Accept = Accept.INFERRED
) -> dict[str, Level]:
    """Competency id -> level with its reasons, for every competency of the framework, in its order."""
    return settle(framework, grounds(framework, profile, as_of=as_of, accept=accept), as_of)


def grounds(framework: Framework, profile: Profile, *, as_of: date, accept: Accept = Accept.INFERRED) -> Grounds:
    """What the profile gives the levels to rest on, as of that day."""
    confirmed = dict(profile.confirmed)
    if accept is Accept.ALL:
        for competency, offer in offers(framework, profile, as_of).items():
            confirmed[competency] = max(offer.level, confirmed.get(competency, 0))
    return Grounds(
        evidence=collect(framework, profile, as_of, accept),
        claims={c: claim for c, claim in profile.claims.items() if claim.on is None or claim.on <= as_of},
        confirmed=confirmed,
        with_inferred=accept is not Accept.NONE,
    )


def settle(framework: Framework, grounds: Grounds, as_of: date) -> dict[str, Level]:
    """The levels that follow from the grounds: one pass from what needs to what is needed."""
    cap = framework.evidence.cap(Basis.INFERRED) if grounds.with_inferred else 0
    by_evidence, by_level = _Closure(cap), _Closure(cap)
    found: dict[str, Level] = {}
    for competency in framework.closing_order:
        claim = grounds.claims.get(competency.id)
        settled = _level(
            competency,
            grounds.evidence.get(competency.id, ()),
            claim,
            grounds.confirmed.get(competency.id, 0),
            by_evidence.at(competency.id),
            by_level.at(competency.id),
        )
        by_evidence.settle(competency, settled.evidenced)
        by_level.settle(competency, settled.level)
        found[competency.id] = _with_freshness(settled, competency, claim, as_of)
    return {c.id: found[c.id] for c in framework.competencies}


def _level(
    competency: Competency,
    direct: tuple[Evidence, ...],
    claim: Claim | None,
    confirmed: int,
    implied_by_evidence: _Implied,
    implied_by_level: _Implied,
) -> Level:
    strongest = direct[0].level if direct else 0
    evidenced = max(strongest, implied_by_evidence.level)
    entries = list(direct)
    if implied_by_evidence.level:
        entries.append(_closure_entry(competency, implied_by_evidence, CLOSURE_OF_EVIDENCE))
    if claim is not None:
        claimed: int | None = claim.level
        level = max(claim.level, max((e.level for e in direct if _is_newer(e, claim)), default=0))
    else:
        level = max(strongest, implied_by_level.level, confirmed)
        claimed = level if confirmed else None
        if implied_by_level.level > implied_by_evidence.level:
            entries.append(_closure_entry(competency, implied_by_level, CLOSURE_OF_CLAIM))
    return Level(
        competency=competency.id,
        level=level,
        evidenced=evidenced,
        claim=claimed,
        evidence=tuple(entries),
        standing=_standing(entries, level),
        practice=max((e.level for e in direct if e.is_practice), default=0),
    )


def _closure_entry(competency: Competency, implied: _Implied, rule: str) -> Evidence:
    return Evidence(competency.id, implied.by, rule, Basis.INFERRED, implied.level, implied.level)


def _is_newer(entry: Evidence, claim: Claim) -> bool:
    """Whether the evidence is dated after the claim; on the same day the later logged wins."""
    if claim.on is None or entry.on is None:
        return False
    return (entry.on, entry.logged) > (claim.on, claim.logged)


def _standing(entries: list[Evidence], level: int) -> Basis | None:
    behind = (e.basis for e in entries if e.level >= level and e.rule != CLOSURE_OF_CLAIM)
    return max(behind, default=None) if level else None


def _with_freshness(level: Level, competency: Competency, claim: Claim | None, as_of: date) -> Level:
    days = [e.until for e in level.evidence if e.until]
    if claim and claim.on:
        days.append(claim.on)
    newest = max(days, default=None)
    shelf_life = competency.shelf_life_months
    is_stale = bool(level.level and shelf_life and newest and add_months(newest, shelf_life) < as_of)
    return replace(level, newest=newest, is_stale=is_stale) if newest else level
