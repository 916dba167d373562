"""HTML as lines: what a reader of the page sees."""

from __future__ import annotations

import pytest

from tracker.interchange.readers import html, read_file
from tracker.interchange.reading import ReadError


def texts(page: str) -> list[str]:
    return [line.text for line in html.lines_of(page.encode()).lines]


@pytest.mark.parametrize(
    ("page", "lines"),
    [
        ("<p>one<p>two<br>three", ["one", "two", "three"]),
        ("<ul><li>a<li><p>b</p></ul>", ["• a", "• b"]),
        ("<table><tr><td>2019<td>Engineer</table>", ["2019\tEngineer"]),
        ("<p>see<script>x()</script><style>p{}</style><!-- no --></p>", ["see"]),
        ("<div hidden>no</div><div style='DISPLAY : none'>no<b>no</b></div><p>yes", ["yes"]),
        ("<p aria-hidden=true>no</p><p>yes", ["yes"]),
        ("<p>a &amp; b&nbsp;c", ["a & b c"]),
        ("<pre>x\n  y</pre>", ["x", "y"]),
        ("<div><b>Engineer</b><span>2019</span></div>", ["Engineer\t2019"]),
        ("<div><b>E</b><span>xperience</span></div>", ["Experience"]),
        ("<div><b>Engineer</b> <i>at</i> X</div>", ["Engineer at X"]),
        ("</div></p><p>stray ends", ["stray ends"]),
        ("<b>" * 2000 + "deep", ["deep"]),
    ],
)
def test_the_visible_text_is_read(page: str, lines: list[str]) -> None:
    assert texts(page) == lines


def test_a_resume_is_read() -> None:
    page = """<!doctype html><title>CV</title><h1>Ulla</h1><h2>Experience</h2>
    <h3>Data Engineer</h3><p>Pfahlbau AG</p><p>2019 - 2021</p><ul><li>Lakes of data</ul>
    <h2>Where to find me</h2><p>Engineer, Nowhere Ltd, 2000 - 2001</p><h2>Skills</h2><p>Python, SQL"""
    reading = read_file(page.encode())
    assert reading.format == "html"
    assert reading.document["roles"] == [
        {
            "title": "Data Engineer", "employer": "Pfahlbau AG", "start": "2019", "end": "2021",
            "summary": "Lakes of data",
        }
    ]  # fmt: skip
    assert reading.document["skills"] == ["Python", "SQL"]
    assert any(piece.why == "the heading is not known, so nothing under it is read" for piece in reading.left)


def test_the_encoding_is_the_one_that_the_page_names() -> None:
    page = '<meta charset="windows-1252"><p>Zürich'
    assert [line.text for line in html.lines_of(page.encode("cp1252")).lines] == ["Zürich"]
    unknown = '<meta charset="klingon"><p>Zürich'
    assert [line.text for line in html.lines_of(unknown.encode()).lines] == ["Zürich"]


def test_a_page_without_text_is_refused() -> None:
    with pytest.raises(ReadError, match="shows no text"):
        html.lines_of(b"<html><script>x</script></html>")
