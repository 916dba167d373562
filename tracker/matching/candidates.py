"""Prose of a CV -> what the person says to have done, studied, not done, intends, and what others did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import Any

from tracker.engine.framework import Framework
from tracker.matching import cues
from tracker.matching.matcher import Matcher
from tracker.matching.phrases import Hit, Phrases, listed, prose_words, small_words
from tracker.matching.scan import Mention, Scanner, scanner_of
from tracker.matching.sentences import Clause, Sentence, check_length, sentences
from tracker.matching.splices import spliced_clauses
from tracker.matching.studies import degree_places
from tracker.matching.words import word_set


class Deed(StrEnum):
    """Whose a skill is, and since when."""

    HAS = "has"
    STUDIED = "studied"
    NEGATED = "negated"
    INTENDS = "intends"
    OTHERS = "others"
    UNSURE = "unsure"  # learning just now, or what "we" did: for the person to say


@dataclass(frozen=True, slots=True)
class Skill:
    """A competency that a sentence speaks of, and its words there; a level where words give one; lines from 1."""

    competency: str
    deed: str
    level: int | None
    text: str
    quote: str
    line: int


@dataclass(frozen=True, slots=True)
class OpenSkill:
    """Words that the person is asked about, and what they may mean."""

    text: str
    candidates: tuple[str, ...]
    quote: str
    line: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """Every skill that the text speaks of; a competency stands under one deed, the surest that the text gives."""

    skills: tuple[Skill, ...] = ()
    questions: tuple[OpenSkill, ...] = ()

    def of(self, deed: Deed) -> tuple[Skill, ...]:
        return tuple(skill for skill in self.skills if skill.deed == deed)


def read_candidate(text: str, framework: Framework, matcher: Matcher) -> Candidate:
    """Skills in the prose of a CV, each with its sentence. What is unsure is a question, never a skill.

    Raises TextTooLongError. Time grows with the text alone, whatever it holds.
    """
    check_length(text)
    reading = _Reading(scanner_of(framework, matcher))
    for sentence in sentences(text, cv_heading):
        reading.read(sentence)
    reading.finish()
    return Candidate(_surest(reading.skills), tuple(reading.questions))


def cv_heading(text: str, is_alone: bool) -> str | None:
    return _headings().kind(text, is_alone)


@cache
def _headings() -> cues.Headings:
    words = prose_words()["candidate"]
    return cues.Headings(words["headings"], words["heading_signs"], is_spoken=True)


@cache
def _cues() -> Phrases:
    return Phrases(listed(prose_words()["candidate"]["cues"]))


@cache
def _phrases(key: str) -> Phrases:
    return Phrases((text, key) for text in prose_words()["candidate"][key].split(",") if text.strip())


@dataclass(slots=True)
class _Part:
    clause: Clause
    mentions: list[Mention]
    deed: Deed
    cues: dict[str, Hit]
    levels: list[int | None]


@dataclass(slots=True)
class _Reading:
    """One pass over the sentences."""

    scanner: Scanner
    skills: list[Skill] = field(default_factory=list)
    questions: list[OpenSkill] = field(default_factory=list)
    last: tuple[Sentence, list[_Part]] | None = None  # not kept before the next sentence, which may take it back

    def read(self, sentence: Sentence) -> None:
        parts: list[_Part] = []
        for clause, mentions in spliced_clauses(sentence.text, self.scanner, _cues(), _TURNING):
            deed = _deed(clause, sentence, parts)
            found = cues.cues_of(clause.words, _cues())
            part = _Part(clause, mentions, deed, found, cues.levels(clause, mentions))
            _look_back(part, parts)
            parts.append(part)
        for at, part in enumerate(parts):
            if at and part.clause.joint in small_words("spares"):
                _leave_denied(part, parts[at - 1])
        if self.last and _takes_back(parts):
            _give_to_others(self.last[1])
        self.finish()
        self.last = sentence, parts

    def finish(self) -> None:
        """Keeps what the last sentence said."""
        if self.last:
            sentence, parts = self.last
            for part in parts:
                self._keep(sentence, part)
            self.last = None

    def _keep(self, sentence: Sentence, part: _Part) -> None:
        fields = self._degree_fields(part.clause) if part.deed is not Deed.STUDIED else set[int]()
        cue = part.cues.get(part.deed.value)
        for at, (mention, level) in enumerate(zip(part.mentions, part.levels, strict=True)):
            if cue and part.deed is Deed.STUDIED and not set(cue.places).isdisjoint(mention.places):
                continue  # "a course", "training": how it was learned, not what
            deed = self._deed_of(part, mention)
            if deed is Deed.HAS and cues.is_of_whoever(part.clause.words, mention.places[0]):
                deed = Deed.OTHERS
            if deed is Deed.HAS and _is_made_by_others(part.clause, mention):
                deed = Deed.UNSURE
            if deed is Deed.HAS and at and _is_for_what(part.clause, mention):
                deed = Deed.UNSURE
            if deed is None or not fields.isdisjoint(mention.places):
                continue
            if mention.is_asked or (mention.id and deed is Deed.UNSURE):
                self.questions.append(OpenSkill(mention.text, mention.ids, sentence.text, sentence.line))
            elif mention.id:
                if deed is Deed.OTHERS and small_words("themselves") & set(part.clause.words):
                    self._take_back(mention.id)
                known = level if deed in (Deed.HAS, Deed.STUDIED) else None
                self.skills.append(Skill(mention.id, deed, known, mention.text, sentence.text, sentence.line))

    def _take_back(self, competency: str) -> None:
        """`The model itself came from a university`: what was had of it is no more than the use of it."""
        self.skills = [s for s in self.skills if s.competency != competency or s.deed != Deed.HAS]

    def _deed_of(self, part: _Part, mention: Mention) -> Deed | None:
        """Whose the skill is; None where the name is only somebody's calling."""
        denied, hired = part.cues.get("negated"), part.cues.get("hired")
        if part.deed is Deed.NEGATED and denied and cues.is_beside(part.clause, mention, denied):
            return Deed.HAS
        if not self.scanner.is_of_people(part.clause, mention) or part.deed in (Deed.INTENDS, Deed.NEGATED):
            return part.deed
        is_told = bool(small_words("finite") & set(part.clause.words[: mention.places[0]]))
        if part.deed is Deed.OTHERS and mention.id and is_told:
            return Deed.OTHERS  # "my brother is a Kubernetes expert"
        # Whoever is hired or stands beside has the skill; a title or a crowd says nothing of the writer.
        others = [cue for cue in (hired, part.cues.get("beside")) if cue and cue.start < mention.places[0]]
        return Deed.OTHERS if others and part.deed in (Deed.HAS, Deed.OTHERS) else None

    def _degree_fields(self, clause: Clause) -> set[int]:
        """The places of `Statistics` in `MSc Statistics`: the field of a degree, which is read as a degree."""
        named = cues.parts_of(clause, degree_places(clause))
        if not named:
            return set()
        fields = set[int]().union(*self.scanner.fields(clause).values())
        return {place for place in fields if cues.parts_of(clause, (place,)) <= named}


