"""The competency framework as one immutable value, with the indices that the engine reads.

Built once a process and version (from rows or from a document, see `tracker.interchange.framework`) and shared by
all requests. Levels are 0-5, weights whole numbers, hours and money exact fractions, so that a tie is a tie.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import IntEnum
from fractions import Fraction
from functools import cached_property

TOP_LEVEL = 5


class Basis(IntEnum):
    """What stands behind a piece of evidence, weakest first."""

    INFERRED = 1
    STUDIED = 2
    CREDENTIAL = 3
    PRACTISED = 4
    ENDORSED = 5

    @property
    def label(self) -> str:
        return self.name.lower()


BASIS_OF_MODE = {"study": Basis.STUDIED, "credential": Basis.CREDENTIAL, "practice": Basis.PRACTISED}
DEFAULT_CAPS = {Basis.INFERRED: 3, Basis.STUDIED: 3}

# Degree levels in rising order; a level that is not here ranks below all of them.
DEGREE_RANK = {"associate": 1, "bachelor": 2, "master": 3, "doctorate": 4}


@dataclass(frozen=True, slots=True)
class Area:
    id: str
    name: str
    summary: str = ""


@dataclass(frozen=True, slots=True)
class Stage:
    """A step of the path. `musts` are competencies whose target here must be met whatever the readiness."""

    id: str
    name: str
    pass_mark: Fraction = Fraction(1)
    musts: tuple[str, ...] = ()
    typical: str = ""


@dataclass(frozen=True, slots=True)
class Prerequisite:
    """Reaching `for_level` or above in `competency` needs `level` in `needs`."""

    competency: str
    for_level: int
    needs: str
    level: int


@dataclass(frozen=True, slots=True)
class Competency:
    id: str
    name: str
    area: str
    weight: int
    targets: Mapping[str, int]  # stage id -> level asked; a stage left out asks 0
    levels: Mapping[int, str] = field(default_factory=dict)  # level -> observable statement
    prerequisites: tuple[Prerequisite, ...] = ()
    aliases: tuple[str, ...] = ()
    summary: str = ""
    shelf_life_months: int | None = None
    weight_basis: Mapping[str, object] = field(default_factory=dict)  # how the weight was computed, as the data says
    sources: object = None  # what names it, as the data says: a list or an object by family


@dataclass(frozen=True, slots=True)
class Condition:
    """One way to meet a milestone; what is left empty asks nothing."""

    degree: str = ""
    fields: tuple[str, ...] = ()
    families: tuple[str, ...] = ()
    years: Fraction = Fraction(0)
    activities: tuple[str, ...] = ()
    count: int = 1
    certificate: str = ""  # a rule's id, or "any"
    words: str = ""  # what the condition stands for, such as "equivalent experience"


@dataclass(frozen=True, slots=True)
class Milestone:
    id: str
    name: str
    stage: str
    required: bool = False
    met_by: tuple[Condition, ...] = ()
    need: str = ""  # how binding the sources say it is, in words
    how: str = ""  # how people get there
    seed: tuple[str, ...] = ()  # rows of the source document that it covers


@dataclass(frozen=True, slots=True)
class Habit:
    """Something kept up: `count` activities of one of the `kinds` every `days` days."""

    id: str
    name: str
    cadence: str = ""  # in words
    kinds: tuple[str, ...] = ()
    count: int = 1
    days: int = 30
    how: str = ""
    seed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DegreeRule:
    """What a bachelor's degree in one of the `names` is evidence for."""

    id: str
    names: tuple[str, ...]
    grants: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class DegreeLevelRule:
    """How a degree level changes the grants of its field: `shift` added, never above `cap`; `also` granted besides."""

    shift: int = 0
    cap: int = TOP_LEVEL
    also: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RoleRule:
    """What a role family is evidence for, by years in it (brackets: under 2, 2 to 5, over 5)."""

    id: str
    titles: tuple[str, ...]
    base: Mapping[str, int]
    add_by_bracket: tuple[int, int, int] = (0, 0, 0)
    cap: int = TOP_LEVEL
    offers: tuple[Mapping[str, str], Mapping[str, str], Mapping[str, str]] = (
        {},
        {},
        {},
    )  # area id -> stage id

    @property
    def name(self) -> str:
        return self.titles[0] if self.titles else self.id


@dataclass(frozen=True, slots=True)
class CertificationRule:
    id: str
    title: str
    aliases: tuple[str, ...]
    grants: Mapping[str, int]
    validity_years: int | None = None
    retired: str = ""


@dataclass(frozen=True, slots=True)
class ActivityRule:
    kind: str
    basis: Basis
    cap: int


