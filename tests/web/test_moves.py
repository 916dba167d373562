"""The part of the plan page that shows next roles beside courses."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.template.loader import render_to_string

from tracker.models import Role
from tracker.queries.moves import MovesList, levels_after_move, read_moves
from tracker.queries.person import Person, read_person
from tracker.services.items import item_save
from tracker.services.ledger import ensure_state
from tracker.services.people import person_ensure

pytestmark = pytest.mark.django_db


def person(user: User) -> Person:
    preferences = person_ensure(user=user)
    return read_person(user, preferences, ensure_state(user, preferences))


def html(moves: MovesList) -> str:
    return " ".join(render_to_string("plan/_moves.html", {"moves": moves}).split())


def best_of(user: User, stage: str = "lead") -> MovesList:
    return read_moves(person(user), stage)


def test_each_role_says_what_it_closes_what_it_offers_and_which_milestones_it_meets(user: User) -> None:
    moves = best_of(user)
    text = html(moves)
    first = moves.best[0]
    assert f"Two years as {first.rule.name}" in text
    assert f"Closes {first.gain * 100:.0f} points in {len(first.closes)} skills." in text
    assert "points if you then confirmed all that it offers" in text
    assert "Milestones it meets:" in text
    assert text.count("<details") == len(moves.best) + len(moves.others) + 1


def test_the_best_stand_first_and_the_rest_is_one_click_away(user: User) -> None:
    moves = best_of(user)
    gains = [m.gain for m in (*moves.best, *moves.others)]
    assert len(moves.best) == 4
    assert gains == sorted(gains, reverse=True)


def test_a_role_that_is_held_goes_on(user: User) -> None:
    item_save(user=user, row=Role(user=user, title="ML engineer", start="2026-01", rule="ml-engineer"))
    assert "Two more years as Machine Learning Engineer" in html(best_of(user))


def test_no_course_can_is_said_only_where_no_resource_reaches_the_levels(user: User) -> None:
    moves = best_of(user)  # the shipped catalogue with its practice tasks reaches every target
    assert not any(m.untaught for m in (*moves.best, *moves.others))
    assert "no resource in the catalogue can" not in html(moves)


def test_where_no_role_adds_anything_that_is_said(user: User) -> None:
    who = person(user)
    nothing = MovesList(who.framework, who.framework.stage["entry"], (), ())
    assert "No next role adds to Entry level." in html(nothing)


def test_a_plan_can_start_from_the_levels_after_the_move(user: User) -> None:
    who = person(user)
    after = levels_after_move(who, "ml-engineer")
    move = next(m for m in read_moves(who, "architect").best if m.rule.id == "ml-engineer")
    assert {c.competency: c.reached for c in move.closes} == {c: after[c] for c in after if after[c]}
    with pytest.raises(KeyError):
        levels_after_move(who, "astronaut")


def test_the_moves_take_the_reads_of_one_profile(user: User, django_assert_max_num_queries: object) -> None:
    who = person(user)
    with django_assert_max_num_queries(9):  # type: ignore[operator]
        read_moves(who)
