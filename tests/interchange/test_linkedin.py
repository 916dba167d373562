"""LinkedIn's export, with the quirks that exports have: headers moved, notes before them, saved again elsewhere."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest

from tracker.interchange.readers import linkedin, read_file
from tracker.interchange.reading import Left, Origin, ReadError, Reading

POSITIONS = "Company Name,Title,Description,Location,Started On,Finished On\r\n"
EDUCATION = "School Name,Start Date,End Date,Notes,Degree Name,Activities\r\n"
LEARNING = (
    "Content Title,Content Description,Content Type,Content Last Watched Date (if viewed),"
    "Content Completed At (if completed),Content Saved,Notes taken on videos (if taken),\r\n"
)


def packed(files: dict[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def alone(text: str, encoding: str = "utf-8") -> Reading:
    return linkedin.read_csv(text.encode(encoding))


def roles(text: str, encoding: str = "utf-8") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = alone(text, encoding).document["roles"]
    return found


def degrees(*rows: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = alone(EDUCATION + "\r\n".join(rows)).document["degrees"]
    return found


# Where the files lie


@pytest.mark.parametrize("folder", ["", "Basic_LinkedInDataExport_02-03-2026/", "Downloads/Complete/", "Export\\"])
def test_the_files_may_lie_in_a_folder(folder: str) -> None:
    reading = read_file(packed({f"{folder}Positions.csv": POSITIONS + "Acme,Dev,,,Jan 2020,\r\n"}))
    assert reading.format == "linkedin-zip"
    assert [role["title"] for role in reading.document["roles"]] == ["Dev"]


def test_what_a_mac_adds_is_not_taken_for_a_second_file() -> None:
    files = {
        "Positions.csv": POSITIONS + "Acme,Dev,,,Jan 2020,\r\n",
        "__MACOSX/._Positions.csv": b"\x00\x05\x16\x07",
        "__MACOSX/Positions.csv": POSITIONS + "Ghost,Ghost,,,,\r\n",
    }
    assert [role["title"] for role in read_file(packed(files)).document["roles"]] == ["Dev"]


def test_files_of_other_people_are_never_opened() -> None:
    files = {
        "Positions.csv": POSITIONS + "Acme,Dev,,,Jan 2020,\r\n",
        "messages.csv": "CONVERSATION ID,FROM,CONTENT\r\n1,Bo,a secret\r\n",
        "Connections.csv": "First Name,Last Name,Connected On\r\nBo,Secret,15 Mar 2024\r\n",
    }
    data = bytearray(packed(dict(files)))
    for name in ("messages.csv", "Connections.csv"):
        start = data.index(name.encode()) + len(name)
        data[start : start + 8] = b"\xff" * 8  # whoever inflates it fails
    reading = read_file(bytes(data))
    assert reading.notes == ("2 other files of the export were not opened",)
    assert "ecret" not in str(reading.as_json())


def test_two_exports_in_one_zip_are_refused() -> None:
    files: dict[str, str | bytes] = {"a/Positions.csv": POSITIONS, "b/Positions.csv": POSITIONS}
    with pytest.raises(ReadError, match=r"holds Positions\.csv twice"):
        read_file(packed(files))


def test_a_zip_without_any_of_its_files_is_refused() -> None:
    with pytest.raises(ReadError, match="none of the files of a LinkedIn export"):
        read_file(packed({"notes.txt": "hello", "Positions1.csv": POSITIONS + "A,B,,,,\r\n"}))


def test_files_with_headers_alone_hold_nothing() -> None:
    with pytest.raises(ReadError, match="nothing in it"):
        read_file(packed({"Positions.csv": POSITIONS, "Skills.csv": "Name\r\n"}))


def test_a_file_without_its_headers_is_left() -> None:
    reading = read_file(packed({"Positions.csv": "what,is,this\r\n1,2,3\r\n", "Skills.csv": "Name\r\nSQL\r\n"}))
    assert reading.left == (Left("Positions.csv", "", "left out, none of its headers was found"),)
    assert reading.document["skills"] == ["SQL"]


def test_a_broken_file_of_the_export_is_named() -> None:
    with pytest.raises(ReadError, match=r"Skills\.csv: line 2: a quote is opened"):
        read_file(packed({"Skills.csv": 'Name\r\n"SQL\r\nPython\r\n'}))


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("xl/workbook.xml", "Excel"),
        ("ppt/presentation.xml", "slides"),
        ("META-INF/manifest.xml", "OpenDocument"),
        ("META-INF/container.xml", "e-book"),
        ("listed-skills.csv", "as JSON"),
    ],
)
def test_a_zip_of_another_format_is_refused_by_its_name(name: str, why: str) -> None:
    with pytest.raises(ReadError, match=why):
        read_file(packed({name: "x", "other": "y"}))


# How a file is written


def test_columns_may_stand_in_any_order_and_be_missing() -> None:
    text = "Finished On,Title,Started On,Company Name\nDec 2021,Engineer,Jan 2020,Good Ltd\n"
    assert roles(text) == [{"title": "Engineer", "employer": "Good Ltd", "start": "2020-01", "end": "2021-12"}]


def test_a_note_may_stand_before_the_headers() -> None:
    note = 'Notes:\r\n"When exporting, some things, like ""these"", may be missing."\r\n\r\n'
    reading = alone(note + POSITIONS + "Acme,Dev,,,Jan 2020,\r\n")
    assert reading.document["roles"] == [{"title": "Dev", "employer": "Acme", "start": "2020-01"}]
    assert reading.origins["roles[0]"] == Origin("Positions.csv, line 5", "Acme, Dev, Jan 2020")


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_the_mark_of_utf_8_do_not_matter(end: str, mark: str) -> None:
    text = (mark + POSITIONS + "Acme,Dev,,,Jan 2020,\r\n").replace("\r\n", end)
    assert [role["title"] for role in roles(text)] == ["Dev"]


def test_a_file_saved_again_by_a_german_spreadsheet_is_read() -> None:
    text = POSITIONS.replace(",", ";") + 'Müller GmbH;Prüfer;"a; b";Köln;Mär 2019;Dez 2020\r\n'
    reading = alone(text, "cp1252")
    assert reading.document["roles"] == [
        {"title": "Prüfer", "employer": "Müller GmbH", "summary": "a; b", "start": "2019-03", "end": "2020-12"}
    ]
    assert "Windows-1252" in reading.notes[0]


@pytest.mark.parametrize("named", ["sep=;\r\n", "SEP=;\n"])
def test_a_spreadsheets_line_that_names_the_separator_is_no_row(named: str) -> None:
    reading = alone(named + POSITIONS.replace(",", ";") + "Acme;Dev;;;Jan 2020;\r\n")
    assert reading.origins["roles[0]"].where == "Positions.csv, line 3"


def test_unicode_text_with_tabs_is_read() -> None:
    assert [r["title"] for r in roles(POSITIONS.replace(",", "\t") + "Acme\tDev\t\t\tJan 2020\t\r\n", "utf-16")] == [
        "Dev"
    ]


def test_fields_keep_their_lines_quotes_and_entities() -> None:
    text = POSITIONS + '"A &amp; B",Dev,"• one, ""two""\r\n\r\n• R&amp;D",,Jan 2020,\r\nC,Dev 2,,,,\r\n'
    reading = alone(text)
    first = reading.document["roles"][0]
    assert (first["employer"], first["summary"]) == ("A & B", '• one, "two"\n\n• R&D')
    assert reading.origins["roles[1]"].where == "Positions.csv, line 5"


def test_rows_that_are_short_long_or_empty_are_no_trouble() -> None:
    reading = alone(POSITIONS + "Only Company\r\nA,B,C,D,Jan 2020,Feb 2021,more,more\r\n,,,,,\r\n")
    assert [role["title"] for role in reading.document["roles"]] == ["B"]
    assert reading.left == (Left("Positions.csv, line 2", "Only Company", "left out, it names no position"),)


# What it says


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Mar 2020", "2020-03"),
        ("March 2020", "2020-03"),
        ("Mar-20", "2020-03"),
        ("Sep 21", "2021-09"),
        ("Okt 2021", "2021-10"),
        ("févr. 2019", "2019-02"),
        ("2015", "2015"),
        ("2004-09", "2004-09"),
        ("2021-06-01", "2021-06-01"),
        ("01.10.2021", "2021-10-01"),
    ],
)
def test_dates_are_read_as_they_are_written(written: str, read: str) -> None:
    assert roles(POSITIONS + f"Acme,Dev,,,{written},\r\n")[0]["start"] == read


def test_what_is_no_date_is_said() -> None:
    reading = alone(POSITIONS + "Acme,Dev,,,soon,\r\n")
    assert reading.document["roles"] == [{"title": "Dev", "employer": "Acme"}]
    assert reading.notes == ('Positions.csv, line 2: "soon" is no date',)


def test_dates_that_run_backwards_are_left_out() -> None:
    reading = alone(POSITIONS + "Acme,Dev,,,Jan 2021,Jan 2020\r\n")
    assert reading.document["roles"] == [{"title": "Dev", "employer": "Acme"}]
    assert "run backwards" in reading.notes[0]


def test_a_degree_is_parted_into_level_and_field() -> None:
    assert degrees('Tech,2011,2015,,"Bachelor of Engineering - BE, Electrical, Electronics and Control",') == [
        {
            "level": "bachelor",
            "field": "Electrical, Electronics and Control",
            "completed": True,
            "title": "Bachelor of Engineering - BE, Electrical, Electronics and Control",
            "institution": "Tech",
            "start": "2011",
            "end": "2015",
        }
    ]


@pytest.mark.parametrize("row", ['Tech,2022,,,"Master of Science, AI",', 'Tech,2019,2022,,"PhD candidate, AI",'])
def test_a_degree_without_an_end_or_said_to_be_under_way_is_not_finished(row: str) -> None:
    assert degrees(row)[0]["completed"] is False


def test_a_school_without_a_degree_is_left() -> None:
    reading = alone(EDUCATION + "Open School,2019,,,,\r\nTech,2011,2015,,BSc Physics,\r\n")
    assert len(reading.document["degrees"]) == 1
    assert reading.left == (Left("Education.csv, line 2", "Open School", "left out, it names no degree"),)


@pytest.mark.parametrize(
    ("headers", "row"),
    [
        ("Name,Url,Authority,Started On,Finished On,License Number", "Cert,https://x.example,Org,Nov 2024,Nov 2026,7"),
        ("Name,Authority,Started On,Finished On", "Cert,Org,2024-11-01,2026-11-01"),
        ("Authority,Name,Time Period", "Org,Cert,Nov 2024 - Nov 2026"),
        ("Name,Authority,Time Period", "Cert,Org,Nov 2024–Nov 2026"),  # noqa: RUF001
    ],
)
def test_certificates_of_every_form_are_read(headers: str, row: str) -> None:
    (found,) = alone(f"{headers}\r\n{row}\r\n").document["certifications"]
    assert (found["name"], found["issuer"]) == ("Cert", "Org")
    assert (found["date"][:7], found["expires"][:7]) == ("2024-11", "2026-11")


@pytest.mark.parametrize("period", ["Nov 2024 - No Expiration Date", "Nov 2024 - Present", "Nov 2024"])
def test_a_certificate_that_does_not_lapse_has_no_end(period: str) -> None:
    (found,) = alone(f"Name,Authority,Time Period\r\nCert,Org,{period}\r\n").document["certifications"]
    assert found == {"name": "Cert", "issuer": "Org", "date": "2024-11"}


def test_a_certificate_that_ends_before_it_begins_has_no_end() -> None:
    reading = alone("Name,Authority,Started On,Finished On\r\nCert,Org,2024,2020\r\n,Org,,\r\n")
    assert reading.document["certifications"] == [{"name": "Cert", "issuer": "Org", "date": "2024"}]
    assert "the end is left out" in reading.notes[0]
    assert reading.left[0].why == "left out, it names no certificate"


def test_skills_stay_as_they_are_written_each_once() -> None:
    reading = alone('Name\nPython (Programming Language)\nSQL\nsql\n\nC++\n"=1+1"\n')
    assert reading.document["skills"] == ["Python (Programming Language)", "SQL", "C++", "=1+1"]


def test_what_was_completed_is_a_course_what_was_watched_is_not() -> None:
    rows = (
        "Done,About,Course,2025-02-03 19:04 UTC,2025-02-10 20:11 UTC,false,N/A,",
        "Watched,,Course,2025-05-01 08:00 UTC,N/A,true,N/A,",
        "CONTENT METADATA NO LONGER EXISTS,,Course,2020-01-01 10:00 UTC,2020-01-01 10:00 UTC,false,N/A,",
        "Clip,,Video,2025-05-01 08:00 UTC,2025-05-01 08:00 UTC,true,N/A,",
    )
    reading = alone(LEARNING + "\r\n".join(rows))
    assert reading.document["activities"] == [{"kind": "course", "title": "Done", "date": "2025-02-10"}]
    assert [left.text for left in reading.left] == ["Watched", "", "Clip"]
    assert "METADATA" not in str(reading.as_json())


def test_projects_publications_and_courses_are_activities() -> None:
    files = {
        "Projects.csv": "Title,Description,Url,Started On,Finished On\r\nsim,,https://c.example/s,Jan 2022,Jun 2022\r\n"
        "open,,javascript:x,Oct 2019,\r\n,,,,\r\n",
        "Publications.csv": 'Name,Published On,Description,Publisher,Url\r\nPaper,"Sep 12, 2022",,IR,\r\n',
        "Courses.csv": "Name,Number\r\nIR,X1\r\n",
    }
    assert read_file(packed(dict(files))).document["activities"] == [
        {"kind": "post", "title": "Paper", "date": "2022-09-12"},
        {"kind": "project", "title": "sim", "date": "2022-06", "url": "https://c.example/s"},
        {"kind": "project", "title": "open", "date": "2019-10"},
        {"kind": "course", "title": "IR"},
    ]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Name,Proficiency\r\nFrench,Limited working proficiency\r\n", "languages"),
        ("Title,Description,Issued On\r\nPrize,,Jun 2017\r\n", "honours"),
        ("Company Name,Role,Cause,Started On,Finished On,Description\r\nClub,Teacher,,,,\r\n", "volunteering"),
        ("Name,Position,Description,Started On,Finished On\r\nUnion,Member,,,\r\n", "memberships"),
    ],
)
def test_what_is_not_read_is_named(text: str, what: str) -> None:
    reading = alone(text)
    assert [left.why.split()[0] for left in reading.left] == [what]
    assert not any(reading.document[section] for section in ("roles", "degrees", "skills"))


# A file alone


@pytest.mark.parametrize(
    "text",
    [
        "First Name,Last Name,URL,Email Address,Company,Position,Connected On\nAn,Other,,,A,B,15 Mar 2024\n",
        "CONVERSATION ID,CONVERSATION TITLE,FROM,TO,CONTENT\n1,,Bo,Al,a secret\n",
        "First Name,Last Name,Company,Job Title,Text,Creation Date\nBo,Other,A,B,good,\n",
        "First Name,Last Name,Headline,Summary\nBo,Self,Engineer,\n",
    ],
)
def test_files_that_are_not_read_are_refused_alone(text: str) -> None:
    with pytest.raises(ReadError) as refused:
        read_file(text.encode())
    assert "Other" not in str(refused.value)
    assert "bring Positions.csv" in str(refused.value)


@pytest.mark.parametrize(
    ("text", "looks"),
    [
        ("Name\nPython\n", True),
        ("Name\nBo Example\nbo@example.org\n", False),
        ("Name,Level\nPython,3\n", False),
        ("Name,Number,Level\nPython,1,3\n", False),
        ("Skills\nPython\n", False),
        ("Dear all, the title, of this company name, is mine\n", False),
        ("Title,Url,Started On\nx,,\n", True),
        ("", False),
    ],
)
def test_a_csv_of_an_export_is_told_by_its_headers(text: str, looks: bool) -> None:
    assert linkedin.looks_like_csv(text) is looks


def test_another_text_is_refused() -> None:
    with pytest.raises(ReadError, match="none of the files"):
        alone("hello,there\n")


# Bounds


def test_limits_are_said() -> None:
    many = POSITIONS + "".join(f"Firm {n},Dev {n},{'x' * 6000 if n == 0 else ''},,2020,\r\n" for n in range(230))
    reading = alone(many)
    assert len(reading.document["roles"]) == 200
    assert len(reading.document["roles"][0]["summary"]) == 5000
    assert "roles: the first 200 of 230 are taken" in reading.notes
    assert "Positions.csv, line 2: its description is cut to 5000 characters" in reading.notes


def test_a_long_title_is_cut_and_said() -> None:
    reading = alone(POSITIONS + f"Acme,{'D' * 300},,,2020,\r\n")
    assert len(reading.document["roles"][0]["title"]) == 200
    assert "is cut to 200 characters" in reading.notes[0]


def test_very_much_that_is_left_is_only_counted() -> None:
    text = "Title,Description,Issued On\r\n" + "".join(f"Prize {n},,2017\r\n" for n in range(310))
    reading = alone(text)
    assert len(reading.left) == 300
    assert reading.notes == ("10 more pieces were left out",)
