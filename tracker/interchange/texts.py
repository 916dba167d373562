"""Texts to be matched, from a labelled-set file (YAML with `items`) or JSON lines; nothing but id and text is read."""

from __future__ import annotations

from typing import Any, NamedTuple

from tracker.interchange import strict_json, strict_yaml
from tracker.interchange.strict_json import JsonError, shown
from tracker.interchange.strict_yaml import YamlError

MOST_BYTES = 5_000_000
MOST_TEXTS = 50_000


class TextsError(ValueError):
    """The file holds no texts that can be matched; the message is one line that names the place."""


class Text(NamedTuple):
    id: str
    text: str


def parse_texts(data: bytes) -> list[Text]:
    """The texts in the file, told from its content. Raises TextsError."""
    try:
        if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
            entries = _lines(data)
        else:
            entries = _items(strict_yaml.parse(data, most_bytes=MOST_BYTES))
    except (JsonError, YamlError) as error:
        raise TextsError(str(error)) from None
    if not entries:
        raise TextsError("there are no texts in it: write items, each with id and text")
    if len(entries) > MOST_TEXTS:
        raise TextsError(f"there are more than {MOST_TEXTS:,} texts in it")
    seen: dict[str, str] = {}
    return [_text(where, entry, seen) for where, entry in entries]


def _lines(data: bytes) -> list[tuple[str, Any]]:
    """JSON lines; a JSON object with `items`, over one line or several, will do as well."""
    if data.count(b"\n", 0, data.rfind(b"}")) == 0 or not data.split(b"\n", 1)[0].rstrip().endswith(b"}"):
        content = strict_json.parse(data, most_bytes=MOST_BYTES)
        return _items(content) if "items" in content else [("line 1", content)]
    return [(f"line {n}", _line(n, line)) for n, line in enumerate(data.splitlines(), 1) if line.strip()]


def _line(number: int, line: bytes) -> Any:
    try:
        return strict_json.parse(line, most_bytes=MOST_BYTES)
    except JsonError as error:
        raise TextsError(f"line {number}: {error}") from None


def _items(content: Any) -> list[tuple[str, Any]]:
    items = content.get("items") if isinstance(content, dict) else content or []
    if not isinstance(items, list):
        raise TextsError("it has no list of items: write items, each with id and text, or JSON lines of them")
    return [(f"items[{n}]", item) for n, item in enumerate(items)]


def _text(where: str, entry: Any, seen: dict[str, str]) -> Text:
    if not isinstance(entry, dict):
        raise TextsError(f"{where}: this is no object with id and text")
    for name in ("id", "text"):
        if name not in entry:
            raise TextsError(f"{where}: {name} is missing")
        if isinstance(entry[name], bool) or not isinstance(entry[name], str | int | float):
            raise TextsError(f"{where}: {name} must be text")
    id = str(entry["id"])
    if id in seen:
        raise TextsError(f"{where}: the id {shown(id)} is that of {seen[id]} too")
    seen[id] = where
    return Text(id, str(entry["text"]))
