"""A file as its review shows it: every entry a line to accept, change or refuse, in groups. Plain values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext_lazy

from tracker.engine.framework import Basis, Framework
from tracker.interchange.reading import Origin
from tracker.matching import Match as Matching

Entry = Mapping[str, Any]
Corrections = Mapping[str, Entry]  # row of a line -> members of its entry, a skill's level among them, as corrected

UNCORRECTED: Corrections = MappingProxyType({})

REFUSED = "none"  # of a rule: the person says that none fits
AS_SAVED = "as_saved"  # of an own export's entry: rule and match of its row, where another model may be aimed at
NAMES = {
    "degrees": gettext_lazy("Degrees"),
    "roles": gettext_lazy("Roles"),
    "certifications": gettext_lazy("Certificates"),
    "activities": gettext_lazy("Activities"),
    "skills": gettext_lazy("Listed skills"),
    "claims": gettext_lazy("Levels ticked"),
    "confirmed": gettext_lazy("Offers confirmed"),
    "finished": gettext_lazy("Resources finished"),
    "milestones": gettext_lazy("Milestones, by your word"),
    "marks": gettext_lazy("Resources started or put aside"),
    "waivers": gettext_lazy("Skills that are not for your path"),
    "efforts": gettext_lazy("Hours logged"),
    "weeks_off": gettext_lazy("Weeks off"),
    "overrides": gettext_lazy("Your own figures of resources"),
    "plans": gettext_lazy("Plans"),
    "skips": gettext_lazy("Steps left out of plans"),
    "answers": gettext_lazy("Your answers to earlier imports"),
    "adverts": gettext_lazy("Job adverts"),
}
# Section -> what its entries are called on the profile; those whose text counts as a rule.
SORTS = {
    "degrees": "degree",
    "roles": "role",
    "certifications": "certification",
    "activities": "activity",
    "skills": "skill",
}
MATCHED = ("degrees", "roles", "certifications", "skills")
SHOWN_GRANTS = 3

# Of a whole group: as its rows say, every row, rows as plain text, none at all.
AS_TICKED, EVERYTHING, AS_TEXT, NOTHING = "", "all", "text", "none"


@dataclass(frozen=True, slots=True)
class Option:
    """A rule that the text may count as."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Line:
    """One entry of the file. `place` tells it from the others of its section; `rule` is what it counts as unless the
    person says otherwise; `gives` what that would be evidence for, `why` by what; `known` says what of the profile it
    repeats; `origin` where in the file it stands, `said` what the file says of it beyond its text, `level` the one that
    a table gives it, `brings_level` that it becomes hers; `is_remembered`: matched as the person answered once before;
    `changes`: the row of the profile whose end it brings. `ticked` and `chosen`: what the person answered, where it is
    not what is proposed."""

    section: str
    place: str
    entry: Entry
    text: str
    when: str = ""
    matching: Matching = field(default_factory=Matching)
    rule: str = ""
    rule_name: str = ""
    options: tuple[Option, ...] = ()
    gives: tuple[tuple[str, int], ...] = ()
    why: str = ""
    known: str = ""
    origin: Origin | None = None
    said: str = ""
    level: int | None = None
    brings_level: bool = False
    is_remembered: bool = False
    changes: int | None = None
    is_single: bool = True
    is_corrected: bool = False
    ticked: bool | None = None
    chosen: str | None = None

    @property
    def row(self) -> str:
        """The line's name in forms and addresses: `roles-3`."""
        return f"{self.section}-{self.place}"

    @property
    def is_correctable(self) -> bool:
        """Whether it may have been misread: what only our own export holds was not."""
        return self.section in SORTS

    @property
    def is_ticked(self) -> bool:
        """As the person said; else what is new, or brings the profile a level that it lacks."""
        return not self.known or self.brings_level if self.ticked is None else self.ticked

    @property
    def counts_as(self) -> str:
        """A rule, REFUSED, or empty for none yet."""
        return self.rule if self.chosen is None else self.chosen

    @property
    def is_asked(self) -> bool:
        is_open = not self.rule and not self.is_remembered
        return self.matching.is_asked and is_open and self.entry.get("match") != "refused"

    @property
    def first(self) -> tuple[tuple[str, int], ...]:
        return self.gives[:SHOWN_GRANTS]

    @property
    def rest(self) -> tuple[tuple[str, int], ...]:
        return self.gives[SHOWN_GRANTS:]


@dataclass(frozen=True, slots=True)
class Group:
    """`whole`: how much of it the person takes at once, one of the four ways above."""

    id: str
    name: str
    lines: tuple[Line, ...]
    whole: str = AS_TICKED

    @property
    def is_matched(self) -> bool:
        return self.id in MATCHED

    @property
    def beyond(self) -> int:
        """How many rows are not shown one by one."""
        return sum(not line.is_single for line in self.lines)

    @property
    def shown(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.is_single)


@dataclass(frozen=True, slots=True)
class Review:
    """`left`: what of the file is not offered, and why."""

    groups: tuple[Group, ...]
    left: tuple[str, ...] = ()

    @property
    def lines(self) -> Iterator[Line]:
        return (line for group in self.groups for line in group.lines)

    def line(self, row: str) -> Line | None:
        return next((line for line in self.lines if line.row == row), None)

    @property
    def asked(self) -> int:
        return sum(line.is_asked and not line.known for line in self.lines)

    @property
    def repeated(self) -> int:
        return sum(bool(line.known) for line in self.lines)

    @property
    def new(self) -> int:
        return sum(not line.known for line in self.lines)


def granted(framework: Framework, grants: Mapping[str, int], basis: Basis) -> tuple[tuple[str, int], ...]:
    """Name and level of each competency that evidence of that basis gives, up to its cap: highest first, of these what
    weighs most."""
    cap, known = framework.evidence.cap(basis), framework.competency
    capped = [(known[c], min(level, cap)) for c, level in grants.items() if c in known and level > 0]
    ranked = sorted(capped, key=lambda pair: (-pair[1], -pair[0].weight, pair[0].id))
    return tuple((competency.name, level) for competency, level in ranked)


def joined(*parts: str | None) -> str:
    return ", ".join(part for part in parts if part)
