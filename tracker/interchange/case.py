"""1EdTech CASE packages (1.0 and 1.1) as frameworks: the tree of items first, then a document of ours.

Domains are the roots, skills the leaves of the tree. Statements may hold Markdown and TeX: they are text, kept as it
stands and never made HTML. Nothing is fetched: what is outside the package is named and left.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from tracker.interchange.framework_check import find_cycles
from tracker.interchange.outside_framework import Outline, Part, key_of, keys_of, one_line
from tracker.interchange.strict_json import shown

Json = Mapping[str, Any]

OURS = "ml-architect"
SAME = ("exactMatchOf", "isPeerOf")  # where the other end is a competency of ours; elsewhere they say less
LEVELS = range(1, 6)
MOST_ITEMS = 20_000
NOTES_TOLD = 20
_NUMBER = re.compile(r"(\d{1,15})")
_LEVEL = re.compile(r"\blevels?\b", re.IGNORECASE)
_OF_OURS = re.compile(r"(?:^|[/:#])ml-architect[/:#]([a-z0-9][a-z0-9._-]{0,79})$")


class CaseError(ValueError):
    """The package is refused: `lines` holds one line for each thing to mend."""

    def __init__(self, *lines: str) -> None:
        self.lines = lines
        super().__init__("\n".join(lines))


@dataclass(frozen=True, slots=True)
class Item:
    identifier: str
    statement: str
    code: str = ""
    short: str = ""
    kind: str = ""
    education_level: str = ""
    notes: str = ""

    @property
    def label(self) -> str:
        """What a person calls it: its code, else its statement."""
        return self.code or one_line(self.statement)


@dataclass(frozen=True, slots=True)
class Tree:
    """A package: items by identifier, roots and children in their order, `precedes` as (earlier, later), `same` as
    (item, id of the shipped model). `orphans`: roots that have no parent in the package."""

    title: str
    document: Json
    items: Mapping[str, Item]
    roots: tuple[str, ...]
    children: Mapping[str, tuple[str, ...]]
    precedes: tuple[tuple[str, str], ...] = ()
    same: tuple[tuple[str, str], ...] = ()
    orphans: tuple[str, ...] = ()
    rubrics: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    dangling: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def looks_like(document: Json) -> bool:
    return "CFDocument" in document or "CFItems" in document


def read_tree(package: Json) -> Tree:
    """The package as a tree. Raises CaseError: no document or items, an identifier twice, a circle of children."""
    about = package.get("CFDocument")
    if not isinstance(about, Mapping) or not _text(about, "identifier"):
        raise CaseError("CFDocument: must be an object with an identifier")
    reader = _Reader(package, _text(about, "identifier"))
    reader.check_circles()
    return Tree(
        title=one_line(_text(about, "title")) or "Framework without a title",
        document=about,
        items=reader.items,
        roots=reader.sorted(reader.root_places),
        children={parent: reader.sorted(places) for parent, places in reader.child_places.items()},
        precedes=tuple(reader.precedes),
        same=tuple(reader.same),
        orphans=tuple(reader.orphans),
        rubrics=reader.rubrics(),
        dangling=tuple(reader.dangling),
        notes=tuple(reader.notes),
    )


class _Reader:
    """One pass over a package. A place: (sequence number or None, position in the file) of an item under its parent."""

    def __init__(self, package: Json, document: str) -> None:
        self.package = package
        self.document = document
        self.notes: list[str] = []
        self.dangling: list[str] = []
        self.items = self._items()
        self.order = {identifier: position for position, identifier in enumerate(self.items)}
        self.parents: dict[str, dict[str, float | None]] = {identifier: {} for identifier in self.items}
        self.precedes: list[tuple[str, str]] = []
        self.same: list[tuple[str, str]] = []
        self._associations()
        self.root_places: dict[str, float | None] = {}
        self.child_places: dict[str, dict[str, float | None]] = {}
        self.orphans: list[str] = []
        self._place()

    def _items(self) -> dict[str, Item]:
        rows = self.package.get("CFItems")
        if not isinstance(rows, list):
            raise CaseError("CFItems: must be a list of items")
        if len(rows) > MOST_ITEMS:
            raise CaseError(f"CFItems: {len(rows):,} items, {MOST_ITEMS:,} are the most that is read")
        found: dict[str, Item] = {}
        twice = []
        for position, row in enumerate(rows):
            identifier = _text(row, "identifier") if isinstance(row, Mapping) else ""
            statement = _long_text(row, "fullStatement") if isinstance(row, Mapping) else ""
            if not identifier or not statement:
                self.notes.append(f"CFItems[{position}]: left out, it has no identifier or no statement")
            elif identifier in found or identifier == self.document:
                twice.append(f"CFItems[{position}]: the identifier {shown(identifier)} stands here a second time")
            else:
                found[identifier] = _item(identifier, statement, row)
        if twice:
            raise CaseError(*twice)
        return found

    def _associations(self) -> None:
        rows = self.package.get("CFAssociations")
        for position, row in enumerate(rows if isinstance(rows, list) else ()):
            if not isinstance(row, Mapping):
                continue
            kind, where = _text(row, "associationType"), f"CFAssociations[{position}]"
            origin, target = row.get("originNodeURI"), row.get("destinationNodeURI")
            first, second = self._node(origin), self._node(target)
            if kind in SAME and first in self.items and (ours := _ours(target)):
                self.same.append((first, ours))
            elif not first or not second or first == self.document:
                outside = target if first else origin
                self.dangling.append(
                    f"{where}: {kind or 'an association'} names {_name(outside)}, which is not in the package"
                )
            elif kind == "isChildOf":
                self.parents[first].setdefault(second, _number(row.get("sequenceNumber")))
            elif kind == "precedes" and second != self.document:
                self.precedes.append((first, second))

    def _node(self, node: object) -> str:
        """The identifier of the item or document that a link names; empty for what is outside the package."""
        if isinstance(node, Mapping):
            found = _text(node, "identifier") or _text(node, "uri").rstrip("/").rsplit("/", 1)[-1]
        else:
            found = node.rstrip("/").rsplit("/", 1)[-1] if isinstance(node, str) else ""
        return found if found in self.items or found == self.document else ""

    def check_circles(self) -> None:
        circles = find_cycles(
            {child: [p for p in parents if p in self.items] for child, parents in self.parents.items()}
        )
        lines = []
        for circle in circles:
            way = " is a child of ".join(shown(self.items[i].label) for i in (*circle, circle[0]))
            lines.append(f"CFAssociations: items run in a circle: {way}")
        if lines:
            raise CaseError(*lines)

    def _place(self) -> None:
        """Each item under its first parent; without one at the root, with a note."""
        for identifier, parents in self.parents.items():
            if not parents:
                self.orphans.append(identifier)
                self.root_places[identifier] = None
                self.notes.append(f"{shown(self.items[identifier].label)}: has no parent, it stands at the root")
                continue
            (parent, place), *others = parents.items()
            for other, _ in others:
                name = "the root" if other == self.document else shown(self.items[other].label)
                self.notes.append(
                    f"{shown(self.items[identifier].label)}: is also a child of {name}, which is left out"
                )
            places = self.root_places if parent == self.document else self.child_places.setdefault(parent, {})
            places[identifier] = place

    def sorted(self, places: Mapping[str, float | None]) -> tuple[str, ...]:
        """By sequence number where it is given, else by code where every one has a code, else as in the file."""
        if any(number is not None for number in places.values()):
            last = float("inf")
            return tuple(sorted(places, key=lambda i: (last if (n := places[i]) is None else n, self.order[i])))
        if all(self.items[i].code for i in places):
            return tuple(sorted(places, key=lambda i: (_natural(self.items[i].code), self.order[i])))
        return tuple(sorted(places, key=self.order.__getitem__))

    def rubrics(self) -> dict[str, tuple[str, ...]]:
        """Item -> what its rubric's levels say, the lowest first."""
        found: dict[str, tuple[str, ...]] = {}
        for rubric in _rows(self.package, "CFRubrics"):
            for criterion in _rows(rubric, "CFRubricCriteria"):
                item = self._node(criterion.get("CFItemURI"))
                levels = sorted(
                    _rows(criterion, "CFRubricCriterionLevels"),
                    key=lambda row: (_number(row.get("score")) or 0, _number(row.get("position")) or 0),
                )
                words = tuple(filter(None, (_long_text(row, "description") or _text(row, "quality") for row in levels)))
                if item in self.items and words:
                    found.setdefault(item, words)
        return found


