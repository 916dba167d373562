"""Europass: the export of today (`Candidate`, also in its PDFs) and that until 2020 (`SkillsPassport`, also as JSON).

Elements are found by their local names, whatever their namespace. JSON is turned into the same tree and read as XML is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from tracker.interchange.degree_words import degree_level, says_unfinished
from tracker.interchange.readers import europass_sections, xml
from tracker.interchange.readers.degree_text import field_of
from tracker.interchange.readers.draft import Draft
from tracker.interchange.readers.markup import is_item, items_of, plain_text
from tracker.interchange.readers.xml import at, below, children, first_text, local, text_at
from tracker.interchange.reading import Origin, ReadError, Reading
from tracker.interchange.strict_json import shown

CANDIDATE_FORMAT = "europass-xml-candidate"
XML_FORMAT, JSON_FORMAT = "europass-xml-v3", "europass-json-v3"

# Levels 1 to 8 of the European and of the international scale of education (2011), which agree from 6 on.
_EQF = MappingProxyType({4: "secondary", 5: "associate", 6: "bachelor", 7: "master", 8: "doctorate"})
_ISCED_1997 = MappingProxyType({3: "secondary", 4: "secondary", 6: "doctorate"})
_HIGHER = ("bachelor", "master", "doctorate")
_LONG_ENOUGH = 1  # years in which a degree, and hardly a course, is studied
_MOST_WORDS_OF_AN_ISSUER = 8
_TRUE = frozenset(("true", "1", "yes"))


def read(data: bytes) -> Reading:
    """The reading of the XML. Raises ReadError: broken, too large, too deep, with a DTD, or no Europass."""
    root = xml.parse(data)
    name = local(root)
    if name == "Candidate":
        return _Candidate(Draft(CANDIDATE_FORMAT)).read(root)
    if name == "SkillsPassport":
        return _SkillsPassport(Draft(XML_FORMAT)).read(root)
    raise ReadError(f"this XML is no Europass: its root is {shown(name, 30)}, not Candidate or SkillsPassport")


def looks_like(document: Mapping[str, Any]) -> bool:
    return "SkillsPassport" in document or "LearnerInfo" in document


def read_json(document: Mapping[str, Any]) -> Reading:
    """The reading of a SkillsPassport that was exported as JSON."""
    passport = document.get("SkillsPassport", document)
    return _SkillsPassport(Draft(JSON_FORMAT)).read(_tree_of(passport))


def _tree_of(value: object) -> Element:
    """JSON as a tree: a key is an element, a list one element for each of its items."""
    root = Element("SkillsPassport")
    waiting: list[tuple[Element, object]] = [(root, value)]
    while waiting:
        parent, held = waiting.pop()
        if isinstance(held, dict):
            for key, below_it in held.items():
                items = below_it if isinstance(below_it, list) else [below_it]
                for item in filter(None, items):
                    waiting.append((SubElement(parent, key), item))
        elif isinstance(held, bool):
            parent.text = "true"
        elif held is not None and not isinstance(held, list):
            parent.text = str(held)
    return root


# What both have


class _Europass:
    def __init__(self, draft: Draft) -> None:
        self.draft = draft

    def reading(self) -> Reading:
        if self.draft.is_empty:
            self.draft.note("nothing is filled in but the person's name and address")
        return self.draft.reading_even_if_empty()

    def take_school(
        self,
        origin: Origin,
        *,
        title: str,
        fields: str,
        school: str,
        code: str,
        label: str,
        start: str,
        end: str,
        is_open: bool,
    ) -> None:
        """An entry of education: a degree where it has a level, else a course."""
        if not title:
            self.draft.leave(origin.where, school, "left out, it names no degree")
            return
        span = self.draft.span(origin.where, start, end, is_open=is_open)
        is_open = is_open or says_unfinished(title)
        level = self.level_of(origin.where, code, label, title)
        if not level and degree_level(title) in _HIGHER and (is_open or _years(span) >= _LONG_ENOUGH):
            level = degree_level(title)
            self.draft.note(f"{origin.where}: it has no level, and is read as a degree for its title and length")
        if not level:
            self.take_course(origin, title, span, is_open)
            return
        if is_open or not span.get("end"):
            self.draft.note(f"{origin.where}: read as not finished, it has no end")
        completed = not is_open and bool(span.get("end"))
        self.draft.degree(
            origin, title=title, level=level, field=field_of(title) or fields, institution=school, span=span,
            completed=completed,
        )  # fmt: skip

    def take_course(self, origin: Origin, title: str, span: Mapping[str, str], is_open: bool) -> None:
        if is_open:
            self.draft.leave(origin.where, title, "left out, the course is not finished")
            return
        self.draft.activity(origin, "course", title=title, date=span.get("end") or span.get("start", ""))

    def level_of(self, where: str, code: str, label: str, title: str) -> str:
        """The degree's level from its code, 1 to 8; "" where it has none."""
        found = re.search(r"[0-8]", code) or re.search(r"[0-8]", label)
        if not found:
            return ""
        number, named = int(found[0]), degree_level(title)
        if _is_isced_1997(label):
            return _ISCED_1997.get(number) or named or "other"
        if number >= 6:
            return _EQF[number]
        return named if named else _EQF.get(number, "other")

    def take_skills(self, where: str, text: str) -> None:
        """Skills of a list that is written as one text; what is a sentence is left."""
        for item in items_of(plain_text(text)):
            if is_item(item):
                self.draft.skill(Origin(where, item), item)
            else:
                self.draft.leave(where, item, "left out, it reads as a sentence and no name of a skill")

    def take_section(self, where: str, heading: str, title: str, text: str, date: str, url: str = "") -> None:
        """An entry under a heading that the person chose: what the heading says it is decides."""
        kind, lines = europass_sections.kind_of(heading), plain_text(text)
        origin = Origin(where, f"{title}: {lines}" if title and lines else title or lines)
        if kind == europass_sections.SKILLS:
            for piece in filter(None, (title, text)):
                self.take_skills(where, piece)
        elif kind == europass_sections.CERTIFICATES:
            self.take_certificates(origin, title, lines, date)
        elif kind:
            for entry in [title] if title else lines.split("\n"):
                if entry:
                    self.draft.activity(origin, kind, title=entry, date=date, url=url)
        elif title or lines:
            why = f"{shown(heading, 40)} is not read" if heading else "what it is has no name"
            self.draft.leave(where, origin.quote, why)

    def take_certificates(self, origin: Origin, title: str, text: str, date: str) -> None:
        if title:
            self.draft.certification(origin, name=title, issuer=_issuer_in(text), date=date)
            return
        for line in filter(None, text.split("\n")):
            self.draft.certification(Origin(origin.where, line), name=line, date=date)


