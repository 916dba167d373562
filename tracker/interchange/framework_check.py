"""What is wrong with a framework document, all of it in one go: its shape first, then what its parts say of each other.

A part that the schema refuses is left out of the further checks; what names it still counts as known.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeAlias

from tracker.interchange import schema_check
from tracker.interchange.strict_json import shown

Path: TypeAlias = tuple[str | int, ...]
Row: TypeAlias = Mapping[str, Any]

SECTIONS: tuple[Path, ...] = (
    ("areas",),
    ("stages",),
    ("competencies",),
    ("milestones",),
    ("habits",),
    ("rules",),
    ("resources",),
    ("evidence", "degrees"),
    ("evidence", "roles"),
    ("evidence", "certifications"),
    ("evidence", "activities"),
)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend: where it stands in the document, and what is wrong there."""

    path: Path
    text: str


def json_place(problem: Problem) -> str:
    """The problem as a line that begins with the place in the JSON document."""
    return f"{schema_check.place(problem.path) or 'the document'}: {problem.text}"


def exact(number: float) -> Fraction:
    """The number as it is written in the document."""
    return Fraction(Decimal(str(number)))


def problems(document: Mapping[str, Any]) -> list[Problem]:
    """Everything for which the framework is refused, in the order of the document's parts."""
    found = [Problem(path, text) for path, text in schema_check.errors("framework", document)]
    if len(found) >= schema_check.MOST_ERRORS:
        # Where else it is broken is not known, so nothing further can be asked of it.
        return [*found, Problem((), "more is wrong than is listed here")]
    parts = Parts(document, [problem.path for problem in found])
    for check in CHECKS:
        found.extend(check(parts))
    return found


class Parts:
    """The document's rows, without those that are broken, and the ids that it knows."""

    def __init__(self, document: Mapping[str, Any], broken: Iterable[Path]) -> None:
        self._document = document
        self._broken = {path[:size] for path in broken for size in range(1, len(path) + 1)}
        self.ids = {section: self._ids(section) for section in SECTIONS}
        self.stages = [str(row["id"]) for _, row in self.rows("stages")]

    def member(self, *path: str) -> Any:
        """What stands at the path, None if nothing does."""
        value: Any = self._document
        for key in path:
            value = value.get(key) if isinstance(value, Mapping) else None
        return value

    def rows(self, *section: str) -> Iterator[tuple[Path, Row]]:
        """The sound rows of a section, each with its path."""
        for path, row in self._all_rows(section):
            if path not in self._broken:
                yield path, row

    def mapping(self, *path: str) -> Mapping[str, Any]:
        """The object at the path; empty if there is none or it is broken."""
        value = self.member(*path)
        return value if isinstance(value, Mapping) and path not in self._broken else {}

    def known(self, *section: str) -> Collection[str]:
        return self.ids[section]

    def named(self, *section: str) -> Iterator[tuple[Path, str]]:
        """Every id that a section gives, broken rows included, each with the path of its row."""
        key = "kind" if section[-1] == "activities" else "id"
        for path, row in self._all_rows(section):
            if isinstance(row.get(key), str):
                yield path, row[key]

    def _all_rows(self, section: Iterable[str]) -> Iterator[tuple[Path, Row]]:
        rows = self.member(*section)
        for position, row in enumerate(rows if isinstance(rows, list) else ()):
            if isinstance(row, Mapping):
                yield (*section, position), row

    def _ids(self, section: Path) -> Counter[str]:
        return Counter(name for _, name in self.named(*map(str, section)))


def _unknown(path: Path, name: object, what: str, known: Collection[str]) -> Iterator[Problem]:
    if name not in known:
        yield Problem(path, f"unknown {what} {shown(name)}")


def _double_ids(parts: Parts) -> Iterator[Problem]:
    for section in SECTIONS:
        seen: set[str] = set()
        for path, name in parts.named(*map(str, section)):
            if name.endswith("\n"):  # JSON Schema's `$`, as Python reads it, lets one pass
                yield Problem(path, "the id ends in a line break")
            if name in seen:
                yield Problem(path, f"{shown(name)} stands here a second time")
            seen.add(name)


