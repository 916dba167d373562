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
    r"titulaci[óo]n|t[íi]tulo|degree|studium|studies|studi(?!\w)|studiengang|abschluss",
)
_CODES = (
    r"m\.? ?sc|b\.? ?sc|m\.? ?s|b\.? ?s|m\.? ?a|b\.? ?a|m\.? ?eng|b\.? ?eng|m\.? ?tech|b\.? ?tech|m\.? ?phil|b\.? ?e|"
    r"m\.? ?e|ph\.? ?d|d\.? ?phil|dr\.?(?:[- ]ing)?|m\.?b\.?a|b\.?b\.?a|ll\.?m|ll\.?b|b\.? ?com|m\.? ?res|m\.? ?math|"
    r"ba|bsc|msc|mse|bse|beng|meng|be|me|as|aas|aa|mca|bca|msci|mphys|hons?\.?|honou?rs"
)
_LONGEST = 1_000  # no degree is called anything longer
_NOUN = re.compile(rf"(?<!\w)(?:{'|'.join(_NOUNS)})", re.IGNORECASE)
_CODE = re.compile(rf"(?<![\w.])(?:{_CODES})\.?(?![\w+#])(?!\s*&)", re.IGNORECASE)
_JOINING = (
    r"in|of|on|en|em|de|di|in der|im|för|w|v|z|with a major in|major in|majoring in|specialising in|"
    r"specializing in|fach|fachrichtung|mention"
)
_LEADING = re.compile(rf"\A(?:\W|(?:{_JOINING})(?!\w))+", re.IGNORECASE)
_APOSTROPHE_DE = re.compile(r"\A(?:d|l)['\u2019](?=\w)", re.IGNORECASE)
_BRACKETS = re.compile(r"[(\[][^()\[\]]*[)\]]")
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
            return head, rest
    return text, ""


def _without_codes_in_brackets(text: str) -> str:
    """Brackets that hold only a degree's code or grade are taken off; others belong to the field."""
    return _BRACKETS.sub(lambda found: "" if not _bare(found[0][1:-1]) else found[0], text)


def _bare(text: str) -> str:
    """The text without the words for the degree; "" where none are left that could be a field."""
    bare = _CODE.sub(" ", _NOUN.sub(" ", text))
    bare = (
        " ".join(bare.split()).strip(" ,;:-\u2013\u2014./()[]")
        if not _BRACKETS.search(bare)
        else " ".join(bare.split())
    )
    bare = _APOSTROPHE_DE.sub("", _LEADING.sub("", bare))
    return bare.strip(" ,;:-\u2013\u2014./")