def _years(span: Mapping[str, str]) -> float:
    """How long the span is, by years and as far as known by months; 0 where an end is missing."""
    start, end = span.get("start", ""), span.get("end", "")
    if not start or not end:
        return 0
    months = [int(day[5:7]) if len(day) > 4 else 0 for day in (start, end)]
    by_months = (months[1] - months[0]) / 12 if all(months) else 0
    return int(end[:4]) - int(start[:4]) + by_months


def _is_isced_1997(label: str) -> bool:
    plain = label.casefold()
    return "tertiary" in plain or ("isced" in plain and "2011" not in plain)


def _issuer_in(text: str) -> str:
    """A description that is no more than a name is the issuer's."""
    line = re.sub(r"\A(?:issued by|issuer|by|ausgestellt von|délivré par|rilasciato da)\s*:?\s+", "", text, flags=re.I)
    is_name = "\n" not in line and len(line.split()) <= _MOST_WORDS_OF_AN_ISSUER and not re.search(r"[.;:!?]\s", line)
    return line if is_name else ""


def _says_yes(text: str) -> bool:
    return text.strip().casefold() in _TRUE


# Candidate: since 2020


class _Candidate(_Europass):
    def read(self, root: Element) -> Reading:
        profiles = list(below(root, "CandidateProfile"))
        if len(profiles) > 1:
            self.draft.note(f"it holds {len(profiles)} profiles, and the first is read")
        profile = profiles[0] if profiles else root
        self.jobs(profile)
        self.schools(profile)
        self.certificates(profile)
        self.named_sections(profile)
        self.competencies(profile)
        self.other_sections(profile)
        return self.reading()

    def jobs(self, profile: Element) -> None:
        number = 0
        for employer in below(profile, "EmployerHistory"):
            name = text_at(employer, "OrganizationName")
            for position in children(employer, "PositionHistory"):
                number += 1
                where, title = f"work experience {number}", text_at(position, "PositionTitle")
                if not title:
                    self.draft.leave(where, name, "left out, it names no position")
                    continue
                period = at(position, "EmploymentPeriod") or position
                start, end, is_open = self.period(period)
                span = self.draft.span(where, start, end, is_open=is_open)
                if "end" not in span and not is_open:
                    self.draft.note(f"{where}: read as current, it has no end")
                summary = plain_text(text_at(position, "Description"))
                origin = Origin(where, f"{title}, {name}, {start} to {end}")
                self.draft.role(origin, title=title, employer=name, summary=summary, span=span)

    def schools(self, profile: Element) -> None:
        for number, entry in enumerate(below(profile, "EducationOrganizationAttendance"), start=1):
            school, degree = text_at(entry, "OrganizationName"), at(entry, "EducationDegree")
            title = text_at(degree, "DegreeName") or text_at(entry, "ProgramName")
            start, end, is_open = self.period(at(entry, "AttendancePeriod"))
            self.take_school(
                Origin(f"education {number}", f"{title}, {school}, {start} to {end}"),
                title=title,
                fields=first_text(degree, "DegreeMajor") or europass_sections.field_called(_isced_f(degree)),
                school=school,
                code=text_at(entry, "EducationLevelCode"),
                label="",
                start=start,
                end=end,
                is_open=is_open,
            )

    def period(self, period: Element | None) -> tuple[str, str, bool]:
        """Start, end, and whether it goes on."""
        if period is None:
            return "", "", False
        goes_on = any(_says_yes(text_at(period, flag)) for flag in ("CurrentIndicator", "Ongoing"))
        dates = [_date_text(next(below(period, name), None)) for name in ("StartDate", "EndDate")]
        return dates[0], "" if goes_on else dates[1], goes_on

    def certificates(self, profile: Element) -> None:
        for section in ("Certifications", "CourseCertifications"):
            for number, entry in enumerate(_entries(at(profile, section)), start=1):
                where = f"{section} {number}"
                name = first_text(entry, "CertificationName", "CertificateName", "Title", "Name")
                if not name:
                    self.draft.leave(where, "", "left out, it names no certificate")
                    continue
                issuer = first_text(entry, "IssuingAuthority", "OrganizationName", "Issuer", "AwardingBody")
                issuer = issuer or _issuer_in(plain_text(first_text(entry, "Description")))
                date = self.draft.date(where, first_text(entry, *_ISSUED))
                expires = self.draft.date(where, first_text(entry, *_EXPIRES))
                origin = Origin(where, ", ".join(filter(None, (name, issuer, date))))
                self.draft.certification(origin, name=name, issuer=issuer, date=date, expires=expires)

    def named_sections(self, profile: Element) -> None:
        """Sections with a name of their own, most of which are empty in most files."""
        for section, heading in _SECTIONS:
            for number, entry in enumerate(_entries(at(profile, section)), start=1):
                title, text = first_text(entry, *_TITLES), first_text(entry, "Description", "Summary")
                if not title and not text:
                    text = " ".join(entry.itertext())
                where = f"{section} {number}"
                date = self.draft.date(where, first_text(entry, *_WHEN))
                self.take_section(where, heading, title, text, date, first_text(entry, "Link", "URL", "URI"))

    def competencies(self, profile: Element) -> None:
        for number, entry in enumerate(below(profile, "PersonCompetency"), start=1):
            where = f"competency {number}"
            name = first_text(entry, "CompetencyName", "CompetencyID")
            if "language" in first_text(entry, "TaxonomyID").casefold():
                self.draft.leave(where, name, "languages are not read")
            elif name and not name.startswith(("http://", "https://")):
                self.take_skills(where, name)

    def other_sections(self, profile: Element) -> None:
        for index, section in enumerate(children(profile, "Others"), start=1):
            heading = plain_text(text_at(section, "Title"))
            for number, entry in enumerate(children(section, "Other"), start=1):
                where = f"{shown(heading, 40)} {number}" if heading else f"other section {index}, {number}"
                date = self.draft.date(where, first_text(entry, *_WHEN))
                title, text = plain_text(text_at(entry, "Title")), text_at(entry, "Description")
                self.take_section(where, heading, title, text, date, text_at(entry, "Link"))


