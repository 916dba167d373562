"""What a job advert asks, as the JSON in which it is kept: a list of lines, each with the sentence it came from.

    {"kind": "skill", "quote": "Strong Python", "line": 7, "strength": "required", "taken": true,
     "competencies": ["cs.python"], "level": 3, "names": ["Python"]}
    {"kind": "years", ..., "least": 5, "of": "software"}
    {"kind": "degree", ..., "level": "bachelor", "fields": ["physics"], "or_experience": true}

`of`: any, a field of work, or a competency. A line that is not `taken` counts nothing and says `why`: the advert says
it in passing (`left`), or its words may mean several things (`open`, with `competencies` to choose from).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

import yaml

from tracker.engine.fit import LEVEL_UNNAMED, Asked, DegreeAsked, SkillAsked, YearsAsked
from tracker.engine.framework import DEGREE_RANK, Framework
from tracker.matching import matcher_of
from tracker.matching.adverts import Advert
from tracker.matching.studies import takes_related_fields

Json = dict[str, Any]
KINDS = ("skill", "years", "degree")
STRENGTHS = ("required", "preferred")
ANY = "any"
OPEN, LEFT = "open", "left"
MOST_LINES = 200
LONGEST_QUOTE = 500
LONGEST_ID = 200
MOST_ALTERNATIVES = 20
MOST_YEARS = 60
MOST_SET_ASIDE = 50  # frameworks for which an advert was reviewed, besides the present one
LONGEST_FRAMEWORK_KEY = 80
_FIELDS = Path(__file__).parent / "data" / "fields_of_work.yaml"
_LEVELS = {"associate_or_bootcamp": "associate"}


def lines_of(advert: Advert) -> list[Json]:
    """What was read of an advert, in the order of its text."""
    asked = {c for r in advert.requirements for c in r.competencies}
    found = (line for line in _lines(advert) if line["taken"] or line["why"] == OPEN or _is_news(line, asked))
    return sorted(found, key=lambda line: line["line"])[:MOST_LINES]


def _is_news(line: Json, asked: set[str]) -> bool:
    """Whether what was left out is asked by no other sentence."""
    return not set(line["competencies"]) <= asked


def _lines(advert: Advert) -> Iterator[Json]:
    for r in advert.requirements:
        skill = {"competencies": _few(r.competencies), "level": r.level, "names": _few(r.alternatives)}
        yield {"kind": "skill", **_said(r), **skill}
    for y in advert.years:
        yield {"kind": "years", **_said(y), "least": y.least, "of": y.of}
    for d in advert.degrees:
        level = _LEVELS.get(d.study.level, d.study.level)
        yield {
            "kind": "degree", **_said(d),
            "level": level, "fields": _few(d.study.fields), "or_experience": d.study.or_experience,
        }  # fmt: skip
    for q in advert.questions:
        skill = {"competencies": _few(q.candidates), "level": None, "names": _few([q.text])}
        yield {"kind": "skill", **_said(q), **skill, "taken": False, "why": OPEN}
    for left in advert.left_out:
        if left.competencies:
            skill = {"competencies": _few(left.competencies), "level": None, "names": []}
            said = {"quote": left.quote.text[:LONGEST_QUOTE], "line": left.quote.line, "strength": "required"}
            yield {"kind": "skill", **said, **skill, "taken": False, "why": LEFT, "reason": left.why}


def _few(texts: Iterable[str]) -> list[str]:
    return [text[:LONGEST_ID] for text in islice(texts, MOST_ALTERNATIVES)]


def _said(part: Any) -> Json:
    quote = part.quote
    return {
        "quote": quote.text[:LONGEST_QUOTE],
        "line": quote.line,
        "strength": str(part.strength.value),
        "taken": True,
    }


def asked_of(framework: Framework, lines: Sequence[Mapping[str, Any]]) -> list[Asked]:
    """The lines that count, as the engine's values; `key` is the line's place in the list."""
    return [_asked(framework, key, line) for key, line in enumerate(lines) if line["taken"]]


def _asked(framework: Framework, key: int, line: Mapping[str, Any]) -> Asked:
    is_required = line["strength"] == "required"
    if line["kind"] == "skill":
        level = line["level"] or LEVEL_UNNAMED[is_required]
        return SkillAsked(key, is_required, tuple(line["competencies"]), level)
    if line["kind"] == "years":
        return YearsAsked(key, is_required, round(12 * line["least"]), families_of(framework, line["of"]))
    fields = framework.degree_rule if is_for_related_fields(line) else line["fields"]
    return DegreeAsked(key, is_required, line["level"], frozenset(fields), line["or_experience"])


def is_for_related_fields(line: Mapping[str, Any]) -> bool:
    """Whether its sentence asks for a degree in the fields named or in one near to them: any that the model knows."""
    return bool(line["fields"]) and takes_related_fields(line["quote"])


def families_of(framework: Framework, work: str) -> frozenset[str] | None:
    """The role families whose years count as years in that work; None: every role; empty: it cannot be told."""
    if work == ANY:
        return None
    if work in framework.competency:
        return frozenset(rule.id for rule in framework.evidence.roles if rule.base.get(work))
    match = matcher_of(framework).role
    found = map(match, fields_of_work().get(work, ()))
    return frozenset(title.id for title in found if title.is_accepted)


@cache
def fields_of_work() -> dict[str, list[str]]:
    """Field of work -> titles of those who do it."""
    found: dict[str, list[str]] = yaml.safe_load(_FIELDS.read_text("utf-8"))
    return found


def is_advert_form(lines: Any) -> bool:
    """Whether a stranger's words (a file's) are of this shape. Ids that no framework has count for nothing."""
    return isinstance(lines, list) and len(lines) <= MOST_LINES and all(map(_is_line, lines))


def are_set_aside(given: Any) -> bool:
    """Whether a stranger's words are framework keys, each with lines of this shape."""
    if not isinstance(given, dict) or len(given) > MOST_SET_ASIDE:
        return False
    return all(is_framework_key(key) and is_advert_form(lines) for key, lines in given.items())


def is_framework_key(given: Any) -> bool:
    return isinstance(given, str) and len(given) <= LONGEST_FRAMEWORK_KEY


def _is_line(line: Any) -> bool:
    if not isinstance(line, dict) or line.get("kind") not in KINDS or line.get("strength") not in STRENGTHS:
        return False
    is_said = isinstance(line.get("quote"), str) and len(line["quote"]) <= LONGEST_QUOTE
    if not is_said or type(line.get("line")) is not int or type(line.get("taken")) is not bool:
        return False
    return {"skill": _is_skill, "years": _is_years, "degree": _is_degree}[line["kind"]](line)


def _is_skill(line: Json) -> bool:
    level = line.get("level")
    is_level = "level" in line and (level is None or (type(level) is int and 1 <= level <= 5))
    return is_level and _are_texts(line.get("competencies")) and _are_texts(line.get("names"))


def _is_years(line: Json) -> bool:
    least, of = line.get("least"), line.get("of")
    is_number = isinstance(least, int | float) and type(least) is not bool and 0 < least <= MOST_YEARS
    return is_number and isinstance(of, str) and len(of) <= LONGEST_ID


def _is_degree(line: Json) -> bool:
    is_level = isinstance(line.get("level"), str) and line["level"] in DEGREE_RANK
    return is_level and type(line.get("or_experience")) is bool and _are_texts(line.get("fields"))


def _are_texts(values: Any) -> bool:
    is_short = isinstance(values, list) and len(values) <= MOST_ALTERNATIVES
    return is_short and all(isinstance(v, str) and len(v) <= LONGEST_ID for v in values)