@dataclass(frozen=True, slots=True)
class ListedSkillRule:
    """A skill that an imported file merely lists: evidence of `level`, `offer` on confirmation."""

    level: int
    basis: Basis
    offer: int = 0


@dataclass(frozen=True, slots=True)
class EvidenceRules:
    caps: Mapping[Basis, int] = field(default_factory=lambda: dict(DEFAULT_CAPS))
    degrees: tuple[DegreeRule, ...] = ()
    degree_levels: Mapping[str, DegreeLevelRule] = field(default_factory=dict)
    roles: tuple[RoleRule, ...] = ()
    certifications: tuple[CertificationRule, ...] = ()
    activities: tuple[ActivityRule, ...] = ()
    listed_skill: ListedSkillRule | None = None

    def cap(self, basis: Basis) -> int:
        """The highest level that evidence of this basis carries by itself."""
        return self.caps.get(basis, TOP_LEVEL)


@dataclass(frozen=True, slots=True)
class Teaching:
    """A resource takes `competency` from level `start` (needed) to level `reached`."""

    competency: str
    start: int
    reached: int


@dataclass(frozen=True, slots=True)
class Resource:
    id: str
    title: str
    kind: str
    hours: Fraction
    mode: str = "study"
    cost: Fraction = Fraction(0)
    language: str = ""
    status: str = "active"
    url: str = ""
    provider: str = ""
    certification: str = ""
    teaches: tuple[Teaching, ...] = ()
    supports: tuple[tuple[str, int], ...] = ()  # (competency, level): worth reading, credited nothing
    core: bool = False
    hours_basis: str = ""
    url_check: str = ""
    note: str = ""
    price: str = ""  # the price class that `cost` stands for
    reading: tuple[str, ...] = ()  # resources to read on the way: of a practice task

    @property
    def basis(self) -> Basis:
        return BASIS_OF_MODE[self.mode]


