"""The engine against the slow reading of the document: every number, on generated frameworks and profiles."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.laws import reference_reading as reading
from tests.laws.strategies import Case, cases
from tracker.engine.analysis import Analysis, analyse
from tracker.engine.levels import levels


def analysis_of(case: Case, stage: str = "") -> Analysis:
    return analyse(case.framework, case.profile, as_of=case.as_of, stage=stage, accept=case.accept)


def levels_of(case: Case) -> dict[str, int]:
    standings = reading.standings(case.framework, case.profile, case.as_of, case.accept)
    return {c: s.level for c, s in standings.items()}


@given(cases())
def test_levels_are_those_of_the_document(case: Case) -> None:
    engine = levels(case.framework, case.profile, as_of=case.as_of, accept=case.accept)
    expected = reading.standings(case.framework, case.profile, case.as_of, case.accept)
    answer = {c: reading.Standing(x.level, x.evidenced, x.claim, x.standing) for c, x in engine.items()}
    assert answer == expected
    assert {c: x.backed for c, x in engine.items()} == {c: x.backed for c, x in expected.items()}


@given(cases(), st.data())
def test_gaps_impact_and_readiness_are_those_of_the_document(case: Case, data: st.DataObject) -> None:
    framework = case.framework
    stage = data.draw(st.sampled_from(framework.stages)).id
    report = analysis_of(case, stage).report
    standings = reading.standings(framework, case.profile, case.as_of, case.accept)
    held, backed = ({c: getattr(s, kind) for c, s in standings.items()} for kind in ("level", "backed"))
    assert {g.competency.id: g.missing for g in report.gaps} == reading.gap(framework, held, stage)
    assert {g.competency.id: g.impact for g in report.gaps} == {
        c: float(impact) for c, impact in reading.impact(framework, held, stage).items()
    }
    for area, readiness in [(None, report.readiness), *report.areas.items()]:
        assert readiness.claimed == float(reading.readiness(framework, held, stage, area))
        assert readiness.backed == float(reading.readiness(framework, backed, stage, area))
    until = framework.stages[: [s.id for s in framework.stages].index(stage) + 1]
    assert {g.competency.id for g in report.gaps if g.is_must} == {c for s in until for c in s.musts}


@given(cases())
def test_milestones_and_the_stage_reached_are_those_of_the_document(case: Case) -> None:
    analysis = analysis_of(case)
    assert {s.milestone.id: s.met for s in analysis.milestones} == {
        m.id: reading.is_met(case.framework, m, case.profile, case.as_of) for m in case.framework.milestones
    }
    assert analysis.stage_reached == reading.stage_reached(case.framework, levels_of(case), case.profile, case.as_of)


@given(cases(), st.data())
def test_the_sequence_is_that_of_the_document_to_the_last_tie(case: Case, data: st.DataObject) -> None:
    stage = data.draw(st.sampled_from(case.framework.stages)).id
    engine = [
        (s.resource.id, s.gain, {c.competency: (c.start, c.reached) for c in s.closes})
        for s in analysis_of(case, stage).recommendations
    ]
    done = {f.resource for f in case.profile.finished if reading.had_happened(f.on, case.as_of)}
    expected = reading.sequence(case.framework, levels_of(case), stage, done)
    assert engine == [(r, float(gain), closes) for r, gain, closes in expected]
