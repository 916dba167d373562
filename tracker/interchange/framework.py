"""The framework document, `mlarch-framework/1`: bytes -> document -> the engine's value, and back to bytes.

Nothing here raises anything but `FrameworkError`, whatever the input.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import yaml

from tracker.engine.framework import Framework
from tracker.interchange import strict_json, strict_yaml
from tracker.interchange.framework_build import build
from tracker.interchange.framework_check import Problem, json_place, problems
from tracker.interchange.framework_form import Document, complete, digest
from tracker.interchange.framework_warnings import warnings

__all__ = [
    "Document",
    "FrameworkError",
    "checked",
    "complete",
    "digest",
    "dump_document",
    "parse_document",
    "read_framework",
    "trusted_framework",
    "warnings",
]

SCHEMA = "mlarch-framework/1"
MOST_BYTES = 20_000_000
MOST_LINES = 1_000


class FrameworkError(ValueError):
    """A framework that is refused: `lines` holds one line for each thing to mend, with where it stands."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.lines = tuple(lines)
        super().__init__("\n".join(self.lines))


def parse_document(data: bytes, *, form: str = "json") -> Document:
    """The document that the bytes hold, not yet checked; `form`: json or yaml.

    Raises FrameworkError with one line: too large, not UTF-8, not JSON or YAML, nested too deep, a key twice.
    """
    try:
        if form == "yaml":
            value = strict_yaml.parse(data, most_bytes=MOST_BYTES)
        else:
            value = strict_json.parse(data, most_bytes=MOST_BYTES)
    except (strict_json.JsonError, strict_yaml.YamlError) as error:
        raise FrameworkError([str(error)]) from None
    if not isinstance(value, dict):
        raise FrameworkError(["the document: must be an object with the members of a framework"])
    return value


def checked(document: Mapping[str, Any], place: Callable[[Problem], str] = json_place) -> Document:
    """The document in its complete form, after every check; `place` writes a problem as a line.

    Raises FrameworkError with a line for each problem.
    """
    whole = _whole_numbers(document)
    found = problems(whole)
    if found:
        lines = list(dict.fromkeys(place(problem) for problem in found))
        more = len(lines) - MOST_LINES
        raise FrameworkError(lines[:MOST_LINES] + ([f"and {more:,} more"] if more > 0 else []))
    return complete(whole)


def read_framework(document: Mapping[str, Any]) -> Framework:
    """The framework that the document describes. Raises FrameworkError with a line for each problem."""
    return build(checked(document))


def trusted_framework(document: Mapping[str, Any]) -> Framework:
    """The framework of a document that `checked` gave and that was kept since: nothing is looked at again."""
    return build(document)


def dump_document(framework: Framework | Mapping[str, Any], *, form: str = "json") -> bytes:
    """The document as JSON or YAML text, keys sorted: the same bytes each time."""
    document = framework.document if isinstance(framework, Framework) else framework
    if form == "yaml":
        dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
        return yaml.dump(document, Dumper=dumper, allow_unicode=True, width=110, encoding="utf-8")
    return json.dumps(document, sort_keys=True, ensure_ascii=False, indent=1).encode() + b"\n"


def _whole_numbers(value: Any) -> Any:
    """The same value with each 1.0 as 1: JSON Schema calls both an integer."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, list):
        return [_whole_numbers(item) for item in value]
    if isinstance(value, Mapping):
        return {key: _whole_numbers(item) for key, item in value.items()}
    return value
