"""The laws of the moves, on generated frameworks and profiles, against the slow reading of the document."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import assume, event, given
from hypothesis import strategies as st

from tests.laws import reading_of_moves as reading
from tests.laws.strategies import Case, cases
from tracker.engine.gaps import readiness
from tracker.engine.levels import Level, levels
from tracker.engine.moves import Move, levels_after, moves
from tracker.engine.profile import Accept


def levels_of(case: Case) -> dict[str, int]:
    found = levels(case.framework, case.profile, as_of=case.as_of, accept=case.accept)
    return {c: level.level for c, level in found.items()}


def moves_of(case: Case, stage: str) -> tuple[Move, ...]:
    held = levels_of(case)
    return moves(case.framework, case.profile, held, stage, as_of=case.as_of, accept=case.accept)


def after(case: Case, family: str) -> dict[str, int]:
    held = levels_of(case)
    return levels_after(case.framework, case.profile, held, family, as_of=case.as_of, accept=case.accept)


def a_stage(case: Case, data: st.DataObject) -> str:
    return data.draw(st.sampled_from(case.framework.stages)).id


@given(cases(), st.data())
def test_moves_are_those_of_the_document_in_its_order(case: Case, data: st.DataObject) -> None:
    stage = a_stage(case, data)
    engine = moves_of(case, stage)
    shown = {m.rule.id for m in engine}
    expected = reading.moves(case.framework, case.profile, levels_of(case), stage, case.as_of, case.accept)
    event(f"{sum(m.points > 0 for m in engine)} moves with a gain")
    assert [
        (
            m.rule.id,
            m.gain,
            {c.competency: (c.start, c.reached) for c in m.closes},
            m.untaught_gain,
            m.most,
            [x.id for x in m.milestones],
        )
        for m in engine
    ] == [
        (m.family, float(m.gain), m.closes, float(m.untaught), float(m.up_to), m.milestones)
        for m in expected
        if m.family in shown
    ]
    held = {role.family for role in case.profile.roles}
    for left_out in (m for m in expected if m.family not in shown):
        assert not left_out.gain
        assert not left_out.milestones
        assert not left_out.up_to or left_out.family in held


@given(cases(), st.data())
def test_the_gain_is_the_readiness_that_the_levels_after_the_move_add(case: Case, data: st.DataObject) -> None:
    stage, before = a_stage(case, data), levels_of(case)
    for move in moves_of(case, stage):
        then = after(case, move.rule.id)
        held_before, held_then = (
            readiness(case.framework, {c: Level(c, level, 0) for c, level in found.items()}, stage).held
            for found in (before, then)
        )
        assert held_then - held_before == move.points
        assert all(then[c] >= level for c, level in before.items())


@given(cases(), st.data())
def test_only_what_is_taught_nowhere_is_said_to_be_out_of_reach(case: Case, data: st.DataObject) -> None:
    for move in moves_of(case, a_stage(case, data)):
        assert 0 <= move.untaught <= move.points <= move.up_to <= move.total


@given(cases(), st.data())
def test_a_claim_without_a_date_stands_and_without_inference_no_role_gains(case: Case, data: st.DataObject) -> None:
    undated = {c for c, claim in case.profile.claims.items() if claim.on is None}
    for move in moves_of(case, a_stage(case, data)):
        assert not undated & {c.competency for c in move.closes}
        assert case.accept is not Accept.NONE or not move.closes


@given(cases(), st.data())
def test_the_order_of_rows_does_not_matter(case: Case, data: st.DataObject) -> None:
    stage, framework = a_stage(case, data), case.framework
    assume(framework.evidence.roles)
    turned = replace(
        case,
        framework=replace(
            framework,
            competencies=tuple(reversed(framework.competencies)),
            resources=tuple(reversed(framework.resources)),
            evidence=replace(framework.evidence, roles=tuple(reversed(framework.evidence.roles))),
        ),
        profile=replace(case.profile, roles=tuple(reversed(case.profile.roles))),
    )
    assert moves_of(turned, stage) == moves_of(case, stage)
