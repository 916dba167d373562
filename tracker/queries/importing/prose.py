"""Skills that the descriptions of a file's roles speak of, each with its sentence: offered for review."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from tracker.engine.framework import Framework
from tracker.interchange.reading import Origin
from tracker.matching import Matcher
from tracker.matching.candidates import Deed, Skill, read_candidate

MOST_CHARACTERS = 40_000
MOST_SPOKEN_OF = 40


def spoken_of(
    document: Mapping[str, Any], framework: Framework, matcher: Matcher, listed: Collection[str]
) -> Iterator[tuple[Skill, Origin]]:
    """What the person says that she did, competency by competency, less those that the file lists anyway.

    An own export speaks of nothing new: its roles were looked at when they came in.
    """
    seen, left = set(listed), MOST_CHARACTERS
    for role in document["roles"] if "account" not in document else ():
        text = role.get("summary", "")[:left]
        left -= len(text)
        for skill in read_candidate(text, framework, matcher).of(Deed.HAS) if text else ():
            if skill.competency not in seen and len(seen) - len(listed) < MOST_SPOKEN_OF:
                seen.add(skill.competency)
                yield skill, Origin(role["title"], skill.quote)