def _deed(clause: Clause, sentence: Sentence, before: Sequence[_Part]) -> Deed:
    """What the clause says of its writer."""
    row = clause.words
    found = cues.cues_of(row, _cues())
    is_tried = "studied" in found and "deed" not in found
    if _is_of_others(clause) and not _is_mine(row):
        return Deed.OTHERS
    if "unreal" in found:
        return Deed.UNSURE
    if cues.says_no(cues.head(row)) and "past" not in found:
        return Deed.NEGATED
    if before and clause.joint in small_words("spares") and before[-1].deed is Deed.NEGATED:
        return Deed.STUDIED if is_tried else Deed.HAS  # "I can't program, apart from some SQL"
    if "negated" in found and "past" not in found:
        # "Apart from a tutorial I haven't touched it", "only from my studies": that is what there is.
        is_spared = small_words("spares") & set(row[:2]) or row[found["negated"].start] in small_words("only")
        return Deed.STUDIED if is_tried and is_spared else Deed.NEGATED
    if sentence.section == "negated":
        return Deed.NEGATED
    if "intends" in found or sentence.section == "intends" or _would(row):
        return Deed.INTENDS
    if "others" in found and not _is_mine(row):
        return Deed.OTHERS
    if sentence.section == "others":
        return Deed.OTHERS
    if "learning" in found or cues.starts_with(row, _phrases("ours")) or (is_tried and "unfinished" in found):
        return Deed.UNSURE
    if is_tried or (sentence.section == "studied" and "deed" not in found):
        return Deed.STUDIED
    return _by_place(clause, before)


