"""What the free headings of a Europass mean, and the fields of study that it names by a code alone."""

from __future__ import annotations

import re
import unicodedata
from types import MappingProxyType

SKILLS, CERTIFICATES = "skills", "certificates"

# Kind -> words in a heading; the first that fits counts. Kinds but the two above are kinds of activity.
_HEADINGS = (
    ("", r"driv(?:ing|er)|fuhrerschein|patente di guida|permis|conducir|hobb|interest|interess|volunt|freiwillig|"
         r"ehrenamt|benevol|award|honou?r|auszeichnung|premi|distinction|reference|referenz|member|mitglied|\bpatent"),
    (CERTIFICATES, r"certif|zertifi|certyfik|accredit|attest|licen[cs]e|lizenz|qualification|badge|bescheinig|sertifi"),
    ("post", r"publica|publik|veroffentlich|pubblicaz|article|artikel|papers?\b|blog|δημοσ"),
    ("talk", r"\btalks?\b|speak|presentation|prasentation|vortrag|lecture|interventi"),
    ("conference", r"conferen|konferenz|congres|kongress|seminar|convegn|symposi"),
    ("hackathon", r"hackathon"),
    ("competition", r"competition|wettbewerb|concours|kaggle"),
    ("workshop", r"workshop"),
    ("course", r"course|kurse?\b|training|schulung|weiterbildung|fortbildung|corsi|corso|formazione|"
               r"\bformation\b|cours\b|curso|formacion|mooc"),
    ("project", r"project|projekt|progett|projet|proyect|projeto"),
    (SKILLS, r"digita|numeri|informati|comput|software|program|coding|technolog|techni|\bit\b|\bict\b|\bedv\b|tech\b|"
             r"stack|tools?\b|werkzeug|outils|strumenti|herramient|data\b|machine learning"),
    ("", r"langu|sprach|lingu|idiom|creative|political|social|interpersonal|communicat|kommunikat|leadership|"
         r"organi[sz]|management"),
    (SKILLS, r"skill|kenntnis|fahigkeit|fertigkeit|kompetenz|competen|vaardig|umiejetn|ferdighet|fardighet|"
             r"δεξιοτ|aptitud"),
)  # fmt: skip
_PATTERNS = tuple((kind, re.compile(words)) for kind, words in _HEADINGS)

# The international classification of fields of education and training of 2013, as far as it is near to the trade.
_FIELDS = MappingProxyType({
    "03": "Social sciences", "0311": "Economics", "0313": "Psychology", "04": "Business", "0412": "Finance",
    "0413": "Management", "05": "Natural sciences", "051": "Biology", "0511": "Biology", "0512": "Biochemistry",
    "053": "Physical sciences", "0531": "Chemistry", "0533": "Physics", "054": "Mathematics and statistics",
    "0541": "Mathematics", "0542": "Statistics", "06": "Information and communication technologies",
    "061": "Information and communication technologies", "0611": "Computer use",
    "0612": "Database and network design", "0613": "Software development", "0619": "Information technology",
    "068": "Information and communication technologies", "07": "Engineering", "071": "Engineering",
    "0713": "Electrical engineering", "0714": "Electronics and automation", "0715": "Mechanical engineering",
    "0716": "Automotive engineering", "0732": "Civil engineering",
})  # fmt: skip


def kind_of(heading: str) -> str:
    """`SKILLS`, `CERTIFICATES`, a kind of activity, or "" for what is not read and for headings that say nothing."""
    spread = unicodedata.normalize("NFKD", heading[:200].casefold().replace("_", " "))
    plain = "".join(c for c in spread if not unicodedata.combining(c))
    return next((kind for kind, words in _PATTERNS if words.search(plain)), "")


def field_called(code: str) -> str:
    """The field that an ISCED-F code names, or the wider one it is part of; "" where none is known."""
    return next((_FIELDS[code[:n]] for n in range(len(code), 1, -1) if code[:n] in _FIELDS), "")
