"""A person's own hours, price and address of a resource: kept, undone, taken back; for plans and nothing else."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from django.contrib.auth.models import User

from tracker.interchange.shipped import shipped_framework
from tracker.models import Event, Resource, ResourceOverride
from tracker.plan_form import Figures
from tracker.queries.own_figures import own_figures
from tracker.queries.person import Person, read_person
from tracker.services.history import event_undo
from tracker.services.ledger import ensure_state
from tracker.services.own_figures import figures_set, figures_take_back
from tracker.services.people import person_ensure

pytestmark = pytest.mark.django_db
COURSE = "r.google-mlcc"


def person_of(user: User) -> Person:
    preferences = person_ensure(user=user)
    return read_person(user, preferences, ensure_state(user, preferences))


@pytest.fixture
def resource() -> Resource:
    return Resource.objects.get(key=COURSE)


def test_they_are_one_event_and_change_no_level_and_no_readiness(user: User, resource: Resource) -> None:
    outcome = figures_set(user=user, resource=resource, hours=Decimal(40), cost=Decimal("9.90"))
    assert outcome is not None
    assert outcome.event.title == "Your own figures of Machine Learning Crash Course: 40 h, $9.90"
    assert (outcome.levels_changed, outcome.readiness_gained("lead")) == ({}, 0)


def test_the_same_again_is_no_event(user: User, resource: Resource) -> None:
    figures_set(user=user, resource=resource, hours=Decimal(40))
    assert figures_set(user=user, resource=resource, hours=Decimal("40.0")) is None
    assert Event.objects.for_user(user).count() == 1


def test_a_change_can_be_undone(user: User, resource: Resource) -> None:
    figures_set(user=user, resource=resource, hours=Decimal(40))
    outcome = figures_set(user=user, resource=resource, hours=Decimal(50), url="https://example.org/")
    assert outcome is not None
    event_undo(user=user, event=outcome.event)
    row = ResourceOverride.objects.get(user=user)
    assert (row.hours, row.url) == (40, "")


@pytest.mark.parametrize("empties", [True, False])
def test_taken_back_it_is_as_the_catalogue_has_it_and_can_come_again(
    user: User, resource: Resource, empties: bool
) -> None:
    figures_set(user=user, resource=resource, hours=Decimal(40))
    take_back = figures_set if empties else figures_take_back
    outcome = take_back(user=user, resource=resource)
    assert outcome is not None and own_figures(person_of(user)) == {}
    assert take_back(user=user, resource=resource) is None
    event_undo(user=user, event=outcome.event)
    assert own_figures(person_of(user))[COURSE].hours == 40


def test_plans_get_the_own_figure_and_the_catalogues_for_the_rest(user: User, resource: Resource) -> None:
    catalogue = shipped_framework().resource[COURSE]
    figures_set(user=user, resource=resource, cost=Decimal("9.90"))
    assert own_figures(person_of(user)) == {COURSE: Figures(catalogue.hours, Fraction("9.9"))}
    figures_set(user=user, resource=resource, hours=Decimal("12.5"))
    assert own_figures(person_of(user)) == {COURSE: Figures(Fraction("12.5"), catalogue.cost)}


def test_an_address_alone_changes_no_plan(user: User, resource: Resource) -> None:
    figures_set(user=user, resource=resource, url="https://example.org/")
    assert own_figures(person_of(user)) == {}


def test_nobody_gets_the_figures_of_another(user: User, other_user: User, resource: Resource) -> None:
    figures_set(user=other_user, resource=resource, hours=Decimal(40))
    person_ensure(user=user)
    assert own_figures(person_of(user)) == {}


def test_it_is_one_read_however_many_there_are(user: User, django_assert_num_queries: Any) -> None:
    person_ensure(user=user)
    rows = Resource.objects.all()[:200]
    ResourceOverride.objects.bulk_create(ResourceOverride(user=user, resource=r, hours=Decimal(3)) for r in rows)
    person = person_of(user)
    with django_assert_num_queries(1):
        assert len(own_figures(person)) > 150
