"""A job advert -> what it asks, each with the sentence that says so, and what was left out and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache
from typing import Any

from tracker.engine.framework import Framework
from tracker.matching import cues
from tracker.matching.markup import as_text
from tracker.matching.matcher import Matcher
from tracker.matching.openings import Opening, read_opening
from tracker.matching.phrases import prose_words
from tracker.matching.scan import Mention, Scanner, scanner_of
from tracker.matching.sentences import MOST_CHARACTERS, Clause, Sentence, clauses, sentences, tokens
from tracker.matching.spans import Span, spans
from tracker.matching.studies import Study, speaks_of_degree, study


class Sense(StrEnum):
    """What a clause is to the person who applies."""

    REQUIRED = "required"
    PREFERRED = "preferred"
    NEGATED = "negated"
    BENEFIT = "benefit"
    BOAST = "boast"
    DUTY = "duty"
    ASIDE = "aside"  # how to apply, other jobs, or nothing that says what it is

    @property
    def is_asked(self) -> bool:
        return self in (Sense.REQUIRED, Sense.PREFERRED)


_OF_SECTION = {
    "required": Sense.REQUIRED,
    "preferred": Sense.PREFERRED,
    "negated": Sense.NEGATED,
    "benefit": Sense.BENEFIT,
    "about": Sense.BOAST,
    "duty": Sense.DUTY,
    "process": Sense.ASIDE,
}
_WHY_LEFT = {
    Sense.BENEFIT: "it is what the employer offers",
    Sense.BOAST: "it tells of the employer",
    Sense.DUTY: "it is a task of the job, not asked beforehand",
    Sense.ASIDE: "nothing says that it is asked",
}
_OTHER_TRADE = "the other side of the or is outside the model"


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of the advert, and the line that it begins on (from 1)."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Requirement:
    """One competency that is asked, or several of which one is enough. `alternatives`: names that each meet it."""

    quote: Quote
    strength: str
    competencies: tuple[str, ...]
    level: int | None = None
    alternatives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Years:
    quote: Quote
    strength: str
    least: float
    of: str


@dataclass(frozen=True, slots=True)
class DegreeAsked:
    quote: Quote
    strength: str
    study: Study


@dataclass(frozen=True, slots=True)
class Question:
    """Words that may mean several competencies: for the person to say."""

    quote: Quote
    strength: str
    text: str
    candidates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Competencies that the sentence names without asking for them."""

    quote: Quote
    sense: str
    why: str
    competencies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Advert:
    opening: Opening
    requirements: tuple[Requirement, ...] = ()
    years: tuple[Years, ...] = ()
    degrees: tuple[DegreeAsked, ...] = ()
    questions: tuple[Question, ...] = ()
    left_out: tuple[LeftOut, ...] = ()

    @property
    def negated(self) -> tuple[str, ...]:
        """Competencies that are said not to be needed and that no other sentence asks for."""
        asked = {id for r in self.requirements for id in r.competencies}
        named = (id for left in self.left_out if left.sense == Sense.NEGATED for id in left.competencies)
        return tuple(dict.fromkeys(id for id in named if id not in asked))


class AdvertTooLong(ValueError):
    """More text than an advert has."""

    def __init__(self, characters: int) -> None:
        super().__init__(
            f"The advert has {characters:,} characters, more than the {MOST_CHARACTERS:,} that are read: paste the advert alone."
        )


def read_advert(text: str, framework: Framework, matcher: Matcher) -> Advert:
    """What the advert asks for. HTML is read as its visible text.

    Raises AdvertTooLong. Time grows with the text alone, whatever it holds.
    """
    if len(text) > MOST_CHARACTERS:
        raise AdvertTooLong(len(text))
    plain = as_text(text)
    reading = _Reading(scanner_of(framework, matcher))
    for sentence in sentences(plain, advert_heading):
        reading.read(sentence)
    return reading.advert(read_opening(plain, matcher))


def advert_heading(text: str, is_alone: bool) -> str | None:
    return _headings().kind([token.word for token in tokens(text)], is_alone)


@cache
def _headings() -> cues.Headings:
    return cues.Headings(prose_words()["headings"])


@dataclass(slots=True)
class _Part:
    """A clause with its names and what it is; `is_plain` where no cue of its own says so."""

    clause: Clause
    mentions: list[Mention]
    sense: Sense
    is_plain: bool
    levels: list[int | None] = field(default_factory=list)
    has_degree: bool = False


