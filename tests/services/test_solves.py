"""Questions to the solver: asked once, bounded in number, taken up again after a worker was stopped."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta
from fractions import Fraction

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tracker import clock
from tracker.engine.plan import Ask, Mode
from tracker.models import Solve
from tracker.plan_form import Question, plan_from_json
from tracker.queries.frameworks import framework_of, published_release
from tracker.services import solves
from tracker.services.people import person_ensure
from tracker.services.solves import TooManySolvesError, solve_ask
from tracker.solve_process import SolveError

pytestmark = pytest.mark.django_db


def ask(user: User, hours: int = 10) -> Solve:
    release = published_release(person_ensure(user=user).framework)
    levels = dict.fromkeys(framework_of(release).competency, 0)
    question = Question(Ask("foundation", Mode.MOST, hours=Fraction(hours)), levels)
    return solve_ask(user=user, release_id=release, question=question)


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> list[Callable[[], None]]:
    """The work that was begun, to be done when the test says so."""
    works: list[Callable[[], None]] = []
    monkeypatch.setattr(solves, "in_background", works.append)
    return works


def test_a_question_is_solved_beside_the_request(user: User, begun: list[Callable[[], None]]) -> None:
    assert ask(user).status == Solve.Status.SOLVING
    begun[0]()
    row = ask(user)
    assert row.status == Solve.Status.DONE
    plan = plan_from_json(framework_of(row.release_id), row.question, row.answer)
    assert plan.is_proven and 0 < plan.hours <= 10


def test_the_same_question_is_answered_from_what_was_stored(user: User, begun: list[Callable[[], None]]) -> None:
    first = ask(user)
    begun[0]()
    assert ask(user).pk == first.pk and len(begun) == 1


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
@pytest.mark.usefixtures("begun")
def test_counting_what_runs_holds_up_nobody_who_refers_to_the_framework(user: User) -> None:
    with CaptureQueriesContext(connection) as asked:
        ask(user)
    locks = [query["sql"] for query in asked if "FOR NO KEY UPDATE" in query["sql"]]
    assert locks and "FOR UPDATE" not in "".join(query["sql"] for query in asked if "framework" in query["sql"])


def test_another_question_waits_for_the_first_and_is_next(user: User, begun: list[Callable[[], None]]) -> None:
    ask(user)
    assert ask(user, hours=20).status == Solve.Status.WAITING
    begun[0]()
    assert len(begun) == 2
    begun[1]()
    assert ask(user, hours=20).status == Solve.Status.DONE


def test_no_more_at_once_than_the_machine_has_room_for(
    user: User, other_user: User, begun: list[Callable[[], None]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    ask(user)
    assert ask(other_user).status == Solve.Status.WAITING
    monkeypatch.setattr(os, "cpu_count", lambda: 3)
    assert ask(other_user).status == Solve.Status.SOLVING


def test_what_a_stopped_worker_left_behind_is_begun_again(user: User, begun: list[Callable[[], None]]) -> None:
    row = ask(user)
    Solve.objects.filter(pk=row.pk).update(started_at=clock.now() - timedelta(minutes=5))
    ask(user)
    assert len(begun) == 2


@pytest.mark.parametrize("error", [SolveError("killed"), RuntimeError("nobody thought of this")])
def test_a_failure_is_said_and_tried_again_after_some_minutes(
    user: User, begun: list[Callable[[], None]], monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fail(*args: object, **options: object) -> None:
        raise error

    monkeypatch.setattr(solves, "answer_of", fail)
    row = ask(user)
    begun[0]()
    assert ask(user).status == Solve.Status.FAILED and len(begun) == 1
    Solve.objects.filter(pk=row.pk).update(finished_at=clock.now() - timedelta(minutes=6))
    assert ask(user).status == Solve.Status.SOLVING


def test_the_number_in_an_hour_is_bounded(
    user: User, begun: list[Callable[[], None]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(solves, "MOST_AN_HOUR", 2)
    ask(user, 1), ask(user, 2)
    with pytest.raises(TooManySolvesError, match="2 different plans"):
        ask(user, 3)
    ask(user, 2)
    Solve.objects.update(requested_at=clock.now() - timedelta(hours=2))
    ask(user, 3)


def test_old_answers_make_room(user: User, begun: list[Callable[[], None]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(solves, "MOST_KEPT", 2)
    for hours in (1, 2, 3):
        ask(user, hours)
        begun[-1]()
    assert Solve.objects.filter(user=user).count() == 2
