"""CSV as it comes from spreadsheets."""

from __future__ import annotations

import pytest

from tracker.interchange.readers import csv_text
from tracker.interchange.reading import ReadError


@pytest.mark.parametrize(
    ("data", "text", "is_guessed"),
    [
        ("Zoë".encode(), "Zoë", False),
        ("Zoë".encode("utf-8-sig"), "Zoë", False),
        ("Zoë".encode("utf-16"), "Zoë", False),
        ("Zoë €".encode("cp1252"), "Zoë €", True),
        (b"a\x00b\xe2\x80\xaec", "abc", False),
    ],
)
def test_encodings_are_told_and_guesses_are_said(data: bytes, text: str, is_guessed: bool) -> None:
    decoded = csv_text.decode(data)
    assert decoded.text == text
    assert bool(decoded.note) is is_guessed


def test_rows_know_their_lines() -> None:
    found = csv_text.rows('a,b\n\n"1\n2", 3 \n,\nx\n', ",")
    assert [(row.line, row.cells) for row in found] == [(1, ("a", "b")), (3, ("1\n2", "3")), (6, ("x",))]
    assert found[0].cell(1) == "b"
    assert found[2].cell(1) == found[2].cell(None) == ""


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("a\n" * 20_001, "more than 20,000 rows"),
        ("a\n" + "x" * 140_000, "line 2: a field is longer than 131,072"),
        ('a\nb,"c\nd\n', "line 2: a quote is opened and never closed"),
    ],
)
def test_what_cannot_be_taken_is_refused(text: str, why: str) -> None:
    with pytest.raises(ReadError, match=why):
        csv_text.rows(text, ",")


def test_a_quote_within_a_field_is_a_quote() -> None:
    assert [row.cells for row in csv_text.rows('a,b\n5" disk,"x"y\n"multi\nline",z', ",")][1] == ('5" disk', "xy")


@pytest.mark.parametrize(
    ("text", "separator"),
    [
        ("a,b\n1,2\n", ","),
        ("a;b\n1,5;2\n3,5;4\n", ";"),
        ("a\tb\n1, 2\t3\n", "\t"),
        ("a|b\n1|2\n", "|"),
        ("sep=^\na^b\n", "^"),
        ("one\ntwo\n", ""),
        ("", ""),
    ],
)
def test_the_separator_is_told(text: str, separator: str) -> None:
    assert csv_text.separator_of(text) == separator


@pytest.mark.parametrize("below", ["x" * 140_000, '"' + "x" * 140_000, "x\n" * 3])
def test_the_first_rows_are_read_whatever_is_wrong_below(below: str) -> None:
    assert [row.cells for row in csv_text.first_rows(f"a\nb\n{below}", ",", 30)][:2] == [("a",), ("b",)]


def test_a_row_that_is_cut_short_is_none_of_the_first() -> None:
    assert [row.cells for row in csv_text.first_rows("a\nb\n" + "x" * 99_000, ",", 9)] == [("a",), ("b",)]


def test_lines_are_counted_before_they_are_read() -> None:
    with pytest.raises(ReadError, match="more than 400,000 lines"):
        csv_text.rows("\n" * 400_001, ",")


def test_headers_are_compared_without_case_and_marks() -> None:
    assert csv_text.columns_of(["Last_Used:", " LEVEL ", "level"]) == {"last used": 0, "level": 1}


@pytest.mark.parametrize(("cell", "bare"), [("'=1+1", "=1+1"), ("'-x", "-x"), ("'quoted'", "'quoted'"), ("=1", "=1")])
def test_the_guard_of_a_formula_is_taken_off(cell: str, bare: str) -> None:
    assert csv_text.unguarded(cell) == bare
