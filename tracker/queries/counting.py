"""What a logged item counts as in a framework: what it was saved as or, where that is of another framework, what its
words say in this one.

An item is saved with a rule of the framework that was aimed at then. One with rules of its own has other ids; there the
item is matched as it is read, and nothing of it is changed: going back, it counts as before.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from tracker.engine.framework import Framework
from tracker.matching import Match as Matching
from tracker.matching import Matcher, matcher_of
from tracker.models import Certification, Degree, ListedSkill, Match, Role
from tracker.models.profile import MatchedText
from tracker.queries.frameworks import SHIPPED, current_framework

# Where a framework has the rules of these items, by their ids.
RULES: dict[type[MatchedText], str] = {
    Degree: "degree_rule", Role: "role_rule", Certification: "certification_rule", ListedSkill: "competency",
}  # fmt: skip
Item = TypeVar("Item", bound=MatchedText)


def counted(framework: Framework, rows: Iterable[Item]) -> list[Item]:
    """The rows with the rule and the match that they have in this framework. For reading alone: never to be saved."""
    found = []
    for row in rows:
        row.rule, row.match = rule_in(framework, row)
        found.append(row)
    return found


def rule_in(framework: Framework, row: MatchedText) -> tuple[str, str]:
    """(rule, how it matched) of the item in the framework.

    A rule that the framework has stands, and so does the person's "none of these". What the shipped model left without
    a rule stays so there: it was matched when it was saved.
    """
    is_settled = row.match == Match.REFUSED or (not row.rule and framework.id == SHIPPED)
    if is_settled or is_of(framework, row):
        return row.rule, row.match
    return by_words(words_of(matcher_of(framework), row))


def is_of(framework: Framework, row: MatchedText) -> bool:
    """Whether the rule that the item was saved with is one of the framework."""
    return row.rule in getattr(framework, RULES[type(row)])


def rule_to_save(framework: Framework, row: MatchedText) -> tuple[str, str]:
    """(rule, how it matched) that an item is saved with: by its words in the framework that is aimed at; where they say
    nothing there, in the shipped model, so that it counts there once that is aimed at."""
    found = by_words(words_of(matcher_of(framework), row))
    ours = current_framework() if not found[0] and framework.id != SHIPPED else None
    there = by_words(words_of(matcher_of(ours), row)) if ours else found
    return there if there[0] else found


def by_words(found: Matching) -> tuple[str, str]:
    """(rule, how it matched) that a match stands for: an unsure one counts as nothing until it is answered."""
    if found.is_accepted:
        return found.id, Match.MATCHED
    return "", Match.UNSURE if found.is_asked else Match.NONE


def words_of(matcher: Matcher, row: MatchedText) -> Matching:
    """What the words of the item match."""
    match row:
        case Degree():
            return matcher.field(row.field)
        case Role():
            return matcher.role(row.title)
        case Certification():
            return matcher.certificate(row.name, row.issuer)
        case ListedSkill():
            return matcher.skill(row.text)
    raise TypeError(f"{type(row).__name__} has no words to match")
