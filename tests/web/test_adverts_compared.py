"""Several adverts side by side: skills, years and degrees, and what they share."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.web.test_adverts import bring, keep
from tracker.models import Advert, Degree, Role
from tracker.queries.adverts_compared import Row
from tracker.services.items import item_save

pytestmark = pytest.mark.django_db

FIRST = """ML Engineer
Requirements
- 4+ years in software
- Strong Python
- Go or Java
- A bachelor's degree in computer science, or equivalent experience
"""
SECOND = """Data Scientist
Requirements
- 2 years in software
- expert Python
- SQL
- A bachelor's degree in physics
Nice to have
- A PhD
"""
THIRD = """Analyst
Requirements
- SQL
- Python
"""


def compared(member: Client, *texts: str) -> dict[str, dict[str, Row]]:
    """Title of the part -> name of the row -> the row, for adverts in the order given."""
    for text in reversed(texts):
        keep(member, bring(member, text))
    sections = member.get("/adverts/side-by-side/").context["sections"]
    return {section.title: {row.name: row for row in section.rows} for section in sections}


def test_what_they_share_comes_first_and_is_counted(member: Client) -> None:
    skills = compared(member, FIRST, SECOND, THIRD)["Skills, at which level"]
    shared = {name: row.shared for name, row in skills.items()}
    python, sql = "Python programming", next(name for name in shared if "SQL" in name)
    assert list(shared)[:2] == [python, sql]
    assert (shared[python], shared[sql]) == ("asked by all", "asked by 2 of 3")
    assert [cell.asks for cell in skills[python].cells] == ["3", "4", "3"]
    assert all(row.shared == "" for row in list(skills.values())[2:])


def test_years_in_the_same_work_are_one_row(member: Client, user: User) -> None:
    item_save(
        user=user, row=Role(user=user, title="Software Engineer", start="2015", end="2018", rule="software-developer")
    )
    row = compared(member, FIRST, SECOND)["Years of work"]["In software"]
    assert row.shared == "asked by all"
    assert [(cell.asks, cell.word) for cell in row.cells] == [("4 years", "nearly"), ("2 years", "met")]


def test_degrees_are_a_row_a_level_with_their_fields(member: Client, user: User) -> None:
    item_save(user=user, row=Degree(user=user, level="bachelor", field="Physics", end="2015", rule="physics"))
    rows = compared(member, FIRST, SECOND)["Degrees"]
    assert list(rows) == ["A bachelor's degree", "A doctorate"]
    first, second = rows["A bachelor's degree"].cells
    assert "computer science" in first.asks.lower() and first.remark == "or experience"
    assert (second.standing, second.remark) == ("met", "") and "physics" in second.asks.lower()
    nothing, doctorate = rows["A doctorate"].cells
    assert (nothing.asks, doctorate.asks, doctorate.is_required) == ("", "in any field", False)
    assert rows["A doctorate"].shared == ""


def test_of_alternatives_the_others_are_named(member: Client) -> None:
    skills = compared(member, FIRST)["Skills, at which level"]
    assert any(cell.remark.startswith("or ") for row in skills.values() for cell in row.cells)


def test_a_part_that_no_advert_asks_for_is_left_out(member: Client) -> None:
    assert list(compared(member, THIRD)) == ["Skills, at which level"]


def test_the_page_says_it_in_words(member: Client) -> None:
    compared(member, FIRST, SECOND, THIRD)
    page = member.get("/adverts/side-by-side/").content.decode()
    for words in ("asked by all", "asked by 2 of 3", "Years of work", "Degrees", "not asked", "preferred"):
        assert words in page


def test_some_of_them_can_be_chosen_and_nobody_elses(member: Client, other_user: User) -> None:
    compared(member, FIRST, SECOND)
    mine = member.get("/adverts/side-by-side/").context["views"]
    of_another = Advert.objects.create(user=other_user, title="x", text="x", is_reviewed=True)
    pk = mine[1].advert.pk
    address = f"/adverts/side-by-side/?of={pk}&of={of_another.pk}"
    assert [view.advert.pk for view in member.get(address).context["views"]] == [pk]