_ISSUED = ("FirstIssuedDate", "IssuedDate", "IssueDate", "StartDate", "Date")
_EXPIRES = ("EndDate", "ExpirationDate", "ExpiryDate", "ValidTo", "validUntil")
_WHEN = ("EndDate", "PublicationDate", "StartDate", "Date", "FormattedDateTime", "Year")
_TITLES = ("Title", "PublicationTitle", "ProjectTitle", "FormattedPublicationDescription", "Name")
# Section -> what a person would head it with.
_SECTIONS = (
    ("DigitalSkills", "Digital skills"),
    ("Skills", "Skills"),
    ("PublicationHistory", "Publications"),
    ("Projects", "Projects"),
    ("ConferencesAndSeminars", "Conferences"),
    ("SpeakingHistory", "Talks"),
    ("Licenses", "Driving licences"),
    ("CreativeWorks", "Creative works"),
    ("SocialAndPoliticalActivities", "Social and political activities"),
    ("NetworksAndMemberships", "Memberships"),
    ("VoluntaryWorks", "Volunteering"),
    ("HobbiesAndInterests", "Interests"),
    ("CommunicationAndInterpersonalSkills", "Interpersonal qualities"),
    ("ManagementAndLeadershipSkills", "Management and leadership"),
    ("OrganisationalSkills", "Organisation"),
    ("PatentHistory", "Patents"),
)


