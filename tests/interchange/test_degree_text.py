"""The field of study within a degree's name."""

from __future__ import annotations

import pytest

from tracker.interchange.degree_words import degree_level
from tracker.interchange.readers.degree_text import field_of


@pytest.mark.parametrize(
    ("title", "level", "field"),
    [
        ("Master of Science - MS, Computer Science", "master", "Computer Science"),
        ("Bachelor's degree, Electrical, Electronics and Control", "bachelor", "Electrical, Electronics and Control"),
        ("Master of Science in Engineering - MSE, Software Engineering", "master", "Software Engineering"),
        ("Doctor of Philosophy - PhD, Physics", "doctorate", "Physics"),
        ("MSc in Statistics", "master", "Statistics"),
        ("B.Sc. Computer Science", "bachelor", "Computer Science"),
        ("BSc (Hons) Mathematics", "bachelor", "Mathematics"),
        ("Bachelor of Computer Science", "bachelor", "Computer Science"),
        ("Master of Science (M.Sc.), Mechatronik", "master", "Mechatronik"),
        ("Dipl.-Ing. Elektrotechnik", "master", "Elektrotechnik"),
        ("Laurea Magistrale in Fisica", "master", "Fisica"),
        ("Licence en informatique", "bachelor", "informatique"),
        ("Master d'informatique", "master", "informatique"),
        ("Inżynier, Informatyka", "bachelor", "Informatyka"),
        ("Kandidatexamen, Datateknik", "bachelor", "Datateknik"),
        ("Civilingenjör, Datateknik", "master", "Datateknik"),
        ("Engineer's degree, Robotics", "master", "Robotics"),
        ("okleveles villamosmérnök (MSc)", "master", "villamosmérnök"),
        ("Πτυχίο Φυσικής", "bachelor", "Φυσικής"),
        ("MSc Computer Science, First Class Honours", "master", "Computer Science"),
        ("Laurea in Fisica, 110/110 e lode", "bachelor", "Fisica"),
        ("Magister Artium - M.A., Linguistik", "master", "Linguistik"),
        ("Bachelor of Science - BS Physics", "bachelor", "Physics"),
        ("Bachelor of Science in Data as a Service", "bachelor", "Data as a Service"),
        ("High School Diploma, Science", "secondary", "Science"),
        ("Abitur", "secondary", ""),
        ("Master's degree", "master", ""),
        ("Master of Business Administration - MBA", "master", ""),
        ("PhD", "doctorate", ""),
        ("Physics", "", "Physics"),
        ("", "", ""),
    ],
)
def test_level_and_field(title: str, level: str, field: str) -> None:
    assert (degree_level(title), field_of(title)) == (level, field)


def test_what_is_far_too_long_takes_no_time() -> None:
    assert len(field_of("Master of (" + " ," * 100_000)) < 1_000