@dataclass(slots=True)
class _Reading:
    """One pass over the sentences."""

    scanner: Scanner
    requirements: list[Requirement] = field(default_factory=list)
    years: list[Years] = field(default_factory=list)
    degrees: list[DegreeAsked] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    loose: list[tuple[Sentence, _Part]] = field(default_factory=list)
    has_section: bool = False

    def read(self, sentence: Sentence) -> None:
        self.has_section = self.has_section or sentence.section == "required"
        parts = self._parts(sentence)
        quote = Quote(sentence.text, sentence.line)
        self._read_degrees(quote, parts)
        had_years = False
        for part in parts:
            found = spans(part.clause, part.mentions, had_years) if part.sense.is_asked else []
            had_years = had_years or bool(found)
            self.years += [Years(quote, part.sense, span.least, span.of) for span in found]
            self._read_names(sentence, quote, part, found)

    def advert(self, opening: Opening) -> Advert:
        if not self.has_section:
            # Without any heading for it, a list that nothing else explains is what is asked.
            for sentence, part in self.loose:
                part.sense = Sense.REQUIRED
                self._read_names(sentence, Quote(sentence.text, sentence.line), part, [])
        else:
            for sentence, part in self.loose:
                self._leave(Quote(sentence.text, sentence.line), part, part.mentions)
        return Advert(
            opening,
            _merged(self.requirements),
            tuple(dict.fromkeys(self.years)),
            tuple(dict.fromkeys(self.degrees)),
            tuple(self.questions),
            tuple(self.left_out),
        )

    def _parts(self, sentence: Sentence) -> list[_Part]:
        parts: list[_Part] = []
        for clause in clauses(sentence.text):
            sense, is_plain = _sense(clause, sentence, parts)
            mentions = self.scanner.mentions(clause)
            part = _Part(clause, mentions, sense, is_plain, cues.levels(clause, mentions), speaks_of_degree(clause))
            _look_back(part, parts)
            parts.append(part)
        return parts

    def _read_degrees(self, quote: Quote, parts: Sequence[_Part]) -> None:
        whole = [part.clause for part in parts]
        for strength in (Sense.REQUIRED, Sense.PREFERRED):
            named = [part for part in parts if part.has_degree and part.sense == strength]
            if named:
                found = study([part.clause for part in named], whole, self.scanner)
                if not found.fields and len({part.sense for part in parts if part.has_degree}) == 1:
                    found = replace(found, fields=study(whole, whole, self.scanner).fields)
                self.degrees.append(DegreeAsked(quote, strength, found))

    def _read_names(self, sentence: Sentence, quote: Quote, part: _Part, found: Sequence[Span]) -> None:
        if part.has_degree:
            return
        named = set().union(*(span.named for span in found if span.of != "management"))
        after = min((span.place for span in found), default=0)
        kept = [
            at
            for at, mention in enumerate(part.mentions)
            if not self.scanner.is_of_people(part.clause, mention)
            and not (found and mention.places[0] > after and named & set(mention.places))
        ]
        if not kept:
            return
        if not part.sense.is_asked:
            if part.sense == Sense.ASIDE and sentence.is_item and not sentence.section and part.is_plain:
                self.loose.append((sentence, part))
            else:
                self._leave(quote, part, [part.mentions[at] for at in kept])
            return
        mentions = [part.mentions[at] for at in kept]
        levels = [part.levels[at] for at in kept]
        for group in cues.alternatives(part.clause, mentions):
            self._ask(quote, part, [mentions[at] for at in group], [levels[at] for at in group])

    def _ask(self, quote: Quote, part: _Part, group: Sequence[Mention], levels: Sequence[int | None]) -> None:
        """A requirement for one name, or for several of which one is enough."""
        if any(not mention.ids for mention in group):
            self._leave(quote, part, group, _OTHER_TRADE)
            return
        ids = tuple(dict.fromkeys(mention.id for mention in group if mention.id))
        for mention in group:
            if mention.is_asked and not set(mention.ids) & set(ids):
                self.questions.append(Question(quote, part.sense, mention.text, mention.ids))
        if not ids or any(mention.is_asked and not set(mention.ids) & set(ids) for mention in group):
            return
        level = max((level for level in levels if level is not None), default=None)
        names = tuple(mention.text for mention in group) if len(group) > 1 else ()
        self.requirements.append(Requirement(quote, part.sense, ids, level, names))

    def _leave(self, quote: Quote, part: _Part, mentions: Sequence[Mention], why: str = "") -> None:
        ids = tuple(dict.fromkeys(mention.id for mention in mentions if mention.id))
        if ids:
            reason = why or _WHY_LEFT.get(part.sense, "it is said not to be needed")
            self.left_out.append(LeftOut(quote, "outside" if why else part.sense, reason, ids))


