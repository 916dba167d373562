"""YAML read as if it were JSON: objects, lists, text, numbers, true, false and null, and nothing that grows or runs.

Refused: aliases (a few lines of them expand to gigabytes), tags, keys given twice, NaN, nesting without end.
Dates stay text.
"""

from __future__ import annotations

import math
from typing import Any, NoReturn

import yaml

from tracker.interchange.strict_json import DEEPEST, LONGEST_NUMBER, clean, shown

_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TAG = "tag:yaml.org,2002:"


class YamlError(ValueError):
    """The text is no YAML that can be taken; the message is one line that names the place in the file."""


def parse(data: bytes, *, most_bytes: int) -> Any:
    """The value that the bytes hold, in JSON's types. Raises YamlError."""
    if len(data) > most_bytes:
        raise YamlError(f"the file is larger than {most_bytes // 1_000_000} MB")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise YamlError(f"not UTF-8 text (byte {error.start + 1}): save the file as UTF-8") from None
    try:
        _check_events(text)
        return clean(yaml.load(text, Loader=_JsonLoader))
    except yaml.YAMLError as error:
        raise YamlError(_line(error)) from None


def _check_events(text: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=_Base):
        if isinstance(event, yaml.AliasEvent):
            _refuse("an alias (*name) is not taken, write the value out", event.start_mark)
        elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            depth += 1
            if depth > DEEPEST:
                _refuse(f"nested deeper than {DEEPEST} levels", event.start_mark)
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            depth -= 1


def _refuse(what: str, mark: Any) -> NoReturn:
    raise yaml.MarkedYAMLError(problem=what, problem_mark=mark)


def _line(error: yaml.YAMLError) -> str:
    problem = getattr(error, "problem", None) or "not text that YAML allows"
    mark = getattr(error, "problem_mark", None)
    where = f"line {mark.line + 1}, column {mark.column + 1}: " if mark else ""
    return f"{where}not YAML: {problem}"


class _JsonLoader(_Base):  # type: ignore[misc]
    """Builds JSON's types alone. Keys become text, so that levels can be written as numbers."""

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                _refuse("a key must be text", key_node.start_mark)
            key = str(key_node.value)
            if key in result:
                _refuse(f"the key {shown(key)} stands twice in one object", key_node.start_mark)
            result[key] = self.construct_object(value_node, deep=True)
        return result


def _mapping(loader: Any, node: Any) -> dict[str, Any]:
    return dict(loader.construct_mapping(node))


def _sequence(loader: Any, node: Any) -> list[Any]:
    return list(loader.construct_sequence(node, deep=True))


def _text(loader: Any, node: Any) -> str:
    return str(node.value)


def _integer(loader: Any, node: Any) -> int:
    if len(node.value) > LONGEST_NUMBER:
        _refuse(f"a number of {len(node.value)} digits is too long", node.start_mark)
    try:
        return int(loader.construct_yaml_int(node))
    except ValueError:
        _refuse(f"{shown(node.value)} is no number", node.start_mark)


def _fraction(loader: Any, node: Any) -> float:
    try:
        value = float(loader.construct_yaml_float(node))
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        _refuse(f"{shown(node.value)} is no number", node.start_mark)
    return value


def _other(loader: Any, node: Any) -> NoReturn:
    _refuse(f"the tag {shown(node.tag)} is not taken", node.start_mark)


_JsonLoader.add_constructor(_TAG + "map", _mapping)
_JsonLoader.add_constructor(_TAG + "seq", _sequence)
_JsonLoader.add_constructor(_TAG + "timestamp", _text)
_JsonLoader.add_constructor(_TAG + "int", _integer)
_JsonLoader.add_constructor(_TAG + "float", _fraction)
for _kind in ("binary", "omap", "pairs", "set", "merge"):
    _JsonLoader.add_constructor(_TAG + _kind, _other)
_JsonLoader.add_constructor(None, _other)
