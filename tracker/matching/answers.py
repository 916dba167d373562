"""What the matcher makes of one text, in the form of predictions: `["cs.sql"]`, `"none"`, `{"ask": [...]}`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from tracker.matching.adverts import advert_answer, read_advert
from tracker.matching.candidates import candidate_answer, read_candidate
from tracker.matching.match import Match
from tracker.matching.matcher import Matcher

Answer = Any  # a value of JSON: its form is the kind's own
NONE = "none"
_LEVELS = {"other": NONE, "secondary": NONE, "associate": "associate_or_bootcamp", "bootcamp": "associate_or_bootcamp"}


def skills_answer(matcher: Matcher, text: str) -> Answer:
    return ids_answer(part.match for part in matcher.skills(text))


def title_answer(matcher: Matcher, text: str) -> Answer:
    return ids_answer([matcher.role(text)])


def certificate_answer(matcher: Matcher, text: str) -> Answer:
    return ids_answer([matcher.certificate(text)])


def degree_answer(matcher: Matcher, text: str) -> Answer:
    """`{"level", "field", "state"}`; a level that the text does not name is a question without candidates."""
    level, fields, is_finished = matcher.degree(text)
    return {
        "level": _LEVELS.get(level, level) if level else {"ask": []},
        "field": ids_answer(fields),
        "state": "finished" if is_finished else "unfinished",
    }


def advert_of_text(matcher: Matcher, text: str) -> Answer:
    return advert_answer(read_advert(text, matcher.framework, matcher))


def candidate_of_text(matcher: Matcher, text: str) -> Answer:
    return candidate_answer(read_candidate(text, matcher.framework, matcher))


def ids_answer(matches: Iterable[Match]) -> Answer:
    """The ids accepted and those asked: a list where all is sure, "none" where there is nothing to say."""
    found = list(matches)
    sure = list(dict.fromkeys(match.id for match in found if match.is_accepted))
    offered = dict.fromkeys(candidate.id for match in found if match.is_asked for candidate in match.candidates)
    asked = [id for id in offered if id not in sure]
    if not asked:
        return sure or NONE
    return {"accept": sure, "ask": asked} if sure else {"ask": asked}


KINDS: Mapping[str, Callable[[Matcher, str], Answer]] = {
    "skills": skills_answer,
    "titles": title_answer,
    "degrees": degree_answer,
    "certificates": certificate_answer,
    "adverts": advert_of_text,
    "candidates": candidate_of_text,
}
