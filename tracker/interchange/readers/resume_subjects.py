"""The field of study in the words of a degree: what they say besides its level, its grade and how it was studied."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tracker.interchange.degree_words import says_unfinished, without_level_words
from tracker.interchange.readers.document_text import is_east_asian
from tracker.interchange.readers.resume_words import names_degree, plain, says_deed, says_school

# How a line begins that tells of the studies and names no degree.
ASIDE = re.compile(
    r"\W*(?:\w+\s)?(?:\w*thesis|(?:thema der )?(?:bachelor|master|diplom|doktor|abschluss|studien)-?arbeit\b|"
    r"dissertation|mémoire|tesi\b|tesina|advisor|supervis|betreuer|gpa\b|"
    r"grade|note\b|abschlussnote|relevant|nebenf[aä]ch|"
    r"vertiefung|coursework|courses|major gpa|honou?rs?:|minor|conc(?:entration)?\b|卒業論文)",
    re.IGNORECASE,
)
_MARK = r"[0-9]{1,3}(?:[.,][0-9]{1,2})?"
GRADE = re.compile(
    r"\(?(?:(?:cum(?:ulative)?\.?|overall|major|final)\s)?(?:gpa|cgpa|note|grade|abschlussnote|average|mention|score|"
    r"voto|votazione|nota|classification|percentage|schnitt)\b[:\s]*"
    rf"(?:{_MARK}(?:\s?/\s?{_MARK})?(?:\s?%|\se lode)?|(?:(?!\s-\s)[^,;)\t0-9]){{0,30}})\)?|"
    rf"\({_MARK}(?:\s?/\s?{_MARK})?\s?%?\)|(?:\bwith )?\b{_MARK}\s?%(?!\w)|"
    rf"\b[0-9]{{1,3}}[.,][0-9]{{1,2}}\s?/\s?[0-9.]+|"
    rf"\b(?:[0-9]|10|[0-9]{{2,3}}(?=/1[0-9]{{2}}))/(?:4|5|10|20|1[01]0)\b(?:\se lode)?|"
    rf"\(?\b{_MARK}\s?(?:c?gpa|ects|cfu|credits)\b\)?|"
    r"\(?\b(?:summa|magna|insigni) cum laude\b\)?|\(?\bcum laude\b\)?|\bmit auszeichnung\b|\bcon lode\b|"
    r"\(?\b2[:.][12]\b\)?|"
    r"\(?\b(?:first|second|third|upper second|lower second|1st|2nd) (?:class|division)"
    r"(?: (?:honou?rs|with distinction|upper|lower|division))*\)?|"
    r"\((?:upper|lower|first|second)[ -](?:division|class|second)\)|"
    r"\((?:with )?(?:high )?(?:distinction|merit|honou?rs|pass|prädikat)\)",
    re.IGNORECASE,
)
# A part of a place of study, which stands for it where no other name does.
DEPARTMENT = re.compile(
    r"(?:the )?(?:(?:graduate |doctoral |business )?school|department|dept\.?|faculty|college|institute?|division|"
    r"chair|fakultät|fachbereich|lehrstuhl|facolt[àa]|facultad|facult[ée]|faculdade|département|dipartimento|departamento|"
    r"wydział|institutionen) "
    r"(?:of|for|für|de|del|della|di|d'|des|der|da|do)\b(?! technology) ?",
    re.IGNORECASE,
)
_HONOURS = re.compile(
    r"\b(?:with )?(?:first[- ]class )?(?:honou?rs|distinction)\b|\(hons?\.?\)|\bhons\b\.?|"
    r"\b(?:first|upper second)[- ]class\b|\bvaledictorian\b|\bsalutatorian\b|\bdean's list\b|\bphi beta kappa\b",
    re.IGNORECASE,
)
# What of a degree's name says its level: the rest of it is the field.
_SUBJECTS = (
    "science|sciences|arts|engineering|technology|philosophy|laws?|business administration|applied science|fine arts|"
    "commerce|education|research|letters|medicine|natural sciences|computer applications"
)
_OF_SUBJECT = rf"(?:\s+of\s+(?:{_SUBJECTS})\b(?!\s+and\b))?"
LEVEL_WORDS = re.compile(
    "|".join(
        (
            r"\bmaster ?[12](?: (?:recherche|pro\w*))?\b|\bm[12]\b|\bbac\b(?! ?\+)|\blicence ?[123]\b|\bl3\b|"
            r"\bexecutive\b(?= m)",
            r"\bm(?:áster|aster|aestría) (?:universitario|oficial|propio)\b|\bmastère(?: spécialisé)?|\bmagistrale\b",
            r"\b(?:yüksek )?lisans\b|\bdoktora\b",
            r"\bbakkalaureat\w*",
            r"\bcand\.? ?(?:scient|polyt|merc|oecon|it)\b\.?",
            r"\b[bm]\.?a\.?sc\b|\bmbbs\b|\bmb ?bchi?r?\b|\b[jm]\.?d\b\.?(?=[\s,]|$)|\b[bm]ca\b",
            r"\bmsci\b|\bmphys\b|\bmcomp\b|\bbut\b(?= [A-Z])",
            r"\b[bm]\.?\s?sc\.? eth\b|\bs\. ?[bm]\.|\ba\.b\.",
            r"\b(?:(?:professional|academic) (?=bach|mast))?"
            r"(?:bachelor|master|doctor|associate|doctorate|magister)(?:'?s|grad|eksamen|examen|studium|studiengang|"
            r"abschluss)?(?!\w)(?:\s+degree)?"
            rf"{_OF_SUBJECT}(?:\s+degree)?",
            r"\bdiplom(?:studium|studiengang|prüfung)\b",
            r"\bdiplom(?:-ingenieur\w*|ingenieur\w*)?\b(?:\s?\([^)]*\))?",
            r"\bdipl(?:\.|\b)[- ]?(?:(?:ing|inf|math|phys|wirt\.?-?ing|kfm|wi)\b)?\.?(?: eth\b)?(?:\s?\([^)]*\))?",
            r"\bdipl[ôo]me d[' ]ing[ée]nieur\w*",
            r"\bph\.?\s?d\.?|\bd\.?phil\.?|\bdr\.(?:\s?-?\s?ing\.|\s?rer\.\s?nat\.)?",
            r"\b[mb]\.?\s?sc\.? (?:eng|tech)\b\.?",
            r"\b[mb]\.?\s?(?:sc|eng|tech|ed|a|s|e|phil|res|math|arch|com|stat|ba|s\.e)\b\.?(?![\w&])",
            r"\bing\.(?=[\s,(]|$)|\bbc\.(?=[\s,(]|$)|\bmgr\.(?=[\s,(]|$)",
            r"\bmba\b\.?|\bbba\b|\b[mb]s(?:ee|cs)\b",
            r"\blicenciatura|\blicence(?: professionnelle)?|\bma[îi]trise|\bgrado\b|\bingenier[oa]\b|\bmestrado",
            r"\blaurea(?: magistrale| triennale| specialistica)?|\bdottorato(?: di ricerca)?|\bbacharelado",
            r"\bmáster|\bdoutorado",
            r"\b(?:tekniikan |filosofian |kauppatieteiden )?(?:kandidaatti|maisteri|tohtori)\b",
            r"\bcivilingenjör|\bkandidat\w*|\bdoctorat\b|\bdoctorado|\bpromotion\b|\bsiviløkonom|\bfachinformatiker\w*",
            r"\babitur|\bbaccalaur[ée]at|\bmatura\b|\ba[- ]?levels?\b:?|\bgcses?\b:?",
            r"\bdiploma di maturit[àa]\b|\bh\.?s\.?c\b\.?|\bs\.?s\.?c\b\.?|\bclass (?:xi{0,2}|1[02])(?:th)?\b",
            r"\bgce\b|\bnvq(?: level)?(?: [1-7]\b)?|"
            r"\bbtec\b(?: (?:level [1-7]|national|higher|extended|first|diploma|certificate|award)\b)*|"
            r"\bfoundation degree\b",
            r"\b(?:(?:higher|advanced|national|professional|(?:post)?graduate) )?diploma(?= (?:in|of|\())",
            r"\bhigher secondary\b|\bintermediate\b|\((?:xi{0,2}|1[02])(?:th)?\)",
            r"\bhigh school diploma|\bhigh school|\bdegree\b",
            r"\(?(?:修士課程|博士課程|修士|博士|学士)(?:修了|卒業|号)?\)?|卒業(?:\((?:学士|修士)\))?|修了",
            r"\bleaving cert(?:ificate)?\b|\bsecondary school\b|\bmatriculation\b|\bmgr\b\.?|\bin[żz](?:ynier\b|\.)|"
            r"\b(?:dut|bts|deust|hnd|hnc)\b|\b(?:national )?senior certificate\b|\bnanodegree|\bboot ?camp",
        )
    ),
    re.IGNORECASE,
)
LEADING = re.compile(
    r"^(?:\s|[,;:.()/&|-])*(?:(?:in|en|em|di|de|d'|of|on|der|als|i|inom|für|speciali[sz]ation(?: in)?|"
    r"specialising in|specializing in|zum|zur|(?:double|dual|joint) (?:major|degree)(?: in)?|spécialité|specialité|"
    r"major(?:ing)? in|major|fachrichtung|studiengang|schwerpunkt|option|mention|field of study|degree)\b[\s:,.]*)*",
    re.IGNORECASE,
)
_TRAILING = re.compile(r"(?:\s|[,;:.(/&|-])*$")
_CODES = re.compile(r"^(?:B\.?E|BS|BA|MS|MA|BSc|MSc|MBA|PhD|BEng|MEng|BTech|MTech)\b\.?,?\s*")
_AROUND = re.compile(
    r"\babschluss\b:?|\bdual(?:es)?\b|\bdoble\b|\bdouble major\b|\bby research\b|\bartium\b|"
    r"\bstudia\b(?: (?:magisterskie|licencjackie|inżynierskie|podyplomowe|doktoranckie|(?:i{1,2}|1|2) stopnia))*|"
    r"\bstaatlich geprüfte[rn]?\b|\ballgemeine\b|\bfachgebundene\b|\bhbo\b|"
    r"\bstudium\b(?: der| des)?|\bausbildung (?:zu[mr]|als)\b|\b(?:berufs)?lehre\b(?: als\b)?|"
    r"\(?(?:berufsbegleitend|(?:full|part)[- ]time|(?:voll|teil)zeit|fernstudium|distance learning|online)\)?|"
    r"\b(?:level|degree|programme?|studies|student|cand\.?|candidate|expected|integrated)\b|"
    r"\(?\b(?:en route|in progress|ongoing|laufend|en cours|in corso|en curso|em andamento|pending)\b\)?|'s\b|専攻$",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?:field(?: of study)?|major|subject|speciali[sz]ation|track|fach|fachrichtung|studiengang|schwerpunkt|"
    r"vertiefung|option|parcours|filière|spécialité|domaine|indirizzo|especialidad|mención|kierunek|tytuł|titel|t[íi]tulo|titolo|"
    r"title|degree|qualification|course|abschluss)\s?:\s*",
    re.IGNORECASE,
)
_MINOR = re.compile(
    r"\s*(?:,|;|\(|with|and|mit)?\s*(?:a\s)?(?:minors?|secondary(?= in)|nebenfach|concentration|emphasis)\b.*",
    re.IGNORECASE,
)


# What of the name of a person's degree is the subject: `Diplom-Informatikerin`.
_PERSONS = (
    ("informatiker", "Informatik"), ("mathematiker", "Mathematik"), ("physiker", "Physik"), ("chemiker", "Chemie"),
    ("statistiker", "Statistik"), ("biologe", "Biologie"), ("biologin", "Biologie"), ("psychologe", "Psychologie"),
    ("psychologin", "Psychologie"), ("geograph", "Geographie"), ("kauf", "Betriebswirtschaft"),
    ("betriebswirt", "Betriebswirtschaft"), ("volkswirt", "Volkswirtschaft"),
)  # fmt: skip
_CODED = {
    "inf": "Informatik", "math": "Mathematik", "phys": "Physik", "chem": "Chemie", "kfm": "Betriebswirtschaft",
    "psych": "Psychologie",
}  # fmt: skip
_LEAVING = re.compile(r"certifica|diploma|school|reife|examination|abschluss|schule", re.IGNORECASE)
_WIDE = ("engineering", "science", "technology", "arts")
_PERSON = re.compile(r"\bdipl(?:om|\.)-?\s?(wirtschafts)?-?([a-zä]{4,20})", re.IGNORECASE)


def without_grades(text: str) -> str:
    """The line less the grade that ends it or stands in it; "" where it says nothing else."""
    if not GRADE.search(text):
        return text
    bare = re.sub(r"\(\s*\)", "", GRADE.sub("", text))
    bare = re.sub(r"(?:[,;|·]|\s-)(?:\s*(?:[,;|·]|-(?=\s|$)))+", lambda marks: marks[0][:2].rstrip(), bare)
    bare = re.sub(r"\s*(?:[,;:|·]|\s-)\s*$", "", bare)
    return bare if re.search(r"\w", bare) else ""


def field_of(title: Sequence[str], others: Sequence[str]) -> str:
    """The subject: what the title says besides its level, else the next piece that is no school."""
    faculties = [
        piece
        for piece in [*title, *others]
        if re.search(r"専攻|学科|学部|研究科|科$|faculty|fakultät", piece, re.IGNORECASE)
    ]
    if faculties and is_east_asian(faculties[-1]):
        return _subject(faculties[-1])
    at = next((number for number, piece in enumerate(title) if names_degree(piece)), 0)
    if _names_level_in_brackets(title, at) and (subject := _subject(title[at + 1])):
        return subject
    if title and names_degree(" ".join(title)) == "secondary":
        return _subject_at_school(title[at:])
    named = [subject for piece in [*title[at:], *title[:at]] if (subject := _subject(piece))]
    if len(named) > 1 and plain(named[0]) in _WIDE and not ASIDE.match(named[1]):
        return named[1]  # `Master of Science in Engineering, Machine Learning`
    if named:
        return named[0]
    if coded := _subject_of_code(" ".join(title)):
        return coded
    for piece in [*faculties[-1:], *others]:
        if not says_school(piece) and not says_deed(piece) and not ASIDE.match(piece) and (found := _subject(piece)):
            return found
    return _generic_subject(" ".join(title)) or next((_subject(piece) for piece in faculties), "")


def _subject_at_school(title: Sequence[str]) -> str:
    subjects = (_subject(piece) for piece in title if names_degree(piece) or not says_school(piece))
    return next((subject for subject in subjects if subject and not _LEAVING.search(subject)), "")


def _names_level_in_brackets(title: Sequence[str], at: int) -> bool:
    """Whether the level stands in brackets behind its name in a language of the person's: `Tohtori (PhD), Physics`."""
    if at + 1 >= len(title) or _LABEL.match(title[at + 1]) or ASIDE.match(title[at + 1]):
        return False
    bracket = re.fullmatch(r"([^()]{2,30}) \(([^()]{2,30})\)", title[at])
    if bracket is None or names_degree(bracket[1]):
        return False
    return bool(names_degree(bracket[2])) and len(bracket[1].split()) <= 3


