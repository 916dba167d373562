"""Whatever a file holds: one clear line of refusal, or a reading that is a valid profile."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.interchange.small_model import small_framework
from tracker.interchange.profile import read_profile
from tracker.interchange.readers import ReadError, read_file
from tracker.interchange.readers.archive import Archive
from tracker.interchange.reading import Reading, reading_of

FRAMEWORK = small_framework()
HEADERS = (
    "Company Name",
    "Title",
    "Name",
    "School Name",
    "Degree Name",
    "Start Date",
    "End Date",
    "Started On",
    "Authority",
    "Finished On",
    "Time Period",
    "Content Title",
    "Content Type",
    "Content Completed At (if completed)",
    "Published On",
    "Proficiency",
    "Number",
    "Skill",
    "Level",
    "Rating (1-10)",
    "Last used",
    "Employer",
    "Von",
    "Issued On",
    "Url",
)
CELLS = st.sampled_from(
    (
        "",
        "Python",
        "4",
        "10",
        "80%",
        "★★☆",
        "4/5",
        "expert",
        "Mar 2020",
        "Mar-20",
        "2019",
        "2031-13-45",
        "N/A",
        "Course",
        "MSc, Physics",
        "PhD candidate",
        "=1+1",
        '"',
        '"a',
        "a\nb",
        "\u202eabc",
        "\x00",
        "\ud83d\ude00",
        "\x1b",
        "(" * 50,
    )
) | st.text(max_size=8)


def outcome(data: bytes) -> Reading | None:
    """The reading, found valid, or None where the file was refused in one line."""
    try:
        reading = read_file(data)
    except ReadError as error:
        assert str(error)
        assert "\n" not in str(error)
        return None
    read_profile(reading.document, FRAMEWORK)
    assert reading_of(json.loads(json.dumps(reading.as_json()))) == reading
    for place in reading.origins:
        section, _, index = place.removesuffix("]").partition("[")
        assert int(index) < len(reading.document[section])
    assert set(reading.levels) <= set(reading.document["skills"])
    return reading


@st.composite
def tables(draw: st.DrawFn) -> str:
    headers = draw(st.lists(st.sampled_from(HEADERS), max_size=5))
    rows = draw(st.lists(st.lists(CELLS, max_size=6), max_size=6))
    separator = draw(st.sampled_from(",;\t|"))
    quoted = draw(st.booleans())

    def written(cell: str) -> str:
        return '"' + cell.replace('"', '""') + '"' if quoted else cell

    return "\r\n".join(separator.join(map(written, row)) for row in [headers, *rows])


@given(tables(), st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]))
def test_tables(text: str, encoding: str) -> None:
    outcome(text.encode(encoding, errors="replace"))


@given(st.dictionaries(st.sampled_from(["Positions", "Education", "Learning", "Skills", "x/Certifications"]), tables()))
def test_exports(files: dict[str, str]) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, text in files.items():
            archive.writestr(f"{name}.csv", text.encode("utf-8", errors="replace"))
    outcome(packed.getvalue())


@given(tables(), st.integers(0, 400), st.binary(min_size=1, max_size=4))
def test_damaged_exports(text: str, at: int, damage: bytes) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("Positions.csv", text.encode("utf-8", errors="replace"))
    data = bytearray(packed.getvalue())
    data[4 + at : 4 + at + len(damage)] = damage
    outcome(bytes(data))
    try:
        Archive(bytes(data))
    except ReadError as error:
        assert "\n" not in str(error)


NAMES = (
    "type",
    "badge",
    "name",
    "issuer",
    "issuedOn",
    "recipient",
    "identity",
    "credentialSubject",
    "achievement",
    "tag",
    "alignment",
    "targetName",
    "validFrom",
    "proof",
    "vc",
    "LearnerInfo",
    "WorkExperience",
    "Position",
    "Label",
    "Period",
    "From",
    "Year",
    "Month",
    "Education",
    "Title",
    "Level",
    "Code",
    "Skills",
    "Computer",
    "Description",
    "Achievement",
)
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-3, 99_999)
    | CELLS
    | st.sampled_from(["Assertion", "OpenBadgeCredential", "2020-05-01T00:00Z", "https://b.example/1", "<p>a, b</p>"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=5),
    max_leaves=14,
)
MARKS = ({"type": "Assertion"}, {"type": ["OpenBadgeCredential"]}, {"LearnerInfo": {}}, {"SkillsPassport": {}})


@given(st.sampled_from(MARKS), st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=6))
def test_json_of_badges_and_passports(mark: dict[str, Any], members: dict[str, Any]) -> None:
    document = {**mark, **members}
    if "SkillsPassport" in document:
        document = {"SkillsPassport": {"LearnerInfo": members}}
    outcome(json.dumps(document).encode())


ELEMENTS = (
    "EmployerHistory",
    "PositionHistory",
    "PositionTitle",
    "EmploymentPeriod",
    "StartDate",
    "FormattedDateTime",
    "EducationOrganizationAttendance",
    "EducationLevelCode",
    "EducationDegree",
    "DegreeName",
    "Others",
    "Title",
    "Other",
    "Description",
    "Certifications",
    "CertificationName",
    "PersonCompetency",
    "CompetencyID",
    "Projects",
    "Education",
    "WorkExperience",
    "Skills",
    "Computer",
    "Achievement",
    "Certificate",
    "Date",
    "Period",
    "From",
    "year",
)
TREES = st.recursive(
    st.sampled_from(["", "7", "2020-01", "Digital skills", "&lt;p&gt;a | b&lt;/p&gt;", "MSc", "true", "x" * 300]),
    lambda inner: st.lists(st.tuples(st.sampled_from(ELEMENTS), inner), max_size=4).map(
        lambda parts: "".join(f"<{name}>{content}</{name}>" for name, content in parts)
    ),
    max_leaves=16,
)


@given(st.sampled_from(["Candidate", "SkillsPassport", "svg", "rss"]), TREES)
def test_xml(root: str, inside: str) -> None:
    outcome(f"<{root}>{inside}</{root}>".encode())


@given(
    st.sampled_from([b"", b"PK\x03\x04", b"\x89PNG\r\n\x1a\n", b"eyJ", b"<", b"{", b"Skill,Level\n"]),
    st.binary(max_size=60),
)
def test_bytes(start: bytes, rest: bytes) -> None:
    outcome(start + rest)