@dataclass(frozen=True, slots=True)
class Course:
    """An active resource as far as it can be recommended: what it is credited with after the caps, what it needs.

    `reaches` holds (competency, level), `needs` (competency, level held before); both without repeats.
    """

    resource: Resource
    reaches: tuple[tuple[str, int], ...]
    needs: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Framework:
    """One competency model with its rules and resources. Compare and cache by `id` and `version`."""

    id: str
    version: str
    title: str
    areas: tuple[Area, ...]
    stages: tuple[Stage, ...]
    competencies: tuple[Competency, ...]
    milestones: tuple[Milestone, ...] = ()
    habits: tuple[Habit, ...] = ()
    evidence: EvidenceRules = field(default_factory=EvidenceRules)
    resources: tuple[Resource, ...] = ()
    effort_floors: Mapping[int, Fraction] = field(default_factory=dict)
    scale: tuple[str, ...] = ("none", "aware", "assisted", "independent", "advanced", "authority")
    document: Mapping[str, object] = field(default_factory=dict, repr=False, compare=False)

    def __getstate__(self) -> dict[str, object]:
        """Its fields alone: an index may be added by another thread while this one pickles."""
        return {f.name: getattr(self, f.name) for f in fields(self)}

    @cached_property
    def competency(self) -> dict[str, Competency]:
        return {c.id: c for c in self.competencies}

    @cached_property
    def area(self) -> dict[str, Area]:
        return {a.id: a for a in self.areas}

    @cached_property
    def by_area(self) -> dict[str, tuple[Competency, ...]]:
        return {a.id: tuple(c for c in self.competencies if c.area == a.id) for a in self.areas}

    @cached_property
    def stage(self) -> dict[str, Stage]:
        return {s.id: s for s in self.stages}

    @cached_property
    def stage_order(self) -> dict[str, int]:
        return {s.id: i for i, s in enumerate(self.stages)}

    @cached_property
    def milestone(self) -> dict[str, Milestone]:
        return {m.id: m for m in self.milestones}

    @cached_property
    def habit(self) -> dict[str, Habit]:
        return {h.id: h for h in self.habits}

    @cached_property
    def resource(self) -> dict[str, Resource]:
        return {r.id: r for r in self.resources}

    @cached_property
    def degree_rule(self) -> dict[str, DegreeRule]:
        return {r.id: r for r in self.evidence.degrees}

    @cached_property
    def role_rule(self) -> dict[str, RoleRule]:
        return {r.id: r for r in self.evidence.roles}

    @cached_property
    def certification_rule(self) -> dict[str, CertificationRule]:
        return {r.id: r for r in self.evidence.certifications}

    @cached_property
    def activity_rule(self) -> dict[str, ActivityRule]:
        return {r.kind: r for r in self.evidence.activities}

    @cached_property
    def targets(self) -> dict[str, dict[str, int]]:
        """Stage id -> competency id -> level asked; what asks nothing is left out."""
        return {s.id: {c.id: c.targets[s.id] for c in self.competencies if c.targets.get(s.id)} for s in self.stages}

    @cached_property
    def weights(self) -> dict[str, int]:
        return {c.id: c.weight for c in self.competencies}

    @cached_property
    def asked(self) -> dict[str, dict[str, tuple[tuple[str, int, int], ...]]]:
        """Stage id -> area id -> (competency id, weight, level asked), only what asks something."""
        return {
            stage: {
                area: tuple((c.id, c.weight, targets[c.id]) for c in members if c.id in targets)
                for area, members in self.by_area.items()
            }
            for stage, targets in self.targets.items()
        }

    @cached_property
    def totals(self) -> dict[str, int]:
        """Stage id -> sum of weight x target."""
        return {
            stage: sum(self.weights[c] * level for c, level in targets.items())
            for stage, targets in self.targets.items()
        }

    @cached_property
    def dependants(self) -> dict[str, tuple[Competency, ...]]:
        """Competency id -> those that need it, once for each time they do."""
        found: dict[str, list[Competency]] = {c.id: [] for c in self.competencies}
        for c in self.competencies:
            for p in c.prerequisites:
                found[p.needs].append(c)
        return {c: tuple(dependants) for c, dependants in found.items()}

    @cached_property
    def closing_order(self) -> tuple[Competency, ...]:
        """Competencies so that each stands before what it needs: one pass along it is the least fixed point.

        Prerequisites are without cycles (refused on load).
        """
        order: dict[str, Competency] = {}
        waiting = {c: len(dependants) for c, dependants in self.dependants.items()}
        ready = [c.id for c in self.competencies if not waiting[c.id]]
        while ready:
            current = self.competency[ready.pop()]
            order[current.id] = current
            for p in current.prerequisites:
                waiting[p.needs] -= 1
                if not waiting[p.needs]:
                    ready.append(p.needs)
        return tuple(order.values())

    @cached_property
    def courses(self) -> tuple[Course, ...]:
        """Every active resource that teaches something once its levels are capped by its basis, by id."""
        courses = (self._course(r) for r in self.resources if r.status == "active")
        return tuple(sorted((c for c in courses if c.reaches), key=lambda c: c.resource.id))

    @cached_property
    def courses_for(self) -> dict[str, tuple[Course, ...]]:
        """Competency id -> the courses that reach a level in it, by id."""
        return {c.id: tuple(k for k in self.courses if any(r == c.id for r, _ in k.reaches)) for c in self.competencies}

    @cached_property
    def supporters_of(self) -> dict[str, tuple[Resource, ...]]:
        """Competency id -> the active resources worth reading on the way to a level in it, the shortest first."""
        active = sorted(
            (r for r in self.resources if r.supports and r.status == "active"), key=lambda r: (r.hours, r.id)
        )
        return {c.id: tuple(r for r in active if any(s == c.id for s, _ in r.supports)) for c in self.competencies}

    def _course(self, resource: Resource) -> Course:
        cap = self.evidence.cap(resource.basis)
        taught = [(t.competency, t.start, min(t.reached, cap)) for t in resource.teaches]
        taught = [(c, start, reached) for c, start, reached in taught if reached > start]
        reaches: dict[str, int] = {}
        for c, _, reached in taught:
            reaches[c] = max(reached, reaches.get(c, 0))
        needs: dict[str, int] = {}
        for c, start, _ in taught:
            needs[c] = max(start, needs.get(c, 0))
        for p in (p for c, _, reached in taught for p in self.competency[c].prerequisites if p.for_level <= reached):
            if reaches.get(p.needs, 0) < p.level:
                needs[p.needs] = max(p.level, needs.get(p.needs, 0))
        return Course(
            resource=resource,
            reaches=tuple(sorted(reaches.items())),
            needs=tuple(sorted((c, level) for c, level in needs.items() if level)),
        )

    def target(self, stage: str, competency: str) -> int:
        """The level that the stage asks of the competency; 0 if it asks nothing."""
        return self.targets[stage].get(competency, 0)

    def stages_until(self, stage: str) -> tuple[Stage, ...]:
        """The stage and all earlier ones, in order."""
        return self.stages[: self.stage_order[stage] + 1]

    def musts_until(self, stage: str) -> frozenset[str]:
        """Competencies that are a must of the stage or of an earlier one."""
        return frozenset(c for s in self.stages_until(stage) for c in s.musts)

    @property
    def last_stage(self) -> Stage:
        return self.stages[-1]