def _sense(clause: Clause, sentence: Sentence, before: Sequence[_Part]) -> tuple[Sense, bool]:
    """(what the clause is, whether only its place says so)."""
    row = clause.words
    found = cues.cues_of(row, cues.advert_cues())
    section = _OF_SECTION.get(sentence.section)
    if sentence.section == "negated":
        return Sense.NEGATED, False
    if section in (Sense.BENEFIT, Sense.ASIDE, Sense.BOAST) and not sentence.lead:
        return section, False
    if "negated" in found and ("preferred" not in found or "neither" in row):
        return Sense.NEGATED, False
    if "benefit" in found:
        return Sense.BENEFIT, False
    if "preferred" in found:
        return Sense.PREFERRED, False
    if section in (Sense.BENEFIT, Sense.ASIDE, Sense.BOAST, Sense.DUTY):
        return section, False
    if cues.starts_with(row, cues.subjects()) and "required" not in found:
        return Sense.BOAST, False
    if section is not None:
        return section, "required" not in found
    if "required" in found and not _is_duty(found, row):
        return Sense.REQUIRED, False
    if "duty" in found and found["duty"].start < 4:
        return Sense.DUTY, False
    return _by_place(clause, before), True


def _is_duty(found: Mapping[str, Any], row: Sequence[str]) -> bool:
    """`You will need to build`: a duty that begins the clause, however it goes on."""
    duty, required = found.get("duty"), found["required"]
    return duty is not None and duty.start < min(4, required.start)


def _by_place(clause: Clause, before: Sequence[_Part]) -> Sense:
    """A clause that goes on what the one before it began, unless a turn (`but`) or a stop parts them."""
    if not before:
        return Sense.ASIDE
    last = before[-1]
    if clause.joint in ("but", "although", "though", "because", "whereas", "aber", "mais"):
        return Sense.ASIDE
    if clause.joint == ")" and len(before) > 1 and last.clause.is_aside:
        return before[-2].sense
    return last.sense


def _look_back(part: _Part, before: Sequence[_Part]) -> None:
    """`Kafka (a plus)`, `Kafka | nice to have`, `our founder likes Go, you need not`: a cue without a name of its own."""
    if part.is_plain or part.mentions or not before or part.has_degree:
        _look_back_at_level(part, before)
        return
    size = len(part.clause.words)
    if part.sense in (Sense.PREFERRED, Sense.REQUIRED) and size <= 8:
        for earlier in before:
            if earlier.is_plain or (earlier.sense is not part.sense and part.sense is Sense.PREFERRED):
                earlier.sense, earlier.is_plain = part.sense, False
    elif part.sense is Sense.NEGATED and size <= 5 and before[-1].sense in (Sense.BOAST, Sense.ASIDE):
        before[-1].sense = Sense.NEGATED


def _look_back_at_level(part: _Part, before: Sequence[_Part]) -> None:
    """`Terraform (hands-on)`, `Python | advanced`: how well, behind the name."""
    if part.mentions or not before or len(part.clause.words) > 4:
        return
    hit = cues.level_cues().first(part.clause.words)
    last = before[-1]
    if hit and last.levels and (part.clause.is_aside or part.clause.joint == "-") and last.levels[-1] is None:
        level = int(hit.value)
        last.levels = [level if part.clause.joint == "-" and old is None else old for old in last.levels]
        last.levels[-1] = level


def _merged(found: Sequence[Requirement]) -> tuple[Requirement, ...]:
    """Each competency once: required before preferred, with the highest level asked; a group that one of these meets is met."""
    single = {r.competencies[0] for r in found if r.strength == Sense.REQUIRED and len(r.competencies) == 1}
    merged: dict[tuple[str, ...], Requirement] = {}
    for requirement in sorted(found, key=lambda r: r.strength != Sense.REQUIRED):
        ids = tuple(sorted(requirement.competencies))
        if len(ids) > 1 and set(ids) & single:
            continue
        known = merged.get(ids)
        if known is None:
            merged[ids] = requirement
        elif known.strength == requirement.strength and (requirement.level or 0) > (known.level or 0):
            merged[ids] = replace(known, level=requirement.level)
    return tuple(sorted(merged.values(), key=lambda r: (r.quote.line, r.strength != Sense.REQUIRED)))


def advert_answer(advert: Advert) -> dict[str, Any]:
    """The advert as a plain object: role, required, preferred, any_of, negated, years, degree, ask."""
    single = [r for r in advert.requirements if len(r.competencies) == 1]
    answer: dict[str, Any] = {
        "required": {r.competencies[0]: r.level for r in single if r.strength == Sense.REQUIRED},
        "preferred": {r.competencies[0]: r.level for r in single if r.strength == Sense.PREFERRED},
        "any_of": [sorted(r.competencies) for r in advert.requirements if len(r.competencies) > 1],
        "negated": list(advert.negated),
        "years": [{"min": _plain(y.least), "of": y.of} for y in advert.years],
        "degree": list(_degrees(advert.degrees)),
        "ask": sorted({id for question in advert.questions for id in question.candidates}),
    }
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
