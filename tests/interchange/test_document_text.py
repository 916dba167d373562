"""Lines in plain letters."""

from __future__ import annotations

import pytest

from tracker.interchange.readers import plain_text
from tracker.interchange.readers.document_text import TextLine, clean_line, clean_text, document_of, joined
from tracker.interchange.reading import ReadError


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("Zerti\ufb01kate", "Zertifikate"),
        ("\u2f2f\u7a0b", "\u5de5\u7a0b"),
        ("2016\u20132018 \u2014 x", "2016-2018 - x"),
        ("Ziel\xadarchitektur", "Zielarchitektur"),
        ("P\u200by\u2060th\u202eon\x00", "Python"),
        ("Python ●●●●○", "Python"),
        ("SQL ★ ★ ★ ☆ ☆", "SQL"),
        ("\uf0b7 Docker", "• Docker"),
        ("▪ Docker", "• Docker"),
        ("- Docker", "• Docker"),
        ("o  Docker", "• Docker"),
        ("-5 degrees", "-5 degrees"),
        ("\uf0e0 me@example.com", "• me@example.com"),
        ("2019\u3000Engineer", "2019\tEngineer"),
        ("Engineer          2019", "Engineer\t2019"),
        ("  a\u00a0 b ", "a b"),
        ("Master\u2019s", "Master's"),
        ("•", ""),
    ],
)
def test_a_line_in_plain_letters(raw: str, clean: str) -> None:
    assert clean_line(raw) == clean


def test_a_whole_text_keeps_its_lines() -> None:
    assert clean_text("a\u200b\n▪ b") == "a\n• b"


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        ("Genera-", "tive AI", "Generative AI"),
        ("CO2-", "Bilanz", "CO2- Bilanz"),
        ("a line", "goes on", "a line goes on"),
        ("物", "流", "物流"),
        ("", "x", "x"),
    ],
)
def test_two_lines_of_one_sentence(first: str, second: str, whole: str) -> None:
    assert joined(first, second) == whole


def test_soft_hyphens_are_hyphens_where_the_document_has_no_other() -> None:
    lines = [TextLine(1, 1, "high\xadimpact work")]
    assert document_of(lines).lines[0].text == "high-impact work"
    lines.append(TextLine(1, 2, "well-known"))
    assert document_of(lines).lines[0].text == "highimpact work"


def test_what_is_beyond_the_limit_is_told() -> None:
    document = document_of([TextLine(0, number, "x" * 1000) for number in range(300)])
    assert sum(len(line.text) for line in document.lines) == 200_000
    assert document.notes == ("only the first 200000 characters are read",)


@pytest.mark.parametrize(
    ("data", "text", "guessed"),
    [
        ("Zürich".encode(), "Zürich", False),
        ("\ufeffZürich".encode(), "Zürich", False),
        ("Zürich".encode("utf-16"), "Zürich", False),
        ("Zürich \u2013 5 €".encode("cp1252"), "Zürich - 5 €", True),
    ],
)
def test_the_encoding_is_told(data: bytes, text: str, guessed: bool) -> None:
    document = plain_text.lines_of(data)
    assert document.lines[0].text == text
    assert bool(document.notes) is guessed


def test_an_empty_text_is_refused() -> None:
    with pytest.raises(ReadError, match="empty"):
        plain_text.lines_of(b"\xe2\x80\x8b\n")


def test_markdown_is_read_without_its_marks_and_a_lone_mark_is_left() -> None:
    text = "# Ada\n\n## Work\n---\n**Engineer**, [Acme](https://example.com) *2019*\n| a | b |\n|---|---|\n`Go` `C`\n"
    lines = plain_text.lines_of(text.encode()).lines
    assert [line.text for line in lines] == ["Ada", "Work", "Engineer, Acme 2019", "a\tb", "Go, C"]
    assert [line.number for line in lines] == [1, 3, 5, 6, 8]
    assert lines[0].size > lines[1].size > lines[2].size
    assert plain_text.lines_of(b"snake_case_name and 2 * 3 * 4\n").lines[0].text == "snake_case_name and 2 * 3 * 4"