def outline_of(tree: Tree, fallback_version: str) -> Outline:
    """The tree as domains and skills. Raises CaseError where there is nothing to import."""
    if not tree.items:
        raise CaseError(f"the package {shown(tree.title)} is valid and empty: there is nothing to import")
    leaves = list(_leaves(tree))
    own = [leaf for leaf, trail in leaves if not trail]
    domains = list(dict.fromkeys(trail[0] for _, trail in leaves if trail))
    keys = dict(zip(domains, keys_of(_id_of(tree.items[i]) for i in domains), strict=True))
    rest = Part(_free(key_of(tree.title) or "framework", keys.values()), tree.title)
    skill_keys = dict(zip((i for i, _ in leaves), keys_of(_id_of(tree.items[i]) for i, _ in leaves), strict=True))
    notes = list(tree.notes)
    skills = [_skill(tree, leaf, skill_keys[leaf], trail, keys, rest.key, notes) for leaf, trail in leaves]
    notes += (
        f"{shown(tree.items[i].label)}: is no skill here, so it is not the same as one"
        for i, _ in tree.same
        if i not in skill_keys
    )
    needs = []
    for earlier, later in tree.precedes:
        if earlier in skill_keys and later in skill_keys:
            needs.append((skill_keys[later], skill_keys[earlier]))
        else:
            first, second = (shown(tree.items[i].label) for i in (earlier, later))
            notes.append(f"{first} precedes {second}: left out, they are not both skills")
    return Outline(
        id=key_of(_text(tree.document, "identifier")) or "case",
        version=_text(tree.document, "version") or _text(tree.document, "lastChangeDateTime") or fallback_version,
        title=tree.title,
        domains=[
            *(Part(keys[i], _name_of(tree.items[i]), _more(tree.items[i])) for i in domains),
            *([rest] if own else []),
        ],
        skills=skills,
        head=_head(tree),
        needs=needs,
        same_as={skill_keys[i]: ours for i, ours in tree.same if i in skill_keys},
        notes=[*_few(notes), *_few(tree.dangling)],
    )