def is_subject_named(piece: str) -> bool:
    """Whether the name of a degree says its field too."""
    return bool(_subject(piece))


def _subject(piece: str) -> str:
    if found := _subject_of_person(piece):
        return found
    piece = DEPARTMENT.sub("", piece, count=1) if DEPARTMENT.match(piece) else piece
    piece = piece[label.end() :] if (label := _LABEL.match(piece)) else piece
    text = _MINOR.sub("", _HONOURS.sub("", piece))
    text = LEVEL_WORDS.sub(" ", re.sub(r"\((?:master|bachelor)[^)]*\)", " ", text, flags=re.IGNORECASE))
    text = re.sub(r"\(\s*(?:[\w.'*+]{0,12}|[^()]*[0-9][^()]*)\s*\)", " ", text) if "(" in text else text
    text = _AROUND.sub(" ", without_level_words(text) if names_degree(text) else text)
    text = LEADING.sub("", _CODES.sub("", LEADING.sub("", text)))
    text = _TRAILING.sub("", " ".join(text.split())).strip(" ,;:.-'\"()")
    text = f"{text})" if text.count("(") > text.count(")") else text
    is_name = len(text) > 1 and re.search(r"[^\W\d_]", text) and names_degree(text) != plain(text)
    return text[:120] if is_name else _subject_in_brackets(piece)


