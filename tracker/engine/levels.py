"""The level of a person in every competency, with its reasons. ENGINE.md, "Level of a user"."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
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
        if not level or not self.cap:
            return
        for p in competency.prerequisites:
            if p.for_level > level:
                continue
            implied = min(self.cap, p.level)
            known = self.at(p.needs)
            if implied > known.level or (implied == known.level and competency.id < known.by):
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
        claims=in_force(profile.claims, as_of),
        confirmed=confirmed,
        with_inferred=accept is not Accept.NONE,
    )


def in_force(claims: Mapping[str, Claim], as_of: date) -> dict[str, Claim]:
    """The claims that were made by that day."""
    return {c: claim for c, claim in claims.items() if claim.on is None or claim.on <= as_of}


def settle(framework: Framework, grounds: Grounds, as_of: date) -> dict[str, Level]:
    """The levels that follow from the grounds: one pass from what needs to what is needed."""
    cap = framework.evidence.cap(Basis.INFERRED) if grounds.with_inferred else 0
    by_evidence, by_level = _Closure(cap), _Closure(cap)
    found: dict[str, Level] = {}
    for competency in framework.closing_order:
        settled = _level(competency, grounds, by_evidence.at(competency.id), by_level.at(competency.id), as_of)
        by_evidence.settle(competency, settled.evidenced)
        by_level.settle(competency, settled.level)
        found[competency.id] = settled
    return {c: found[c] for c in framework.competency}


def settle_again(
    framework: Framework, grounds: Grounds, known: Mapping[str, Level], changed: Collection[str], as_of: date
) -> dict[str, Level]:
    """The same where only the grounds of `changed` are not those from which `known` was settled, on the same day.

    Only what changed is walked, and what it implies of others. What stayed keeps the evidence that `known` has of it.
    """
    found, ahead = dict(known), set(changed)
    for competency in framework.closing_order:
        if competency.id in ahead:
            before = found[competency.id]
            after = found[competency.id] = level_in(framework, grounds, found, competency.id, as_of)
            if (after.level, after.evidenced) != (before.level, before.evidenced):
                ahead.update(p.needs for p in competency.prerequisites)
    return found


def level_in(
    framework: Framework, grounds: Grounds, levels: Mapping[str, Level], competency: str, as_of: date
) -> Level:
    """The level in one competency with its reasons, where the levels of all that need it are settled."""
    cap = framework.evidence.cap(Basis.INFERRED) if grounds.with_inferred else 0
    by_evidence, by_level = _Closure(cap), _Closure(cap)
    for dependant in framework.dependants[competency]:
        by_evidence.settle(dependant, levels[dependant.id].evidenced)
        by_level.settle(dependant, levels[dependant.id].level)
    about = framework.competency[competency]
    return _level(about, grounds, by_evidence.at(competency), by_level.at(competency), as_of)


def _level(competency: Competency, grounds: Grounds, by_evidence: _Implied, by_level: _Implied, as_of: date) -> Level:
    """One level, from its grounds and from what evidence and levels elsewhere imply."""
    direct = grounds.evidence.get(competency.id, ())
    claim = grounds.claims.get(competency.id)
    confirmed = grounds.confirmed.get(competency.id, 0)
    strongest = direct[0].level if direct else 0
    if claim is not None:
        level = max([claim.level, *(e.level for e in direct if _is_newer(e, claim))])
        by_level = _NOTHING
    else:
        level = max(strongest, by_level.level, confirmed)
    if claim is None and not level and not by_evidence.level:
        return Level(competency.id, 0, 0)
    entries = (*direct, *_closure_entries(competency, by_evidence, by_level))
    newest = _newest(direct, claim)
    return Level(
        competency=competency.id,
        level=level,
        evidenced=max(strongest, by_evidence.level),
        claim=claim.level if claim is not None else level if confirmed else None,
        evidence=entries,
        standing=_standing(entries, level),
        practice=max([0, *(e.level for e in direct if e.is_practice)]),
        newest=newest,
        is_stale=_is_stale(competency, level, newest, as_of),
    )


def _closure_entries(competency: Competency, by_evidence: _Implied, by_level: _Implied) -> Iterator[Evidence]:
    """What evidence elsewhere implies and, where they imply more, what the levels do."""
    if by_evidence.level:
        yield _closure_entry(competency, by_evidence, CLOSURE_OF_EVIDENCE)
    if by_level.level > by_evidence.level:
        yield _closure_entry(competency, by_level, CLOSURE_OF_CLAIM)


def _closure_entry(competency: Competency, implied: _Implied, rule: str) -> Evidence:
    return Evidence(competency.id, implied.by, rule, Basis.INFERRED, implied.level, implied.level)


def _is_newer(entry: Evidence, claim: Claim) -> bool:
    """Whether the evidence is dated after the claim; on the same day the later logged wins."""
    if claim.on is None or entry.on is None:
        return False
    return (entry.on, entry.logged) > (claim.on, claim.logged)


def _standing(entries: tuple[Evidence, ...], level: int) -> Basis | None:
    if not level:
        return None
    return max((e.basis for e in entries if e.level >= level and e.rule != CLOSURE_OF_CLAIM), default=None)


def _newest(direct: tuple[Evidence, ...], claim: Claim | None) -> date | None:
    """The last day that the claim or the evidence names."""
    days = [e.until for e in direct if e.until]
    if claim and claim.on:
        days.append(claim.on)
    return max(days, default=None)


def _is_stale(competency: Competency, level: int, newest: date | None, as_of: date) -> bool:
    """Whether the newest claim or evidence behind the level is older than the competency's shelf life."""
    if not level or not newest or not competency.shelf_life_months:
        return False
    return add_months(newest, competency.shelf_life_months) < as_of
