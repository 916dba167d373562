"""What a logged item counts as in a framework: what the person said under it or, where she said nothing, what its words
match there.

An item's `rule` and `match` are of the shipped model, whatever she aims at while it is saved. A framework that takes
over the rules of that goes by them. What she says under one with rules of its own is kept beside them, in `elsewhere`,
so that no answer under one is lost by an answer under another; all else is matched there as it is read, and nothing of
the item is changed.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any, TypeVar

from tracker.engine.framework import Framework
from tracker.matching import Match as Matching
from tracker.matching import Matcher, matcher_of
from tracker.models import Certification, Degree, ListedSkill, Match, Role
from tracker.models.framework import KEY_LENGTH
from tracker.models.profile import MatchedText
from tracker.queries.frameworks import SHIPPED, current_framework

Item = TypeVar("Item", bound=MatchedText)
Counted = tuple[str, str]  # (rule, how it came to it)

# Where a framework has the rules of these items, by their ids.
RULES: dict[type[MatchedText], str] = {
    Degree: "degree_rule", Role: "role_rule", Certification: "certification_rule", ListedSkill: "competency",
}  # fmt: skip
# The fields whose words are matched.
WORDS: dict[type[MatchedText], frozenset[str]] = {
    Degree: frozenset({"field"}),
    Role: frozenset({"title"}),
    Certification: frozenset({"name", "issuer"}),
    ListedSkill: frozenset({"text"}),
}
SAID = (Match.CONFIRMED, Match.REFUSED)
MOST_ELSEWHERE = 50  # frameworks under which something was said of one item


class Counting:
    """What items count as in one framework, and what is saved of it. The shipped model is looked up once, and only
    where it is needed."""

    def __init__(self, framework: Framework) -> None:
        self.framework = framework
        self.is_shipped = framework.id == SHIPPED

    @cached_property
    def ours(self) -> Framework:
        """The shipped model as it is published."""
        return self.framework if self.is_shipped else current_framework() or self.framework

    def read(self, row: MatchedText) -> Counted:
        """(rule, match) of the item in the framework.

        What the shipped model left without a rule stays so there: it was matched when it was saved.
        """
        said = row.elsewhere.get(self.framework.id)
        if said and (not said[0] or said[0] in self._rules(type(row))):
            return said[0], said[1]
        if self._has(row) or (self.is_shipped and not row.rule):
            return row.rule, row.match
        found = by_words(words_of(matcher_of(self.framework), row))
        is_refused = row.match == Match.REFUSED and (self._is_taken_over(type(row)) or self._is_shared(row, found[0]))
        return (row.rule, row.match) if is_refused else found

    def match(self, row: MatchedText) -> None:
        """For an item that is new, or whose words are others now: it is what they say in the shipped model, and
        nothing that was said of it before stands."""
        row.rule, row.match = by_words(words_of(matcher_of(self.ours), row))
        row.elsewhere = {}

    def answer(self, row: MatchedText, rule: str) -> None:
        """The person's word under this framework: a rule, or nothing (empty)."""
        self.put(row, rule, Match.CONFIRMED if rule else Match.REFUSED)

    def put(self, row: MatchedText, rule: str, match: str) -> None:
        """Keep that the item counts so under this framework: beside what it is in ours, unless the two are one."""
        self._forget(row)
        is_settled = bool(rule) or match in SAID
        if self.is_shipped or (is_settled and self._is_ours(row, rule)):
            row.rule, row.match = rule, match
        elif match in SAID or (rule and self.read(row)[0] != rule):
            said = [rule, str(Match.CONFIRMED if rule else Match.REFUSED)]
            row.elsewhere = {**row.elsewhere, self.framework.id: said}

    def withdraw(self, row: MatchedText) -> None:
        """The person leaves it to the words again what the item counts as under this framework."""
        self._forget(row)
        if self.read(row) == (row.rule, row.match):
            row.rule, row.match = by_words(words_of(matcher_of(self.ours), row))

    def scope(self, model: type[MatchedText]) -> str:
        """Under which key answers about the words of such items are remembered: empty for ours, and for a framework
        that takes our rules over."""
        return "" if self.is_shipped or self._is_taken_over(model) else self.framework.id

    def _rules(self, model: type[MatchedText]) -> dict[str, Any]:
        rules: dict[str, Any] = getattr(self.framework, RULES[model])
        return rules

    def _has(self, row: MatchedText) -> bool:
        return row.rule in self._rules(type(row))

    def _is_taken_over(self, model: type[MatchedText]) -> bool:
        """Whether all rules that the framework has for such items are ours."""
        rules = self._rules(model)
        return bool(rules) and rules.keys() <= getattr(self.ours, RULES[model]).keys()

    def _is_shared(self, row: MatchedText, rule: str) -> bool:
        """Whether it is a skill that both have: that is one record."""
        return isinstance(row, ListedSkill) and rule in self.ours.competency

    def _is_ours(self, row: MatchedText, rule: str) -> bool:
        """Whether an answer under this framework is one for ours. Of a skill that ours has otherwise by the person's
        word, as something that this framework does not have, it is none."""
        if self._is_taken_over(type(row)):
            return row.match != Match.CONFIRMED or self._has(row)
        is_said_otherwise = row.match in SAID and not self._has(row)
        return self._is_shared(row, rule) and not is_said_otherwise

    def _forget(self, row: MatchedText) -> None:
        row.elsewhere = {key: said for key, said in row.elsewhere.items() if key != self.framework.id}


def counted(framework: Framework, rows: Iterable[Item]) -> list[Item]:
    """The rows with the rule and the match that they have in this framework. For reading alone: never to be saved."""
    counting, found = Counting(framework), []
    for row in rows:
        row.rule, row.match = counting.read(row)
        found.append(row)
    return found


def by_words(found: Matching) -> Counted:
    """(rule, match) that a match stands for: an unsure one counts as nothing until it is answered."""
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


def is_elsewhere(given: object) -> bool:
    """Whether a stranger's words (a file's) are what the `elsewhere` of an item can hold."""
    return (
        isinstance(given, dict)
        and len(given) <= MOST_ELSEWHERE
        and all(is_key(key) and key and _is_said(said) for key, said in given.items())
    )


def is_counted(rule: object, match: object) -> bool:
    """Whether they are what the `rule` and the `match` of an item can hold."""
    return is_key(rule) and match in Match.values


def _is_said(said: object) -> bool:
    if not (isinstance(said, list) and len(said) == 2 and is_key(said[0])):
        return False
    return bool(said[1] == (Match.CONFIRMED if said[0] else Match.REFUSED))


def is_key(text: object) -> bool:
    """Whether it can stand for a rule or a framework."""
    return isinstance(text, str) and len(text) <= KEY_LENGTH