def _stages(parts: Parts) -> Iterator[Problem]:
    for path, stage in parts.rows("stages"):
        for position, must in enumerate(stage.get("musts", ())):
            yield from _unknown((*path, "musts", position), must, "competency", parts.known("competencies"))


def _competencies(parts: Parts) -> Iterator[Problem]:
    for path, row in parts.rows("competencies"):
        yield from _unknown((*path, "area"), row["area"], "area", parts.known("areas"))
        for stage in row["targets"]:
            yield from _unknown((*path, "targets", stage), stage, "stage", parts.known("stages"))
        yield from _prerequisites(parts, path, row)
        yield from _falling_targets(parts, path, row)


def _prerequisites(parts: Parts, path: Path, row: Row) -> Iterator[Problem]:
    seen = set()
    for position, needed in enumerate(row.get("prerequisites", ())):
        place = (*path, "prerequisites", position)
        yield from _unknown((*place, "id"), needed["id"], "competency", parts.known("competencies"))
        edge = (needed["id"], needed["for_level"], needed["level"])
        if edge in seen:
            yield Problem(place, f"{shown(needed['id'])} stands here a second time for the same level")
        seen.add(edge)


def _falling_targets(parts: Parts, path: Path, row: Row) -> Iterator[Problem]:
    asked, by = 0, ""
    for stage in parts.stages:
        target = row["targets"].get(stage, 0)
        if target < asked:
            text = f"the target falls from {asked} at {shown(by)} to {target} at {shown(stage)}"
            yield Problem((*path, "targets", stage), text)
        asked, by = target, stage


def _cycles(parts: Parts) -> Iterator[Problem]:
    """Each knot of competencies that need one another is named once, by one way round it."""
    places = {str(row["id"]): path for path, row in parts.rows("competencies")}
    needs = {
        str(row["id"]): [p["id"] for p in row.get("prerequisites", ()) if p["id"] in places]
        for _, row in parts.rows("competencies")
    }
    for cycle in find_cycles(needs):
        way = " needs ".join([*cycle, cycle[0]])
        yield Problem((*places[cycle[0]], "prerequisites"), f"prerequisites run in a circle: {way}")


def find_cycles(needs: Mapping[str, Iterable[str]]) -> list[list[str]]:
    """Ways round in a graph, found by walking it depth first without recursion; none if it has no cycle."""
    cycles: list[list[str]] = []
    done: set[str] = set()
    for root in needs:
        trail: dict[str, Iterator[str]] = {} if root in done else {root: iter(needs[root])}
        while trail:
            current = next(reversed(trail))
            following = next(trail[current], None)
            if following is None:
                trail.popitem()
                done.add(current)
            elif following in trail:
                way = list(trail)
                cycles.append(way[way.index(following) :])
            elif following not in done:
                trail[following] = iter(needs[following])
    return cycles


def _milestones(parts: Parts) -> Iterator[Problem]:
    for path, row in parts.rows("milestones"):
        yield from _unknown((*path, "stage"), row["stage"], "stage", parts.known("stages"))
        for position, condition in enumerate(row.get("met_by", ())):
            yield from _condition(parts, (*path, "met_by", position), condition)


def _condition(parts: Parts, path: Path, condition: Row) -> Iterator[Problem]:
    for field in condition.get("fields", ()):
        yield from _unknown((*path, "fields"), field, "field of study", parts.known("evidence", "degrees"))
    for family in condition.get("family", ()):
        yield from _unknown((*path, "family"), family, "role family", parts.known("evidence", "roles"))
    rule = condition.get("certificate") or "any"
    known = {"any", *parts.known("evidence", "certifications")}
    yield from _unknown((*path, "certificate"), rule, "certification", known)


