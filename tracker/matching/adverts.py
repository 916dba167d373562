"""A job advert -> what it asks, each with the sentence that says so, and what was left out and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache
from typing import Any

from tracker.engine.framework import Framework
from tracker.interchange.readers import html
from tracker.matching import cues
from tracker.matching.matcher import Matcher
from tracker.matching.openings import Opening, read_opening
from tracker.matching.phrases import prose_words, small_words
from tracker.matching.scan import Mention, Scanner, scanner_of
from tracker.matching.sentences import UNKNOWN, Clause, Sentence, check_length, clauses, sentences
from tracker.matching.spans import ANY, Span, is_number, spans
from tracker.matching.studies import Study, degree_places, speaks_of_degree, study


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
    name: str = ""  # the words that it was found by


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


def read_advert(text: str, framework: Framework, matcher: Matcher) -> Advert:
    """What the advert asks for. HTML is read as its visible text.

    Raises TextTooLongError. Time grows with the text alone, whatever it holds.
    """
    check_length(text)
    plain = html.visible_text(text) if html.looks_like(text) else text
    reading = _Reading(scanner_of(framework, matcher))
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


@dataclass(slots=True)
class _Part:
    """A clause with its names and what it is; `is_plain` where no cue of its own says so."""

    clause: Clause
    mentions: list[Mention]
    sense: Sense
    is_plain: bool
    levels: list[int | None] = field(default_factory=list)
    has_degree: bool = False
    first_asked: int = -1  # where its requirements begin and end among those found
    last_asked: int = -1
    is_wish: bool = False
    is_of_degree: bool = False  # goes on what a clause before it says of a degree: `ideally in physics`


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
        for part in parts:
            is_told = not sentence.text.endswith("?")
            if part.has_degree and part.is_plain and part.sense is Sense.ASIDE and is_told:
                part.sense = Sense.REQUIRED
        quote = Quote(sentence.text, sentence.line)
        self._read_degrees(quote, parts)
        had_years = False
        for at, part in enumerate(parts):
            found = self._spans(sentence, part, had_years)
            had_years = had_years or bool(found)
            self.years += [Years(quote, part.sense, span.least, span.of) for span in found]
            part.first_asked = len(self.requirements)
            self._read_names(sentence, quote, part, found)
            part.last_asked = len(self.requirements)
            if cues.goes_on_with_or(part.clause) and at:
                self._join(parts[at - 2] if part.clause.joint == ")" and at > 1 else parts[at - 1], part)

    def _join(self, before: _Part, part: _Part) -> None:
        """`Kubernetes (or Nomad)`, `GCP (BigQuery) or AWS`: what an `or` behind a bracket joins is one requirement."""
        if before.first_asked == before.last_asked:
            return
        if small_words("learning") & set(part.clause.words):  # "C++ (or the will to learn it)"
            del self.requirements[part.first_asked : part.last_asked]
            return
        place = before.last_asked - 1
        first = self.requirements[place]
        if part.first_asked < part.last_asked:
            second = self.requirements.pop(part.first_asked)
            ids = tuple(dict.fromkeys((*first.competencies, *second.competencies)))
            names = (*(first.alternatives or (first.name,)), *(second.alternatives or (second.name,)))
            self.requirements[place] = replace(first, competencies=ids, alternatives=names)
        elif any(not mention.ids for mention in part.mentions[:1]):
            self.requirements.pop(place)
            self.left_out.append(LeftOut(first.quote, "outside", _OTHER_TRADE, first.competencies))

    def _spans(self, sentence: Sentence, part: _Part, had_years: bool) -> list[Span]:
        """Years that are asked; a figure of experience that nothing else explains is asked as well."""
        is_open = part.sense is Sense.ASIDE and part.is_plain
        if not (part.sense.is_asked or is_open):
            return []
        of_degree = self._degree_places(part.clause) if part.has_degree else frozenset[int]()
        named = [mention for mention in part.mentions if of_degree.isdisjoint(mention.places)]
        found = spans(part.clause, named, had_years)
        if is_open:
            is_told = bool(small_words("experience") & set(part.clause.words))
            found = [span for span in found if span.of != ANY or is_told or (sentence.is_item and span.place <= 2)]
            if found:
                part.sense = Sense.REQUIRED
        return found

    def advert(self, opening: Opening) -> Advert:
        for sentence, part in self.loose:
            quote = Quote(sentence.text, sentence.line)
            if part.is_wish or not self.has_section:
                # Without any heading for it, a list that nothing else explains is what is asked.
                part.sense = Sense.PREFERRED if part.is_wish else Sense.REQUIRED
                self._read_names(sentence, quote, part, [])
            else:
                self._leave(quote, part, part.mentions)
        return Advert(
            opening,
            _merged(self.requirements),
            tuple(dict.fromkeys(self.years)),
            _merged_degrees(self.degrees),
            tuple(self.questions),
            tuple(self.left_out),
        )

    def _parts(self, sentence: Sentence) -> list[_Part]:
        parts: list[_Part] = []
        for clause in clauses(sentence.text):
            sense, is_plain = _sense(clause, sentence, parts)
            mentions = self.scanner.mentions(clause)
            part = _Part(clause, mentions, sense, is_plain, cues.levels(clause, mentions), speaks_of_degree(clause))
            part.is_of_degree = (
                clause.joint in small_words("refining") and bool(parts) and parts[-1].has_degree and not part.has_degree
            )
            part.is_of_degree = part.is_of_degree and not small_words("experience") & set(clause.words)
            if not parts and _only_tells(part, sentence):
                part.sense = Sense.ASIDE
            elif parts and part.is_plain and parts[0].is_plain and parts[0].sense is Sense.ASIDE:
                part.sense = Sense.ASIDE  # goes on what only tells
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
                    beside = [part.clause for part in parts if part.is_of_degree or part.clause.joint in ("(", ")")]
                    found = replace(found, fields=study(beside, whole, self.scanner).fields)
                self.degrees.append(DegreeAsked(quote, strength, found))

    def _read_names(self, sentence: Sentence, quote: Quote, part: _Part, found: Sequence[Span]) -> None:
        named = set().union(*(span.named for span in found if span.of != "management"))
        after = min((span.place for span in found), default=0)
        of_degree = self._degree_places(part.clause) if part.has_degree else frozenset[int]()
        denied = (
            cues.cues_of(part.clause.words, cues.advert_cues()).get("negated") if part.sense is Sense.NEGATED else None
        )
        kept = [
            at
            for at, mention in enumerate(part.mentions)
            if not (denied and cues.is_beside(part.clause, mention, denied))
            and (part.sense is Sense.NEGATED or not self.scanner.is_of_people(part.clause, mention))
            and of_degree.isdisjoint(mention.places)
            and not part.is_of_degree
            and not (found and mention.places[0] > after and named & set(mention.places))
        ]
        if not kept:
            return
        if not part.sense.is_asked:
            is_short = len(part.clause.words) <= 2 * len(kept) + 2 * (sentence.section == UNKNOWN)
            is_listed = is_short or (sentence.is_item and sentence.section == "")
            is_listed = is_listed or (sentence.is_item and not self.has_section)
            is_listed = is_listed and not sentence.text.endswith("?")
            if part.sense == Sense.ASIDE and is_listed and sentence.section in ("", UNKNOWN) and part.is_plain:
                # A list under words of their own, below what is required, is what would please besides.
                part.is_wish = sentence.section == UNKNOWN and sentence.is_item and self.has_section
                self.loose.append((sentence, part))
            else:
                self._leave(quote, part, [part.mentions[at] for at in kept])
            return
        mentions = [part.mentions[at] for at in kept]
        levels = [part.levels[at] for at in kept]
        for group in cues.alternatives(part.clause, mentions):
            self._ask(quote, part, [mentions[at] for at in group], [levels[at] for at in group])

    def _degree_places(self, clause: Clause) -> frozenset[int]:
        """The places of the degree's fields, and of all that stands in the part of the clause that names it."""
        named = cues.parts_of(clause, degree_places(clause))
        within = (place for place, part in enumerate(cues.part_of_each(clause)) if part in named)
        return frozenset(within).union(*self.scanner.fields(clause).values())

    def _ask(self, quote: Quote, part: _Part, group: Sequence[Mention], levels: Sequence[int | None]) -> None:
        """A requirement for one name, or for several of which one is enough."""
        if any(not mention.ids for mention in group):
            self._leave(quote, part, group, _OTHER_TRADE)
            return
        ids = tuple(dict.fromkeys(mention.id for mention in group if mention.id))
        open_ids = [
            id for mention in group if mention.is_asked and not set(mention.ids) & set(ids) for id in mention.ids
        ]
        if open_ids:
            text = part.clause.text[group[0].start : group[-1].end]
            self.questions.append(Question(quote, part.sense, text, tuple(dict.fromkeys((*ids, *open_ids)))))
        if open_ids or not ids:
            return
        level = max((level for level in levels if level is not None), default=None)
        names = tuple(mention.text for mention in group) if len(group) > 1 else ()
        self.requirements.append(Requirement(quote, part.sense, ids, level, names, group[0].text))

    def _leave(self, quote: Quote, part: _Part, mentions: Sequence[Mention], why: str = "") -> None:
        ids = tuple(dict.fromkeys(mention.id for mention in mentions if mention.id))
        if ids:
            reason = why or _WHY_LEFT.get(part.sense, "it is said not to be needed")
            self.left_out.append(LeftOut(quote, "outside" if why else part.sense, reason, ids))


