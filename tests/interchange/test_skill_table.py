"""Tables of skills and levels as people keep them: headers, separators and scales of every kind."""

from __future__ import annotations

import pytest

from tracker.interchange.readers import read_file, skill_levels, skill_table
from tracker.interchange.reading import Columns, Left, Origin, ReadError, Reading, Table


def taken(text: str, columns: Columns | None = None) -> Reading:
    return skill_table.read(text.encode(), columns)


# Headers


@pytest.mark.parametrize(
    "headers",
    [
        "Skill,Level",
        "skill name,Rating (1-5)",
        "Competency,Proficiency",
        "Technology,Score",
        "Tools,Self assessment",
        "Kenntnis,Stufe",
        "Fähigkeit,Bewertung",
        "Kompetenz,Niveau",
        "Compétence,Niveau",
        "Savoir-faire,Note sur 5",
        "Name,Level",
        "Bezeichnung,Stufe",
        "Nom,Maîtrise",
        "Something,Level",
    ],
)
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_headers_of_three_languages_are_known(headers: str, separator: str) -> None:
    text = f"{headers}\nPython,4\nSQL,2\n".replace(",", separator)
    reading = read_file(text.encode())
    assert reading.format == "skills-csv"
    assert reading.document["skills"] == ["Python", "SQL"]
    assert reading.levels == {"Python": 4, "SQL": 2}


def test_columns_may_stand_anywhere_and_are_shown() -> None:
    reading = taken("Area,Level,Skill,Last used\nLanguages,4,Python,2024-05\nData,2,SQL,2020\n")
    assert reading.table == Table(
        ("Area", "Level", "Skill", "Last used"),
        (("Languages", "4", "Python", "2024-05"), ("Data", "2", "SQL", "2020")),
        Columns(2, 1, 3),
    )
    assert reading.origins["skills[0]"] == Origin("line 2", "Languages, 4, Python, 2024-05")


def test_only_the_first_rows_are_shown() -> None:
    reading = taken("Skill,Level\n" + "".join(f"S{n},1\n" for n in range(9)))
    assert reading.table is not None
    assert len(reading.table.rows) == 5


def test_a_title_may_stand_above_the_headers() -> None:
    reading = taken("My skills\n\nSkill,Level\nPython,4\n")
    assert reading.levels == {"Python": 4}
    assert reading.origins["skills[0]"].where == "line 4"


def test_a_line_that_names_the_separator_counts_as_a_line() -> None:
    assert taken("sep=;\nSkill;Level\nPython;4\n").origins["skills[0]"].where == "line 3"


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("Python,4\nSQL,2\n", Columns(0, 1)),
        ("4;Python\n2;SQL\n", Columns(1, 0)),
        ("Python,expert,2024\nSQL,beginner,2020-05\n", Columns(0, 1, 2)),
        ("Python\t★★★★☆\nSQL\t★★☆☆☆\n", Columns(0, 1)),
    ],
)
def test_without_headers_the_content_tells_the_columns(text: str, columns: Columns) -> None:
    reading = read_file(text.encode())
    assert reading.table is not None
    assert reading.table.columns == columns
    assert reading.table.headers == ("",) * len(reading.table.rows[0])
    assert reading.levels["SQL"] in (1, 2)


def test_a_list_under_one_header_has_no_levels() -> None:
    reading = read_file(b"Skill\nPython\nSQL\n")
    assert (reading.document["skills"], reading.levels) == (["Python", "SQL"], {})


def test_a_person_says_which_columns_are_meant() -> None:
    text = "Skill,Wanted,Level\nPython,5,3\nSQL,4,2\n"
    assert taken(text).levels == {"Python": 3, "SQL": 2}
    chosen = taken(text, Columns(0, 1))
    assert chosen.levels == {"Python": 5, "SQL": 4}
    assert chosen.table is not None
    assert chosen.table.columns == Columns(0, 1)
    assert taken(text, Columns(0)).levels == {}


@pytest.mark.parametrize("columns", [Columns(3), Columns(-1), Columns(0, 9)])
def test_a_column_that_is_not_there_is_refused(columns: Columns) -> None:
    with pytest.raises(ReadError, match="there is no column"):
        taken("Skill,Level,Date\nPython,3,2024\n", columns)


def test_tables_that_left_the_product_come_back() -> None:
    ours = "Skill,Level,Backed level,What stands behind it,Date,Area,Id\nPython programming,4,3,a role,2024,CS,cs.py\n"
    assert taken(ours).levels == {"Python programming": 4}
    listed = taken("Text,Date,Counts as\nPython,2024-01-01,cs.python\n'=cmd,,\n")
    assert listed.document["skills"] == ["Python", "=cmd"]


# Levels


