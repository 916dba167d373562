"""A newcomer's first answers: a few lines of history, a card an area, a question a skill."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from django.db import models, transaction

from tracker import clock
from tracker.engine.framework import Framework
from tracker.engine.levels import Level
from tracker.engine.questions import card_claims
from tracker.models import Claim, Competency, Event, Preferences
from tracker.queries.frameworks import published_release, row_ids
from tracker.queries.person import Person
from tracker.services.claims import claim_set
from tracker.services.entities import values
from tracker.services.ledger import Change, Outcome, changing
from tracker.services.people import preferences_update

STEPS = 4  # what one brings, areas, questions, target
DONE = STEPS + 1


def step_pass(*, preferences: Preferences, step: int) -> None:
    """Remember that the step lies behind; going back to an earlier one takes nothing away."""
    if step >= preferences.start_step:
        preferences_update(preferences=preferences, start_step=step + 1)


def history_add(*, user: Any, rows: Sequence[models.Model], title: str) -> Outcome | None:
    """Save the degrees and roles typed at the start as one act."""
    with changing(user, kind=Event.Kind.START, title=title) as change:
        for row in rows:
            change.save(row)
    return change.outcome


@transaction.atomic
def cards_set(*, person: Person, cards: Mapping[str, str | None]) -> Outcome | None:
    """Claim what the cards say, area by area; None is a card skipped, which claims nothing.

    Only what no single answer speaks of is touched: claims that a card made before, and competencies without a claim.
    """
    preferences = person.preferences
    answered = {area: stage for area, stage in cards.items() if stage is not None}
    title = f"Started: {len(answered)} areas" if len(answered) != 1 else "Started: 1 area"
    ids = row_ids(published_release(preferences), "competency")
    with changing(person.user, kind=Event.Kind.START, title=title, effective_on=person.today) as change:
        rows = _claims(person.user)
        for area in cards:
            if area in change.framework.area:
                _card_set(change, person, rows, ids, area, answered.get(area))
    preferences_update(preferences=preferences, cards=answered)
    return change.outcome


def _card_set(
    change: Change, person: Person, rows: Mapping[str, Claim], ids: Mapping[str, int], area: str, stage: str | None
) -> None:
    wanted, user = _wanted(change.framework, area, stage, change.present.levels), cast(Any, person.user)
    for competency in change.framework.by_area[area]:
        row, level = rows.get(competency.id), wanted.get(competency.id)
        if row and row.origin != Claim.Origin.CARD:
            continue
        if row and level is None:
            change.delete(row)
        elif level is not None and not (row and row.level == level):
            about = Competency(id=ids[competency.id], key=competency.id, name=competency.name)
            was = values(row) if row else None
            row = row or Claim(user=user, competency=about, origin=Claim.Origin.CARD)
            row.level, row.on, row.logged_at = level, change.today, clock.now()
            change.save(row, was=was)


def _wanted(framework: Framework, area: str, stage: str | None, levels: Mapping[str, Level]) -> dict[str, int]:
    return {} if stage is None else card_claims(framework, area, stage, levels)


def _claims(user: Any) -> dict[str, Claim]:
    return {row.competency.key: row for row in Claim.objects.select_related("competency").filter(user=user)}


def question_answer(*, user: Any, competency: str, level: int) -> Outcome | None:
    """Claim the level of the last deed that is true of the person; it replaces what a card said."""
    return claim_set(user=user, competency=competency, level=level, origin=Claim.Origin.QUESTION)
