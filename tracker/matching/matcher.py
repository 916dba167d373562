"""One matcher a framework: its index is built once and shared."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import lru_cache

from tracker.engine.framework import Framework
from tracker.interchange.degree_words import degree_level, says_unfinished
from tracker.matching.certificates import Certificates
from tracker.matching.degrees import Fields
from tracker.matching.match import Match, accepted
from tracker.matching.skills import SkillMatch, Skills
from tracker.matching.titles import Titles

__all__ = ["Matcher", "SkillMatch", "matcher_of"]

_MOST_KEPT = 10_000


class Matcher:
    """Texts as people write them -> ids of one framework. Answers are kept, so asking twice costs nothing.

    An id of the framework means itself.
    """

    def __init__(self, framework: Framework) -> None:
        self.framework = framework
        self._skills = Skills(framework)
        self.skill = _kept(self._skills.match, framework.competency)
        self.skills = lru_cache(maxsize=_MOST_KEPT)(self._all_skills)
        self.role = _kept(Titles(framework).match, framework.role_rule)
        fields = Fields(framework)
        self.field = _kept(fields.match, framework.degree_rule)
        self.fields = lru_cache(maxsize=_MOST_KEPT)(fields.match_all)
        self._certificate = lru_cache(maxsize=_MOST_KEPT)(Certificates(framework).match)

    def certificate(self, name: str, issuer: str = "") -> Match:
        """The certification rule that the certificate's name means; the issuer helps where the name leaves it out."""
        if name in self.framework.certification_rule:
            return accepted(name, name)
        return self._certificate(name, issuer)

    def degree(self, text: str) -> tuple[str, tuple[Match, ...], bool]:
        """A degree's whole name -> its level ("" where not named), its fields, and whether it reads as finished."""
        return degree_level(text), self.fields(text), not says_unfinished(text)

    def _all_skills(self, text: str) -> tuple[SkillMatch, ...]:
        if text in self.framework.competency:
            return (SkillMatch(text, accepted(text, text)),)
        return self._skills.match_all(text)


def _kept(match: Callable[[str], Match], ids: Collection[str]) -> Callable[[str], Match]:
    @lru_cache(maxsize=_MOST_KEPT)
    def kept(text: str) -> Match:
        return accepted(text, text) if text in ids else match(text)

    return kept


_matchers: dict[tuple[str, str], Matcher] = {}
_MOST_MATCHERS = 8


def matcher_of(framework: Framework) -> Matcher:
    """The framework's matcher, built the first time that this framework and version is asked for."""
    found = _matchers.get((framework.id, framework.version))
    if found is None or found.framework is not framework:
        if len(_matchers) >= _MOST_MATCHERS:
            _matchers.clear()
        found = _matchers[(framework.id, framework.version)] = Matcher(framework)
    return found
