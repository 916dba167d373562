"""Labelled texts of our own, and how well answers fare on them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent / "labelled"
Item = dict[str, Any]


@dataclass(slots=True)
class Score:
    right: int = 0
    wrong: int = 0
    wanted: int = 0
    to_ask: int = 0
    kept_as_question: int = 0

    @property
    def precision(self) -> float:
        return self.right / ((self.right + self.wrong) or 1)

    @property
    def recall(self) -> float:
        return self.right / (self.wanted or 1)


def items(kind: str) -> list[Item]:
    found: list[Item] = yaml.safe_load((FOLDER / f"{kind}.yaml").read_text("utf-8"))["items"]
    return found


def score(labelled: list[Item], answers: dict[str, Any]) -> Score:
    """Of all parts of the answers together; `also` holds what is neither wanted nor wrong."""
    total = Score()
    for item in labelled:
        truth, answer = item["answer"], answers[item["id"]]
        parts = ("level", "field") if isinstance(truth, dict) and "level" in truth else ("",)
        for part in parts:
            _count(total, truth[part] if part else truth, answer[part] if part else answer, item.get("also", ()))
    return total


def _count(total: Score, truth: Any, answer: Any, also: Any) -> None:
    wanted, given = _accepted(truth), _accepted(answer)
    total.right += len(wanted & given)
    total.wrong += len(given - wanted - set(also))
    total.wanted += len(wanted)
    if isinstance(truth, dict) and "ask" in truth:
        total.to_ask += 1
        total.kept_as_question += bool(_asked(answer) & set(truth["ask"])) or not truth["ask"]


def _accepted(answer: Any) -> set[str]:
    if isinstance(answer, dict):
        answer = answer.get("accept", [])
    return {answer} - {"none"} if isinstance(answer, str) else set(answer)


def _asked(answer: Any) -> set[str]:
    return set(answer.get("ask", ())) if isinstance(answer, dict) else set()
