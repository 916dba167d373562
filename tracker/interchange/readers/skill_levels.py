"""Levels of skill as people write them -> 0 to 5: figures on their own scale, percent, stars, `4/5`, words.

Nobody is given more than he wrote: what falls between two levels is the lower one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

HIGHEST = 5
_SCALES = (5, 10, 100)
_LONGEST = 60

_NUMBER = re.compile(r"[+]?([0-9]{1,3})(?:[.,]([0-9]{1,3}))?")
_PERCENT = re.compile(r"([0-9]{1,3})(?:[.,][0-9]+)?\s*(?:%|percent|prozent|pour ?cent)", re.IGNORECASE)
_OF = re.compile(r"([0-9]{1,3})(?:[.,]([0-9]))?\s*(?:/|of|out of|von|sur|de|di|aus)\s*([0-9]{1,3})", re.IGNORECASE)
_LABELLED = re.compile(
    r"(?:level|lvl|l|stufe|niveau|grade)\s*([0-9]{1,2})|([0-9])\s*(?:stars?|sterne?|étoiles?)", re.IGNORECASE
)
_FULL, _EMPTY, _HALF = "★⭐●◉⬤■▮▰*", "☆○◯□▯▱·∙", "½⯨◐⯪"
_MARKS = re.compile(rf"(?:[{re.escape(_FULL + _EMPTY + _HALF)}]\ufe0f?\s?)+")
_NUMBER_FIRST = re.compile(r"([0-9])\s*[-\u2013:=(.]\s*[^\W\d_].*")
_HEADER_SCALE = re.compile(
    r"\b[01]\s*(?:[-\u2013\u2014/]|to|bis|à|a|\.{2,3})\s*([0-9]{1,3})\b|(?:/|of|von|sur|max\.?)\s*([0-9]{1,3})\b"
)
_WORDS = (
    (0, "none|no|never|keine?|nicht|aucune?|no knowledge|keine kenntnisse|nada|nessuna|0"),
    (1, "aware|awareness|novice|beginner|basic|basics|fundamental(?: awareness)?|elementary|foundation|foundational|"
        "familiar|entry|learning|low|trainee|grundkenntnisse?|basiskenntnisse|basis|grundlagen|grundlegend|anfänger(?:in)?|"
        "einsteiger(?:in)?|gering|débutante?|notions?|bases?|élémentaire|faible|principiante|básico|base|basico|"
        "beginnend|kennt|kennen|awareness level"),
    (2, "assisted|advanced beginner|limited(?: experience)?|working knowledge|some(?: experience)?|fair|junior|"
        "lower intermediate|pre-intermediate|developing|erweiterte grundkenntnisse|ausreichend|befriedigend|"
        "faux débutant|moyen|junior level|assez bien"),
    (3, "independent|intermediate|competent|practitioner|working|medium|moderate|good|solid|mid|mid-level|regular|"
        "professional|proficient|skilled|gute?|gute kenntnisse|mittel|fortgeschritten(?:e|er)?|sicher|kompetent|"
        "anwender|fortgeschrittene kenntnisse|solide|intermédiaire|bon|bonne|autonome|courant|intermedio|medio|bueno|"
        "opérationnel(?:le)?"),
    (4, "advanced|strong|very good|high|senior|upper intermediate|highly proficient|sehr gut(?:e)?|"
        "sehr gute kenntnisse|profi|weit fortgeschritten|vertieft|hoch|avancée?|confirmée?|très bon(?:ne)?|maîtrise|"
        "avanzado|avanzato|alto|experienced|erfahren|erfahrene?r?"),
    (5, "expert(?:e|in)?|experte|expertin|master|mastery|authority|guru|excellent|principal|world class|"
        "expertenkenntnisse|expertenwissen|ausgezeichnet|exzellent|hervorragend|experto|experta|esperto|excelente"),
)  # fmt: skip
_WORD = tuple((level, re.compile(words)) for level, words in _WORDS)


@dataclass(frozen=True, slots=True)
class Scale:
    """The scale of a column: `top` is its highest figure. `said` is how its cells are read."""

    top: Fraction
    said: str

    def level_of(self, cell: str) -> int | None:
        """0 to 5, or None where the cell is no level."""
        cell = _plain(cell)
        own = _share(cell)
        if own is not None:
            return _on_ours(own)
        number = _number(cell)
        if number is not None:
            return _on_ours(number / self.top) if 0 <= number <= self.top else None
        return _in_words(cell)


def is_level(cell: str) -> bool:
    """Whether the cell can be a level on any scale."""
    cell = _plain(cell)
    number = _number(cell)
    return _share(cell) is not None or (number is not None and number <= 100) or _in_words(cell) is not None


def scale_of(cells: Iterable[str], header: str = "") -> Scale:
    """The scale of a column, told from its header (`Level (1-10)`), else from its largest figure."""
    plain = map(_plain, cells)
    numbers = [n for cell in plain if _share(cell) is None and (n := _number(cell)) is not None]
    largest = max(numbers, default=Fraction(0))
    top = _scale_in(header)
    if top and largest <= top:
        how = "as they stand" if top == HIGHEST else f"from a scale up to {top}, as its header says, to 0 to 5"
        return Scale(Fraction(top), f"read {how}")
    if not numbers:
        return Scale(Fraction(HIGHEST), "percentages, marks and words are read as 0 to 5")
    if largest <= 1 and any(n.denominator > 1 for n in numbers):
        return Scale(Fraction(1), "read from parts of 1 to 0 to 5")
    top = next((scale for scale in _SCALES if largest <= scale), None)
    if top is None:
        return Scale(Fraction(0), f"not read, the largest is {float(largest):g} and no scale goes so far")
    shown = f"{float(largest):g}"
    if top == HIGHEST:
        return Scale(Fraction(top), f"read as they stand, on 0 to 5: the largest is {shown}")
    return Scale(Fraction(top), f"read from a scale up to {top} to 0 to 5: the largest is {shown}")


def _plain(cell: str) -> str:
    """The cell with single blanks; what is longer than any level is none."""
    return " ".join(cell.split()) if len(cell) <= _LONGEST else ""


def _on_ours(share: Fraction) -> int:
    """The level nearest to the share of the whole; halfway is the lower one."""
    exact = share * HIGHEST
    below = exact.numerator // exact.denominator
    return min(HIGHEST, below + (exact - below > Fraction(1, 2)))


def _share(cell: str) -> Fraction | None:
    """The part of the whole where the cell itself names it: `80 %`, `4/5`, `★★★☆☆`."""
    if found := _PERCENT.fullmatch(cell):
        return Fraction(int(found[1]), 100) if int(found[1]) <= 100 else None
    if found := _OF.fullmatch(cell):
        part, whole = _fraction(found[1], found[2]), int(found[3])
        return part / whole if whole and part <= whole else None
    if found := _LABELLED.fullmatch(cell):
        level = int(found[1] or found[2])
        return Fraction(level, HIGHEST) if level <= HIGHEST else None
    if _MARKS.fullmatch(cell):
        full = sum(map(cell.count, _FULL)) + Fraction(sum(map(cell.count, _HALF)), 2)
        whole = max(HIGHEST, sum(map(cell.count, _FULL + _EMPTY + _HALF))) if not _has_empty(cell) else _all_marks(cell)
        return Fraction(full) / whole
    return None


def _has_empty(cell: str) -> bool:
    return any(mark in cell for mark in _EMPTY)


def _all_marks(cell: str) -> int:
    return sum(map(cell.count, _FULL + _EMPTY + _HALF))


def _number(cell: str) -> Fraction | None:
    """The figure of the cell, also where a word follows it (`3 - Intermediate`)."""
    if found := _NUMBER.fullmatch(cell):
        return _fraction(found[1], found[2])
    if found := _NUMBER_FIRST.fullmatch(cell):
        return Fraction(int(found[1]))
    return None


def _fraction(whole: str, part: str | None) -> Fraction:
    return Fraction(f"{whole}.{part}") if part else Fraction(int(whole))


def _in_words(cell: str) -> int | None:
    plain = re.sub(r"\s*\(.*\)$", "", cell.casefold()).strip(" .!")
    for level, words in _WORD:
        if words.fullmatch(plain) or words.fullmatch(plain.removesuffix(" level").removesuffix(" knowledge")):
            return level
    return None


def _scale_in(header: str) -> int | None:
    """The highest figure of the scale that a header names."""
    if "%" in header or "prozent" in header.casefold() or "percent" in header.casefold():
        return 100
    found = _HEADER_SCALE.search(header.casefold())
    return (int(found[1] or found[2]) or None) if found else None
