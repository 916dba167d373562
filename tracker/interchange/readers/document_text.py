"""The text of a document as clean lines, each of which knows where it stands.

PDFs write letters in many ways that look alike: ligatures, look-alike code points, soft hyphens, spaced-out capitals,
icons, dots for levels. All of that is made plain here, before anything is understood.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

MOST_CHARACTERS = 200_000
MOST_LINES = 4_000
LONGEST_LINE = 2_000
BULLET = "•"

_SEPARATING_BLANKS = str.maketrans({"\u2003": "\t", "\u3000": "\t", "\u2002": "\t", "\x0b": "\n", "\x0c": "\n"})
_DASHES = re.compile("[\u2010-\u2015\u2212\ufe58\ufe63]")
# Radicals that some printers write for whole characters, and that normalising leaves as they are.
_RADICALS = str.maketrans("⺟⺠⻁⻄⻅⻆⻋⻑⻓⻔⻘⻝⻢⻤⻨⻩⻫⻭⻯⻲", "母民虎西見角車長長門青食馬鬼麦黄斉歯竜亀")
_QUOTES = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201b": "'", "\u02bc": "'", "\u201c": '"', "\u201d": '"'})
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\ud800-\udfff\ufe00-\ufe0f\ufeff\ufff9-\ufffc\U000e0000-\U000e0fff]"
)
_PICTURES = re.compile("[\u2705\u2611\u2b50\ufe0f\U0001f000-\U0001faff]")
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd]")
_MARKS = "•●▪▫◦‣⁃∙·・■□◆◇►▶▸➢➤➔→✓✔✦❖○◉*♦»›"  # noqa: RUF001, these are the marks that people use
_BULLETS = re.compile(rf"\s*(?:[{_MARKS}]|(?:-|--|o)(?=\s)|[\ue000-\uf8ff](?=\s|$)|\([0-9]{{1,2}}\)\s)\s*")
_LEVEL_DOTS = re.compile(r"(?:[●○◯⬤◉◎■□▪▫★☆◆◇⚫⚪•∙⭑⭒✪█░▓▒]\s?){3,}")
_LETTER_HYPHEN = re.compile(r"[^\W\d_]-[^\W\d_]")
_PAGE_NUMBER = re.compile(
    r"(?:page|seite|pagina|página|s\.|p\.)?\s*[0-9]{1,3}\s*(?:(?:/|of|von|de|sur|di|av|van)\s*[0-9]{1,3})?",
    re.IGNORECASE,
)
# The first two columns of a Japanese form, year and month, before what happened then.
_YEAR_AND_MONTH = re.compile(
    r"^((?:19|20)[0-9]{2})[\s年./]{1,3}(1[0-2]|0?[1-9])[\s月]{1,3}(?=[^\W0-9]*[\u3040-\u30ff\u3400-\u9fff])"
)
_COUNTED = re.compile(
    r"(?P<name>.{0,80}?)[\s|·,-]*\b(?P<number>[0-9]{1,2})\s?(?:/|of|von|de|sur|di)\s?(?P<all>[0-9]{1,2})"
)
_FOOT = re.compile(r".{0,80}\b(?:r[ée]sum[ée]|cv|curriculum vitae|lebenslauf)[\s|·,-]{1,3}[0-9]{1,2}", re.IGNORECASE)
_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line: `page` and `number` count from 1 (page 0: the document has no pages). `left` is how far in it begins,
    `top` how far below the page's upper edge it stands, `size` how large it is written: points, or 0 where unknown.
    """

    page: int
    number: int
    text: str
    left: float = 0.0
    top: float = 0.0
    size: float = 0.0

    @property
    def where(self) -> str:
        return f"page {self.page}, line {self.number}" if self.page else f"line {self.number}"

    @property
    def is_bullet(self) -> bool:
        return self.text.startswith(BULLET)

    @property
    def bare(self) -> str:
        """The text without its bullet."""
        return self.text.lstrip(BULLET + " ")

    def saying(self, text: str) -> TextLine:
        return replace(self, text=text)


@dataclass(frozen=True, slots=True)
class Document:
    lines: tuple[TextLine, ...]
    notes: tuple[str, ...] = ()


def document_of(lines: Iterable[TextLine], notes: Iterable[str] = ()) -> Document:
    """The document of raw lines: cleaned, without empty lines and page numbers, and cut at the limit."""
    kept: list[TextLine] = []
    told = list(notes)
    left = MOST_CHARACTERS
    raw = list(lines)
    soft = "-" if _writes_hyphens_softly(line.text for line in raw) else ""
    for line in raw:
        if left <= 0:
            told.append(f"only the first {MOST_CHARACTERS} characters are read")
            break
        if len(kept) == MOST_LINES:
            told.append(f"only the first {MOST_LINES} lines are read")
            break
        text = clean_line(line.text[:left], soft)
        left -= len(line.text)
        if text.strip():
            kept.append(line.saying(text[:LONGEST_LINE]))
    return Document(tuple(_without_furniture(kept)), tuple(told))


