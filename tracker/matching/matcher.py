"""One matcher a framework: its index is built once and shared."""

from __future__ import annotations

from functools import lru_cache

from tracker.engine.framework import Framework
from tracker.interchange.degree_words import degree_level, says_unfinished
from tracker.matching.certificates import Certificates
from tracker.matching.degrees import Fields
from tracker.matching.match import Match
from tracker.matching.skills import SkillMatch, Skills
from tracker.matching.titles import Titles

__all__ = ["Matcher", "SkillMatch", "matcher_of"]


class Matcher:
    """Texts as people write them -> ids of one framework. Answers are kept, so asking twice costs nothing."""

    def __init__(self, framework: Framework) -> None:
        self.framework = framework
        self._skills = Skills(framework)
        self._titles = Titles(framework)
        self._fields = Fields(framework)
        self._certificates = Certificates(framework)
        self.skill = lru_cache(maxsize=10_000)(self._skills.match)
        self.skills = lru_cache(maxsize=10_000)(self._skills.match_all)
        self.role = lru_cache(maxsize=10_000)(self._titles.match)
        self.field = lru_cache(maxsize=10_000)(self._fields.match)
        self._certificate = lru_cache(maxsize=10_000)(self._certificates.match)

    def certificate(self, name: str, issuer: str = "") -> Match:
        """The certification rule that the certificate's name means."""
        return self._certificate(name, issuer)

    def degree(self, text: str) -> tuple[str, Match, bool]:
        """A degree's whole name -> its level ("" where not named), its field, and whether it reads as finished."""
        return degree_level(text), self.field(text), not says_unfinished(text)


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
