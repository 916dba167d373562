"""XML from outside as a tree, bounded before it is built: no DTD and so no entities, nothing fetched, depth counted."""

from __future__ import annotations

import io
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from tracker.interchange.reading import ReadError

MOST_BYTES = 3_000_000
DEEPEST = 60
MOST_ELEMENTS = 100_000


def parse(data: bytes) -> Element:
    """The root. Raises ReadError: too large, too deep, too many elements, a DTD or entities, not well-formed."""
    if len(data) > MOST_BYTES:
        raise ReadError(f"the XML is larger than {MOST_BYTES // 1_000_000} MB")
    depth = count = 0
    root: Element | None = None
    try:
        for event, element in iterparse(io.BytesIO(data), events=("start", "end"), forbid_dtd=True):
            root = element if root is None else root
            depth += 1 if event == "start" else -1
            count += event == "start"
            if depth > DEEPEST:
                raise ReadError(f"the XML is nested deeper than {DEEPEST} levels")
            if count > MOST_ELEMENTS:
                raise ReadError(f"the XML has more than {MOST_ELEMENTS:,} elements")
    except DefusedXmlException:
        raise ReadError("the XML declares a document type or entities, which are not read: export it again") from None
    except ParseError as error:
        line, column = error.position
        raise ReadError(f"the XML is broken at line {line}, column {column + 1}: export it again") from None
    except (LookupError, UnicodeError, ValueError) as error:
        if isinstance(error, ReadError):
            raise
        raise ReadError("the XML names an encoding that is not read: save it as UTF-8") from None
    if root is None:
        raise ReadError("the XML is empty")
    return root


def local(element: Element) -> str:
    """The element's name without its namespace."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def below(element: Element, name: str) -> Iterator[Element]:
    """Every element of that local name somewhere below, in the order of the file."""
    return (found for found in element.iter() if found is not element and local(found) == name)


def children(element: Element, name: str) -> Iterator[Element]:
    return (child for child in element if local(child) == name)


def at(element: Element | None, *path: str) -> Element | None:
    """The first element down the path of local names, one level a step."""
    for name in path:
        if element is None:
            return None
        element = next(children(element, name), None)
    return element


def text_at(element: Element | None, *path: str) -> str:
    """The text of the first element down the path; "" where there is none."""
    found = at(element, *path)
    return "" if found is None else "".join(found.itertext()).strip()


def first_text(element: Element | None, *names: str) -> str:
    """The text of the first element below, at any depth, whose local name is the first of the names to have any."""
    if element is None:
        return ""
    for name in names:
        for found in below(element, name):
            if text := "".join(found.itertext()).strip():
                return text
    return ""
