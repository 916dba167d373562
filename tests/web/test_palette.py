"""Colours can be told apart: 4.5 to 1 for text, 3 to 1 for marks, in both themes."""

import re
from pathlib import Path

import pytest
from django.conf import settings

SHEET = (Path(settings.BASE_DIR) / "tracker/static/tracker/mlarch.css").read_text()
THEMES = {"light": 0, "dark": 1}
TEXT = [
    ("ink", "paper"),
    ("ink", "card"),
    ("ink", "l0"),
    ("ink", "l1"),
    ("ink", "l2"),
    ("ink", "l3"),
    ("ink", "gap-2"),
    ("ink", "accent-2"),
    ("ink", "danger-2"),
    ("soft", "paper"),
    ("soft", "card"),
    ("soft", "l0"),
    ("accent", "paper"),
    ("accent", "card"),
    ("accent-strong", "card"),
    ("gap", "paper"),
    ("gap", "card"),
    ("danger", "paper"),
    ("danger", "card"),
    ("danger", "danger-2"),
    ("on-accent", "accent"),
    ("on-accent", "accent-strong"),
    ("on-accent", "l4"),
    ("on-accent", "l5"),
    ("on-danger", "danger"),
]
MARKS = [
    ("accent", "card"),
    ("accent", "l0"),
    ("accent", "paper"),
    ("gap", "card"),
    ("gap", "l0"),
    ("gap", "gap-2"),
    ("edge", "card"),
    ("edge", "paper"),
    ("ink", "gap-2"),
    *((f"area-{i}", "card") for i in range(1, 13)),
    *((f"area-{i}", "l0") for i in range(1, 13)),
]


def palette(theme: str) -> dict[str, str]:
    """Variable name -> #rrggbb in that theme."""
    pairs = re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)", SHEET)
    return {name: colours[THEMES[theme]] for name, *colours in pairs}


def luminance(colour: str) -> float:
    """Relative luminance by WCAG 2."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("front", "back"), TEXT)
def test_text_can_be_read(theme: str, front: str, back: str) -> None:
    colours = palette(theme)
    assert contrast(colours[front], colours[back]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("front", "back"), MARKS)
def test_marks_can_be_seen(theme: str, front: str, back: str) -> None:
    colours = palette(theme)
    assert contrast(colours[front], colours[back]) >= 3


def test_no_colour_is_written_outside_the_palette() -> None:
    rules = SHEET[SHEET.index("/* Bootstrap, spoken") :]
    assert set(re.findall(r"(?<![%\w])#[0-9a-f]{3,8}\b", rules)) <= {"#fff"}  # paper of a print, ground of a QR code