def _leaves(tree: Tree) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each skill with the items above it, the root first, in the order of the tree; without recursion.

    An item whose children are all levels is a skill itself.
    """
    waiting: list[tuple[str, tuple[str, ...]]] = [(root, ()) for root in reversed(tree.roots)]
    while waiting:
        item, trail = waiting.pop()
        children = tree.children.get(item, ())
        if not children or all(_LEVEL.search(tree.items[c].kind) and not tree.children.get(c) for c in children):
            yield item, trail
        else:
            waiting += [(child, (*trail, item)) for child in reversed(children)]


def _skill(
    tree: Tree, leaf: str, key: str, trail: tuple[str, ...], domains: Mapping[str, str], rest: str, notes: list[str]
) -> Part:
    item = tree.items[leaf]
    return Part(
        key=key,
        name=_name_of(item),
        statement=item.statement,
        part_of=domains[trail[0]] if trail else rest,
        within=tuple(_name_of(tree.items[i]) for i in trail[1:]),
        levels=_levels(tree, leaf, notes),
        more={name: text for name, text in (("code", item.code), ("notes", item.notes)) if text},
    )


def _levels(tree: Tree, leaf: str, notes: list[str]) -> dict[int, str]:
    """Statements by level: of items that are levels, else of the rubric; numbered by themselves or in their order."""
    label, rows = shown(tree.items[leaf].label), [tree.items[i] for i in tree.children.get(leaf, ())]
    given = [int(row.education_level) if row.education_level in map(str, LEVELS) else 0 for row in rows]
    if rows and all(given) and len(set(given)) == len(given):
        return dict(zip(given, (row.statement for row in rows), strict=True))
    words = [row.statement for row in rows] or list(tree.rubrics.get(leaf, ()))
    if words:
        notes.append(
            f"{label}: its levels have no numbers that fit, they are taken as 1 to {min(5, len(words))} in order"
        )
    if len(words) > len(LEVELS):
        notes.append(f"{label}: of {len(words)} levels the first 5 are taken")
    return dict(zip(LEVELS, words, strict=False))


def _head(tree: Tree) -> dict[str, Any]:
    """What the document says of itself, as members of ours."""
    about = tree.document
    licence = about.get("licenseURI")
    creator = ", ".join(dict.fromkeys(filter(None, (_text(about, "creator"), _text(about, "publisher")))))
    address = _text(about, "officialSourceURL") or _text(about, "uri")
    members = {
        "form": "CASE",
        "description": _long_text(about, "description"),
        "language": _text(about, "language")[:35],
        "licence": _text(licence, "title")[:500] if isinstance(licence, Mapping) else "",
        "sources": [{"id": "case", "what": ". ".join(filter(None, (creator, tree.title, address)))}],
    }
    return {name: value for name, value in members.items() if value}


def _item(identifier: str, statement: str, row: Json) -> Item:
    kind = row.get("CFItemTypeURI")
    level = row.get("educationLevel")
    levels = [str(entry).strip() for entry in level] if isinstance(level, list) else [str(level or "").strip()]
    return Item(
        identifier=identifier,
        statement=statement,
        code=_text(row, "humanCodingScheme"),
        short=_text(row, "abbreviatedStatement"),
        kind=_text(row, "CFItemType") or (_text(kind, "title") if isinstance(kind, Mapping) else ""),
        education_level=levels[0] if len(levels) == 1 else "",
        notes=_long_text(row, "notes"),
    )


def _id_of(item: Item) -> str:
    return item.code or item.identifier


def _name_of(item: Item) -> str:
    """The statement, or its short form where it is long."""
    return one_line(item.statement) if len(item.statement) <= 120 or not item.short else one_line(item.short)


def _more(item: Item) -> str:
    """What the name of a domain leaves out of its statement."""
    return item.statement if " ".join(item.statement.split()) != _name_of(item) else ""


def _ours(node: object) -> str:
    """The id of the shipped model's competency that a link names, by `ml-architect/ID` at its end; empty: none."""
    texts = (node.get("identifier"), node.get("uri")) if isinstance(node, Mapping) else (node,)
    for text in texts:
        if isinstance(text, str) and (found := _OF_OURS.search(text)):
            return found[1]
    return ""


