"""PDFs: their text in the order of reading, and those that can't be read."""

from __future__ import annotations

import io
import zlib

import pypdf
import pytest

from tests.interchange.documents import Placed, assembled, lines_down, pdf_of
from tracker.interchange.readers import pdf, read_file
from tracker.interchange.reading import ReadError

RESUME = lines_down(
    "Ulla Testperson", "Experience", "Data Engineer, Pfahlbau AG", "2019 - 2021", "Skills", "Python, SQL"
)


def texts(data: bytes) -> list[str]:
    return [line.text for line in pdf.lines_of(data).lines]


def locked(data: bytes, password: str) -> bytes:
    writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(io.BytesIO(data)))
    writer.encrypt(password, owner_password="owner", algorithm="AES-256")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def test_a_resume_is_read_with_the_place_of_each_entry() -> None:
    reading = read_file(pdf_of(RESUME))
    assert reading.format == "pdf"
    assert reading.document["roles"] == [
        {"title": "Data Engineer", "employer": "Pfahlbau AG", "start": "2019", "end": "2021"}
    ]
    assert reading.origins["roles[0]"] == ("page 1, line 3", "Data Engineer, Pfahlbau AG / 2019 - 2021")
    assert reading.document["skills"] == ["Python", "SQL"]


def test_a_date_at_the_far_side_is_read_where_it_stands_wherever_the_file_has_it() -> None:
    page: list[Placed] = [
        (480, 772, "04/2022 - present"),
        (480, 730, "09/2019 - 03/2022"),
        (50, 800, "Experience"),
        (50, 772, "Data Engineer"),
        (50, 758, "Pfahlbau AG"),
        (60, 744, "Lakes of data"),
        (50, 730, "Data Analyst"),
        (50, 716, "Seegras GmbH"),
    ]
    roles = read_file(pdf_of(page)).document["roles"]
    assert [(r["title"], r["employer"], r["start"], r.get("end")) for r in roles] == [
        ("Data Engineer", "Pfahlbau AG", "2022-04", None),
        ("Data Analyst", "Seegras GmbH", "2019-09", "2022-03"),
    ]


def test_dates_that_the_file_has_behind_the_deeds_go_to_their_head() -> None:
    page: list[Placed] = [
        (50, 800, "Experience"),
        (50, 780, "Seegras GmbH, Data Analyst"),
        (60, 766, "• Counted shoots of sea grass"),
        (60, 752, "• Told others"),
        (500, 780, "Berlin, Germany"),
        (500, 766, "May 2020 - Aug 2021"),
        (50, 730, "Pfahlbau AG, Data Engineer"),
        (60, 716, "• Lakes of data"),
        (500, 730, "Bern, Switzerland"),
        (500, 716, "May 2018 - Apr 2020"),
    ]
    roles = read_file(pdf_of(page)).document["roles"]
    assert [(r["title"], r["employer"], r["start"], r["end"]) for r in roles] == [
        ("Data Analyst", "Seegras GmbH", "2020-05", "2021-08"),
        ("Data Engineer", "Pfahlbau AG", "2018-05", "2020-04"),
    ]
    assert roles[0]["summary"] == "Counted shoots of sea grass\nTold others"


def test_a_wide_gap_in_a_line_parts_it() -> None:
    assert texts(pdf_of([(50, 800, "Seegras GmbH"), (450, 800, "Kiel")])) == ["Seegras GmbH\tKiel"]


def test_pieces_that_begin_below_one_another_are_columns() -> None:
    page: list[Placed] = [(50, 800, "Tools"), (82, 800, "Git, Docker"), (50, 786, "Code"), (82, 786, "Go, Rust")]
    assert texts(pdf_of(page)) == ["Tools\tGit, Docker", "Code\tGo, Rust"]


def test_page_numbers_and_what_every_page_repeats_are_no_text() -> None:
    pages = [
        [*lines_down("Ulla Testperson", f"text of {name}"), (280.0, 30.0, f"Ulla - {number}/3")]
        for number, name in enumerate(("first", "second", "third"), start=1)
    ]
    assert texts(pdf_of(*pages)) == ["Ulla Testperson", "text of first", "text of second", "text of third"]


def test_more_pages_than_are_read_are_told() -> None:
    document = pdf.lines_of(pdf_of(*(lines_down(f"line {chr(97 + number)}") for number in range(31))))
    assert document.notes == ("only the first 30 of 31 pages are read",)


def test_a_pdf_that_opens_without_a_password_is_read() -> None:
    assert "Data Engineer, Pfahlbau AG" in texts(locked(pdf_of(RESUME), ""))


def test_a_locked_pdf_says_how_to_unlock_it() -> None:
    with pytest.raises(ReadError, match=r"locked with a password.*print it to a new PDF"):
        read_file(locked(pdf_of(RESUME), "secret"))


def test_a_pdf_of_pictures_says_what_else_to_bring() -> None:
    with pytest.raises(ReadError, match=r"pictures only.*DOCX or a JSON Resume"):
        read_file(pdf_of([]))


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7\nnothing",
        pdf_of(RESUME)[:200],
        pdf_of(RESUME).split(b"xref\n")[0],
        assembled([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"]),
        assembled([b"<< /Type /Catalog >>"]),
    ],
)
def test_a_broken_pdf_says_so(data: bytes) -> None:
    with pytest.raises(ReadError, match=r"the PDF (?:is broken|holds pictures only)"):
        read_file(data)


def test_junk_before_a_pdf_does_no_harm() -> None:
    assert read_file(b"\0" * 600 + pdf_of(RESUME)).document["skills"] == ["Python", "SQL"]


def test_a_stream_that_grows_is_refused() -> None:
    bomb = zlib.compress(b" " * 40_000_000, 9)
    stream = b"<< /Length %d /Filter /FlateDecode >>\nstream\n" % len(bomb) + bomb + b"\nendstream"
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R /Resources << /Font << >> >> >>"
    data = assembled([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page, stream])
    with pytest.raises(ReadError, match="too heavy"):
        read_file(data)


def test_small_capitals_are_one_word() -> None:
    content = (
        b"BT /F1 10 Tf 1 0 0 1 50 800 Tm (E) Tj ET BT /F1 8 Tf 1 0 0 1 57 800 Tm (DUCATION) Tj ET "
        b"BT /F1 10 Tf 1 0 0 1 50 780 Tm (x) Tj ET"
    )
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R "
        b"/Resources << /Font << /F1 3 0 R >> >> >>"
    )
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    stream = b"<< /Length %d >>\nstream\n" % len(content) + content + b"\nendstream"
    pages = b"<< /Type /Pages /Kids [4 0 R] /Count 1 >>"
    data = assembled([b"<< /Type /Catalog /Pages 2 0 R >>", pages, font, page, stream])
    assert texts(data) == ["EDUCATION", "x"]


def europass_pdf(xml: bytes) -> bytes:
    writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(io.BytesIO(pdf_of(RESUME))))
    writer.add_attachment("attachment.xml", xml)
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def test_an_attachment_that_is_no_europass_leaves_the_text() -> None:
    assert read_file(europass_pdf(b"<rss/>")).document["skills"] == ["Python", "SQL"]
