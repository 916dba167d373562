"""The shipped framework: a folder of YAML files -> one framework document, practice tasks included.

framework.yaml             the model as a whole: sources, scale, effort floors, areas, stages, rules
competencies/<area>.yaml   one file an area
milestones.yaml habits.yaml exams.yaml source_rows.yaml renames.yaml
evidence/*.yaml            degrees, roles, certifications, activities
resources/<area>.yaml      one file for the area of the main subject
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

from tracker.engine.framework import Framework
from tracker.interchange import schema_check, strict_yaml
from tracker.interchange.framework import SCHEMA, Document, FrameworkError, checked, complete, trusted_framework
from tracker.interchange.framework_check import Problem, exact
from tracker.interchange.strict_json import shown

FOLDER = Path(__file__).resolve().parent.parent / "data" / "ml_architect"
MOST_BYTES = 5_000_000
Place: TypeAlias = tuple[str | int, ...]

_LISTS = {
    "milestones": "milestones.yaml",
    "habits": "habits.yaml",
    "exams": "exams.yaml",
    "source_rows": "source_rows.yaml",
}
_RULES = {"roles": "evidence/roles.yaml", "certifications": "evidence/certifications.yaml"}
_MERGED_RULES = ("evidence/degrees.yaml", "evidence/activities.yaml")


@cache
def shipped_framework() -> Framework:
    """The framework that comes with the product, read once a process."""
    return trusted_framework(read_folder(FOLDER))


def read_folder(folder: Path = FOLDER) -> Document:
    """The folder's document in its complete form. Raises FrameworkError: a line each, with file, id and key."""
    reading = _Reading(folder)
    document = reading.document()
    if reading.lines:
        raise FrameworkError(reading.lines)
    whole = checked(document, reading.line)
    return complete({**whole, "resources": [*whole["resources"], *practice_tasks(whole)]})


class _Reading:
    """One pass over a folder: what was read, which file each row came from, and what could not be read."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.lines: list[str] = []
        self._files: dict[Place, str] = {}
        self._rows: dict[Place, Any] = {}

    def document(self) -> Document:
        head = self._object("framework.yaml")
        rows = head.get("areas")
        areas = [str(a.get("id")) for a in rows if isinstance(a, dict)] if isinstance(rows, list) else []
        document = {"schema": SCHEMA, **head}
        document["competencies"] = [
            _named_aliases(row) for row in self._rows_of(("competencies",), self._by_area("competencies", areas))
        ]
        for section, file in _LISTS.items():
            document[section] = self._rows_of((section,), [file])
        document["evidence"] = self._evidence()
        prices = head.get("price_classes", {})
        resources = self._rows_of(("resources",), self._by_area("resources", areas))
        document["resources"] = [self._priced(row, prices, n) for n, row in enumerate(resources)]
        if (self.folder / "renames.yaml").exists():
            document["renames"] = self._object("renames.yaml")
        return document

    def line(self, problem: Problem) -> str:
        """The problem with file, id and key in front."""
        path = problem.path
        for size in (2, 3):
            if path[:size] in self._files:
                row = self._rows[path[:size]]
                name = row.get("id", row.get("kind")) if isinstance(row, Mapping) else None
                return ": ".join(
                    part
                    for part in (
                        self._files[path[:size]],
                        str(name or f"row {int(path[size - 1]) + 1}"),
                        schema_check.place(path[size:]),
                        problem.text,
                    )
                    if part
                )
        file = self._files.get(path[:1], "framework.yaml")
        return ": ".join(part for part in (file, schema_check.place(path), problem.text) if part)

    def _evidence(self) -> Document:
        evidence: Document = {}
        for file in _MERGED_RULES:
            for key, value in self._object(file).items():
                evidence[key] = value
                for position, row in enumerate(value if isinstance(value, list) else ()):
                    self._note(("evidence", key, position), file, row)
        for section, file in _RULES.items():
            evidence[section] = self._rows_of(("evidence", section), [file])
        return evidence

    def _by_area(self, folder: str, areas: list[str]) -> list[str]:
        """The folder's files, in the order of the areas they are named after, then any others by name."""
        names = sorted(path.name for path in (self.folder / folder).glob("*.yaml"))
        order = {f"{area}.yaml": position for position, area in enumerate(areas)}
        return [f"{folder}/{name}" for name in sorted(names, key=lambda n: (order.get(n, len(order)), n))]

    def _rows_of(self, section: tuple[str, ...], files: list[str]) -> list[Any]:
        rows: list[Any] = []
        for file in files:
            found = self._load(file)
            if not isinstance(found, list | None):
                self.lines.append(f"{file}: must be a list of rows")
                continue
            for row in found or ():
                self._note((*section, len(rows)), file, row)
                rows.append(row)
        return rows

    def _note(self, place: Place, file: str, row: object) -> None:
        self._files[place] = file
        self._files.setdefault(place[:1], file)
        self._rows[place] = row

    def _object(self, file: str) -> Document:
        found = self._load(file)
        if isinstance(found, dict):
            return found
        if found is not None or file == "framework.yaml":
            self.lines.append(f"{file}: must be an object with members")
        return {}

    def _load(self, file: str) -> Any:
        try:
            return strict_yaml.parse((self.folder / file).read_bytes(), most_bytes=MOST_BYTES)
        except strict_yaml.YamlError as error:
            self.lines.append(f"{file}: {error}")
        except OSError as error:
            self.lines.append(f"{file}: cannot be read ({error.strerror})")
        return None

    def _priced(self, row: Any, prices: Any, position: int) -> Any:
        """The row with the cost that its price class counts as; a row may give its cost itself."""
        if not isinstance(row, dict) or "price" not in row or "cost" in row:
            return row
        if not isinstance(prices, dict) or str(row["price"]) not in prices:
            unknown = Problem(("resources", position, "price"), f"unknown price class {shown(row['price'])}")
            self.lines.append(self.line(unknown))
            return row
        return {**row, "cost": prices[str(row["price"])]}


