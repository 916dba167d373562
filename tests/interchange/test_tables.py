"""The export as tables."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date

import pytest

from tracker.interchange.tables import Table, cell, to_csv, to_zip


@pytest.mark.parametrize("text", ["=1+1", "+49 30 1", "-x", "@SUM(A1)", "\tx", "\rx", '=HYPERLINK("x")'])
def test_no_text_is_a_formula(text: str) -> None:
    assert cell(text) == f"'{text}"
    assert cell([text]) == f"'{text}"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (True, "yes"),
        (False, "no"),
        (3, "3"),
        (-0.25, "-0.25"),
        (12.5, "12.5"),
        (1 / 3, "0.3333333333"),
        (date(2024, 3, 2), "2024-03-02"),
        ({"ops.monitoring": 3, "cs.python": 1}, "ops.monitoring: 3; cs.python: 1"),
        (["a", 1], "a; 1"),
        ("a = b", "a = b"),
    ],
)
def test_a_value_as_a_cell(value: object, text: str) -> None:
    assert cell(value) == text


def test_a_table_survives_quotes_lines_and_other_scripts() -> None:
    rows = (("a, b", 'say "x"'), ("two\nlines", "Größe \U0001d451"))
    data = to_csv(Table("t", ("One", "Two"), rows))
    assert data.startswith(b"\xef\xbb\xbf")
    found = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert found == [["One", "Two"], *map(list, rows)]


def test_a_lone_surrogate_loses_no_table() -> None:
    assert b"a?" in to_csv(Table("t", ("One",), (("a\ud800",),)))


def test_the_zip_has_a_file_a_table_and_the_same_bytes_each_time() -> None:
    found = [Table("one", ("A",), ((1,),)), Table("two", ("B",), ())]
    assert to_zip(found) == to_zip(found)
    with zipfile.ZipFile(io.BytesIO(to_zip(found))) as archive:
        assert archive.namelist() == ["one.csv", "two.csv"]
        assert archive.read("two.csv").decode("utf-8-sig") == "B\r\n"
