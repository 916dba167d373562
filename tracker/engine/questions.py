"""Which competencies to ask a newcomer about, and the claims that the answers give. PRODUCT.md, "Start".

A card stands for a whole area ("here I am at stage such and such"); a question settles one competency by its level
statements. Asked first is what can move the gap list most: weight x the levels up to the target that card, evidence
and offers leave open.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from tracker.engine.evidence import Offer
from tracker.engine.framework import Competency, Framework
from tracker.engine.levels import Level

MOST_QUESTIONS = 13
NOTHING_YET = ""


@dataclass(frozen=True, slots=True)
class Question:
    """Ask where the person stands in `competency`: at least `low`, at most `high` by what is known."""

    competency: Competency
    low: int
    high: int
    swing: int  # weight x levels up to the target that the answer can move


def card_claims(framework: Framework, area: str, stage: str, levels: Mapping[str, Level]) -> dict[str, int]:
    """The claims that a card gives: max(the stage's target, evidenced) for each competency of the area.

    `NOTHING_YET` claims 0 only where nothing is evidenced; elsewhere it claims nothing.
    """
    members = framework.by_area[area]
    if stage == NOTHING_YET:
        return {c.id: 0 for c in members if not levels[c.id].evidenced}
    return {c.id: max(framework.target(stage, c.id), levels[c.id].evidenced) for c in members}


def questions(
    framework: Framework,
    levels: Mapping[str, Level],
    offers: Mapping[str, Offer],
    stage: str,
    *,
    answered: Collection[str] = (),
) -> tuple[Question, ...]:
    """The competencies worth asking about, the weightiest doubt first, at most 13 in all with those answered."""
    asked = (
        _question(framework, c, levels[c.id], offers.get(c.id), stage)
        for c in framework.competencies
        if c.id not in answered
    )
    worth_it = sorted((q for q in asked if q.swing), key=lambda q: (-q.swing, q.competency.id))
    return tuple(worth_it[: max(0, MOST_QUESTIONS - len(answered))])


def _question(framework: Framework, competency: Competency, level: Level, offer: Offer | None, stage: str) -> Question:
    """A card and evidence that agree still leave one level of doubt upward: nobody looked at the statements yet."""
    said = level.claim if level.claim is not None else level.level
    known = (said, level.evidenced, offer.level if offer else 0)
    low = min(said, level.evidenced)
    high = max(known) if max(known) > low else min(low + 1, max(competency.levels, default=low))
    target = framework.target(stage, competency.id)
    swing = competency.weight * max(0, min(high, target) - min(low, target))
    return Question(competency, low, high, swing)