def _name(node: object) -> str:
    if isinstance(node, Mapping):
        return shown(_text(node, "title") or _text(node, "identifier") or _text(node, "uri") or "nothing")
    return shown(node) if node else "nothing"


def _few(notes: Iterable[str]) -> list[str]:
    """As many notes as a person reads, and how many more there are."""
    found = list(notes)
    return found[:NOTES_TOLD] + ([f"and {len(found) - NOTES_TOLD} more like these"] if len(found) > NOTES_TOLD else [])


def _free(key: str, taken: Iterable[str]) -> str:
    known = set(taken)
    return key if key not in known else f"{key[:70]}-itself"


def _natural(code: str) -> list[tuple[int, int, str]]:
    """A code so that 1.10 comes after 1.9."""
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in _NUMBER.split(code) if part]


def _number(value: object) -> float | None:
    if isinstance(value, str) and re.fullmatch(r"-?\d{1,9}(\.\d{1,9})?", value.strip()):
        return float(value)
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _rows(value: Json, member: str) -> list[Json]:
    rows = value.get(member)
    return [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []


def _text(row: Json, member: str) -> str:
    return " ".join(_long_text(row, member).split())


def _long_text(row: Json, member: str) -> str:
    value = row.get(member)
    return value.replace("\r\n", "\n").strip() if isinstance(value, str) else ""
