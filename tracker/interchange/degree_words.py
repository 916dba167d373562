"""The level of a degree, and whether it is finished, from the words that people write."""

from __future__ import annotations

import re
import unicodedata

# Highest first, but what only sounds high stands before it: a school's "diploma" is no Diplom.
_LEVELS = (
    (
        "secondary",
        r"high school|secondary school|abitur\b|matur(?:a|ita)\b|baccalaureat\b|bachillerato|a-levels?\b|gcse|\bged\b|"
        r"school leaving|高校|ثانوية",
    ),
    (
        "doctorate",
        r"ph\.? ?d\b|\bdottorato|d\.? ?phil\b|\bdoctor\w*|\bdoktor\w*|\bdr\.|\bdr[- ]ing|\bsc\.?d\b|\beng\.?d\b|"
        r"博士|دكتوراه",
    ),
    (
        "master",
        r"\bmaster\w*|\bmagist\w*|\bmaitrise|\bm\.? ?sc\b|\bm\.? ?s\.?(?=[\s,/)]|$)|\bm\.? ?eng\b|\bm\.? ?tech\b|"
        r"\bm\.? ?phil\b|\bm\.? ?a\.?(?=[\s,/)]|$)|\bm\.? ?math|\bm\.? ?phys|\bm\.? ?comp\b|\bm\.?b\.?a\b|"
        r"\bm\.? ?stat\b|\bm\.? ?res\b|\bms(?:ee|cs)\b|\bdipl\b|\bdipl[.-]|\bdiplom\b|\bdiplom-|\bdiplomingenieur\w*|"
        r"laurea magistrale|specialistica|\bmestrado|\bmaestria|\bdiplome d.ingenieur|\bengineer.s degree|"
        r"\bcivilingenior|\bcivilingenjor|\bmaisteri|\bsivilingenior|\bokleveles|修士|ماجستير|硕士",
    ),
    ("bootcamp", r"boot ?camp|nanodegree"),
    (
        "associate",
        r"\bassociate\w*|foundation degree|\bhnd\b|\bhnc\b|higher national|\ba\.? ?a\.? ?s\b|"
        r"\bfachinformatiker\w*|\bihk\b|"
        r"\bausbildung|\bbts\b|\bdut\b|vocational|短期大学士",
    ),
    (
        "bachelor",
        r"\bbachelor\w*|\bbacharel\w*|\bb\.? ?sc\b|\bb\.? ?s\.?(?=[\s,/)]|$)|\bb\.? ?eng\b|"
        r"\bb\.? ?tech\b|\bb\.? ?e\.(?=[\s,/)]|$)|"
        r"\bb\.? ?a\.?(?=[\s,/)]|$)|\bb\.? ?com\b|\bb\.? ?arch\b|\bb\.? ?math|\bb\.? ?ed\b|\bbb\.?a\b|\bbca\b|"
        r"\bbs(?:ee|cs)\b|licenciatura|\blicence\b|\blaurea\b|\bgrado\b|\bgraduad\w*|\bingenier[oa]\b|undergraduate|"
        r"\blicenciad[oa]\b|\bkandidaatti|\bkandidatexamen\b|\binzynier\b|\blicencjat\b|\bbakalar|学士|بكالوريوس|本科|"
        r"\bπτυχιο\b",  # noqa: RUF001, these letters are Greek
    ),
)
_PATTERNS = tuple((level, re.compile(pattern)) for level, pattern in _LEVELS)
_UNFINISHED = re.compile(
    r"\bexpected|\bcand\.|\bcandidate\b|in progress|\bincomplete|\bongoing\b|\bleft\b|drop(?:ped)? ?out|no degree|"
    r"\bunfinished|not finished|not completed|\babd\b|\babgebrochen|\bstudent\b|\blaufend|\ben cours\b|在学"
)


def degree_level(text: str) -> str:
    """`secondary`, `associate`, `bootcamp`, `bachelor`, `master` or `doctorate`; "" where the text names none."""
    plain = _plain(text)
    return next((level for level, pattern in _PATTERNS if pattern.search(plain)), "")


def says_unfinished(text: str) -> bool:
    """Whether the text itself says that the degree is not held (yet)."""
    return bool(_UNFINISHED.search(_plain(text)))


def without_level(text: str) -> str:
    """The text less the words that name a level: what is left may name the field."""
    plain = _plain(text)
    for _, pattern in _PATTERNS:
        plain = pattern.sub(" ", plain)
    return " ".join(plain.split())


def _plain(text: str) -> str:
    spread = unicodedata.normalize("NFKD", text.casefold())
    return unicodedata.normalize("NFC", "".join(c for c in spread if not "\u0300" <= c <= "\u036f"))
