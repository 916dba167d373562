"""Undo: puts back what was, as a further event; refuses where something has changed since."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import User

from tracker.models import Activity, Claim, Event, Framework, Milestone, Resource
from tracker.services.claims import claim_remove, claim_set, claims_set
from tracker.services.history import UndoError, event_undo
from tracker.services.items import item_remove, item_save
from tracker.services.ledger import Outcome
from tracker.services.path import milestone_word, resource_mark

pytestmark = pytest.mark.django_db

PYTHON, SQL = "cs.python", "cs.sql"


def done(outcome: Outcome | None) -> Event:
    assert outcome is not None
    return outcome.event


def levels(user: User) -> dict[str, int]:
    return dict(Claim.objects.filter(user=user).values_list("competency__key", "level"))


def test_undoing_the_first_tick_takes_the_claim_away(user: User) -> None:
    event = done(claim_set(user=user, competency=PYTHON, level=3))
    undone = event_undo(user=user, event=event)
    assert undone is not None
    assert undone.after.levels[PYTHON].level == 0
    assert (undone.event.undoes, undone.event.title) == (event, "Undid: Python programming: level 3")
    assert levels(user) == {}


def test_undoing_a_second_tick_brings_back_the_first(user: User) -> None:
    claim_set(user=user, competency=PYTHON, level=3, note="as before")
    before = Claim.objects.filter(user=user).values().get()
    event_undo(user=user, event=done(claim_set(user=user, competency=PYTHON, level=5)))
    assert Claim.objects.filter(user=user).values().get() == before


def test_a_bulk_act_is_undone_as_one(user: User) -> None:
    claim_set(user=user, competency=SQL, level=1)
    event = done(claims_set(user=user, levels={PYTHON: 4, SQL: 4, "math.statistics": 4}))
    event_undo(user=user, event=event)
    assert levels(user) == {SQL: 1}


def test_a_bulk_act_is_undone_in_a_constant_number_of_reads(user: User, django_assert_max_num_queries) -> None:
    keys = [c.key for c in Framework.objects.get().competency_set.all()[:30]]
    event = done(claims_set(user=user, levels=dict.fromkeys(keys, 2)))
    with django_assert_max_num_queries(10 + len(keys)):
        event_undo(user=user, event=event)


def test_an_undo_can_be_undone(user: User) -> None:
    event = done(claim_set(user=user, competency=PYTHON, level=3))
    undone = done(event_undo(user=user, event=event))
    again = done(event_undo(user=user, event=undone))
    assert levels(user) == {PYTHON: 3}
    assert again.title == "Again: Python programming: level 3"


def test_nothing_is_undone_twice(user: User) -> None:
    event = done(claim_set(user=user, competency=PYTHON, level=3))
    event_undo(user=user, event=event)
    with pytest.raises(UndoError, match="undone already"):
        event_undo(user=user, event=event)


def test_what_has_changed_since_is_named_and_left_alone(user: User) -> None:
    event = done(claims_set(user=user, levels={PYTHON: 3, SQL: 2}))
    claim_set(user=user, competency=PYTHON, level=4)
    with pytest.raises(UndoError, match="Python programming has changed since"):
        event_undo(user=user, event=event)
    assert levels(user) == {PYTHON: 4, SQL: 2}


def test_a_claim_gone_since_is_a_change_too(user: User) -> None:
    event = done(claim_set(user=user, competency=PYTHON, level=3))
    claim_remove(user=user, competency=PYTHON)
    with pytest.raises(UndoError, match="Python programming has changed since"):
        event_undo(user=user, event=event)


def test_nobody_undoes_what_another_did(user: User, other_user: User) -> None:
    event = done(claim_set(user=other_user, competency=PYTHON, level=3))
    with pytest.raises(PermissionError):
        event_undo(user=user, event=event)
    assert levels(other_user) == {PYTHON: 3}


def test_a_removed_item_comes_back_with_its_id(user: User) -> None:
    row = Activity(user=user, kind="project", title="A service", on="2025-03", hours=10, levels={PYTHON: 4})
    item_save(user=user, row=row)
    before = Activity.objects.filter(user=user).values().get()
    undone = event_undo(user=user, event=done(item_remove(user=user, row=row)))
    assert Activity.objects.filter(user=user).values().get() == before
    assert undone is not None and undone.after.levels[PYTHON].level == 4


def test_a_changed_item_goes_back_to_what_it_said(user: User) -> None:
    row = Activity(user=user, kind="project", title="A service", levels={PYTHON: 2})
    item_save(user=user, row=row)
    row.title, row.levels = "A platform", {PYTHON: 4}
    event_undo(user=user, event=done(item_save(user=user, row=row)))
    row.refresh_from_db()
    assert (row.title, row.levels) == ("A service", {PYTHON: 2})


def test_a_changed_item_is_named_when_it_can_no_longer_be_undone(user: User) -> None:
    row = Activity(user=user, kind="project", title="A service")
    event = done(item_save(user=user, row=row))
    row.title = "A platform"
    item_save(user=user, row=row)
    with pytest.raises(UndoError, match="A platform"):
        event_undo(user=user, event=event)


def test_a_finished_resource_and_a_milestones_word_are_undone_as_well(user: User) -> None:
    course = Resource.objects.get(key="r.google-mlcc")
    milestone = Milestone.objects.first()
    finished = done(resource_mark(user=user, resource=course, status="finished", on="2026-02", hours=None))
    said = done(milestone_word(user=user, milestone=milestone, met=True, on="2026"))
    event_undo(user=user, event=finished)
    undone = event_undo(user=user, event=said)
    assert undone is not None and undone.after.met == frozenset()
    assert not undone.after.marks.finished


def test_a_second_framework_with_the_same_keys_is_not_mixed_up(user: User) -> None:
    event = done(claim_set(user=user, competency=PYTHON, level=3))
    twin = Framework.objects.create(key="twin", title="Twin", version="1")
    area = twin.area_set.create(key="cs", name="Programming")
    twin.competency_set.create(key=PYTHON, name="Python", area=area, weight=1)
    undone = done(event_undo(user=user, event=event))
    event_undo(user=user, event=undone)
    assert levels(user) == {PYTHON: 3}


def test_what_has_changed_since_is_named_as_the_person_knows_it(user: User) -> None:
    course, degree = Resource.objects.get(key="r.google-mlcc"), Milestone.objects.get(key="ms.bachelor")
    firsts = {
        course.title: resource_mark(user=user, resource=course, status="started"),
        degree.name: milestone_word(user=user, milestone=degree, met=True),
    }
    resource_mark(user=user, resource=course, status="finished")
    milestone_word(user=user, milestone=degree, met=False)
    for name, first in firsts.items():
        assert first is not None
        with pytest.raises(UndoError, match=re.escape(f"{name} has changed since")):
            event_undo(user=user, event=first.event)
