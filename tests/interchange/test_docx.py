"""DOCX: everything that a person sees in Word, once; and files that only look like it."""

from __future__ import annotations

import io
import zipfile

import pytest

from tests.interchange.documents import docx_of, paragraph, part_of, table, zip_of
from tracker.interchange.readers import docx, read_file
from tracker.interchange.reading import ReadError


def texts(data: bytes) -> list[str]:
    return [line.text for line in docx.lines_of(data).lines]


def test_a_resume_is_read() -> None:
    body = (
        paragraph("Experience", properties='<w:pStyle w:val="Heading1"/>')
        + paragraph("Data Engineer, Pfahlbau AG")
        + paragraph("2019 - 2021")
        + paragraph("Lakes of data", properties="<w:numPr/>")
        + paragraph("Skills", properties='<w:pStyle w:val="Heading1"/>')
        + paragraph("Python, SQL")
    )
    reading = docx.read(docx_of(body))
    assert reading.format == "docx"
    assert reading.document["roles"][0]["summary"] == "Lakes of data"
    assert reading.document["skills"] == ["Python", "SQL"]
    assert reading.origins["roles[0]"].where == "line 2"


def test_tabs_breaks_and_hard_hyphens_are_kept_and_tab_stops_are_none() -> None:
    stops = '<w:tabs><w:tab w:val="right" w:pos="9000"/></w:tabs>'
    body = (
        f"<w:p><w:pPr>{stops}</w:pPr><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/>"
        "<w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t></w:r></w:p>"
    )
    assert texts(docx_of(body)) == ["a\tb", "c-d"]


def test_what_was_deleted_is_not_read_and_what_was_inserted_is() -> None:
    body = (
        "<w:p><w:del><w:r><w:delText>gone</w:delText></w:r></w:del><w:ins><w:r><w:t>kept</w:t></w:r></w:ins>"
        '<w:hyperlink><w:r><w:t xml:space="preserve"> linked</w:t></w:r></w:hyperlink></w:p>'
    )
    assert texts(docx_of(body)) == ["kept linked"]


def test_a_text_box_is_read_once_and_after_its_paragraph() -> None:
    box = f"<w:txbxContent>{paragraph('Argo CD')}{paragraph('Helm')}</w:txbxContent>"
    body = (
        '<w:p><w:r><w:t>Skills</w:t><mc:AlternateContent xmlns:mc="urn:mc">'
        f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert texts(docx_of(body)) == ["Skills", "Argo CD", "Helm"]


def test_page_headers_come_first() -> None:
    header = part_of("hdr", paragraph("Ulla Testperson"))
    assert texts(docx_of(paragraph("Profile"), parts={"word/header1.xml": header})) == ["Ulla Testperson", "Profile"]


def test_tables_in_tables_are_read_and_a_row_of_short_cells_is_a_line() -> None:
    inner = table(
        (paragraph("2019 - 2021"), paragraph("Data Engineer") + paragraph("Pfahlbau AG")),
        (paragraph("Go"), paragraph("5 years")),
    )
    assert texts(docx_of(table((inner, paragraph("side"))))) == [
        "2019 - 2021", "Data Engineer", "Pfahlbau AG", "Go\t5 years", "side",
    ]  # fmt: skip


def test_dates_in_a_column_of_their_own_date_what_stands_beside_them() -> None:
    body = paragraph("EXPERIENCE") + table(
        (paragraph("2021 - "), paragraph("Speech Engineer") + paragraph("Röst AB") + paragraph("Nine languages")),
        (paragraph("2018 - 2021"), paragraph("Research Engineer") + paragraph("Institute of Sound")),
    )
    roles = docx.read(docx_of(body)).document["roles"]
    assert [(r["title"], r["employer"], r["start"], r.get("end"), r.get("summary")) for r in roles] == [
        ("Speech Engineer", "Röst AB", "2021", None, "Nine languages"),
        ("Research Engineer", "Institute of Sound", "2018", "2021", None),
    ]


def test_entities_are_refused() -> None:
    prolog = '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    with pytest.raises(ReadError, match="entities"):
        docx.read(docx_of(paragraph("&x;"), prolog=prolog))


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (docx_of("<w:p>" * 300 + "</w:p>" * 300), "nests deeper"),
        (docx_of(paragraph("x") * 20_001), "too long"),
        (docx_of("<w:r/>" * 2_000_000), "larger than 10 MB"),
        (docx_of(paragraph("x" * 9_000) * 120), "too long"),
        (docx_of("<w:p>"), "no XML"),
        (docx_of(paragraph("")), "no text"),
        (docx_of(paragraph("x"))[:200], "broken"),
        (zip_of({"hello.txt": b"x"}), "no Word document"),
        (zip_of({"word/document.xml": b"<a/>", **{f"{n}.xml": b"" for n in range(300)}}), "more than 300 files"),
    ],
)
def test_what_is_no_sound_docx_says_what_is_wrong(data: bytes, why: str) -> None:
    with pytest.raises(ReadError, match=why):
        docx.read(data)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_part_named_twice_is_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for _ in range(2):
            archive.writestr("word/document.xml", "<a/>")
    with pytest.raises(ReadError, match="twice"):
        docx.read(buffer.getvalue())


def test_a_document_in_which_nothing_is_understood_says_how_to_head_it() -> None:
    with pytest.raises(ReadError, match="head its parts"):
        read_file(docx_of(paragraph("Hello there")))
