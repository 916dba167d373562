"""Solved questions without a solver's process: for tests of what is done with a plan."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import Any

from django.contrib.auth.models import User

from tracker.engine.plan import Ask, Mode
from tracker.models import Solve
from tracker.plan_form import Question, answer_to, key_of, question_to_json
from tracker.queries.frameworks import framework_of, published_release
from tracker.services.people import person_ensure


def solved(user: User, hours: int = 12, stage: str = "foundation") -> Solve:
    """The most that a beginner gets from so many hours, as an answered question of the user."""
    release = published_release(person_ensure(user=user).framework)
    question, answer = _answered(release, hours, stage)
    return Solve.objects.get_or_create(
        user=user,
        key=key_of(question),
        defaults={"release_id": release, "question": question, "answer": answer, "status": Solve.Status.DONE},
    )[0]


@lru_cache(maxsize=16)
def _answered(release: int, hours: int, stage: str) -> tuple[dict[str, Any], dict[str, Any]]:
    framework = framework_of(release)
    levels = dict.fromkeys(framework.competency, 0)
    question = question_to_json(framework, Question(Ask(stage, Mode.MOST, hours=Fraction(hours)), levels))
    return question, answer_to(framework, question, time_limit=20)
