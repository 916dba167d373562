"""What a reader understood of a file: plain values, nothing matched yet, nothing lost without a word."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

SCHEMA = "mlarch-profile/1"
OWN_FORMAT = "mlarch-profile"
SECTIONS = ("degrees", "roles", "certifications", "activities", "skills")


class ReadError(ValueError):
    """The bytes are no file that can be taken. The message is one line: what is wrong, and how to mend it."""


class Origin(NamedTuple):
    """Where an entry stands in the file (`page 2, line 14`, `Positions.csv, line 3`, `work[0]`) and its words there."""

    where: str
    quote: str = ""


class Left(NamedTuple):
    """A piece of the file that was not understood or not taken, where it stands, and why."""

    where: str
    text: str
    why: str = ""


class Columns(NamedTuple):
    """Which columns of a table of skills are read, counted from 0; None: the table has none such."""

    name: int
    level: int | None = None
    date: int | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it was understood, so that a person can say that another column is meant."""

    headers: tuple[str, ...]  # empty texts where the table has none
    rows: tuple[tuple[str, ...], ...]  # the first few, to show
    columns: Columns


@dataclass(frozen=True, slots=True)
class Reading:
    """`document`: in the shape of mlarch-profile/1, every value valid against its schema. `origins`: place in the
    document (`roles[0]`) -> place in the file. `levels`: text of a listed skill -> level 0 to 5 that the file gives it.
    """

    format: str
    document: Mapping[str, Any]
    left: tuple[Left, ...] = ()
    notes: tuple[str, ...] = ()
    origins: Mapping[str, Origin] = field(default_factory=dict)
    levels: Mapping[str, int] = field(default_factory=dict)
    table: Table | None = None

    @property
    def told(self) -> tuple[str, ...]:
        """What was changed and what was left out, a line each."""
        return (*self.notes, *(": ".join(filter(None, (piece.where, piece.why or piece.text))) for piece in self.left))

    def as_json(self) -> dict[str, Any]:
        """The reading as JSON values, from which `reading_of` makes it again."""
        return {
            "format": self.format,
            "document": dict(self.document),
            "left": [list(piece) for piece in self.left],
            "notes": list(self.notes),
            "origins": {place: list(origin) for place, origin in self.origins.items()},
            "levels": dict(self.levels),
            "table": None if self.table is None else [self.table.headers, self.table.rows, self.table.columns],
        }


def reading_of(values: Mapping[str, Any]) -> Reading:
    """The reading that `as_json` wrote."""
    table = values["table"]
    return Reading(
        format=values["format"],
        document=values["document"],
        left=tuple(Left(*piece) for piece in values["left"]),
        notes=tuple(values["notes"]),
        origins={place: Origin(*origin) for place, origin in values["origins"].items()},
        levels=values["levels"],
        table=Table(tuple(table[0]), tuple(map(tuple, table[1])), Columns(*table[2])) if table else None,
    )


def printed(reading: Reading) -> dict[str, Any]:
    """What `read` prints: the profile's members and, beside them, the format, what was left and the notes; of a table
    of skills the levels too, for which the profile has no place before they are matched."""
    left = [{key: value for key, value in piece._asdict().items() if value} for piece in reading.left]
    levels = {"levels": dict(reading.levels)} if reading.levels else {}
    return {**reading.document, **levels, "format": reading.format, "left": left, "notes": list(reading.notes)}
