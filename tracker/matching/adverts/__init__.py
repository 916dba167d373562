"""A job advert -> what it asks, each with the sentence that says so, and what was left out and why.

`senses` tells what a clause is, `parts` what the clauses of a sentence say of each other, `reading` makes requirements
of them, `merging` says each once, `answer` gives the whole as a prediction; `values` holds what comes out.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from tracker.engine.framework import Framework
from tracker.interchange.readers import html
from tracker.matching import cues
from tracker.matching.adverts.answer import advert_answer
from tracker.matching.adverts.reading import Reading
from tracker.matching.adverts.values import Advert, DegreeAsked, LeftOut, Question, Quote, Requirement, Sense, Years
from tracker.matching.matcher import Matcher
from tracker.matching.openings import read_opening
from tracker.matching.phrases import prose_words
from tracker.matching.scan import scanner_of
from tracker.matching.sentences import check_length, sentences

__all__ = [
    "Advert",
    "DegreeAsked",
    "LeftOut",
    "Question",
    "Quote",
    "Requirement",
    "Sense",
    "Years",
    "advert_answer",
    "advert_heading",
    "read_advert",
]


def read_advert(text: str, framework: Framework, matcher: Matcher) -> Advert:
    """What the advert asks for. HTML is read as its visible text.

    Raises TextTooLongError. Time grows with the text alone, whatever it holds.
    """
    check_length(text)
    plain = html.visible_text(text) if html.looks_like(text) else text
    reading = Reading(scanner_of(framework, matcher))
    for sentence in sentences(plain, advert_heading):
        reading.read(sentence)
    opening = read_opening(plain, matcher)
    is_heading = bool(opening.employer) and advert_heading(opening.employer, True) is not None
    return reading.advert(replace(opening, employer="") if is_heading else opening)


def advert_heading(text: str, is_alone: bool) -> str | None:
    return _headings().kind(text, is_alone)


@cache
def _headings() -> cues.Headings:
    return cues.Headings(prose_words()["headings"], prose_words()["heading_signs"])