def _grants(parts: Parts) -> Iterator[Problem]:
    """Grants and offers of the evidence rules name competencies, areas and stages that exist."""
    granting = (("degrees", "bachelor"), ("roles", "base"), ("certifications", "grants"))
    for section, member in granting:
        for path, row in parts.rows("evidence", section):
            yield from _granted(parts, (*path, member), row.get(member, {}))
    for level, rule in parts.mapping("evidence", "degree_level_rules").items():
        if isinstance(rule, Mapping):
            yield from _granted(parts, ("evidence", "degree_level_rules", level, "also"), rule.get("also", {}))
    for path, row in parts.rows("evidence", "roles"):
        for bracket, offered in row.get("offers", {}).items():
            for area, stage in offered.items():
                place = (*path, "offers", bracket, area)
                yield from _unknown(place, area, "area", parts.known("areas"))
                yield from _unknown(place, stage, "stage", parts.known("stages"))


def _granted(parts: Parts, path: Path, grants: Row) -> Iterator[Problem]:
    for name in grants:
        yield from _unknown((*path, name), name, "competency", parts.known("competencies"))


def _resources(parts: Parts) -> Iterator[Problem]:
    for path, row in parts.rows("resources"):
        if row.get("certification"):
            known = parts.known("evidence", "certifications")
            yield from _unknown((*path, "certification"), row["certification"], "certification", known)
        for position, taught in enumerate(row.get("teaches", ())):
            yield from _teaching(parts, (*path, "teaches", position), taught)
        taught_twice = Counter(taught["competency"] for taught in row.get("teaches", ()))
        for name, times in taught_twice.items():
            if times > 1:
                yield Problem((*path, "teaches"), f"teaches {shown(name)} in more than one row")
        for position, supported in enumerate(row.get("supports", ())):
            place = (*path, "supports", position, "competency")
            yield from _unknown(place, supported["competency"], "competency", parts.known("competencies"))
        for position, name in enumerate(row.get("reading", ())):
            yield from _unknown((*path, "reading", position), name, "resource", parts.known("resources"))


def _teaching(parts: Parts, path: Path, taught: Row) -> Iterator[Problem]:
    yield from _unknown((*path, "competency"), taught["competency"], "competency", parts.known("competencies"))
    if taught["from"] >= taught["to"]:
        yield Problem(path, f"teaches from {taught['from']} to {taught['to']}: it must end above where it begins")


def _unpaid_hours(parts: Parts) -> Iterator[Problem]:
    floors = {int(step): exact(hours) for step, hours in parts.mapping("effort_floors").items()}
    for path, row in parts.rows("resources"):
        steps = [step for t in row.get("teaches", ()) for step in range(t["from"] + 1, t["to"] + 1)]
        needed = sum((floors.get(step, Fraction(0)) for step in steps), Fraction(0))
        if needed > exact(row["hours"]):
            text = f"{shown(row['id'])} has {row['hours']} h, the steps it is credited with need {float(needed):g} h"
            yield Problem((*path, "hours"), text)


def _renames(parts: Parts) -> Iterator[Problem]:
    for section, renamed in parts.mapping("renames").items():
        if (section,) not in parts.ids:
            continue
        for old, new in renamed.items():
            yield from _unknown(("renames", section, old), new, "id", parts.known(section))
            if old in parts.known(section):
                yield Problem(("renames", section, old), f"{shown(old)} is still in use and cannot be renamed")


def _same_as(parts: Parts) -> Iterator[Problem]:
    """Competency -> the id of the shipped model's competency that is the same skill; at most one each."""
    declared = parts.member("same_as")
    if declared is not None and not isinstance(declared, Mapping):
        yield Problem(("same_as",), "must be an object of our ids by theirs")
    seen: dict[object, str] = {}
    for name, ours in parts.mapping("same_as").items():
        yield from _unknown(("same_as", name), name, "competency", parts.known("competencies"))
        if not isinstance(ours, str) or not ours:
            yield Problem(("same_as", name), "must be the id of a competency")
        elif ours != name and ours in parts.known("competencies"):
            yield Problem(("same_as", name), f"{shown(ours)} is the id of a competency of this framework too")
        elif ours in seen:
            yield Problem(("same_as", name), f"{shown(ours)} is the same as {shown(seen[ours])} already")
        else:
            seen[ours] = name


CHECKS: tuple[Callable[[Parts], Iterator[Problem]], ...] = (
    _double_ids,
    _stages,
    _competencies,
    _cycles,
    _milestones,
    _grants,
    _resources,
    _unpaid_hours,
    _renames,
    _same_as,
)
