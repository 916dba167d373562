"""Which competencies to ask a newcomer about, and the claims that cards give. PRODUCT.md, "Start".

A card stands for a whole area ("here I am at stage such and such"); a question settles one competency by its level
statements. Three things speak of a competency before it is asked: its area's card, the evidence, and what roles offer.
Where they differ, the truth may lie anywhere between; where one alone speaks, a level to either side of it; where
nothing does, anywhere up to what the stage asks. A card that says "nothing yet" with nothing against it is believed.

Asked first is what would change the gap list most: weight x the levels up to the target that are in doubt.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from tracker.engine.evidence import Offer
from tracker.engine.framework import TOP_LEVEL, Competency, Framework
from tracker.engine.gaps import readiness
from tracker.engine.levels import Level

MOST_QUESTIONS = 13
NOTHING_YET = ""


@dataclass(frozen=True, slots=True)
class Question:
    """Ask where the person stands in `competency`: at least `low`, at most `high` by what is known.

    `swing`: weight x levels up to the target that the answer can move. `card` is the level that the area's card means,
    None where the card was skipped.
    """

    competency: Competency
    low: int
    high: int
    swing: int
    card: int | None = None


def card_claims(framework: Framework, area: str, stage: str, levels: Mapping[str, Level]) -> dict[str, int]:
    """The claims that a card gives: max(the stage's target, evidenced) for each competency of the area.

    `NOTHING_YET` claims 0 only where nothing is evidenced; elsewhere it claims nothing.
    """
    members = framework.by_area[area]
    if stage == NOTHING_YET:
        return {c.id: 0 for c in members if not levels[c.id].evidenced}
    return {c.id: max(framework.target(stage, c.id), levels[c.id].evidenced) for c in members}


def stage_in_question(framework: Framework, levels: Mapping[str, Level]) -> str:
    """The stage whose gap list matters to a newcomer: the first that the levels do not carry yet, the last if all are.

    Milestones are left aside: a missing certificate does not make an architect a beginner.
    """
    for stage in framework.stages:
        has_musts = all(levels[c].level >= framework.target(stage.id, c) for c in stage.musts)
        if not has_musts or not readiness(framework, levels, stage.id).passes(stage.pass_mark):
            return stage.id
    return framework.last_stage.id


def questions(
    framework: Framework,
    levels: Mapping[str, Level],
    offers: Mapping[str, Offer],
    stage: str,
    *,
    cards: Mapping[str, str] | None = None,
    settled: Collection[str] = (),
    asked: int = 0,
) -> tuple[Question, ...]:
    """The competencies worth asking about for the stage, the weightiest doubt first.

    `cards`: area -> stage tapped (`NOTHING_YET` included). `settled`: competencies that a single answer speaks of.
    `asked`: how many questions were asked already; with them there are never more than 13.
    """
    tapped = cards or {}
    found = (
        _question(framework, c, levels[c.id], offers.get(c.id), stage, tapped.get(c.area))
        for c in framework.competencies
        if c.id not in settled
    )
    worth_it = sorted((q for q in found if q.swing), key=lambda q: (-q.swing, q.competency.id))
    return tuple(worth_it[: max(0, MOST_QUESTIONS - asked)])


def _question(
    framework: Framework, competency: Competency, level: Level, offer: Offer | None, stage: str, tapped: str | None
) -> Question:
    card = _card_level(framework, competency, tapped)
    target = framework.target(stage, competency.id)
    said = {value for value in (card, level.evidenced or None, offer.level if offer else None) if value is not None}
    if not said:
        low, high = 0, target
    elif said == {0}:
        low, high = 0, 0
    elif len(said) == 1:
        (only,) = said
        low, high = max(0, only - 1), min(TOP_LEVEL, only + 1)
    else:
        low, high = min(said), max(said)
    swing = competency.weight * max(0, min(high, target) - min(low, target))
    return Question(competency, low, high, swing, card)


def _card_level(framework: Framework, competency: Competency, tapped: str | None) -> int | None:
    if tapped is None:
        return None
    return framework.target(tapped, competency.id) if tapped in framework.stage else 0
