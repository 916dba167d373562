"""A framework's file of any form that is known: ours, a CASE package, DIRECT's. The form is told from the content."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tracker.interchange import case, direct
from tracker.interchange.framework import (
    Document,
    FrameworkError,
    checked,
    parse_document,
    trusted_framework,
    warnings,
)
from tracker.interchange.outside_framework import Outline, document_of
from tracker.interchange.shared_skills import unknown_same, with_shared

_YAML = re.compile(rb"(?:\xef\xbb\xbf)?\s*[#\w\"'-]")
OURS, CASE, DIRECT = "mlarch-framework", "case", "direct"


@dataclass(frozen=True, slots=True)
class FrameworkFile:
    """The checked document in its complete form, the form it was read from, and what is worth saying of the reading."""

    document: Document
    form: str
    notes: tuple[str, ...] = ()


def remarks(document: Document, ours: Mapping[str, Any]) -> list[str]:
    """What is odd in a checked document that is taken all the same, a line each; with what it takes of our model, which
    is a complete document too."""
    return [*unknown_same(document, ours), *warnings(trusted_framework(with_shared(document, ours)))]


def text_form(data: bytes) -> str:
    """`json` or `yaml`, by how the text begins: in YAML with a key or a comment. What is neither is refused as JSON."""
    return "yaml" if _YAML.match(data) else "json"


def read_framework_file(data: bytes, *, form: str = "json", target: int = 0) -> FrameworkFile:
    """The framework that the bytes hold; `form`: json or yaml, for our own.

    `target`: the level that is asked of every skill where the file's form knows no targets; 0: the plain one. Raises
    FrameworkError with a line for each problem.
    """
    if data[:2] == b"PK":
        return _outside(DIRECT, lambda version: direct.read_zip(data, version), data, target)
    document = parse_document(data, form=form)
    if case.looks_like(document):
        return _outside(CASE, lambda version: case.outline_of(case.read_tree(document), version), data, target)
    if direct.looks_like(document):
        return _outside(DIRECT, lambda version: direct.read_tree(document, version), data, target)
    return FrameworkFile(checked(document), OURS)


def _outside(form: str, read: Callable[[str], Outline], data: bytes, target: int) -> FrameworkFile:
    """`read`: from a version for files that name none, made of the content, so that a changed file is another one."""
    try:
        outline = read(f"file {hashlib.sha256(data).hexdigest()[:8]}")
    except (case.CaseError, direct.DirectError) as error:
        raise FrameworkError(error.lines) from None
    made: dict[str, Any] = document_of(outline, target=target)
    return FrameworkFile(checked(made), form, tuple(made["limits"]))
