"""Free text -> the ids of a framework: accepted where it is plain, asked where it is not, never guessed."""

from tracker.matching.match import Candidate, Kind, Match
from tracker.matching.matcher import Matcher, SkillMatch, matcher_of
from tracker.matching.resolve import Found, Resolved, Unmatched, resolve

__all__ = [
    "Candidate",
    "Found",
    "Kind",
    "Match",
    "Matcher",
    "Resolved",
    "SkillMatch",
    "Unmatched",
    "matcher_of",
    "resolve",
]
