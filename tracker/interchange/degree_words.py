"""The level of a degree, and whether it is finished, from the words that people write."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Highest first, but what only sounds high stands before it: a school's "diploma" is no Diplom.
_LEVELS = (
    (
        "other",
        r"\bexchange\b|\berasmus\b|semester abroad|study abroad|auslandssemester|gasthorer\w*|semestre d.echange|"
        r"visiting student|summer school|sommerschule|intercambio",
    ),
    (
        "secondary",
        r"high school|secondary (?:school|education)|higher secondary|abitur\b|hochschulreife|realschul\w*|"
        r"mittlere reife|hauptschul\w*|gymnasium|\bmatura\b|\bmaturite\b|maturita\b|matriculation|"
        r"\bbaccalaureat(?! universitaire)\b|international baccalaureate|\bib diploma\b|"
        r"\bbac (?:s|es|stmg|sti2d|scientifique|pro\w*|general)\b|\blycee\b|\bliceo\b|bachillerato|a[- ]levels?\b|"
        r"\bgcses?\b|^intermediate\b|\bged\b|leaving certificate|school leaving|\bhsc\b|\bssc\b|\bwassce\b|"
        r"(?:senior|secondary) school certificate|\bsslc\b|"
        r"\bclass (?:xi{0,2}|1[02])(?:th)?\b|\b1[02]th (?:standard|grade|class|std)\b|^(?:xii?|1[02]th)\b|"
        r"(?:national )?senior certificate\b|ensino medio|escuela secundaria|videregaende(?: skole)?|"
        r"etudes secondaires|vwo\b|liceum\b|高校|ثانوية",
    ),
    (
        "doctorate",
        r"\bph\.? ?d\b\.?|\bd\.? ?phil\b|\bdoctor(?!and[ua]s)\w*|\bdoktor\w*|\bdottorato\w*( di ricerca)?|"
        r"\bdoutor\w*|\bdr\.?[- ]?(?:ing|rer|phil|med|sc|techn)\b\.?(?: ?(?:nat|pol|oec|soc)\b\.?)?|\bdr\.|"
        r"\btohtori\b|\bpromotion\b|\bpromoviert\w*|"
        r"\bd\.? ?sc\b\.?|\bsc\.? ?d\b\.?|\beng\.?d\b|\bed\.?d\b|\bd\.?b\.?a\b|"
        r"^\W*[mj]\.?d\.?(?=[\s,/)]|$)|博士(?!課程前期|前期)|دكتوراه",
    ),
    (
        "master",
        r"\bmaster(?!ing)\w*|\bmagist\w*|\bmgr\b\.?|\bmaitrise|\bmaestria|\bmestrado|\bmestre\b|"
        r"\bm\.? ?sc\b\.?(?: ?eth\b)?|\bm\.? ?sci\b|\bm\.? ?s\.?(?=[\s,/)]|$)|\bm\.? ?s\.? ?e\.?(?=[\s,/)]|$)|"
        r"\bs\. ?m\.(?=[\s,/)]|$)|\bsm(?= in\b)|\bm\.? ?eng\b\.?|\bm\.? ?tech\b\.?|\bm\. ?e\.(?=[\s,/)]|$)|"
        r"\bm\.? ?phil\b|\bm\.? ?a\.?(?=[\s,/)]|$)|\bm\.? ?math\b|\bm\.? ?phys\b|\bm\.? ?comp\b|\bm\.?c\.?a\b|"
        r"\b(?:e\.?)?m\.?b\.?a\b|\bm\.? ?stats?\b|\bm\.? ?res\b|\bm\.? ?st\b|\bm\.? ?fin\b|\bm\.? ?econ\b|"
        r"\bm\.? ?ed\b|\bm\.? ?f\.?a\b|\bm\.? ?p\.?[aph]\b|\bm\.? ?arch\b|\bm\.?a\.?sc\b|\bll\.? ?m\b|"
        r"\bm\. ?it\b|\bmastere\b|"
        r"\bcand\. ?(?:scient|polyt|merc|oecon|it)\b|"
        r"\bms(?:ee|cs|ds|is|ba|it|ai|se)\b|\bdipl\b\.?|\bdipl[.-]|\bdiplom\b|\bdiplom-|\bdiplom(?:studi\w+|prufung)\b|"
        r"\bdiplom(?=[a-z]+(?:iker|ker|ator|wirt|ingenieur))|\bdiplom(?:e|a) d.ingenieur\w*|\bingenieur diplome\w*|"
        r"\bingenieur d.etat\b|\bcycle ingenieur\b|\bbac ?\+ ?[5]\b|laurea (?:magistrale|specialistica)|"
        r"\blizentiat\b|\bcivilingenj?\w*|\bdiplomi-?insinoori\b|"
        r"\byuksek lisans\b|\bmaisteri\b|(?<=, )ing\.(?=, )|\bdoctorand[ua]s\b|\bdrs\b|\bdess\b|\bd\.?e\.?a\.?(?= )|"
        r"\btitre d.ingenieur\w*|\bengineer.s degree|\bsivilingenior|\bokleveles|修士|博士(?:課程)?前期|ماجستير|硕士",
    ),
    ("bootcamp", r"boot ?camp|nano ?degree|micro ?masters?|micro ?credential"),
    (
        "open",
        r"(?:post ?-?graduate|graduate) (?:diploma|certificate)|\bpg ?dip(?:loma)?\b|\bpgd\b|\bpgc(?:ert)?\b|"
        r"\blicentiate\b",
    ),
    (
        "associate",
        r"\bassociate\w*(?: degree)?|foundation degree|\bhnd\b|\bhnc\b|higher national (?:diploma|certificate)|"
        r"\ba\.? ?a\.? ?s\b\.?|\ba\. ?s\.(?=[\s,/)]|$)|\ba\. ?a\.(?=[\s,/)]|$)|\bas(?= (?:degree|in)\b)|"
        r"\bfachinformatiker\w*|\bihk\b|\bausbildung\b|\bberufsausbildung\b|\blehre\b|\bumschulung\b|\btechniker\w*|"
        r"\bbts\b|\bdut\b|\bdeust\b|\bbac ?\+ ?2\b|vocational(?: training)?|apprenticeship|\bnvq\b|\bbtec\b|"
        r"\bonline course\b|tecnico superior|ciclo formativo|formation professionnelle|titre professionnel|"
        r"\b(?:advanced|higher|polytechnic|national) diploma\b|(?:professional )?diploma(?= (?:in|of)\b)|short course|"
        r"(?:professional )?certificate(?= (?:in|of)\b)|短期大学士",
    ),
    (
        "bachelor",
        r"\bbat?che?l[eo]u?r\w*|\bbacharel\w*|\bbakalar\w*|"
        r"\bb\.? ?sc\b\.?|\bb\.? ?s\.?(?=[\s,/)]|$)|\bs\. ?b\.(?=[\s,/)]|$)|"
        r"\bsb(?= in\b)|\ba\. ?b\.(?=[\s,/)]|$)|\bab(?= in\b)|\bb\.? ?eng\b\.?|\bb\.? ?tech\b\.?|"
        r"\bbe(?= ?\()|\bb\. ?e\.?(?=[\s,/)]|$)|\bbe(?= (?:in )?[a-z]+ ?(?:engineering|science|and))|"
        r"\bb\.? ?a\.?(?=[\s,/)]|$)|"
        r"\bb\.? ?com\b|\bb\.?a\.?sc\b|\bbc\.(?= |$)|\bb\.? ?arch\b|\bb\.? ?math\b|\bb\.? ?stats?\b|\bb\.? ?ed\b|"
        r"\bb\.? ?comp\b|\bbb\.?a\b|\bb\.?c\.?a\b|"
        r"\bmbbs\b|\bmb ?bchi?r?\b|"
        r"\bb\.? ?f\.?a\b|\bb\.? ?mus\b|\bb\.? ?econ\b|\bll\.? ?b\b|\bb\.? ?i\.?t\.?(?=[\s,/)]|$)|"
        r"\bbs(?:ee|cs|ds|it|is)\b|\bba[- ]?bsc\b|\bbaccalaureate degree\b|licenciatura|licenciad\w*|"
        r"\blic\.(?= (?:en|em)\b)|\blicence\b|"
        r"\blisans\b|\blicencja(?:t|ckie)\b|\binzynier(?:skie)?\b|\binz\b\.?|"
        r"\blaurea(?: triennale)?\b|\bgrado\b|\bgraduad\w*|\bingenier[oa]\b|"
        r"\bkandidatexamen\b|\bkandidaat(?:ti|in)\b|\bbac ?\+ ?[34]\b|\bbakkalaureat\w*|"
        r"\bbut (?:informatique|genie|sciences?|reseaux|mesures)\b|undergraduate(?: degree)?|"
        r"(?<!post)(?<!post )graduation\b|学士|"
        r"بكالوريوس|本科|\bπτυχιο\b",  # noqa: RUF001, these letters are Greek
    ),
)
_LONGEST = 300  # letters: a longer text is no name of a degree
# What is studied at school, or abroad for a while, is no degree.
NO_DEGREE = frozenset(("other", "secondary"))
_PATTERNS = tuple((level, re.compile(pattern)) for level, pattern in _LEVELS)
_UNFINISHED = re.compile(
    r"\bexpected\b|\bexp\.? (?=\w* ?\d)|\bcand\.(?! ?(?:scient|polyt|merc|oecon|it)\b)|"
    r"\bcandida(?:te?|cy|ture)\b|\bin progress|\bincomplet\w*|\bongoing\b|"
    r"\bpending\b|\bleft\b|drop(?:ped|ping)? ?-?out|no degree|without (?:a )?degree|\bunfinished|"
    r"not (?:yet )?(?:finished|completed|awarded|conferred)|\babd\b|all but dissertation|\bwithdrew\b|\bwithdrawn\b|"
    r"\bdiscontinued\b|\babandoned\b|\bsuspended\b|\binterrupted\b|\benrolled\b|\bpursuing\b|\bcurrently\b|"
    r"\bpresent\b|\banticipated\b|to be completed|\bgraduating\b|\bcoursework only\b|\bstudent(?:in)?\b|"
    r"\bdo[ck]torand(?:in)?\b|\bdoctorante?\b|\bdoctorando\b|\babgebrochen|\blaufend|ohne abschluss|"
    r"nicht (?:abgeschlossen|beendet)|\bangestrebt|\bvoraussichtlich|\bausstehend|\bexmatrikuliert|\ben cours\b|"
    r"\binterrompue?\b|\binacheve\w*|non (?:termine|obtenu|valide|acheve)\w*|\babandonn\w*|\ben curso\b|"
    r"\binconclus\w*|sin (?:terminar|titulo)|no (?:terminad|finalizad)\w*|\bin corso\b|\bem andamento\b|\btrancad\w*|"
    r"\b(?:first|second|third|[1-4](?:st|nd|rd|th)?)[- ]year student\b|under examination|在学|在读"
)


def degree_level(text: str) -> str:
    """`secondary`, `associate`, `bootcamp`, `bachelor`, `master` or `doctorate`; "" where the text names none.

    `other` is of what gives no degree at all: an exchange, a summer school.
    """
    plain = _plain(text)
    level = next((level for level, pattern in _PATTERNS if pattern.search(plain)), "")
    return "" if level == "open" else level


@lru_cache(maxsize=2048)
def without_level_words(text: str) -> str:
    """The text as it is written, less the words by which `degree_level` tells its level."""
    letters = [_plain(letter) for letter in text[:_LONGEST]]
    whole = "".join(letters)
    found = next((list(pattern.finditer(whole)) for level, pattern in _PATTERNS if pattern.search(whole)), [])
    begins = [0]
    for letter in letters:
        begins.append(begins[-1] + len(letter))
    gone = {place for match in found for place in range(*match.span())}
    kept = [
        " " if begins[place] in gone and len(letters[place]) else letter for place, letter in enumerate(text[:_LONGEST])
    ]
    return "".join(kept) + text[_LONGEST:]


def says_unfinished(text: str) -> bool:
    """Whether the text itself says that the degree is not held (yet)."""
    return bool(_UNFINISHED.search(_plain(text)))


def without_level(text: str) -> str:
    """The text less the words that name a level or a state: what is left may name the field."""
    plain = _UNFINISHED.sub(" ", _plain(text))
    for _, pattern in _PATTERNS:
        plain = pattern.sub(" ", plain)
    return " ".join(plain.split())


def _plain(text: str) -> str:
    """In lower case without accents; letters that carry their mark inside (\u0142) as the plain one."""
    spread = unicodedata.normalize("NFKD", text[:_LONGEST].casefold().replace("\u0142", "l").replace("\u2019", "'"))
    return unicodedata.normalize("NFC", "".join(c for c in spread if not "\u0300" <= c <= "\u036f"))
