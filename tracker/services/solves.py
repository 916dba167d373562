"""Questions to the solver: asked once, solved outside the web worker, kept by all that they depend on.

At most one solve a person and one less than the machine's cores in all; what waits is taken up by the next look at it
or when another solve ends. A page never waits: it shows the row as it stands and looks again.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from importlib.util import find_spec
from typing import Any

from django.conf import settings
from django.db import IntegrityError, connection, transaction

from tracker import clock
from tracker.engine.framework import Framework
from tracker.models import Framework as FrameworkRow
from tracker.models import Solve
from tracker.plan_form import Question, key_of, question_to_json
from tracker.queries.frameworks import framework_of
from tracker.solve_process import SECONDS_TO_START_AND_END, SolveError, answer_of

MOST_AN_HOUR = 60
MOST_KEPT = 120
MOST_TRIED = 10  # of those that wait, when one has ended
FAILED_FOR = timedelta(minutes=5)  # so long a failed question is not tried again
UNPROVEN_FOR = timedelta(days=1)  # so long an answer stands that was cut short by the clock
_WAITING, _SOLVING = Solve.Status.WAITING, Solve.Status.SOLVING

logger = logging.getLogger(__name__)


class TooManySolvesError(Exception):
    """The person has asked for as many solves as an hour allows; the message is for the person."""


def solve_ask(*, user: Any, release_id: int, question: Question) -> Solve:
    """The question's row: solved already, or on its way. Raises TooManySolvesError beyond the number an hour allows."""
    asked = question_to_json(framework_of(release_id), question)
    key = key_of({**asked, "solver": find_spec("highspy") is not None, "seconds": settings.PLAN_SECONDS})
    row = Solve.objects.filter(user=user, key=key).first() or _new(user, release_id, key, asked)
    if _is_to_start(row):
        _start(row)
        row.refresh_from_db()
    return row


def _new(user: Any, release_id: int, key: str, question: dict[str, Any]) -> Solve:
    _check_number(user)
    try:
        with transaction.atomic():
            row = Solve.objects.create(user=user, release_id=release_id, key=key, question=question)
    except IntegrityError:  # asked at the same moment by another request
        return Solve.objects.get(user=user, key=key)
    kept = Solve.objects.filter(user=user).order_by("-requested_at", "-id").values_list("id", flat=True)[:MOST_KEPT]
    Solve.objects.filter(user=user).exclude(id__in=list(kept)).exclude(status=_SOLVING).delete()
    return row


def _check_number(user: Any) -> None:
    hour_ago = clock.now() - timedelta(hours=1)
    if Solve.objects.filter(user=user, requested_at__gt=hour_ago).count() >= MOST_AN_HOUR:
        raise TooManySolvesError(
            f"{MOST_AN_HOUR} different plans were asked for within an hour; earlier ones can still be looked at."
        )


def _is_to_start(row: Solve) -> bool:
    """Waiting, failed a while ago, or left behind by a worker that was stopped."""
    if row.status == Solve.Status.DONE:
        is_old = row.finished_at is not None and clock.now() - row.finished_at > UNPROVEN_FOR
        return is_old and row.answer is not None and not row.answer["is_proven"]
    if row.status == _WAITING:
        return True
    since = row.finished_at or row.started_at or row.requested_at
    return clock.now() - since > (FAILED_FOR if row.status == Solve.Status.FAILED else _longest())


def _longest() -> timedelta:
    return timedelta(seconds=settings.PLAN_SECONDS + 2 * SECONDS_TO_START_AND_END)


def _start(row: Solve) -> None:
    """Begin to solve, if the person and the machine have room for it."""
    now = clock.now()
    with transaction.atomic():
        # One request at a time counts what is running; rows that refer to a framework are written meanwhile.
        list(FrameworkRow.objects.select_for_update(no_key=True).order_by("id"))
        if not _has_room(row.user_id, now):
            return
        begun = Solve.objects.filter(pk=row.pk, status=row.status, started_at=row.started_at)
        if not begun.update(status=_SOLVING, started_at=now, finished_at=None):
            return
    framework = framework_of(row.release_id)
    in_background(lambda: _solve(row.pk, now, framework, row.question))


def _has_room(user_id: int, now: datetime) -> bool:
    running = list(
        Solve.objects.filter(status=_SOLVING, started_at__gt=now - _longest()).values_list("user_id", flat=True)
    )
    return user_id not in running and len(running) < max(1, (os.cpu_count() or 1) - 1)


def in_background(work: Callable[[], None]) -> None:
    """Do the work in a thread of this worker, which only waits for the solver's process."""
    threading.Thread(target=_closing_connection, args=(work,), daemon=True).start()


def _closing_connection(work: Callable[[], None]) -> None:
    try:
        work()
    finally:
        connection.close()


def _solve(pk: int, started_at: datetime, framework: Framework, question: dict[str, Any]) -> None:
    try:
        answer = answer_of(framework, question, time_limit=settings.PLAN_SECONDS)
    except Exception as error:  # whatever it was: the question must not look as if it were still under way
        logger.error("A plan could not be solved: %s", error, exc_info=not isinstance(error, SolveError))
        _finish(pk, started_at, status=Solve.Status.FAILED)
    else:
        _finish(pk, started_at, status=Solve.Status.DONE, answer=answer)
    _start_next()


def _finish(pk: int, started_at: datetime, **fields: Any) -> None:
    """What was begun anew meanwhile is left to the later one."""
    Solve.objects.filter(pk=pk, started_at=started_at).update(finished_at=clock.now(), **fields)


def _start_next() -> None:
    """What has waited longest is next."""
    for row in Solve.objects.filter(status=_WAITING).order_by("requested_at", "id")[:MOST_TRIED]:
        _start(row)
