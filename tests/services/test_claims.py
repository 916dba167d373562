"""Ticking levels: what a claim says, what it replaces, and when it says nothing new."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from tracker import clock
from tracker.models import Activity, Claim, Event
from tracker.services.claims import claim_annotate, claim_confirm_fresh, claim_remove, claim_set, claims_set
from tracker.services.items import item_save

pytestmark = pytest.mark.django_db

PYTHON, SQL = "cs.python", "cs.sql"
NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


def project(user: User, competency: str, level: int, on: str = "") -> Activity:
    """A project that showed a level."""
    return Activity(user=user, kind="project", title="A project", on=on, levels={competency: level})


def claim_of(user: User, competency: str = PYTHON) -> Claim:
    return Claim.objects.get(user=user, competency__key=competency)


def test_a_tick_sets_the_level_and_leaves_one_event(user: User) -> None:
    outcome = claim_set(user=user, competency=PYTHON, level=3)
    assert outcome is not None
    assert outcome.levels_changed[PYTHON] == (0, 3)
    assert outcome.event.title == "Python programming: level 3"
    assert outcome.readiness_gained("foundation") > 0
    assert Event.objects.for_user(user).count() == 1


def test_a_claim_is_dated_by_the_persons_own_day(user: User) -> None:
    with clock.at(datetime(2026, 5, 4, 23, 30, tzinfo=UTC)):
        claim_set(user=user, competency=PYTHON, level=3)
    assert claim_of(user).on.isoformat() == "2026-05-04"


def test_a_second_tick_replaces_the_first(user: User) -> None:
    claim_set(user=user, competency=PYTHON, level=3)
    outcome = claim_set(user=user, competency=PYTHON, level=1)
    assert outcome is not None and outcome.levels_changed[PYTHON] == (3, 1)
    assert Claim.objects.filter(user=user).count() == 1


def test_a_claim_of_none_is_a_claim(user: User) -> None:
    item_save(user=user, row=project(user, PYTHON, 3, "2020"))
    outcome = claim_set(user=user, competency=PYTHON, level=0)
    assert outcome is not None
    level = outcome.after.levels[PYTHON]
    assert (level.level, level.claim, level.evidenced, level.backed) == (0, 0, 3, 0)


def test_saying_the_same_again_is_no_event(user: User) -> None:
    claim_set(user=user, competency=PYTHON, level=3)
    assert claim_set(user=user, competency=PYTHON, level=3) is None
    assert Event.objects.for_user(user).count() == 1


def test_saying_the_same_on_a_later_day_renews_the_claim(user: User) -> None:
    with clock.at(NOON):
        claim_set(user=user, competency=PYTHON, level=3)
    with clock.at(NOON + timedelta(days=40)):
        assert claim_set(user=user, competency=PYTHON, level=3) is not None
    assert claim_of(user).on.isoformat() == "2026-06-13"


def test_the_same_tick_counts_anew_once_newer_evidence_has_raised_the_level(user: User) -> None:
    with clock.at(NOON):
        claim_set(user=user, competency=PYTHON, level=2)
    with clock.at(NOON + timedelta(minutes=1)):
        row = project(user, PYTHON, 4, "2026-05-04")
        row.logged_at = clock.now()
        raised = item_save(user=user, row=row)
    with clock.at(NOON + timedelta(minutes=2)):
        lowered = claim_set(user=user, competency=PYTHON, level=2)
    assert raised is not None and raised.levels_changed[PYTHON] == (2, 4)
    assert lowered is not None and lowered.levels_changed[PYTHON] == (4, 2)


def test_many_levels_are_one_act_with_one_event(user: User) -> None:
    outcome = claims_set(user=user, levels={PYTHON: 3, SQL: 2}, key="cs", title="Programming: two levels")
    assert outcome is not None
    assert set(outcome.event.after) == {f"claim:{PYTHON}", f"claim:{SQL}"}
    assert (outcome.event.title, outcome.event.key) == ("Programming: two levels", "cs")
    assert Event.objects.for_user(user).count() == 1


def test_of_many_levels_only_what_says_something_new_is_written(user: User) -> None:
    claim_set(user=user, competency=PYTHON, level=3)
    outcome = claims_set(user=user, levels={PYTHON: 3, SQL: 2})
    assert outcome is not None and set(outcome.event.after) == {f"claim:{SQL}"}


def test_what_a_claim_implies_counts_for_the_level_and_not_as_backed(user: User) -> None:
    outcome = claim_set(user=user, competency="ml.supervised", level=4)
    assert outcome is not None
    implied = [c for c in outcome.levels_changed if c != "ml.supervised"]
    assert implied
    assert all(outcome.after.levels[c].backed == 0 for c in implied)


def test_a_confirmed_offer_never_lowers_the_persons_own_claim(user: User) -> None:
    claim_set(user=user, competency=PYTHON, level=4)
    assert claims_set(user=user, levels={PYTHON: 3}, origin=Claim.Origin.OFFER) is None
    assert claim_of(user).level == 4


def test_a_confirmed_offer_stands_below_later_evidence_and_is_replaced_by_a_tick(user: User) -> None:
    claims_set(user=user, levels={PYTHON: 2}, origin=Claim.Origin.OFFER)
    raised = item_save(user=user, row=project(user, PYTHON, 3, "2019"))
    assert raised is not None and raised.after.levels[PYTHON].level == 3
    ticked = claim_set(user=user, competency=PYTHON, level=1)
    assert ticked is not None and ticked.after.levels[PYTHON].level == 1


def test_a_claim_taken_back_leaves_the_level_to_the_evidence(user: User) -> None:
    item_save(user=user, row=project(user, PYTHON, 3, "2020"))
    claim_set(user=user, competency=PYTHON, level=1)
    outcome = claim_remove(user=user, competency=PYTHON)
    assert outcome is not None and outcome.levels_changed[PYTHON] == (1, 3)
    assert claim_remove(user=user, competency=PYTHON) is None


def test_a_level_that_still_holds_is_dated_today(user: User) -> None:
    with clock.at(NOON):
        claim_set(user=user, competency=PYTHON, level=3, note="two services")
    with clock.at(NOON + timedelta(days=90)):
        assert claim_confirm_fresh(user=user, competency=PYTHON) is not None
        assert claim_confirm_fresh(user=user, competency=PYTHON) is None
    claim = claim_of(user)
    assert (claim.level, claim.on.isoformat(), claim.note) == (3, "2026-08-02", "two services")


def test_a_note_leaves_level_and_date_as_they_are(user: User) -> None:
    with clock.at(NOON):
        claim_set(user=user, competency=PYTHON, level=3)
    outcome = claim_annotate(user=user, competency=PYTHON, note="two services", link="https://example.org/code")
    claim = claim_of(user)
    assert outcome is not None and not outcome.levels_changed
    assert (claim.level, claim.on.isoformat(), claim.note) == (3, "2026-05-04", "two services")


def test_a_note_without_a_claim_stands_on_the_level_of_now(user: User) -> None:
    item_save(user=user, row=project(user, PYTHON, 3, "2020"))
    claim_annotate(user=user, competency=PYTHON, note="see the repository", link="")
    assert claim_of(user).level == 3


@pytest.mark.parametrize("level", [-1, 6, 99])
def test_a_level_outside_0_to_5_is_refused_and_nothing_is_written(user: User, level: int) -> None:
    with pytest.raises(ValidationError):
        claims_set(user=user, levels={SQL: 2, PYTHON: level})
    assert not Claim.objects.filter(user=user).exists()
    assert not Event.objects.for_user(user).exists()


def test_a_competency_that_the_model_does_not_have_is_a_key_error(user: User) -> None:
    with pytest.raises(KeyError):
        claim_set(user=user, competency="cs.nothing", level=2)
