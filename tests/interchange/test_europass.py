"""Europass as it is exported today and as it was until 2020, with the quirks that its files have."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tracker.interchange.readers import europass, read_file
from tracker.interchange.readers.europass_sections import CERTIFICATES, SKILLS, field_called, kind_of
from tracker.interchange.reading import Left, Origin, ReadError, Reading


def candidate(*sections: str) -> Reading:
    """The reading of a Candidate whose profile holds the sections."""
    text = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<Candidate xmlns="http://www.europass.eu/1.0" '
        f'xmlns:hr="http://www.hr-xml.org/3" xmlns:eures="http://www.europass_eures.eu/1.0" '
        f'xmlns:oa="http://www.openapplications.org/oagis/9"><CandidatePerson><hr:BirthDate>1980-01-01</hr:BirthDate>'
        f'</CandidatePerson><CandidateProfile languageCode="en">{"".join(sections)}</CandidateProfile></Candidate>'
    )
    return read_file(text.encode())


def passport(*sections: str) -> Reading:
    """The reading of a SkillsPassport whose learner's information holds the sections."""
    namespace = "http://europass.cedefop.europa.eu/Europass"
    text = f'<SkillsPassport xmlns="{namespace}"><LearnerInfo>{"".join(sections)}</LearnerInfo></SkillsPassport>'
    return read_file(text.encode())


def as_json(**sections: Any) -> Reading:
    return read_file(json.dumps({"SkillsPassport": {"LearnerInfo": sections}}).encode())


def dates(start: str = "", end: str = "", prefix: str = "") -> str:
    pairs = ((name, day) for name, day in (("StartDate", start), ("EndDate", end)) if day)
    return "".join(
        f"<{prefix}{name}><hr:FormattedDateTime>{day}</hr:FormattedDateTime></{prefix}{name}>" for name, day in pairs
    )


def employer(name: str, *positions: str) -> str:
    return f"<EmployerHistory><hr:OrganizationName>{name}</hr:OrganizationName>{''.join(positions)}</EmployerHistory>"


def position(title: str, start: str = "", end: str = "", current: str = "false", text: str = "") -> str:
    return (
        f'<PositionHistory><PositionTitle typeCode="FREETEXT">{title}</PositionTitle><eures:EmploymentPeriod>'
        f"{dates(start, end, 'eures:')}<hr:CurrentIndicator>{current}</hr:CurrentIndicator></eures:EmploymentPeriod>"
        f"<oa:Description>{text}</oa:Description></PositionHistory>"
    )


def school(title: str, level: str = "", start: str = "", end: str = "", ongoing: str = "false", field: str = "") -> str:
    code = f"<EducationLevelCode>{level}</EducationLevelCode>" if level else ""
    studied = "".join(f"<ProgramConcentration>{code}</ProgramConcentration>" for code in field.split())
    return (
        f"<EducationOrganizationAttendance><hr:OrganizationName>Uni</hr:OrganizationName>{code}<AttendancePeriod>"
        f"{dates(start, end)}<Ongoing>{ongoing}</Ongoing></AttendancePeriod><EducationDegree><hr:DegreeName>{title}"
        f"</hr:DegreeName><FieldOfStudy>{studied}</FieldOfStudy></EducationDegree></EducationOrganizationAttendance>"
    )


def others(heading: str, *entries: tuple[str, str]) -> str:
    items = "".join(f"<Other><Title>{t}</Title><Description>{d}</Description></Other>" for t, d in entries)
    return f"<Others><Title>{heading}</Title>{items}</Others>"


# Candidate


