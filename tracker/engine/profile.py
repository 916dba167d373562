"""What a person has logged, as plain values.

Texts are already matched: a degree names its field rule, a role its family, a certification its rule, or none (""),
by the person's answer or by an accepted match. Dates are the first day that what the person wrote can mean.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Accept(StrEnum):
    """Which inferred evidence counts: none of it, inferred up to its cap, or every offer as if confirmed."""

    NONE = "none"
    INFERRED = "inferred"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Claim:
    """The level that the person ticked. `on` None counts as newest; `logged` orders what falls on one day."""

    level: int
    on: date | None = None
    logged: int = 0


@dataclass(frozen=True, slots=True)
class Degree:
    item: str
    level: str
    field: str = ""
    completed: bool = True
    end: date | None = None
    logged: int = 0


@dataclass(frozen=True, slots=True)
class Role:
    """`end` None: the role is current."""

    item: str
    family: str = ""
    start: date | None = None
    end: date | None = None
    logged: int = 0


@dataclass(frozen=True, slots=True)
class Certification:
    item: str
    rule: str = ""
    on: date | None = None
    expires: date | None = None
    logged: int = 0


@dataclass(frozen=True, slots=True)
class Activity:
    item: str
    kind: str
    on: date | None = None
    competencies: Mapping[str, int] = field(default_factory=dict)
    logged: int = 0


@dataclass(frozen=True, slots=True)
class Finished:
    """A resource taken to its end."""

    resource: str
    on: date | None = None
    logged: int = 0


@dataclass(frozen=True, slots=True)
class ListedSkill:
    """A skill that a file merely lists, matched to a competency."""

    item: str
    competency: str
    on: date | None = None
    logged: int = 0


@dataclass(frozen=True, slots=True)
class Profile:
    claims: Mapping[str, Claim] = field(default_factory=dict)
    confirmed: Mapping[str, int] = field(default_factory=dict)  # competency -> level confirmed out of an offer
    degrees: tuple[Degree, ...] = ()
    roles: tuple[Role, ...] = ()
    certifications: tuple[Certification, ...] = ()
    activities: tuple[Activity, ...] = ()
    finished: tuple[Finished, ...] = ()
    skills: tuple[ListedSkill, ...] = ()
    milestones: Mapping[str, date | bool] = field(default_factory=dict)  # id -> day, True (met, no day) or False