def _sense(clause: Clause, sentence: Sentence, before: Sequence[_Part]) -> tuple[Sense, bool]:
    """(what the clause is, whether only its place says so)."""
    row = clause.words
    head_row = cues.head(row)
    found = cues.cues_of(row, cues.advert_cues())
    section = _OF_SECTION.get(sentence.section)
    if clause.is_aside and before and not before[-1].sense.is_asked:
        found.pop("required", None)
    is_ours = cues.is_ours(row) or (cues.is_of_others(row) and not _is_listed(sentence))
    if sentence.section == "negated":
        return (Sense.BOAST if is_ours else Sense.NEGATED), False
    if section in (Sense.BENEFIT, Sense.ASIDE) and not sentence.lead:
        return section, False
    if section in (Sense.BOAST, Sense.DUTY) and not _speaks_to_you(row, found, sentence):
        return (Sense.NEGATED if section is Sense.DUTY and "negated" in found else section), False
    if "negated" in found and ("preferred" not in found or "neither" in row):
        return Sense.NEGATED, False
    if cues.says_no(head_row):
        return Sense.NEGATED, False
    if "benefit" in found:
        return Sense.BENEFIT, False
    if "preferred" in found or _is_condition(clause):
        return Sense.PREFERRED, False
    if section in (Sense.BENEFIT, Sense.ASIDE):
        return section, False
    if (is_ours and "required" not in found) or "boast" in found:
        return Sense.BOAST, False
    if section in (Sense.BOAST, Sense.DUTY):
        return (Sense.REQUIRED if "required" in found and not _is_duty(found, row) else section), False
    if "gift" in found and "required" not in found and not _is_listed(sentence):
        return Sense.BENEFIT, False
    if section is not None:
        return section, "required" not in found
    if ("required" in found and not _is_duty(found, row)) or (head_row[:1] and head_row[0] in small_words("needs")):
        return Sense.REQUIRED, False
    if "duty" in found and found["duty"].start < 4:
        return Sense.DUTY, False
    if _begins_with_a_demand(head_row):
        return Sense.REQUIRED, False
    return _by_place(clause, before), True