def test_each_position_of_an_employer_is_a_role() -> None:
    reading = candidate(
        "<EmploymentHistory>",
        employer(
            "Acme",
            position(
                "Lead",
                "2022-03",
                current="true",
                text="&lt;ul&gt;&lt;li&gt;A &amp;amp; B&lt;/li&gt;&lt;li&gt;C&lt;/li&gt;&lt;/ul&gt;",
            ),
            position("Engineer", "2019-09-15", "2022-02-28"),
        ),
        employer("Foo", position("", "2018")),
        "</EmploymentHistory>",
    )
    assert reading.format == "europass-xml-candidate"
    assert reading.document["roles"] == [
        {"title": "Lead", "employer": "Acme", "summary": "A & B\nC", "start": "2022-03"},
        {"title": "Engineer", "employer": "Acme", "start": "2019-09-15", "end": "2022-02-28"},
    ]
    assert reading.origins["roles[1]"] == Origin("work experience 2", "Engineer, Acme, 2019-09-15 to 2022-02-28")
    assert reading.left == (Left("work experience 3", "Foo", "left out, it names no position"),)


def test_a_job_that_does_not_say_that_it_goes_on_is_read_so_and_said() -> None:
    reading = candidate(
        employer("Acme", position("Dev", "2020")),
        employer("B", "<PositionHistory><PositionTitle>X</PositionTitle></PositionHistory>"),
    )
    assert "end" not in reading.document["roles"][0]
    assert "work experience 1: read as current, it has no end" in reading.notes


@pytest.mark.parametrize(
    ("code", "title", "level"),
    [
        ("8", "Promotion", "doctorate"),
        ("7", "Laurea Magistrale in Fisica", "master"),
        ("6", "Laurea in Fisica", "bachelor"),
        ("7", "Laurea in Fisica", "master"),
        ("5", "Higher diploma", "associate"),
        ("4", "Fachinformatiker", "associate"),
        ("4", "Liceo scientifico", "secondary"),
        ("2", "Lower school", "other"),
    ],
)
def test_the_european_level_is_the_degrees(code: str, title: str, level: str) -> None:
    (degree,) = candidate(school(title, code, "2015", "2018")).document["degrees"]
    assert (degree["level"], degree["completed"]) == (level, True)


def test_an_entry_without_a_level_is_a_course() -> None:
    reading = candidate(school("Master class in vision", "", "2023-01", "2023-03"), school("Going on", ongoing="true"))
    assert reading.document["degrees"] == []
    assert reading.document["activities"] == [{"kind": "course", "title": "Master class in vision", "date": "2023-03"}]
    assert reading.left == (Left("education 2", "Going on", "left out, the course is not finished"),)


@pytest.mark.parametrize(
    "entry", [school("PhD in Physics", "", "2015-10", "2019-02"), school("MSc AI", ongoing="true")]
)
def test_a_long_entry_with_a_degrees_name_is_a_degree_though_it_has_no_level(entry: str) -> None:
    reading = candidate(entry)
    assert [degree["level"] for degree in reading.document["degrees"]] in (["doctorate"], ["master"])
    assert "its title and length" in reading.notes[0]


@pytest.mark.parametrize("entry", [school("MSc AI", "7", "2024-10", ongoing="true"), school("MSc AI", "7", "2024-10")])
def test_what_goes_on_or_has_no_end_is_not_finished(entry: str) -> None:
    reading = candidate(entry)
    assert reading.document["degrees"][0]["completed"] is False
    assert "read as not finished" in reading.notes[0]


def test_a_field_of_study_may_be_named_by_its_code_alone() -> None:
    reading = candidate(school("Laurea Magistrale", "7", "2015", "2018", field="05 0542"), school("", "7"))
    assert reading.document["degrees"][0]["field"] == "Statistics"
    assert reading.left == (Left("education 2", "Uni", "left out, it names no degree"),)


@pytest.mark.parametrize(
    ("code", "field"), [("0613", "Software development"), ("0588", "Natural sciences"), ("99", ""), ("", "")]
)
def test_codes_of_fields_fall_back_to_the_wider_one(code: str, field: str) -> None:
    assert field_called(code) == field