def _would(row: Sequence[str]) -> bool:
    """`I'd move towards products`, but not `I'd call myself`."""
    for at, word in enumerate(row[1:], 1):
        if row[at - 1] == "i" and word in ("d", "would"):
            return small_words("saying").isdisjoint(row[at + 1 : at + 3])
    return False


def _is_of_others(clause: Clause) -> bool:
    """Whether somebody else is who the clause is about: by its first words, or before or behind its verb."""
    row = clause.words
    return (
        (cues.starts_with(row, _phrases("others")) and not cues.opens_as_a_title(clause, _phrases("others")))
        or cues.is_of_others(row)
        or cues.is_done_by_others(row)
        or _makes(clause)
        or cues.is_behind_the_verb(row)
    )


def _makes(clause: Clause) -> bool:
    """`Engineering built it`, `the quants maintain them`: a subject that is neither the writer nor a work."""
    row = cues.head(clause.words)
    if len(row) > 1 and row[0] in small_words("departments") and row[1] in small_words("runs"):
        return True
    hit = next((hit for hit in _phrases("makes").all(row[:6]) if hit.start), None)
    if hit is None:
        return False
    before = row[: hit.start]
    is_named = before[0] in small_words("whose") and len(before) > 1 and before[0] not in small_words("mine")
    is_department = len(before) == 1 and before[0] in small_words("departments")
    return (is_named or is_department) and not (_works() & set(before) or before[-1].endswith("ly"))


@cache
def _works() -> frozenset[str]:
    return word_set(prose_words()["candidate"]["works"].replace(",", " "))


def _is_mine(row: Sequence[str]) -> bool:
    """Whether the writer did it, alone or with others; `not by me` is no such word."""
    hit = _phrases("mine").first(row)
    return hit is not None and (not hit.start or row[hit.start - 1] not in small_words("denials"))


def _is_for_what(clause: Clause, mention: Mention) -> bool:
    """`the business case for the fraud model`: what the work was for, which others may have made."""
    first = mention.places[0]
    before = clause.words[max(0, first - 2) : first]
    return len(before) == 2 and before[0] in small_words("purposes") and before[1] in small_words("whose")


def _is_made_by_others(clause: Clause, mention: Mention) -> bool:
    """`a store that the platform group runs`: others, in a clause of its own behind the name."""
    row = clause.words
    if _phrases("makes").first(row[: mention.places[0]]):
        return False  # "wrote services which the platform team runs"
    for at in range(mention.places[-1] + 1, len(row) - 2):
        if row[at] in small_words("relatives") and row[at + 1] in small_words("whose") - small_words("mine"):
            return bool(_phrases("makes").first(row[at + 3 :])) and "i" not in row[at:]
    return False


def _by_place(clause: Clause, before: Sequence[_Part]) -> Deed:
    """A clause in brackets, or behind them, is of what it stands in; any other is the writer's own."""
    if before and clause.joint == ")" and len(before) > 1 and before[-1].clause.is_aside:
        return before[-2].deed
    if before and (
        clause.is_aside
        or (
            (clause.joint in (",", "and", "-") or clause.joint in small_words("refining"))
            and before[-1].deed is not Deed.HAS
            and not _is_first_person(clause)
        )
    ):
        return before[-1].deed
    return Deed.HAS


def _is_first_person(clause: Clause) -> bool:
    return any(word in ("i", "ich", "je", "my", "mein", "meine", "mon") for word in clause.words[:3])


