"""JSON of any of the formats that are JSON: which of them it is, its members tell."""

from __future__ import annotations

from tracker.interchange import strict_json
from tracker.interchange.profile import check_shape
from tracker.interchange.readers import europass, json_resume, open_badges
from tracker.interchange.readers.kinds import MOST_JSON_BYTES
from tracker.interchange.reading import OWN_FORMAT, SCHEMA, SECTIONS, ReadError, Reading

_OWN = frozenset((*SECTIONS, "finished", "claims", "milestones", "confirmed"))


def read(data: bytes) -> Reading:
    """The reading of a JSON Resume, or of our own profile, its ids to be checked where a framework is known."""
    try:
        document = strict_json.parse(data, most_bytes=MOST_JSON_BYTES)
    except strict_json.JsonError as error:
        raise ReadError(str(error)) from None
    if not isinstance(document, dict):
        raise ReadError("neither a JSON Resume nor a profile: both are a JSON object")
    if "schema" in document:
        check_shape(document)
        return Reading(OWN_FORMAT, document)
    if europass.looks_like(document):
        return europass.read_json(document)
    if open_badges.looks_like(document):
        return open_badges.read_json(document)
    if json_resume.looks_like(document):
        return json_resume.read(document)
    if set(document) & _OWN:
        raise ReadError(f'a profile names its schema: add "schema": "{SCHEMA}"')
    raise ReadError("neither a JSON Resume nor a profile: none of their sections is there")