def test_certificates_are_read_from_their_sections() -> None:
    reading = candidate(
        "<Certifications><Certification><hr:CertificationName>CKA</hr:CertificationName><IssuingAuthority>"
        "<hr:Name>CNCF</hr:Name></IssuingAuthority><FirstIssuedDate><hr:FormattedDateTime>2023-02</hr:FormattedDateTime>"
        "</FirstIssuedDate></Certification><Certification/></Certifications>",
        f"<CourseCertifications><CourseCertification><Title>MLOps</Title><Date>{dates('2021', '2024')}</Date>"
        "<Description>&lt;p&gt;Acme&lt;/p&gt;</Description></CourseCertification></CourseCertifications>",
    )
    assert reading.document["certifications"] == [
        {"name": "CKA", "issuer": "CNCF", "date": "2023-02"},
        {"name": "MLOps", "issuer": "Acme", "date": "2021", "expires": "2024"},
    ]
    assert reading.left == (Left("Certifications 2", "", "left out, it names no certificate"),)


def test_sections_that_a_person_headed_are_read_by_their_heading() -> None:
    reading = candidate(
        others("COMPETENZE DIGITALI", ("Python, SQL", "&lt;p&gt;Python | Docker | Airflow (2 years, daily)&lt;/p&gt;")),
        others("Zertifikate", ("CKA", "&lt;p&gt;ausgestellt von: CNCF&lt;/p&gt;"), ("", "PSM I&lt;br&gt;AWS SAA")),
        others("Publications", ("", "&lt;ul&gt;&lt;li&gt;One&lt;/li&gt;&lt;li&gt;Two&lt;/li&gt;&lt;/ul&gt;")),
        others("Projekte", ("Robot", "A long story. It goes on.")),
        others("Honours and awards", ("Prize", "of the city")),
        others("", ("Stray", "")),
    )
    assert reading.document["skills"] == ["Python", "SQL", "Docker", "Airflow (2 years, daily)"]
    assert [(c["name"], c.get("issuer")) for c in reading.document["certifications"]] == [
        ("CKA", "CNCF"),
        ("PSM I", None),
        ("AWS SAA", None),
    ]
    assert [(a["kind"], a["title"]) for a in reading.document["activities"]] == [
        ("post", "One"),
        ("post", "Two"),
        ("project", "Robot"),
    ]
    assert reading.left == (
        Left('"Honours and awards" 1', "Prize: of the city", '"Honours and awards" is not read'),
        Left("other section 6, 1", "Stray", "what it is has no name"),
    )


def test_sentences_are_no_skills() -> None:
    reading = candidate(others("Skills", ("", "I have built many systems for large banks with care, Python")))
    assert reading.document["skills"] == ["Python"]
    assert reading.left[0].why.startswith("left out, it reads as a sentence")


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Digital skills", SKILLS),
        ("IT-Kenntnisse", SKILLS),
        ("Programming languages", SKILLS),
        ("Information and communication technology", SKILLS),
        ("Compétences numériques", SKILLS),
        ("Fähigkeiten", SKILLS),
        ("Certificates", CERTIFICATES),
        ("Licences", CERTIFICATES),
        ("Driving licence", ""),
        ("Language skills", ""),
        ("Organisational skills", ""),
        ("Auszeichnungen", ""),
        ("Volunteering", ""),
        ("Veröffentlichungen", "post"),
        ("Conferences and seminars", "conference"),
        ("Talks", "talk"),
        ("Weiterbildung", "course"),
        ("Progetti", "project"),
        ("Hackathons", "hackathon"),
        ("", ""),
    ],
)
def test_headings_in_several_languages_are_understood(heading: str, kind: str) -> None:
    assert kind_of(heading) == kind


