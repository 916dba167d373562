"""A ZIP of any of the formats that are ZIPs: which of them it is, the names inside tell."""

from __future__ import annotations

from tracker.interchange.readers import docx, linkedin
from tracker.interchange.readers.archive import Archive
from tracker.interchange.reading import ReadError, Reading

_WORD = "word/document.xml"
_REFUSED = (
    ("listed-skills.csv", "these are the tables of an export: bring the export as JSON, which holds all of it"),
    ("xl/workbook.xml", "this is an Excel workbook: save the sheet as CSV"),
    ("ppt/presentation.xml", "these are slides: save them as PDF"),
    ("META-INF/manifest.xml", "this is an OpenDocument file: save it as DOCX or PDF"),
    ("META-INF/container.xml", "this is an e-book: bring a PDF or a DOCX"),
)


def read(data: bytes) -> Reading:
    """The reading of a Word document or a LinkedIn export. Raises ReadError for other ZIPs, by name where it can."""
    archive = Archive(data)
    if _WORD in archive.names:
        return docx.read_archive(archive)
    for name, why in _REFUSED:
        if name in archive.names:
            raise ReadError(why)
    return linkedin.read_archive(archive)
