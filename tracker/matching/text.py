"""Text made comparable: case, accents, punctuation, plurals, spellings and abbreviations aside."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from sys import intern

from rapidfuzz.distance import OSA

_TOKEN = re.compile(r"[^\W_]+(?:\+\+|#)?")
_TOKEN_OR_COMMA = re.compile(rf",|{_TOKEN.pattern}")
_VERSION = re.compile(r"v?\d+(?:\.\d+)*")
_SPELLINGS = (
    (re.compile(r"isation(s?)$"), r"ization\1"),
    (re.compile(r"is(e|ing|ed)$"), r"iz\1"),
    (re.compile(r"elling$"), "eling"),
    (re.compile(r"ies$"), "y"),
)
_KEEP_IS = frozenset(("exercise", "enterprise", "expertise", "precise", "noise", "advise", "promise", "raise", "wise"))
# Of words, the longest first: what only changes how a word stands in its sentence.
_ENDING = re.compile(r"(?:at(?:ion|ing|ed|or|e)|ment|ing|ion|er|or|ed|e)$")
# Words that look like a form of another and mean something else: a customer's model is not a custom model.
_OWN_ROOT = frozenset(
    ("activation", "billion", "charter", "computer", "conception", "conversion", "counter", "customer",
     "driver", "employer", "engineer", "factor", "flower", "formation", "image", "imaging", "inversion",
     "marketing", "mission", "modeling", "networking", "pointer", "poster", "processor", "production",
     "publication", "reactor", "sector", "server", "specification", "statement", "succession", "teaming",
     "transformer")
)  # fmt: skip
_SHORTEST_ROOT = 4
_LONG_ENOUGH = 5
_ALONE_LONG_ENOUGH = 7


@lru_cache(maxsize=50_000)
def words(text: str) -> tuple[str, ...]:
    """The text's words in comparable form: `CI/CD Pipelines` -> ci, cd, pipeline; `C++` and `C#` stay what they are."""
    return tuple(map(_stem, _TOKEN.findall(plain(text))))


def words_of_each(texts: str) -> list[tuple[str, ...]]:
    """The words of each of many texts that commas separate, read in one go."""
    found: list[tuple[str, ...]] = []
    part: list[str] = []
    for token in _TOKEN_OR_COMMA.findall(plain(texts)):
        if token == ",":
            found.append(tuple(part))
            part = []
        else:
            part.append(_stem(token))
    return [*found, tuple(part)]


def plain(text: str) -> str:
    """The text in lower case without accents; marks of other scripts are kept."""
    if text.isascii():
        return text.lower()
    spread = unicodedata.normalize("NFKD", text.casefold())
    return unicodedata.normalize("NFC", "".join(c for c in spread if not "\u0300" <= c <= "\u036f"))


def key(text: str) -> str:
    return " ".join(words(text))


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    """American spelling, singular."""
    if len(word) <= 3 or not word.isascii():
        return intern(word)
    if word not in _KEEP_IS and ("is" in word or word.endswith(("elling", "ies"))):
        for pattern, spelling in _SPELLINGS:
            word = pattern.sub(spelling, word)
    if word.endswith("s") and len(word) > 3 and not word.endswith(("ss", "us", "is")):
        return intern(word[:-1])
    return intern(word)


@lru_cache(maxsize=50_000)
def root(word: str) -> str:
    """What words of one root share: deploying, deployment, deployed -> deploy. Not a word; only for comparing."""
    if len(word) <= _SHORTEST_ROOT or not word.isalpha():
        return word
    for _ in range(2):
        if word in _OWN_ROOT:
            return word
        ending = _ENDING.search(word, _SHORTEST_ROOT)
        word = word[: ending.start()] if ending else word
    return word[:-1] if len(word) > _SHORTEST_ROOT and word[-1] == word[-2] else word


def is_version(word: str) -> bool:
    return bool(_VERSION.fullmatch(word))


class Abbreviations(dict[tuple[str, ...], tuple[str, ...]]):
    """Words -> what they stand for, both in comparable form."""

    def __init__(self, entries: Mapping[tuple[str, ...], tuple[str, ...]]) -> None:
        super().__init__(entries)
        self.starts = frozenset(short[0] for short in entries if short)


def expand(tokens: tuple[str, ...], abbreviations: Abbreviations) -> tuple[str, ...]:
    """The words with each abbreviation (one to three words, longest first) written out."""
    if abbreviations.starts.isdisjoint(tokens):
        return tokens
    result: list[str] = []
    at = 0
    while at < len(tokens):
        for length in range(min(3, len(tokens) - at), 0, -1):
            part = tokens[at : at + length]
            if part in abbreviations:
                result += abbreviations[part]
                at += length
                break
        else:
            result.append(tokens[at])
            at += 1
    return tuple(result)


def is_typo(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    """Whether the two differ by slips of the keyboard alone: word by word at most one letter, in long words only."""
    if len(first) != len(second):
        return False
    shortest = _LONG_ENOUGH if len(first) > 1 else _ALONE_LONG_ENOUGH
    changed = [(a, b) for a, b in zip(first, second, strict=True) if a != b]
    return 0 < len(changed) <= 2 and all(_is_slip(a, b, shortest) for a, b in changed)


def _is_slip(first: str, second: str, shortest: int) -> bool:
    if (
        max(len(first), len(second)) < shortest
        or min(len(first), len(second)) < _LONG_ENOUGH
        or first[0] != second[0]
        or not (first + second).isalpha()
    ):
        return False
    # Another final letter makes another word (scale, scala), not a slip, unless two letters are only swapped.
    return OSA.distance(first, second) == 1 and (first[-1] == second[-1] or sorted(first) == sorted(second))