def test_languages_are_left_and_other_competencies_are_skills() -> None:
    reading = candidate(
        "<PersonQualifications><PersonCompetency><CompetencyID>eng</CompetencyID><hr:TaxonomyID>language</hr:TaxonomyID>"
        "</PersonCompetency><PersonCompetency><CompetencyID>http://data.europa.eu/esco/skill/1</CompetencyID>"
        "</PersonCompetency></PersonQualifications>",
        "<DigitalSkills><PersonCompetency><hr:CompetencyName>Kafka</hr:CompetencyName></PersonCompetency></DigitalSkills>",
    )
    assert reading.document["skills"] == ["Kafka"]
    assert reading.left == (Left("competency 1", "eng", "languages are not read"),)


def test_named_sections_are_read_or_left_with_their_words() -> None:
    reading = candidate(
        "<PublicationHistory><Publication><Title>Paper</Title><Year>2022</Year></Publication></PublicationHistory>",
        f"<Projects><Project><Title>Robot</Title>{dates('2020', '2021-05')}<Link>https://r.example</Link></Project></Projects>",
        "<VoluntaryWorks><VoluntaryWork><Title>Teacher</Title></VoluntaryWork></VoluntaryWorks>",
        "<eures:Licenses><License><LicenseTypeCode>B</LicenseTypeCode></License></eures:Licenses>",
    )
    assert reading.document["activities"] == [
        {"kind": "post", "title": "Paper", "date": "2022"},
        {"kind": "project", "title": "Robot", "date": "2021-05", "url": "https://r.example"},
    ]
    assert [left.text for left in reading.left] == ["B", "Teacher"]


def test_an_empty_one_is_taken_and_said() -> None:
    reading = candidate("<EmploymentHistory/><Skills/>")
    assert reading.document["roles"] == []
    assert "nothing is filled in" in reading.notes[0]


def test_of_several_profiles_the_first_is_read() -> None:
    one = employer("Acme", position("Dev", "2020", current="true"))
    profiles = f"<CandidateProfile>{one}</CandidateProfile>" * 2
    reading = europass.read(f'<Candidate xmlns:hr="a" xmlns:eures="b" xmlns:oa="c">{profiles}</Candidate>'.encode())
    assert len(reading.document["roles"]) == 1
    assert "2 profiles" in reading.notes[0]


def test_another_xml_is_refused() -> None:
    with pytest.raises(ReadError, match='its root is "rss"'):
        read_file(b'<?xml version="1.0"?><rss><channel/></rss>')


# SkillsPassport


def test_dates_of_the_old_one_are_attributes() -> None:
    reading = passport(
        '<WorkExperienceList><WorkExperience><Period><From year="2015" month="--04" day="---01"/>'
        "<Current>true</Current></Period><Position><Label>Analyst</Label></Position><Employer><Name>Acme</Name></Employer></WorkExperience>"
        '<WorkExperience><Period><From year="2011"/><To year="2015" month="--03"/></Period>'
        "<Position><Label>Junior</Label></Position></WorkExperience><WorkExperience><Employer><Name>None</Name></Employer></WorkExperience>"
        "<WorkExperience><Position><Label>Undated</Label></Position></WorkExperience></WorkExperienceList>"
    )
    assert reading.format == "europass-xml-v3"
    assert reading.document["roles"] == [
        {"title": "Analyst", "employer": "Acme", "start": "2015-04-01"},
        {"title": "Junior", "start": "2011", "end": "2015-03"},
        {"title": "Undated"},
    ]
    assert reading.left[0].text == "None"
    assert reading.notes == ("WorkExperience 4: read as current, it has no end",)


