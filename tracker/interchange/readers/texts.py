"""Text of any of the formats that are text: a CSV of a LinkedIn export, a table of skills or jobs, a résumé."""

from __future__ import annotations

from tracker.interchange.readers import csv_text, linkedin, plain_text, skill_table
from tracker.interchange.reading import Reading


def read(data: bytes) -> Reading:
    """The reading of whichever it is, told from its headers and rows."""
    text = csv_text.decode(data).text
    if linkedin.looks_like_csv(text):
        return linkedin.read_csv(data)
    if skill_table.looks_like(text):
        return skill_table.read(data)
    return plain_text.read(data)
