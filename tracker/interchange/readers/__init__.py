"""Files of every kind that a person may own -> what they say of that person. One module a format.

A reader takes bytes and gives a `Reading`, or raises `ReadError`. It knows no framework and no database, fetches
nothing, and is bounded in bytes, depth, rows and pages. The readers and their libraries are imported where a file is
read: a worker that only shows pages never holds them.
"""

from __future__ import annotations

from tracker.interchange.readers.kinds import MOST_BYTES
from tracker.interchange.reading import Columns, ReadError, Reading

__all__ = ["MOST_BYTES", "ReadError", "Reading", "read_file", "text_of"]


def read_file(data: bytes, columns: Columns | None = None) -> Reading:
    """What the file says, whichever kind it is of. Raises ReadError.

    `columns`: which columns of a table are meant, where the person has said so; other kinds have none.
    """
    from tracker.interchange.readers import any_file

    return any_file.read_file(data, columns)


def text_of(data: bytes) -> str:
    """The text of a document (PDF, DOCX, HTML or plain), for what is no profile: a job advert. Raises ReadError."""
    from tracker.interchange.readers import any_file

    return any_file.text_of(data)