@pytest.mark.parametrize(
    ("code", "label", "title", "level"),
    [
        ("7", "EQF 7", "Diplom", "master"),
        ("", "EQF level 6", "Studies", "bachelor"),
        ("5", "ISCED 5A", "MSc Physics", "master"),
        ("5A", "First stage of tertiary education", "Physics", "other"),
        ("6", "Second stage of tertiary education", "Physics", "doctorate"),
        ("3", "ISCED 3", "Lyceum", "secondary"),
        ("6", "ISCED 2011 level 6", "Physics", "bachelor"),
    ],
)
def test_old_levels_are_told_by_their_label(code: str, label: str, title: str, level: str) -> None:
    (degree,) = passport(
        f"<Education><Title>{title}</Title><Level><Code>{code}</Code><Label>{label}</Label></Level>"
        '<Period><From year="2004"/><To year="2009"/></Period><Field><Label>Natural science</Label></Field></Education>'
    ).document["degrees"]
    assert degree["level"] == level
    assert degree["field"] == {"MSc Physics": "Physics", "Diplom": "Natural science"}.get(title, degree["field"])


def test_skills_and_certificates_of_the_old_one_are_lists_in_html() -> None:
    reading = passport(
        "<Skills><Linguistic><MotherTongueList><MotherTongue><Description><Label>Greek</Label></Description>"
        "</MotherTongue></MotherTongueList></Linguistic>"
        "<Communication><Description>Team spirit</Description></Communication><Computer>"
        "<Description>&lt;ul&gt;&lt;li&gt;R, SAS&lt;/li&gt;&lt;li&gt;SQL&lt;/li&gt;&lt;/ul&gt;</Description>"
        '<VerifiedBy><Certificate><Title>ECDL</Title><Date year="2010" month="--05"/></Certificate><Certificate/>'
        "</VerifiedBy></Computer><JobRelated><Description>Sampling</Description></JobRelated></Skills>",
        "<AchievementList><Achievement><Title><Code>projects</Code><Label>Projects</Label></Title>"
        "<Description>Robot</Description></Achievement></AchievementList>",
    )
    assert reading.document["skills"] == ["R", "SAS", "SQL", "Sampling"]
    assert reading.document["certifications"] == [{"name": "ECDL", "date": "2010-05"}]
    assert reading.document["activities"] == [{"kind": "project", "title": "Robot"}]
    assert [left.text for left in reading.left] == ["Team spirit", "Greek"]


def test_a_job_whose_dates_are_no_period_is_read_without_them() -> None:
    reading = as_json(
        WorkExperience=[{"Position": {"Label": "Dev"}, "Period": {"From": {"Year": 2020}, "To": {"Year": 2019}}}]
    )
    assert reading.document["roles"] == [{"title": "Dev"}]
    assert "run backwards" in reading.notes[0]


def test_json_is_read_as_its_xml_is() -> None:
    reading = as_json(
        WorkExperience=[
            {
                "Period": {"From": {"Year": 2015, "Month": 4, "Day": 1}, "To": {"Year": 2016}, "Current": False},
                "Position": {"Label": "Analyst"},
                "Activities": "<p>Forecasting with <b>R</b></p>",
                "Employer": {"Name": "Acme"},
            }
        ],
        Education={"Title": "MSc in Physics", "Level": {"Code": "7", "Label": "EQF 7"}, "Period": {"Current": True}},
        Skills={"Computer": {"Description": "R, SQL", "Certificate": [{"Title": "ECDL"}]}, "Other": None},
    )
    assert reading.format == "europass-json-v3"
    assert reading.document["roles"] == [
        {"title": "Analyst", "employer": "Acme", "summary": "Forecasting with R", "start": "2015-04-01", "end": "2016"}
    ]
    assert [(d["level"], d["field"], d["completed"]) for d in reading.document["degrees"]] == [
        ("master", "Physics", False)
    ]
    assert reading.document["skills"] == ["R", "SQL"]
    assert reading.document["certifications"] == [{"name": "ECDL"}]


@pytest.mark.parametrize("section", [None, "text", 3, [], [None, [1], "x"], {"Period": []}, True])
def test_json_of_any_shape_is_no_trouble(section: Any) -> None:
    reading = as_json(WorkExperience=section, Education=section, Skills=section, Achievement=section)
    assert reading.document["roles"] == reading.document["degrees"] == []