def _named_aliases(row: Any) -> Any:
    """Aliases stand as name -> where they were seen; the document has the names, and beside them where from."""
    if not isinstance(row, dict) or not isinstance(row.get("aliases"), dict):
        return row
    return {**row, "aliases": list(row["aliases"]), "alias_sources": row["aliases"]}


def practice_tasks(document: Mapping[str, Any]) -> list[Document]:
    """A task for each step from 3 up to a competency's highest target, and for each lower one that nothing teaches."""
    floors = document.get("effort_floors", {})
    active = [row for row in document["resources"] if row["status"] == "active"]
    taught = {
        (t["competency"], step) for row in active for t in row["teaches"] for step in range(t["from"] + 1, t["to"] + 1)
    }
    reading = _reading(active)
    return [
        _practice_task(c, step, floors[str(step)], reading.get((c["id"], step), []), document.get("language", ""))
        for c in document["competencies"]
        for step in _steps_to_practise(c, taught)
        if str(step) in floors
    ]


def _steps_to_practise(competency: Mapping[str, Any], taught: set[tuple[str, int]]) -> Iterator[int]:
    for step in range(1, max(competency["targets"].values(), default=0) + 1):
        if step >= 3 or (competency["id"], step) not in taught:
            yield step


def _reading(resources: list[Document]) -> dict[tuple[str, int], list[str]]:
    """(competency, level) -> ids of what supports it: the lean selection first, then the shorter."""
    reading: dict[tuple[str, int], list[str]] = {}
    for row in sorted(resources, key=lambda r: (not r.get("core"), exact(r["hours"]), r["id"])):
        for supported in row["supports"]:
            reading.setdefault((supported["competency"], supported["level"]), []).append(row["id"])
    return reading


def _practice_task(
    competency: Mapping[str, Any], step: int, floor: float, reading: list[str], language: str
) -> Document:
    """Do what the level statement says. Alone, without a teacher, the first steps take twice their floor."""
    statement = competency["levels"].get(str(step), f"Reach level {step}")
    twice = step <= 3
    return {
        "id": f"practice.{competency['id']}.{step}",
        "title": f"{competency['name']}, level {step}: {_inside_a_sentence(statement)}",
        "kind": "practice task",
        "mode": "practice",
        "hours": floor * 2 if twice else floor,
        "hours_basis": "twice the effort floor of the step" if twice else "the effort floor of the step",
        "cost": 0,
        "price": "free",
        "language": language,
        "status": "active",
        "teaches": [{"competency": competency["id"], "from": step - 1, "to": step}],
        "supports": [],
        "reading": reading,
        "source": "derived from the level statement",
        "note": f"With material of your own, do what level {step} says: {statement}.",
    }


def _inside_a_sentence(statement: str) -> str:
    """Without its capital, unless that belongs to the word, as in SQL or A/B."""
    return statement[:1].lower() + statement[1:] if statement[1:2].islower() else statement