def clean_line(text: str, soft_hyphen: str = "") -> str:
    """The line in plain letters: bullets as one mark, tabs kept between columns, other blanks single."""
    text = text.translate(_SEPARATING_BLANKS).translate(_RADICALS)
    text = re.sub("[\xad\x85]", lambda mark: soft_hyphen if mark[0] == "\xad" else " ", text)
    text = _INVISIBLE.sub("", _PICTURES.sub(" ", _LEVEL_DOTS.sub("\t", text)))
    bullet = _BULLETS.match(text)
    if bullet:
        text = text[bullet.end() :]
    text = unicodedata.normalize("NFKC", _PRIVATE.sub(" ", text)).translate(_RADICALS).translate(_QUOTES)
    text = _DASHES.sub("-", text)
    text = _YEAR_AND_MONTH.sub(r"\1年\2月 ", text)
    text = "\t".join(filter(None, (" ".join(part.split()) for part in re.split(r"\t| {3,}", text))))
    return f"{BULLET} {text}" if bullet and text else text


def clean_text(text: str) -> str:
    """A whole text, line by line, in plain letters."""
    return "\n".join(clean_line(line) for line in text.splitlines())


def joined(first: str, second: str) -> str:
    """Two lines of one sentence as one: a word parted by a hyphen is whole again, East Asian text needs no blank."""
    if first.endswith("-") and first[-2:-1].isalpha() and second[:1].islower():
        return first[:-1] + second
    if first.endswith("-") and first[-2:-1].isalpha() and second[:1].isupper():
        return first + second  # `OR-` and `Tools`: the hyphen is the name's
    if first and second and _CJK.match(first[-1]) and _CJK.match(second[0]):
        return first + second
    return f"{first} {second}".strip()


def is_east_asian(text: str) -> bool:
    return bool(_CJK.search(text))


def _writes_hyphens_softly(texts: Iterable[str]) -> bool:
    """Whether every hyphen of the document is a soft one, as some typesetters write them: then they are meant."""
    soft = False
    for text in texts:
        if _LETTER_HYPHEN.search(text) or re.search("[^\\W\\d_][\u2010\u2011][^\\W\\d_]", text):
            return False
        soft = soft or "\xad" in text
    return soft


def _without_furniture(lines: Sequence[TextLine]) -> list[TextLine]:
    """The lines less page numbers, and less what stands at the edge of every page."""
    pages: dict[int, list[TextLine]] = {}
    for line in lines:
        pages.setdefault(line.page, []).append(line)
    count = len(pages)
    seen = Counter(key for page in pages.values() for key in {_edge_key(line, count) for line in _edges(page)})
    repeated = {key for key, times in seen.items() if times > 1 and times >= len(pages) - 1}
    feet = _counted_feet(lines)
    counted = {line.text for page in list(pages.values())[1:] for line in _edges(page)}  # as later pages write it
    kept = []
    for page in pages.values():
        edges = {line.number for line in _edges(page)} if len(pages) > 1 else set()
        for line in page:
            if line.text in feet or (line in page[-2:] and _FOOT.fullmatch(line.text)):
                continue
            if line.number in edges and line.page > 1 and _edge_key(line, count) in repeated:
                continue
            if line.number in edges and _edge_key(line, count) in repeated and line.text not in counted:
                continue
            if (
                line.number in _numbers(page[:1], page[-2:])
                and line.page
                and _PAGE_NUMBER.fullmatch(line.text.replace("\t", " "))
                and not _is_year(line.text)
            ):
                continue
            kept.append(line)
    return kept


def _counted_feet(lines: Sequence[TextLine]) -> set[str]:
    """The feet of pages that count them all, behind one name: `Ada Example - 1/2` and `Ada Example - 2/2`."""
    feet: dict[tuple[str, str], dict[int, str]] = {}
    for line in lines:
        if match := _COUNTED.fullmatch(line.text):
            feet.setdefault((match["name"], match["all"]), {})[int(match["number"])] = line.text
    return {
        text
        for (_, last), texts in feet.items()
        if sorted(texts) == list(range(1, int(last) + 1))
        for text in texts.values()
    }


def _numbers(*parts: Sequence[TextLine]) -> set[int]:
    return {line.number for part in parts for line in part}


def _edges(page: Sequence[TextLine]) -> list[TextLine]:
    return [*page[:2], *page[-2:]]


def _edge_key(line: TextLine, pages: int) -> str:
    """The line with the number of its page, and of all pages, taken out."""
    return re.sub(r"[0-9]+", lambda number: "#" if number[0] in (str(line.page), str(pages)) else number[0], line.text)


def _is_year(text: str) -> bool:
    return len(text.strip()) == 4
