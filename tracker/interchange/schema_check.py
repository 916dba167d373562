"""A JSON Schema's verdict in words for a person: where it stands and what is wrong, one line each."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tracker.interchange.strict_json import shown

if TYPE_CHECKING:
    import jsonschema

_FOLDER = Path(__file__).parent / "schemas"
MOST_ERRORS = 500
_TYPES = {
    "object": "an object",
    "array": "a list",
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "null": "null",
}


@cache
def validator(name: str) -> jsonschema.Draft202012Validator:
    """The validator of `schemas/<name>.schema.json`."""
    import jsonschema  # a fifth of a second and 15 MB that a web worker saves until something is read

    schema = json.loads((_FOLDER / f"{name}.schema.json").read_text("utf-8"))
    return jsonschema.Draft202012Validator(schema)


def problems(name: str, document: object) -> Iterator[str]:
    """What the schema refuses in the document, a line each, in the order of the document's places."""
    for path, what in errors(name, document):
        yield f"{place(path) or 'the document'}: {what}"


def errors(name: str, document: object) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """What the schema refuses in the document: where (keys and positions) and what, in the order of the places; of
    what is wrong all through the first MOST_ERRORS."""
    first = islice(validator(name).iter_errors(document), MOST_ERRORS)
    found = sorted(first, key=lambda e: [str(part) for part in e.absolute_path])
    for error in map(_innermost, found):
        yield tuple(p if isinstance(p, int) else str(p) for p in error.absolute_path), _what(error)


def place(path: Sequence[str | int]) -> str:
    """A path of keys and positions as people write it: `roles[1].start`, `claims."cs.python"`."""
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part}]"
        elif part.replace("_", "").isalnum() and part.isascii():
            text += f".{part}" if text else part
        else:
            text += f".{shown(part)}" if text else shown(part)
    return text


def _innermost(error: jsonschema.ValidationError) -> jsonschema.ValidationError:
    """Of alternatives that all failed, the one that the writer was nearest to."""
    while error.context:
        error = max(error.context, key=lambda e: (len(e.absolute_path), e.validator != "type"))
    return error


def _what(error: jsonschema.ValidationError) -> str:
    found, rule = error.instance, error.validator_value
    match error.validator:
        case "type":
            wanted = [rule] if isinstance(rule, str) else rule
            return f"must be {' or '.join(_TYPES[t] for t in wanted)}, not {_value(found)}"
        case "required":
            # One error for each missing member, and only its message says which.
            missing = error.message.removesuffix(" is a required property")[1:-1]
            return f"{shown(missing)} is missing"
        case "enum":
            return f"must be one of {', '.join(str(r) for r in rule)}, not {_value(found)}"
        case "const":
            return f"must be {shown(rule)}, not {_value(found)}"
        case "minimum":
            return f"must be at least {rule}, not {_value(found)}"
        case "maximum":
            return f"must be at most {rule}, not {_value(found)}"
        case "exclusiveMinimum":
            return f"must be more than {rule}, not {_value(found)}"
        case "pattern":
            return f"{_value(found)} is not of the form that is asked here"
        case "minItems" | "minLength":
            return "must not be empty"
        case "uniqueItems":
            return "names something twice"
    return "is not of the shape that is asked here"


def _value(found: Any) -> str:
    if isinstance(found, dict):
        return "an object"
    if isinstance(found, list):
        return "a list"
    if isinstance(found, str):
        return shown(found)
    return json.dumps(found)