def _entries(section: Element | None) -> Iterator[Element]:
    """The entries of a section. Competencies in it are read elsewhere."""
    return (entry for entry in (section if section is not None else ()) if local(entry) != "PersonCompetency")


def _isced_f(degree: Element | None) -> str:
    """The narrowest code of the field of study."""
    if degree is None:
        return ""
    codes = ("".join(found.itertext()).strip() for found in below(degree, "ProgramConcentration"))
    return max((code for code in codes if code.isdigit()), key=len, default="")


def _date_text(element: Element | None) -> str:
    if element is None:
        return ""
    return first_text(element, "FormattedDateTime", "Year") or "".join(element.itertext()).strip()


# SkillsPassport: until 2020


class _SkillsPassport(_Europass):
    def read(self, root: Element) -> Reading:
        for number, job in enumerate(below(root, "WorkExperience"), start=1):
            self.job(f"WorkExperience {number}", job)
        for number, entry in enumerate(below(root, "Education"), start=1):
            self.school(f"Education {number}", entry)
        for skills in below(root, "Skills"):
            self.skills(skills)
        for number, entry in enumerate(below(root, "Achievement"), start=1):
            heading = " ".join(filter(None, (text_at(entry, "Title", "Code"), text_at(entry, "Title", "Label"))))
            self.take_section(f"Achievement {number}", heading, "", text_at(entry, "Description"), "")
        return self.reading()

    def job(self, where: str, job: Element) -> None:
        title, employer = text_at(job, "Position", "Label"), text_at(job, "Employer", "Name")
        if not title:
            self.draft.leave(where, employer, "left out, it names no position")
            return
        start, end, is_open = self.period(at(job, "Period"))
        span = self.draft.span(where, start, end, is_open=is_open)
        if "end" not in span and not is_open:
            self.draft.note(f"{where}: read as current, it has no end")
        summary = plain_text(text_at(job, "Activities"))
        origin = Origin(where, f"{title}, {employer}, {start} to {end}")
        self.draft.role(origin, title=title, employer=employer, summary=summary, span=span)

    def school(self, where: str, entry: Element) -> None:
        title, school = plain_text(text_at(entry, "Title")), text_at(entry, "Organisation", "Name")
        start, end, is_open = self.period(at(entry, "Period"))
        self.take_school(
            Origin(where, f"{title}, {school}, {start} to {end}"),
            title=title,
            fields=text_at(entry, "Field", "Label"),
            school=school,
            code=text_at(entry, "Level", "Code"),
            label=text_at(entry, "Level", "Label"),
            start=start,
            end=end,
            is_open=is_open,
        )

    def period(self, period: Element | None) -> tuple[str, str, bool]:
        if period is None:
            return "", "", False
        is_open = _says_yes(text_at(period, "Current"))
        return _parts_of_date(at(period, "From")), "" if is_open else _parts_of_date(at(period, "To")), is_open

    def skills(self, skills: Element) -> None:
        for section in ("Computer", "JobRelated"):
            for found in children(skills, section):
                self.take_skills(f"Skills, {section}", text_at(found, "Description"))
                for certificate in below(found, "Certificate"):
                    self.certificate(f"Skills, {section}", certificate)
        for section in ("Communication", "Organisational", "Other"):
            if text := plain_text(text_at(at(skills, section), "Description")):
                self.draft.leave(f"Skills, {section}", text, "left out, such skills are not read from prose")
        for language in (*below(skills, "MotherTongue"), *below(skills, "ForeignLanguage")):
            name = text_at(language, "Description", "Label") or text_at(language, "Description", "Code")
            self.draft.leave("Skills, Linguistic", name, "languages are not read")

    def certificate(self, where: str, certificate: Element) -> None:
        if name := text_at(certificate, "Title"):
            issuer = first_text(certificate, "Name", "IssuingAuthority", "AwardingBody")
            date = self.draft.date(where, _parts_of_date(next(below(certificate, "Date"), None)))
            origin = Origin(where, ", ".join(filter(None, (name, issuer, date))))
            self.draft.certification(origin, name=name, issuer=issuer, date=date)


def _parts_of_date(element: Element | None) -> str:
    """Year, month and day, as attributes (`2015`, `--04`, `---01`) or as elements, as an ISO date."""
    if element is None:
        return ""
    parts = {name.casefold(): value for name, value in element.attrib.items()}
    parts |= {local(child).casefold(): "".join(child.itertext()) for child in element}
    found = []
    for name in ("year", "month", "day"):
        digits = re.sub(r"\D", "", parts.get(name, ""))
        if not digits:
            break
        found.append(digits.zfill(2))
    return "-".join(found) or "".join(element.itertext()).strip()
