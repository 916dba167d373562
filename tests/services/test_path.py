"""A person's word on milestones, marks on resources, competencies waived: each one event, and back again."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.contrib.auth.models import User

from tracker.models import Competency, Event, Milestone, MilestoneWord, Resource, ResourceMark, Waiver
from tracker.services.history import event_undo
from tracker.services.path import (
    competency_unwaive,
    competency_waive,
    milestone_word,
    resource_mark,
    resource_unmark,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def milestone() -> Milestone:
    return Milestone.objects.get(key="ms.cv")


@pytest.fixture
def resource() -> Resource:
    return Resource.objects.get(key="r.google-mlcc")


def test_a_word_meets_a_milestone_on_its_day(user: User, milestone: Milestone) -> None:
    outcome = milestone_word(user=user, milestone=milestone, met=True, on="2024-05")
    assert outcome is not None
    assert outcome.milestones_met == {"ms.cv"}
    assert str(outcome.event.effective_on) == "2024-05-01"


def test_the_same_word_again_is_no_event(user: User, milestone: Milestone) -> None:
    milestone_word(user=user, milestone=milestone, met=False)
    assert milestone_word(user=user, milestone=milestone, met=False) is None


def test_left_to_the_rules_the_word_is_gone_and_can_be_brought_back(user: User, milestone: Milestone) -> None:
    milestone_word(user=user, milestone=milestone, met=True)
    outcome = milestone_word(user=user, milestone=milestone, met=None)
    assert outcome is not None
    assert not MilestoneWord.objects.filter(user=user).exists()
    event_undo(user=user, event=outcome.event)
    assert MilestoneWord.objects.get(user=user).met is True


def test_left_to_the_rules_without_a_word_changes_nothing(user: User, milestone: Milestone) -> None:
    assert milestone_word(user=user, milestone=milestone, met=None) is None
    assert not Event.objects.filter(user=user).exists()


def test_a_finished_resource_raises_what_it_teaches(user: User, resource: Resource) -> None:
    outcome = resource_mark(user=user, resource=resource, status="finished", on="2026-01-05", hours=Decimal(15))
    assert outcome is not None
    assert outcome.levels_changed
    assert ResourceMark.objects.get(user=user).hours == 15


def test_a_mark_that_is_taken_back_takes_its_levels_along(user: User, resource: Resource) -> None:
    resource_mark(user=user, resource=resource, status="finished")
    outcome = resource_unmark(user=user, resource=resource)
    assert outcome is not None
    assert all(new == 0 for _, new in outcome.levels_changed.values())
    assert resource_unmark(user=user, resource=resource) is None


def test_finishing_what_was_started_keeps_what_was_said_before(user: User, resource: Resource) -> None:
    resource_mark(user=user, resource=resource, status="started", hours=Decimal(4), rating=5)
    resource_mark(user=user, resource=resource, status="finished")
    mark = ResourceMark.objects.get(user=user)
    assert (mark.status, mark.hours, mark.rating) == ("finished", 4, 5)


def test_a_waived_competency_stays_in_every_number(user: User) -> None:
    competency = Competency.objects.get(key="cs.python")
    outcome = competency_waive(user=user, competency=competency, reason="Not my language")
    assert outcome is not None
    assert outcome.readiness_gained("architect") == 0
    assert outcome.after.marks.waived == {"cs.python"}
    competency_unwaive(user=user, competency=competency)
    assert not Waiver.objects.filter(user=user).exists()
    assert competency_unwaive(user=user, competency=competency) is None
