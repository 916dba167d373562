"""What each clause of an advert is to the person who applies: asked, wished, denied, offered, a boast, a duty."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tracker.matching import cues
from tracker.matching.adverts.values import Sense
from tracker.matching.phrases import small_words
from tracker.matching.scan import Mention
from tracker.matching.sentences import UNKNOWN, Clause, Sentence
from tracker.matching.spans import is_number
from tracker.matching.studies import speaks_of_degree

_SHORTEST_PRAISE = 3
_LATEST_SUBJECT = 8  # words within which a clause says whom it is about
_OF_SECTION = {
    "required": Sense.REQUIRED,
    "preferred": Sense.PREFERRED,
    "negated": Sense.NEGATED,
    "benefit": Sense.BENEFIT,
    "about": Sense.BOAST,
    "duty": Sense.DUTY,
    "process": Sense.ASIDE,
}


@dataclass(slots=True)
class Part:
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


def sense_of(clause: Clause, sentence: Sentence, before: Sequence[Part]) -> tuple[Sense, bool]:
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
    if "negated" in found and ("preferred" not in found or "neither" in row or _takes_back(found)):
        return (Sense.PREFERRED if _follows_praise(clause, before) else Sense.NEGATED), False
    if cues.says_no(head_row) or cues.ends_with_not(row) or _is_what_may_be_missing(row):
        return Sense.NEGATED, False
    is_degree_or_learnt = "required" in found and speaks_of_degree(clause)  # "a degree, or learnt it on the job"
    if ("benefit" in found and not is_degree_or_learnt) or (section is Sense.BENEFIT and "required" not in found):
        return Sense.BENEFIT, False  # "In return: a bonus" is no bonus point
    if "preferred" in found or _is_condition(clause):
        return Sense.PREFERRED, False
    if section is Sense.ASIDE:
        return section, False
    if "required" not in found and _is_in_the_conditional(row):
        return Sense.PREFERRED, False
    if (is_ours and "required" not in found) or _boasts(found):
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
    if _begins_with_a_demand(head_row) or ("duty" not in found and _tells_of_you(head_row)):
        return Sense.REQUIRED, False
    return _by_place(clause, before), True


def _boasts(found: Mapping[str, Any]) -> bool:
    """`The platform runs on Kafka`, but not `somebody whose models run on phones`."""
    required = found.get("required")
    return "boast" in found and not (required and required.end <= found["boast"].start)


def _takes_back(found: Mapping[str, Any]) -> bool:
    """`won't impress us`: a denial of the praise itself."""
    denied, praised = found["negated"], found["preferred"]
    return denied.start < praised.start and praised.start in denied.places


def _follows_praise(clause: Clause, before: Sequence[Part]) -> bool:
    """`Lovely, but no condition: Git`: a wish whose praise stands in a clause of its own."""
    if clause.joint not in small_words("turns") or len(before) != 1 or ":" not in clause.text:
        return False
    return not before[0].mentions and len(before[0].clause.words) <= _SHORTEST_PRAISE


def _is_in_the_conditional(row: Sequence[str]) -> bool:
    """`We'd be thrilled`, `would be viewed kindly`: what is spoken of as it might be, but not `you would work`."""
    for at, word in enumerate(row[1:], 1):
        is_contracted = word == "d" and row[at - 1] in small_words("contracting")
        if (word == "would" or is_contracted) and row[at - 1] not in small_words("you"):
            return small_words("needing").isdisjoint(row[at + 1 : at + 4])
    return False


def _speaks_to_you(row: Sequence[str], found: Mapping[str, Any], sentence: Sentence) -> bool:
    """A paragraph about the employer or the job may still say what it asks; a list of tasks does not."""
    is_said = "required" in found or "preferred" in found or "negated" in found
    return is_said and not sentence.is_item and (bool(small_words("you") & set(row)) or bool(sentence.lead))


def _is_listed(sentence: Sentence) -> bool:
    """Whether the sentence stands in a list below a heading, or behind one on its line."""
    return sentence.section not in ("", UNKNOWN) and (sentence.is_item or bool(sentence.lead))


def only_tells(part: Part, sentence: Sentence) -> bool:
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


def _is_what_may_be_missing(row: Sequence[str]) -> bool:
    """`If you don't know Kafka, that is fine.`"""
    is_condition = len(row) > 3 and row[0] in small_words("conditions") and row[1] in small_words("you")
    return is_condition and bool(small_words("lacking") & set(row[2:6]))


def _is_condition(clause: Clause) -> bool:
    """`If you have seen Kafka, tell us`: what not everybody has; `if you know Redshift instead` is one of several."""
    row = clause.words
    return (
        len(row) > 3
        and row[0] in small_words("conditions")
        and row[1] in small_words("you")
        and row[2] not in small_words("wills")
        and "instead" not in row
    )


def _begins_with_a_demand(row: Sequence[str]) -> bool:
    """`Solid Python ...`, `Knowledge of ...`, without a heading."""
    level = cues.level_cues().first(row[:3])
    return bool(row) and (row[0] in small_words("demands") or (level is not None and level.start == 0))


def _tells_of_you(row: Sequence[str]) -> bool:
    """`You treat tests as code`, `in a thesis you trained a network`: what the one who is sought is like or has done.

    What the job brings is no such thing, nor what stands in a clause that belongs to another.
    """
    for at, word in enumerate(row[:_LATEST_SUBJECT]):
        if word in small_words("relatives") | small_words("joints") | small_words("subordinating"):
            return False
        if word in small_words("sought") and at < 2:
            return True
        if word in small_words("addressed"):
            verb = row[at + 1] if len(row) > at + 2 else ""
            return verb.endswith("ed") or verb in small_words("states")
    return False


def _is_duty(found: Mapping[str, Any], row: Sequence[str]) -> bool:
    """`You will need to build`: a duty that begins the clause, however it goes on."""
    duty, required = found.get("duty"), found["required"]
    return duty is not None and duty.start < min(4, required.start)


def _by_place(clause: Clause, before: Sequence[Part]) -> Sense:
    """A clause that goes on what the one before it began, unless a turn (`but`) or a stop parts them."""
    if not before:
        return Sense.ASIDE
    last = before[-1]
    if clause.joint in small_words("turns"):
        return Sense.ASIDE
    if clause.joint == ")" and len(before) > 1 and last.clause.is_aside:
        return before[-2].sense
    return last.sense
