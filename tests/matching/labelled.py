"""Texts with their truth, and how an answer fares against it: what is right, what is wrong, traps fallen into."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent
TRAPS_OF = {"required", "preferred", "has"}
Answer = Mapping[str, Any]


@dataclass
class Tally:
    right: int = 0
    wrong: int = 0
    wanted: int = 0

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.wanted if self.wanted else 1.0


@dataclass
class Report:
    whole: Tally = field(default_factory=Tally)
    parts: dict[str, Tally] = field(default_factory=dict)
    traps: list[str] = field(default_factory=list)
    misses: list[str] = field(default_factory=list)


def items(*names: str) -> list[dict[str, Any]]:
    return [item for name in names for item in yaml.safe_load((FOLDER / f"{name}.yaml").read_text("utf-8"))]


def sayings(name: str) -> list[tuple[str, str]]:
    """(sentence, what it says) of a file that lists sentences by what they say."""
    content = yaml.safe_load((FOLDER / f"sayings_{name}.yaml").read_text("utf-8"))
    return [(text, what) for what, texts in content.items() for text in texts]


def measured(labelled: list[dict[str, Any]], answer: Callable[[str], Answer]) -> Report:
    report = Report()
    for item in labelled:
        given = answer(item["text"])
        also = set(item.get("also", ()))
        for part in item["answer"]:
            wanted, found = set(_tags(part, item["answer"][part])), set(_tags(part, given.get(part)))
            right, wrong = wanted & found, found - wanted - also
            for tally in (report.whole, report.parts.setdefault(part, Tally())):
                tally.right += len(right)
                tally.wrong += len(wrong)
                tally.wanted += len(wanted)
            if part in TRAPS_OF:
                report.traps += [f"{item['id']}: {trap}" for trap in wrong & set(item.get("traps", ()))]
            report.misses += [f"{item['id']}: {part} {tag}" for tag in (wanted - found) | wrong]
    return report


def _tags(part: str, value: Any) -> Iterator[str]:
    """One word for each thing that an answer says, so that sets of them compare."""
    if part == "degree":
        for clause in value or ():
            yield f"{clause['strength']} {clause['level']}"
            yield from (f"field {name}" for name in clause.get("fields", ()))
            yield from ["or experience"] if clause.get("or_experience") else []
    elif part == "years":
        yield from (f"{clause['min']} of {clause['of']}" for clause in value or ())
    elif part == "any_of":
        yield from (" | ".join(sorted(group)) for group in value or ())
    elif isinstance(value, str):
        yield value
    elif isinstance(value, dict) and set(value) == {"ask"}:
        return
    else:
        yield from value or ()