def _speaks_to_you(row: Sequence[str], found: Mapping[str, Any], sentence: Sentence) -> bool:
    """A paragraph about the employer or the job may still say what it asks; a list of tasks does not."""
    is_said = "required" in found or "preferred" in found or "negated" in found
    return is_said and not sentence.is_item and (bool(small_words("you") & set(row)) or bool(sentence.lead))


def _is_listed(sentence: Sentence) -> bool:
    """Whether the sentence stands in a list below a heading, or behind one on its line."""
    return sentence.section not in ("", UNKNOWN) and (sentence.is_item or bool(sentence.lead))


def _only_tells(part: _Part, sentence: Sentence) -> bool:
    """A whole sentence of a paragraph below what is asked, which itself neither asks nor begins with a name."""
    is_whole = sentence.text.endswith((".", "!", "?")) and not _is_listed(sentence)
    if not (is_whole and part.is_plain and part.sense.is_asked and sentence.section not in ("", UNKNOWN)):
        return False
    row = cues.head(part.clause.words)
    first = part.mentions[0].places[0] if part.mentions else len(part.clause.words)
    opens_with_name = all(word in small_words("around_items") or word.isdigit() for word in part.clause.words[:first])
    is_noun = opens_with_name and first < len(part.clause.words) and not small_words("finite") & set(row)
    is_figure = bool(row) and is_number(row[0]) and row[0] not in small_words("whose")
    return sentence.text.endswith("?") or not (is_noun or is_figure or _begins_with_a_demand(row))


