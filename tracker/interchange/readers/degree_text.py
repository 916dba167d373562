"""The field of study within the name of a degree: what is left when the words for the degree itself are taken off."""

from __future__ import annotations

import re
import unicodedata

from tracker.interchange.degree_words import degree_level

# Words that name a degree or say that it was taken, in the languages of Europe; a field of study follows or precedes.
_NOUNS = (
    r"master(?:['\u2019]?s)?(?: degree)?(?: of (?:science|arts|engineering|technology|business administration|"
    r"education|philosophy|research|laws?))?(?!\w)(?: degree)?",
    r"bachelor(?:['\u2019]?s)?(?: degree)?(?: of (?:science|arts|engineering|technology|business administration|"
    r"education|commerce|laws?))?(?!\w)(?: degree)?",
    r"doctor(?:ate)?(?: of (?:philosophy|science|engineering))?(?!\w)(?: degree)?",
    r"(?:associate|undergraduate|graduate|postgraduate|honours|honors)(?:['\u2019]s)? (?:degree|diploma)(?! \w+ing)",
    r"associate of (?:science|arts|applied science)",
    r"(?:doktor|docteur|doctorat|doctorado|dottorato(?: di ricerca)?|doutoramento|doktorat|promotion)(?!\w)",
    r"laurea(?: magistrale| triennale| specialistica)?",
    r"licen[cs]e(?: professionnelle)?(?!\w)|licenciatura|licenciad[oa]|licencjat|grado(?!\w)|graduad[oa]",
    r"m[áa]ster(?: universitario| oficial)?(?!\w)|mestrado|maestr[íi]a|magist(?:er|rale)(?!\w)|magistr(?!\w)|"
    r"ma[îi]trise",
    r"dipl[oô]me?(?: d['\u2019]ing[ée]nieur)?(?!\w)|diploma(?!\w)|dipl\.?[- ]?(?:ing\.?(?!\w)|(?=inf|math|phys))",
    r"ing[ée]nieur(?= en\b)|ingenier[oa](?= en\b)|in[żz]ynier(?!\w)|diplom(?=[\s,:])",
    r"bakalář|bakalar|inżynier|magister|kandidat(?:examen)?|bacharelado|bacharel(?!\w)",
    r"okleveles|diplomovan[ýy]|alapszak|mesterszak",
    r"πτυχίο|δίπλωμα|μεταπτυχιακό(?: δίπλωμα)?|διδακτορικό",
    r"бакалавър?|магистър?|диплома",
    r"high school(?: diploma)?|secondary school(?: diploma)?|abitur(?!\w)|matura(?!\w)|baccalaur[eé]at(?:e)?(?!\w)",
    r"titulaci[óo]n|t[íi]tulo|degree|studium|studies|studi(?!\w)|studiengang|abschluss",
)
# Codes of degrees; those that are words too only in capitals.
_CODES = (
    r"(?i:m\.? ?sc|b\.? ?sc|m\.eng|b\.eng|beng|meng|m\.? ?tech|b\.? ?tech|m\.? ?phil|ph\.? ?d|d\.? ?phil|"
    r"dr\.?(?:[- ]ing|(?: ?rer\.?)? ?nat|(?: ?h)? ?c)?|m\.b\.a|mba|bba|ll\.m|ll\.b|b\.? ?com|m\.? ?res|m\.? ?math|"
    r"mphys|msci|mca|bca|hons?\.?|honou?rs)|M\.? ?S|B\.? ?S|M\.? ?A|B\.? ?A|B\.? ?E|M\.? ?E|M\.? ?Eng|B\.? ?Eng|"
    r"LL\.?[MB]|MSE|BSE|AS|AAS|AA|FH"
)
_LONGEST = 1_000  # no degree is called anything longer
_NOUN = re.compile(rf"(?<!\w)(?:{'|'.join(_NOUNS)})", re.IGNORECASE)
_CODE = re.compile(rf"(?<![\w.])(?:{_CODES})\.?(?![\w+#])(?!\s*&)")
_JOINING = (
    r"in|of|on|en|em|de|di|in der|im|för|w|v|z|with a major in|major in|majoring in|specialising in|"
    r"specializing in|fach|fachrichtung|mention"
)
# What stands behind a degree's name and is a grade, no field.
_GRADES = re.compile(
    r"(?:with|mit|avec|con)\s.*|(?:first|second|upper|lower|third)[ -](?:class|second).*|(?:magna |summa )?cum laude.*|"
    r"distinction|merit|(?:gpa|grade|note|voto|thesis|minor)(?!\w).*|[0-9][0-9.,:/%\s]*.{0,12}",
    re.IGNORECASE,
)
_LEADING = re.compile(rf"\A(?:\W|(?:{_JOINING})(?!\w))+", re.IGNORECASE)
_APOSTROPHE_DE = re.compile(r"\A(?:d|l)['\u2019](?=\w)", re.IGNORECASE)
_BRACKETS = re.compile(r"[(\[][^()\[\]]*[)\]]")
_MARKS = " ,;:-\u2013\u2014./"
_COMMA = re.compile(r"\s*[,:;]\s+|\s+[-\u2013\u2014]\s+")


def field_of(title: str) -> str:
    """`Master of Science - MS, Computer Science` -> `Computer Science`; "" where the name says no field."""
    line = " ".join(title[:_LONGEST].split())
    text = _without_codes_in_brackets(unicodedata.normalize("NFC", line))
    head, rest = _split_after_degree(text)
    return _bare(rest) or _bare(head)


def _split_after_degree(text: str) -> tuple[str, str]:
    """What names the degree, and what stands behind it after a comma or dash: there it is the field."""
    for mark in _COMMA.finditer(text):
        head, rest = text[: mark.start()], text[mark.end() :]
        if degree_level(head) or _NOUN.search(head):
            while (code := _COMMA.search(rest)) and not _bare(rest[: code.start()]):
                rest = rest[code.end() :]
            return head, "" if _GRADES.fullmatch(rest.strip()) else rest
    return text, ""


def _without_codes_in_brackets(text: str) -> str:
    """Brackets that hold only a degree's code or grade are taken off; others belong to the field."""

    def kept(found: re.Match[str]) -> str:
        inside = found[0][1:-1].strip()
        return found[0] if _bare(inside) and not _GRADES.fullmatch(inside) else ""

    return _BRACKETS.sub(kept, text)


def _bare(text: str) -> str:
    """The text without the words for the degree; "" where none are left that could be a field."""
    bare = " ".join(_CODE.sub(" ", _NOUN.sub(" ", text)).split())
    if not _BRACKETS.search(bare):
        bare = bare.strip(_MARKS + "()[]")
    return _APOSTROPHE_DE.sub("", _LEADING.sub("", bare)).strip(_MARKS)
