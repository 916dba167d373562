"""Spans of time as people write them."""

from __future__ import annotations

import pytest

from tracker.interchange.readers.resume_dates import is_only_a_date, main_span, months_of_duration, without_span


@pytest.mark.parametrize(
    ("text", "start", "end", "is_open"),
    [
        ("03.2021 - heute", "2021-03", "", True),
        ("01/09/2019 - 31/08/2020", "2019-09", "2020-08", False),
        ("04/22 - 05/23", "2022-04", "2023-05", False),
        ("2018-08 - 2021-10", "2018-08", "2021-10", False),
        ("Sept. 2018 - May 2023", "2018-09", "2023-05", False),
        ("September 1, 2019 to May 3, 2021", "2019-09", "2021-05", False),
        ("Aug '19 - Sep '21", "2019-08", "2021-09", False),
        ("May - Aug 2020", "2020-05", "2020-08", False),
        ("Nov - Feb 2020", "", "2020-02", False),
        ("2014-2016", "2014", "2016", False),
        ("2016/17", "2016", "2017", False),
        ("2019 - present", "2019", "", True),
        ("2021-11 -", "2021-11", "", True),
        ("seit 03/2020", "2020-03", "", True),
        ("Depuis février 2022", "2022-02", "", True),
        ("bis 2019", "", "2019", False),
        ("de enero de 2019 a la actualidad", "2019-01", "", True),
        ("janvier 2020 à aujourd'hui", "2020-01", "", True),
        ("marzo 2019 - oggi", "2019-03", "", True),
        ("2020年4月~現在", "2020-04", "", True),
        ("平成30年4月~令和2年3月", "2018-04", "2020-03", False),
        ("令和元年", "", "2019", False),
        ("Summer 2020", "", "2020", False),
        ("[ 15/03/2017 - 31/08/2020 ]", "2017-03", "2020-08", False),
        ("(2014 - 2016)", "2014", "2016", False),
        ("January 2020 - Present (3 years 2 months)", "2020-01", "", True),
        ("Expected May 2027", "", "2027-05", False),
        ("2010-14", "2010", "2014", False),
        ("Jan-Apr 2025", "2025-01", "2025-04", False),
        ("Mai 2023 - Présent", "2023-05", "", True),
        ("ab 04/2021", "2021-04", "", True),
    ],
)
def test_a_line_of_dates(text: str, start: str, end: str, is_open: bool) -> None:
    span = main_span(text)
    assert span is not None
    assert (span.start, span.end, span.is_open) == (start, end, is_open)
    assert is_only_a_date(text)


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("MSc, Uni, 2014-2016", ("MSc, Uni", "")),
        ("TOGAF 9 Foundation, 2018", ("TOGAF 9 Foundation", "")),
        ("Professional (2024)", ("Professional", "")),
        ("2022  Engineer", ("", "Engineer")),
        ("Engineer June 2020 - Present", ("Engineer", "")),
        ("ML Engineer, Example Ltd, 2020 - 2023. More", ("ML Engineer, Example Ltd", "More")),
        ("Data Analyst\t2019-06 - 2021-12", ("Data Analyst", "")),
        ("Developer, Acme AB\t2019 - 2021", ("Developer, Acme AB", "")),
        ("From February 2020 to present\tArchitect", ("", "Architect")),
        ("SAS Programmer for SAS 9, 2013", ("SAS Programmer for SAS 9", "")),
        ("Fellow, Example Faculty. Oct. 2024 - present", ("Fellow, Example Faculty", "")),
    ],
)
def test_a_date_beside_other_words(text: str, rest: tuple[str, str]) -> None:
    span = main_span(text)
    assert span is not None
    assert without_span(text, span) == rest
    assert not is_only_a_date(text)


@pytest.mark.parametrize(
    "text",
    [
        "cut 2000 hosts",
        "3.97/4.00",
        "2 years 10 months",
        "Raised $18M in 2019 for",
        "DP-203",
        "IPv4",
        "may grow",
        "'19",
        "",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert main_span(text) is None


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("4 years 6 months", 54),
        ("11 mos", 11),
        ("(1 Jahr)", 12),
        ("2 ans 3 mois", 27),
        ("3 years of Go", None),
        ("x", None),
    ],
)
def test_how_long_something_lasted(text: str, months: int | None) -> None:
    assert months_of_duration(text) == months
