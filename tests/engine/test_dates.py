from __future__ import annotations

from datetime import date

import pytest

from tracker.engine.dates import add_months, parse_date


@pytest.mark.parametrize(
    ("text", "meant"),
    [("2021", date(2021, 1, 1)), ("2021-04", date(2021, 4, 1)), ("2021-04-17", date(2021, 4, 17))],
)
def test_a_partial_date_means_its_first_day(text: str, meant: date) -> None:
    assert parse_date(text) == meant


@pytest.mark.parametrize("text", ["2021-13", "2021-02-30", "0000"])
def test_a_day_that_no_calendar_has_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a day of the calendar"):
        parse_date(text)


@pytest.mark.parametrize("text", ["", "soon", "04/2021", "2021-4", "2021-04-17T00:00"])
def test_another_form_of_date_is_refused_with_the_forms_that_are_not(text: str) -> None:
    with pytest.raises(ValueError, match="write YYYY, YYYY-MM or YYYY-MM-DD"):
        parse_date(text)


def test_months_are_added_to_the_last_day_of_a_shorter_month() -> None:
    assert add_months(date(2023, 1, 31), 1) == date(2023, 2, 28)
    assert add_months(date(2023, 11, 30), 3) == date(2024, 2, 29)
    assert add_months(date(2023, 3, 15), -3) == date(2022, 12, 15)
