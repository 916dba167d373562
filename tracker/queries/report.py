"""The report on paper: where the person stands on one page, then gaps, plan, job adverts and evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.engine.framework import Milestone, Stage
from tracker.engine.gaps import Gap, Readiness
from tracker.engine.milestones import MilestoneStatus, open_milestones
from tracker.queries.adverts import AdvertView, advert_views, read_adverts
from tracker.queries.dashboard import AreaBar, RoadStage, area_bars, road
from tracker.queries.dashboard_lines import StepLine, step_lines
from tracker.queries.items import ItemLine, ProfilePage, profile_page
from tracker.queries.kept import Kept
from tracker.queries.person import Person
from tracker.queries.plan_view import StepLine as PlanLine
from tracker.queries.plan_view import UnderWay, read_under_way
from tracker.queries.recommendations import QUICK_WINS, read_shelf
from tracker.queries.skills import standing, standing_words

ASKS_ON_FIRST_PAGE = 7  # of milestones and of musts, so that one page holds them
GAPS_LISTED = 40
STEPS_LISTED = 30
RECOMMENDED = 12
ADVERTS_LISTED = 6


@dataclass(frozen=True, slots=True)
class GapLine:
    """A gap, and what stands behind the level that is held: `practised`, `claimed`..., empty where nothing is."""

    gap: Gap
    standing: str


@dataclass(frozen=True, slots=True)
class ReportPage:
    """`plan` is None where none is followed: `recommended` then says what would be done first. `adverts`: the newest of
    those reviewed; `adverts_beyond`: how many more there are."""

    person: Person
    name: str
    stage: Stage
    reached: Stage | None
    readiness: Readiness
    road: tuple[RoadStage, ...]
    areas: tuple[AreaBar, ...]
    gaps: tuple[GapLine, ...]
    milestones_met: tuple[MilestoneStatus, ...]
    milestones_open: tuple[Milestone, ...]
    plan: UnderWay | None
    recommended: Sequence[StepLine]
    profile: ProfilePage
    adverts: tuple[AdvertView, ...]
    adverts_beyond: int

    @property
    def musts_open(self) -> tuple[Gap, ...]:
        return tuple(line.gap for line in self.gaps if line.gap.is_must)

    @property
    def first_milestones(self) -> tuple[Milestone, ...]:
        return self.milestones_open[:ASKS_ON_FIRST_PAGE]

    @property
    def first_musts(self) -> tuple[Gap, ...]:
        return self.musts_open[:ASKS_ON_FIRST_PAGE]

    @property
    def milestones_beyond(self) -> int:
        """How many open milestones the first page has no room for."""
        return len(self.milestones_open[ASKS_ON_FIRST_PAGE:])

    @property
    def musts_beyond(self) -> int:
        return len(self.musts_open[ASKS_ON_FIRST_PAGE:])

    @property
    def listed_gaps(self) -> tuple[GapLine, ...]:
        return self.gaps[:GAPS_LISTED]

    @property
    def gaps_beyond(self) -> int:
        return len(self.gaps[GAPS_LISTED:])

    @property
    def impact_beyond(self) -> float:
        """The readiness that the gaps not listed would add, in [0, 1]."""
        return sum(line.gap.impact for line in self.gaps[GAPS_LISTED:])

    @property
    def steps(self) -> tuple[PlanLine, ...]:
        """The open steps of the plan, as many as are listed."""
        return self.plan.open_lines[:STEPS_LISTED] if self.plan else ()

    @property
    def steps_beyond(self) -> int:
        return len(self.plan.open_lines[STEPS_LISTED:]) if self.plan else 0

    @property
    def evidence(self) -> tuple[tuple[str, tuple[ItemLine, ...]], ...]:
        """Kinds of items with their lines; those that are empty left out."""
        kinds = ("degrees", "roles", "certifications", "activities")
        return tuple((kind, lines) for kind in kinds if (lines := getattr(self.profile, kind)))


def report_page(person: Person, kept: Kept, stage_key: str = "") -> ReportPage:
    """The report for the stage in focus, or for another; `kept` stands with the person's state."""
    framework = person.framework
    stage = framework.stage.get(stage_key, person.focus)
    report, words = person.report(stage.id), standing_words()
    reached = person.snapshot.stage_reached
    under_way = read_under_way(person)
    steps = () if under_way else read_shelf(person, kept, QUICK_WINS, stage.id, RECOMMENDED)
    kept.save()
    user, reviewed = person.user, [row for row in read_adverts(person) if row.is_reviewed]
    return ReportPage(
        person=person,
        name=getattr(user, "get_full_name", str)() or user.get_username(),
        stage=stage,
        reached=framework.stage[reached] if reached else None,
        readiness=report.readiness,
        road=road(person, stage),
        areas=area_bars(person, report.areas),
        gaps=tuple(GapLine(gap, standing(gap.level, words)) for gap in report.open_gaps),
        milestones_met=tuple(s for s in person.snapshot.milestones if s.met),
        milestones_open=open_milestones(framework, person.snapshot.milestones, stage.id),
        plan=under_way,
        recommended=step_lines(framework, stage, steps, person.snapshot.marks.started),
        profile=profile_page(person),
        adverts=tuple(advert_views(person, reviewed[:ADVERTS_LISTED])),
        adverts_beyond=len(reviewed[ADVERTS_LISTED:]),
    )
