"""An advert that was read, in the form of predictions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from tracker.matching.adverts.values import Advert, DegreeAsked, Sense


def advert_answer(advert: Advert) -> dict[str, Any]:
    """The advert as a plain object: role, required, preferred, any_of, negated, years, degree; ask where asked."""
    single = [r for r in advert.requirements if len(r.competencies) == 1]
    several = [r for r in advert.requirements if len(r.competencies) > 1]
    answer: dict[str, Any] = {
        "required": {r.competencies[0]: r.level for r in single if r.strength == Sense.REQUIRED},
        "preferred": {
            id: r.level for r in advert.requirements if r.strength == Sense.PREFERRED for id in r.competencies
        },
        "any_of": [sorted(r.competencies) for r in several if r.strength == Sense.REQUIRED],
        "negated": list(advert.negated),
        "years": [{"min": _plain(y.least), "of": y.of} for y in advert.years],
        "degree": list(_degrees(advert.degrees)),
    }
    if asked := sorted({id for question in advert.questions for id in question.candidates}):
        answer["ask"] = asked
    if advert.opening.role.is_accepted:
        answer["role"] = advert.opening.role.id
    elif advert.opening.role.is_asked:
        answer["role"] = {"ask": [c.id for c in advert.opening.role.candidates]}
    return answer


def _plain(number: float) -> float | int:
    return int(number) if number == int(number) else number


def _degrees(found: Sequence[DegreeAsked]) -> Iterator[dict[str, Any]]:
    for degree in found:
        entry: dict[str, Any] = {"strength": degree.strength, "level": degree.study.level}
        if degree.study.fields:
            entry["fields"] = list(degree.study.fields)
        if degree.study.or_experience:
            entry["or_experience"] = True
        yield entry
