from __future__ import annotations

from tests.engine.builders import AS_OF, competency, course, day, framework, stage
from tracker.engine.analysis import analyse
from tracker.engine.framework import Condition, Milestone
from tracker.engine.profile import Accept, Claim, Degree, Finished, Profile

FRAMEWORK = framework(
    competency("python", targets={"first": 1, "goal": 3}),
    stages=(stage("first"), stage("goal")),
    milestones=(Milestone("degree", "A degree", "first", required=True, met_by=(Condition(degree="bachelor"),)),),
    resources=(course("basics", ("python", 0, 1)), course("more", ("python", 1, 3))),
)


def test_one_value_holds_all_that_there_is_to_say() -> None:
    profile = Profile(degrees=(Degree("BSc", "bachelor"),), finished=(Finished("basics"), Finished("basics")))
    found = analyse(FRAMEWORK, profile, as_of=AS_OF)
    assert found.report.stage.id == "goal"
    assert found.report.readiness.claimed == 1 / 3
    assert found.stage_reached == "first"
    assert found.finished == ("basics",)
    assert [s.resource.id for s in found.recommendations] == ["more"]


def test_another_stage_another_day_and_fewer_recommendations_can_be_asked_for() -> None:
    profile = Profile({"python": Claim(3, AS_OF)}, finished=(Finished("basics", AS_OF),))
    found = analyse(FRAMEWORK, profile, as_of=day("2025-12-31"), stage="first", accept=Accept.NONE, top=1)
    assert (found.report.stage.id, found.report.readiness.claimed, found.finished) == ("first", 0, ())
    assert [s.resource.id for s in found.recommendations] == ["basics"]