def _look_back(part: _Part, before: Sequence[_Part]) -> None:
    """A clause that turns the one before: `I tried Rust - not for me`, `Rust (university course)`, `Rust? Never.`"""
    if before and (part.clause.joint == "?" or not part.mentions):
        before[-1].deed = _turned(before[-1].deed, part)


def _turned(deed: Deed, part: _Part) -> Deed:
    """What the clause before is, after one without names."""
    row = part.clause.words
    if part.clause.joint == "?":
        return part.deed
    if deed is Deed.STUDIED and "unfinished" in part.cues:
        return Deed.UNSURE  # "Kubernetes course (in progress)"
    is_of_it = bool(small_words("pronouns") & set(row))
    if _is_limit(part.clause) or len(row) > (_LONGEST if is_of_it else _SHORT):
        return deed
    if part.deed is Deed.INTENDS and is_of_it and deed in (Deed.HAS, Deed.NEGATED):
        return part.deed  # "I don't know SQL, but it is next on my list"
    is_course = part.clause.is_aside and part.deed is Deed.STUDIED and len(row) <= 3 and "taught" not in row
    return part.deed if deed is Deed.HAS and (part.deed is Deed.NEGATED or is_course) else deed


def _is_limit(clause: Clause) -> bool:
    """`I can read it but not write it`, `good enough for reports, not for production`: what is denied is a part."""
    is_turned = clause.joint in small_words("turns") and clause.words[1:2] in (("not",), ("nicht",), ("pas",))
    return is_turned or clause.joint in small_words("denials") | small_words("elsewise")


def _takes_back(parts: Sequence[_Part]) -> bool:
    """`I wasn't on it.`: a sentence without names that says whose the one before was not."""
    if not parts or any(part.mentions for part in parts):
        return False
    row = parts[0].clause.words
    return len(row) <= _LONGEST and _phrases("not_mine").first(row) is not None


def _give_to_others(parts: Sequence[_Part]) -> None:
    for part in parts:
        if part.deed in (Deed.HAS, Deed.UNSURE):
            part.deed = Deed.OTHERS


def _leave_denied(part: _Part, denied: _Part) -> None:
    """`No Kubernetes apart from a bit of Docker`: what little there is of the same denies it all the same."""
    ids = {mention.id for mention in denied.mentions}
    kept = [at for at, mention in enumerate(part.mentions) if mention.id not in ids]
    part.mentions, part.levels = [part.mentions[at] for at in kept], [part.levels[at] for at in kept]


_SHORT, _LONGEST = 5, 8  # words of a clause that turns the one before, without and with an `it`
_TURNING = (Deed.NEGATED, Deed.INTENDS, Deed.STUDIED)
_SUREST = (Deed.HAS, Deed.STUDIED, Deed.NEGATED, Deed.INTENDS, Deed.OTHERS)


def _surest(skills: Sequence[Skill]) -> tuple[Skill, ...]:
    """One entry a competency: what is had before what was studied, before what is denied, meant or others'."""
    best: dict[str, Skill] = {}
    for skill in skills:
        known = best.get(skill.competency)
        if known is None or _weight(skill) < _weight(known):
            best[skill.competency] = skill
    return tuple(sorted(best.values(), key=lambda skill: skill.line))


def _weight(skill: Skill) -> tuple[int, int]:
    return _SUREST.index(Deed(skill.deed)), -(skill.level or 0)


def candidate_answer(candidate: Candidate) -> dict[str, Any]:
    """The candidate as a plain object: has, studied, negated, intends, others; ask where there is a question."""
    levelled = {deed.value: {s.competency: s.level for s in candidate.of(deed)} for deed in (Deed.HAS, Deed.STUDIED)}
    listed_ids = {deed.value: [s.competency for s in candidate.of(deed)] for deed in _SUREST[2:]}
    asked = sorted({id for question in candidate.questions for id in question.candidates})
    return {**levelled, **listed_ids, **({"ask": asked} if asked else {})}