def _is_condition(clause: Clause) -> bool:
    """`If you have seen Kafka, tell us`: what not everybody has; `if you know Redshift instead` is one of several."""
    row = clause.words
    return (
        len(row) > 3
        and row[0] in ("if", "wenn", "falls", "si")
        and row[1] in small_words("you")
        and row[2] not in small_words("wills")
        and "instead" not in row
    )


def _begins_with_a_demand(row: Sequence[str]) -> bool:
    """`Solid Python ...`, `Knowledge of ...`, without a heading."""
    level = cues.level_cues().first(row[:3])
    return bool(row) and (row[0] in small_words("demands") or (level is not None and level.start == 0))


def _is_duty(found: Mapping[str, Any], row: Sequence[str]) -> bool:
    """`You will need to build`: a duty that begins the clause, however it goes on."""
    duty, required = found.get("duty"), found["required"]
    return duty is not None and duty.start < min(4, required.start)


def _by_place(clause: Clause, before: Sequence[_Part]) -> Sense:
    """A clause that goes on what the one before it began, unless a turn (`but`) or a stop parts them."""
    if not before:
        return Sense.ASIDE
    last = before[-1]
    if clause.joint in small_words("turns"):
        return Sense.ASIDE
    if clause.joint == ")" and len(before) > 1 and last.clause.is_aside:
        return before[-2].sense
    return last.sense


def _look_back(part: _Part, before: Sequence[_Part]) -> None:
    """A cue for the name before it: `Kafka (a plus)`, `Kafka | nice to have`, `our founder likes Go, you need not`."""
    if part.is_plain or part.mentions or not before or part.has_degree:
        _look_back_at_level(part, before)
        return
    size = len(part.clause.words)
    if part.clause.words[0] in small_words("refining") and size > 1:
        return
    is_turn = part.clause.joint in small_words("turns") and before[-1].sense is Sense.NEGATED
    if part.sense is Sense.PREFERRED and is_turn and size <= 8:
        before[-1].sense = Sense.PREFERRED  # "Terraform is no must, but a plus"
    elif part.sense in (Sense.PREFERRED, Sense.REQUIRED) and size <= 8:
        for earlier in before:
            if earlier.is_plain or (earlier.sense is not part.sense and part.sense is Sense.PREFERRED):
                earlier.sense, earlier.is_plain = part.sense, False
    elif part.sense is Sense.NEGATED and part.clause.joint in small_words("turns") and before[-1].sense.is_asked:
        before[-1].sense = Sense.PREFERRED  # "Terraform, though not a must"
    elif part.sense is Sense.NEGATED and part.clause.joint == ")":
        for earlier in before:
            if earlier.is_plain:
                earlier.sense = Sense.NEGATED
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
    """Each competency once, at the highest level asked: required before preferred, alone before in a group."""
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


def _merged_degrees(found: Sequence[DegreeAsked]) -> tuple[DegreeAsked, ...]:
    """One entry for each strength and level: the one that says the most."""
    merged: dict[tuple[str, str], DegreeAsked] = {}
    for degree in found:
        key = (degree.strength, degree.study.level)
        known = merged.get(key)
        if known is None or len(degree.study.fields) > len(known.study.fields):
            either = degree.study.or_experience or (known is not None and known.study.or_experience)
            merged[key] = replace(degree, study=replace(degree.study, or_experience=either))
        elif degree.study.or_experience:
            merged[key] = replace(known, study=replace(known.study, or_experience=True))
    return tuple(merged.values())


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
