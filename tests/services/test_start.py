"""What cards and questions claim, and what may replace what."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from tracker.models import Claim, Event
from tracker.queries.person import Person, read_person
from tracker.services.claims import claim_set, claims_set
from tracker.services.history import event_undo
from tracker.services.ledger import ensure_state
from tracker.services.people import person_ensure
from tracker.services.start import cards_set, question_answer, step_pass

pytestmark = pytest.mark.django_db


def person_of(user: User) -> Person:
    preferences = person_ensure(user=user)
    return read_person(user, preferences, ensure_state(user, preferences))


def cards(user: User, **tapped: str | None) -> None:
    cards_set(person=person_of(user), cards=tapped)


def level(user: User, competency: str) -> int:
    return person_of(user).snapshot.levels[competency].level


def test_cards_are_remembered_with_what_was_tapped(user: User) -> None:
    cards(user, cs="entry", math="", gov=None)
    assert person_ensure(user=user).cards == {"cs": "entry", "math": ""}


def test_cards_can_be_undone_in_one_go(user: User) -> None:
    cards(user, cs="lead", math="lead")
    event_undo(user=user, event=Event.objects.get(user=user))
    assert not Claim.objects.filter(user=user).exists()


def test_an_answer_to_a_question_replaces_the_card_and_outlives_it(user: User) -> None:
    cards(user, cs="lead")
    question_answer(user=user, competency="cs.python", level=2)
    assert level(user, "cs.python") == 2
    cards(user, cs="architect")
    assert level(user, "cs.python") == 2


@pytest.mark.parametrize("origin", ["tick", "question", "offer", "import"])
def test_a_card_touches_no_claim_of_another_origin(user: User, origin: str) -> None:
    claims_set(user=user, levels={"cs.python": 1}, origin=origin)
    cards(user, cs="lead")
    kept = Claim.objects.get(user=user, competency__key="cs.python")
    assert (kept.level, kept.origin) == (1, origin)


def test_a_tick_makes_a_card_s_claim_the_person_s_own(user: User) -> None:
    cards(user, cs="lead")
    claim_set(user=user, competency="cs.python", level=4)
    assert Claim.objects.get(user=user, competency__key="cs.python").origin == Claim.Origin.TICK


def test_an_area_that_is_not_there_is_left_alone(user: User) -> None:
    cards(user, nowhere="lead")
    assert not Claim.objects.filter(user=user).exists()


def test_passing_a_step_twice_counts_once(user: User) -> None:
    preferences = person_ensure(user=user)
    for step in (1, 1, 2, 1):
        step_pass(preferences=preferences, step=step)
    assert person_ensure(user=user).start_step == 3
