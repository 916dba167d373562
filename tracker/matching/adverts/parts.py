"""The clauses of a sentence together: what one says of another, and what the sentence before says of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from tracker.matching import cues
from tracker.matching.adverts.senses import Part, only_tells, sense_of
from tracker.matching.adverts.values import Sense
from tracker.matching.phrases import small_words
from tracker.matching.scan import Scanner
from tracker.matching.sentences import Clause, Sentence
from tracker.matching.splices import spliced_clauses
from tracker.matching.studies import speaks_of_degree

_TURNING = ("negated", "preferred", "required")
_LIKEWISE = {("so", "is"), ("so", "are"), ("so", "would"), ("ditto", "for"), ("same", "for")}
_LONGEST_CUE = 8  # words of a clause that only says how much the one before is asked


@dataclass(frozen=True, slots=True)
class Said:
    """What the sentence before said: what its last clause was, and whether it was about the one who is sought."""

    sense: Sense | None = None
    is_of_sought: bool = False


NOTHING_SAID = Said()


def parts_of(sentence: Sentence, scanner: Scanner, said: Said = NOTHING_SAID) -> list[Part]:
    """The sentence's clauses with their names and what each is."""
    parts: list[Part] = []
    for clause, mentions in spliced_clauses(sentence.text, scanner, cues.advert_cues(), _TURNING):
        sense, is_plain = sense_of(clause, sentence, parts)
        goes_on = None if parts else _goes_on(clause, sentence, sense, said)
        if goes_on is not None:
            sense, is_plain = goes_on, False
        part = Part(clause, mentions, sense, is_plain, cues.levels(clause, mentions), speaks_of_degree(clause))
        part.is_of_degree = _goes_on_degree(part, parts)
        if not parts and only_tells(part, sentence):
            part.sense = Sense.ASIDE
        elif parts and part.is_plain and parts[0].is_plain and parts[0].sense is Sense.ASIDE:
            part.sense = Sense.ASIDE  # goes on what only tells
        _look_back(part, parts)
        parts.append(part)
    _answer_questions(parts)
    _ask_for_degrees(sentence, parts)
    return parts


def said_by(parts: Sequence[Part], before: Said) -> Said:
    """What a sentence leaves to the next: `the right person has ...`, and `she knows ...` behind it."""
    if not parts:
        return Said()
    head = cues.head(parts[0].clause.words)
    is_named = bool((small_words("sought") | small_words("somebody")) & set(head[:4])) or head[:1] == ("you",)
    is_of_sought = is_named or (before.is_of_sought and _begins_with_pronoun(parts[0].clause))
    return Said(parts[-1].sense, is_of_sought and parts[0].sense is Sense.REQUIRED)


def _goes_on(clause: Clause, sentence: Sentence, sense: Sense, said: Said) -> Sense | None:
    """What the sentence before makes of this one: `so is Python`, `she knows SQL`; None where it says it itself."""
    if sense is Sense.ASIDE and tuple(clause.words[:2]) in _LIKEWISE:
        return said.sense
    is_open = sense in (Sense.BOAST, Sense.ASIDE) and sentence.section == ""
    return Sense.REQUIRED if is_open and said.is_of_sought and _begins_with_pronoun(clause) else None


def _ask_for_degrees(sentence: Sentence, parts: Sequence[Part]) -> None:
    """A degree that nothing else explains is asked, but not by a question."""
    for part in parts:
        if part.has_degree and part.is_plain and part.sense is Sense.ASIDE and not sentence.text.endswith("?"):
            part.sense = Sense.REQUIRED


def _begins_with_pronoun(clause: Clause) -> bool:
    head = cues.head(clause.words)
    return bool(head) and head[0] in small_words("persons_by_pronoun") | {"you"}


def _answer_questions(parts: Sequence[Part]) -> None:
    """`Kubernetes? Not here.`: what is asked about is what the answer says."""
    for question, answer in pairwise(parts):
        if answer.clause.joint == "?" and (question.is_plain or answer.sense is Sense.NEGATED):
            is_told = answer.sense in (Sense.NEGATED, Sense.PREFERRED, Sense.REQUIRED) and not answer.is_plain
            question.sense, question.is_plain = (answer.sense if is_told else Sense.ASIDE), False


def _goes_on_degree(part: Part, before: Sequence[Part]) -> bool:
    return (
        part.clause.joint in small_words("refining")
        and bool(before)
        and before[-1].has_degree
        and not part.has_degree
        and not small_words("experience") & set(part.clause.words)
    )


def _look_back(part: Part, before: Sequence[Part]) -> None:
    """A cue for the name before it: `Kafka (a plus)`, `Kafka | nice to have`, `our founder likes Go, you need not`."""
    if part.is_plain or part.mentions or not before or part.has_degree:
        _look_back_at_level(part, before)
        return
    if part.clause.words[0] in small_words("refining") | small_words("instead") and len(part.clause.words) > 1:
        return
    if part.sense is Sense.NEGATED:
        _deny_before(part, before)
    elif part.sense.is_asked and len(part.clause.words) <= _LONGEST_CUE:
        _ask_before(part, before)


def _ask_before(part: Part, before: Sequence[Part]) -> None:
    if (
        part.sense is Sense.PREFERRED
        and part.clause.joint in small_words("turns")
        and before[-1].sense is Sense.NEGATED
    ):
        before[-1].sense = Sense.PREFERRED  # "Terraform is no must, but a plus"
        return
    for earlier in before:
        if earlier.is_plain or (earlier.sense is not part.sense and part.sense is Sense.PREFERRED):
            earlier.sense, earlier.is_plain = part.sense, False


def _deny_before(part: Part, before: Sequence[Part]) -> None:
    denied: Sequence[Part] = ()
    if part.clause.joint in small_words("turns") and before[-1].sense.is_asked:
        before[-1].sense = Sense.PREFERRED  # "Terraform, though not a must"
    elif part.clause.joint == ")":
        denied = [earlier for earlier in before if earlier.is_plain]
    elif _is_about_the_last(part, before[-1]):
        # "We use Kotlin and our robots speak C++; you will need neither."
        denied = before if small_words("of_all") & set(part.clause.words) else before[-1:]
    for earlier in denied:
        earlier.sense = Sense.NEGATED


def _is_about_the_last(part: Part, last: Part) -> bool:
    """`Airflow - not needed`, `we use Go; nobody expects you to know it`."""
    row = part.clause.words
    if not (last.is_plain or last.sense in (Sense.BOAST, Sense.ASIDE, Sense.BENEFIT)):
        return False
    has_no_subject = bool(small_words("links_of_being") & set(row[:2]))  # "but is by no means a must"
    return len(row) <= (9 if has_no_subject or small_words("pronouns") & set(row) else 5)


def _look_back_at_level(part: Part, before: Sequence[Part]) -> None:
    """`Terraform (hands-on)`, `Python | advanced`: how well, behind the name."""
    if part.mentions or not before or len(part.clause.words) > 4:
        return
    hit = cues.level_cues().first(part.clause.words)
    last = before[-1]
    if hit and last.levels and (part.clause.is_aside or part.clause.joint == "-") and last.levels[-1] is None:
        level = int(hit.value)
        last.levels = [level if part.clause.joint == "-" and old is None else old for old in last.levels]
        last.levels[-1] = level