def _subject_in_brackets(piece: str) -> str:
    """`Statistics` of `Ph.D. (Statistics)`, where nothing else names the subject."""
    for inside in re.findall(r"\(([^()0-9]{5,60})\)", _HONOURS.sub("", piece)):
        is_aside = names_degree(inside) or says_unfinished(inside) or _AROUND.search(inside) or inside.endswith(".")
        if not is_aside and not says_school(inside):
            return inside.strip()
    return ""


def _subject_of_code(title: str) -> str:
    match = re.search(r"\bdipl\.?[- ]?(inf|math|phys|chem|kfm|psych)\b", title, re.IGNORECASE)
    return _CODED[match[1].casefold()] if match else ""


def _subject_of_person(piece: str) -> str:
    match = _PERSON.search(piece)
    if not match:
        return ""
    subject = next((subject for stem, subject in _PERSONS if match[2].casefold().startswith(stem)), "")
    return f"Wirtschafts{subject.casefold()}" if match[1] and subject else subject


def _generic_subject(title: str) -> str:
    """`Bachelor of Engineering` with no more to it: its subject is engineering."""
    match = re.search(
        r"\bof (engineering|technology|business administration|laws?|commerce|education|medicine|"
        r"computer applications|fine arts)\b",
        title,
        re.IGNORECASE,
    )
    return match[1] if match else ""