@pytest.mark.parametrize(
    ("cells", "levels", "said"),
    [
        (["5", "3", "0"], [5, 3, 0], "as they stand"),
        (["4", "3"], [4, 3], "the largest is 4"),
        (["10", "7", "1"], [5, 3, 0], "a scale up to 10"),
        (["95", "40", "3"], [5, 2, 0], "a scale up to 100"),
        (["0.8", "0,4"], [4, 2], "parts of 1"),
        (["3.6", "2.5"], [4, 2], "as they stand"),
        (["80 %", "100%", "9%"], [4, 5, 0], "percentages"),
        (["4/5", "7 / 10", "2 von 4"], [4, 3, 2], "percentages"),
        (["★★★☆☆", "★", "★★★★½", "●●○○"], [3, 1, 4, 2], "percentages"),
        (["3 - Intermediate", "5 (expert)"], [3, 5], "as they stand"),
        (["Level 4", "2 stars", "Stufe 3"], [4, 2, 3], "percentages"),
        (["beginner", "Intermediate", "Advanced", "EXPERT", "none"], [1, 3, 4, 5, 0], "percentages"),
        (["Grundkenntnisse", "gut", "sehr gut", "Experte"], [1, 3, 4, 5], "percentages"),
        (["notions", "intermédiaire", "confirmé", "expert"], [1, 3, 4, 5], "percentages"),
        (["expert level", "basic knowledge", "good (daily)"], [5, 1, 3], "percentages"),
        (["250", "3"], [None, None], "not read, the largest is 250"),
        (["x", "6/5", "120%", "Level 9", "yes?", "a" * 70], [None] * 6, "percentages"),
    ],
)
def test_levels_of_every_scale_become_nought_to_five(cells: list[str], levels: list[int | None], said: str) -> None:
    scale = skill_levels.scale_of(cells)
    assert [scale.level_of(cell) for cell in cells] == levels
    assert said in scale.said


@pytest.mark.parametrize(
    ("header", "cell", "level"),
    [
        ("Rating (1-10)", "4", 2),
        ("Level 0 to 4", "4", 5),
        ("Stufe (1 bis 3)", "2", 3),
        ("Note sur 20", "16", 4),
        ("Level/10", "5", 2),
        ("Level (%)", "60", 3),
        ("Level (1-5)", "9", 4),
        ("Level (0-0)", "4", 4),
    ],
)
def test_the_header_may_name_the_scale(header: str, cell: str, level: int) -> None:
    assert skill_levels.scale_of([cell], header).level_of(cell) == level


def test_how_levels_were_read_is_said() -> None:
    assert taken("Skill,Level\nPython,8\nSQL,6\n").notes == (
        'levels of "Level": read from a scale up to 10 to 0 to 5: the largest is 8',
    )
    assert taken("Python,4\nSQL,6\n").notes[0].startswith("levels of column 2: read from")


def test_a_level_that_is_not_understood_leaves_the_skill() -> None:
    reading = taken("Skill,Level\nPython,hm\nSQL,4\n,5\n")
    assert reading.document["skills"] == ["Python", "SQL"]
    assert reading.levels == {"SQL": 4}
    assert reading.left == (
        Left("line 2", "Python: hm", "its level is not understood: the skill is taken without it"),
        Left("line 4", "5", "left out, it names no skill"),
    )


def test_a_skill_with_two_levels_keeps_the_first_and_says_so() -> None:
    reading = taken("Skill,Level\nSQL,2\nsql,3\nSQL,2\n")
    assert (reading.document["skills"], reading.levels) == (["SQL"], {"SQL": 2})
    assert reading.left == (Left("line 3", "sql: 3", "left out, the skill stands above with another level"),)


# Jobs


def test_a_table_of_jobs_becomes_roles() -> None:
    text = "Employer;Position;Von;Bis;Aufgaben\nAcme;ML-Ingenieur;01.2020;;Modelle\nFoo;Prüfer;2018;12.2019;\nBar;;;;\n"
    reading = read_file(text.encode("cp1252"))
    assert reading.format == "roles-csv"
    assert reading.document["roles"] == [
        {"title": "ML-Ingenieur", "employer": "Acme", "summary": "Modelle", "start": "2020-01"},
        {"title": "Prüfer", "employer": "Foo", "start": "2018", "end": "2019-12"},
    ]
    assert reading.left == (Left("line 4", "Bar", "left out, it names no position"),)
    assert "Windows-1252" in reading.notes[0]
    assert reading.table is None


# What is none


@pytest.mark.parametrize(
    ("text", "looks"),
    [
        ("Skill,Level\nPython,3\n", True),
        ("Skill\n", True),
        ("Title,Company\nDev,Acme\n", True),
        ("Dear team, hello\nI write to apply, please\n", False),
        ("Jane Example\nMunich, Germany\n\nSkills\nPython, SQL\n", False),
        ("Tools, technologies, teams\nI led them.\nFor ten years.\nThen, I left\n", False),
        ("Skill,Level,\nPython,3\nSQL,3,\n", True),
        ("Python\nSQL\n", False),
        ("3,4\n1,2\n", False),
        ("Area,Level,Note\n", True),
        ("", False),
        ("Skills\nPython\nSQL\n", True),
        ("Skills\nPython\nSQL\n\nExperience\nData Scientist\nAcme GmbH\n2019 - 2021\n", False),
    ],
)
def test_a_table_is_told_from_prose(text: str, looks: bool) -> None:
    assert skill_table.looks_like(text) is looks


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "no table"),
        ("Area,Remark\nx,y\n", "no column of skills"),
        ("Skill,Level\n", "nothing in it"),
        ('Skill,Level\n"Python,3\nSQL,4\n', "line 2: a quote"),
        ("Skill,Level\n" + "Python,3\n" * 20_001, "more than 20,000 rows"),
    ],
)
def test_what_is_no_table_is_refused(text: str, why: str) -> None:
    with pytest.raises(ReadError, match=why):
        taken(text)


def test_no_more_than_500_skills_are_taken() -> None:
    reading = taken("Skill,Level\n" + "".join(f"Skill {n},3\n" for n in range(600)))
    assert len(reading.document["skills"]) == len(reading.levels) == 500
    assert "skills: the first 500 of 600 are taken" in reading.notes


def test_hostile_cells_take_no_time() -> None:
    cell = "(" * 100_000
    assert taken(f"Skill,Level ({cell[:99_000]}\nPython,{cell}\nSQL,3\n").document["skills"] == ["Python", "SQL"]
