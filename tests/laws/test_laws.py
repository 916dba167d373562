"""The laws of the engine, each tried on generated frameworks and profiles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st

from tests.laws import strategies as some
from tests.laws.strategies import Case, cases
from tracker.engine.analysis import Analysis, analyse, courses_without
from tracker.engine.evidence import CLOSURE_OF_CLAIM, offers
from tracker.engine.framework import Course, Framework
from tracker.engine.gaps import report
from tracker.engine.levels import Level, grounds, level_in, settle, settle_again
from tracker.engine.profile import Accept, Claim, Finished, Profile
from tracker.engine.recommend import gain, is_ready, sequence

NEAR = 1e-9


def analysis_of(case: Case, stage: str = "") -> Analysis:
    return analyse(case.framework, case.profile, as_of=case.as_of, stage=stage, accept=case.accept)


def with_profile(case: Case, **changes: object) -> Case:
    return replace(case, profile=replace(case.profile, **changes))


def held(levels: Mapping[str, Level]) -> dict[str, int]:
    return {c: level.level for c, level in levels.items()}


def assert_nothing_fell(case: Case, after: Case) -> None:
    """Readiness of every stage and area, the levels and the stage reached are where they were, or higher."""
    framework = case.framework
    then, now = analysis_of(case), analysis_of(after)
    for stage in framework.stages:
        old, new = report(framework, then.levels, stage.id), report(framework, now.levels, stage.id)
        assert new.readiness.held >= old.readiness.held
        assert all(new.areas[area].held >= old.areas[area].held for area in old.areas)
    order = framework.stage_order
    assert order.get(now.stage_reached or "", -1) >= order.get(then.stage_reached or "", -1)


# Levels


@given(cases(), st.data())
def test_settling_again_what_a_tick_changed_is_settling_all(case: Case, data: st.DataObject) -> None:
    framework, before = case.framework, grounds(case.framework, case.profile, as_of=case.as_of, accept=case.accept)
    names = [c.id for c in framework.competencies]
    ticked = data.draw(st.dictionaries(st.sampled_from(names), st.none() | st.integers(0, 5), max_size=3))
    claims = {c: claim for c, claim in before.claims.items() if c not in ticked}
    claims |= {c: Claim(level, case.as_of, 99) for c, level in ticked.items() if level is not None}
    after = replace(before, claims=claims)
    known = settle(framework, before, case.as_of)
    assert _plain(settle_again(framework, after, known, ticked, case.as_of)) == _plain(
        settle(framework, after, case.as_of)
    )


@given(cases())
def test_one_level_by_itself_is_that_of_settling_all(case: Case) -> None:
    found = grounds(case.framework, case.profile, as_of=case.as_of, accept=case.accept)
    all_levels = settle(case.framework, found, case.as_of)
    kept = _plain(all_levels)
    assert all_levels == {c: level_in(case.framework, found, kept, c, case.as_of) for c in all_levels}


def _plain(levels: Mapping[str, Level]) -> dict[str, Level]:
    """As a person's state keeps them: without their evidence."""
    return {c: replace(level, evidence=()) for c, level in levels.items()}


# Gap and readiness


@given(cases(), st.data())
def test_law_1_readiness_and_the_impact_of_all_gaps_make_one(case: Case, data: st.DataObject) -> None:
    found = analysis_of(case, data.draw(st.sampled_from(case.framework.stages)).id).report
    assert abs(found.readiness.claimed + sum(g.impact for g in found.gaps) - 1) < NEAR
    for area, readiness in found.areas.items():
        missing = sum(g.competency.weight * g.missing for g in found.gaps if g.competency.area == area)
        assert readiness.held + missing == readiness.total
        assert abs(readiness.claimed + (missing / readiness.total if readiness.total else 0) - 1) < NEAR


@given(cases(), st.data())
def test_law_2_a_new_item_of_any_sort_lowers_nothing(case: Case, data: st.DataObject) -> None:
    member, sort = data.draw(st.sampled_from(sorted(some.items(case.framework).items())))
    rows = getattr(case.profile, member)
    assert_nothing_fell(case, with_profile(case, **{member: (*rows, data.draw(sort))}))


@given(cases(), st.data())
def test_law_2_a_resource_finished_today_lowers_nothing(case: Case, data: st.DataObject) -> None:
    assume(case.framework.resources)
    resource = data.draw(st.sampled_from(case.framework.resources))
    done = (*case.profile.finished, Finished(resource.id, case.as_of, logged=9))
    assert_nothing_fell(case, with_profile(case, finished=done))


@given(cases(), st.data())
def test_law_2_raising_a_level_lowers_nothing(case: Case, data: st.DataObject) -> None:
    competency = data.draw(some.one_of(some.names_of(case.framework)))
    level = data.draw(st.integers(analysis_of(case).levels[competency].level, 5))
    claims = {**case.profile.claims, competency: Claim(level, data.draw(st.none() | st.just(case.as_of)))}
    assert_nothing_fell(case, with_profile(case, claims=claims))


@given(cases(), st.data())
def test_law_2_confirming_an_offer_lowers_nothing(case: Case, data: st.DataObject) -> None:
    competency = data.draw(some.one_of(some.names_of(case.framework)))
    level = data.draw(st.integers(case.profile.confirmed.get(competency, 0), 5))
    assert_nothing_fell(case, with_profile(case, confirmed={**case.profile.confirmed, competency: level}))


@given(cases(), st.data())
def test_law_2_a_milestone_by_ones_own_word_lowers_nothing(case: Case, data: st.DataObject) -> None:
    said = {m.id: data.draw(st.just(True) | some.days) for m in case.framework.milestones}
    before = {m: word for m, word in case.profile.milestones.items() if word is False}
    after = with_profile(case, milestones=before | said)
    assert_nothing_fell(with_profile(case, milestones=before), after)


@given(cases())
def test_law_2_accepting_more_lowers_nothing(case: Case) -> None:
    of_none, of_inferred, of_all = (replace(case, accept=accept) for accept in Accept)
    assert_nothing_fell(of_none, of_inferred)
    assert_nothing_fell(of_inferred, of_all)


@given(cases(), st.data())
def test_law_3_readiness_is_one_exactly_when_no_gap_is_left(case: Case, data: st.DataObject) -> None:
    found = analysis_of(case, data.draw(st.sampled_from(case.framework.stages)).id).report
    assert (found.readiness.claimed == 1) == (not found.open_gaps)
    assert found.readiness.backed <= found.readiness.claimed
    assert all(area.backed <= area.claimed for area in found.areas.values())


@given(cases(), st.randoms(use_true_random=False))
def test_law_4_the_order_of_rows_changes_no_answer(case: Case, random: object) -> None:
    other = Case(_shuffled(case.framework, random), _shuffled(case.profile, random), case.as_of, case.accept)
    one, two = analysis_of(case), analysis_of(other)
    assert one.levels == two.levels
    assert one.stage_reached == two.stage_reached
    assert (one.report.readiness, dict(one.report.areas)) == (two.report.readiness, dict(two.report.areas))
    assert {s.milestone.id: (s.met, s.evidence) for s in one.milestones} == {
        s.milestone.id: (s.met, s.evidence) for s in two.milestones
    }
    assert [(s.resource.id, s.points, s.closes, s.rests_on) for s in one.recommendations] == [
        (s.resource.id, s.points, s.closes, s.rests_on) for s in two.recommendations
    ]
    assert offers(case.framework, case.profile, case.as_of) == offers(other.framework, other.profile, case.as_of)


def _shuffled(value: Framework | Profile, random: object) -> Framework | Profile:
    """The same value with the rows of each member in another order; only stages keep theirs, which means something."""
    changed: dict[str, object] = {}
    for member in fields(value):
        rows = getattr(value, member.name)
        if member.name in {"stages", "scale"} or not isinstance(rows, tuple | dict):
            continue
        pairs = list(rows.items() if isinstance(rows, dict) else rows)
        random.shuffle(pairs)  # type: ignore[attr-defined]
        changed[member.name] = dict(pairs) if isinstance(rows, dict) else tuple(pairs)
    return replace(value, **changed)


@given(cases())
def test_law_5_a_stage_reached_has_no_open_must_and_its_pass_mark_and_no_later_one_has(case: Case) -> None:
    analysis = analysis_of(case)
    met = {s.milestone.id for s in analysis.milestones if s.met}
    reached = [s.id for s in case.framework.stages if _is_reached(case.framework, held(analysis.levels), met, s.id)]
    assert analysis.stage_reached == (reached[-1] if reached else None)


def _is_reached(framework: Framework, levels: dict[str, int], met: set[str], stage: str) -> bool:
    until = framework.stages_until(stage)
    musts = all(levels[c] >= framework.target(s.id, c) for s in until for c in s.musts)
    required = {m.id for m in framework.milestones if m.required and m.stage in {s.id for s in until}}
    targets = framework.targets[stage]
    reached = sum(framework.competency[c].weight * min(levels[c], t) for c, t in targets.items())
    total = framework.totals[stage]
    passed = not total or Fraction(reached, total) >= framework.stage[stage].pass_mark
    return musts and required <= met and passed


@given(cases())
def test_law_6_every_level_above_0_names_its_evidence_or_its_claim(case: Case) -> None:
    for level in analysis_of(case).levels.values():
        reasons = [e.level for e in level.evidence]
        if level.claim is not None:
            reasons.append(level.claim)
        assert level.level == 0 or max(reasons, default=0) >= level.level
        believed = [e.level for e in level.evidence if e.rule != CLOSURE_OF_CLAIM]
        assert level.evidenced == max(believed, default=0)
        assert level.evidence == () or all(e.item and e.rule and e.level for e in level.evidence)


# A click


@given(cases(), st.data())
def test_a_tick_never_changes_what_is_evidenced(case: Case, data: st.DataObject) -> None:
    competency = data.draw(some.one_of(some.names_of(case.framework)))
    level = data.draw(some.levels)
    ticked = with_profile(case, claims={**case.profile.claims, competency: Claim(level, case.as_of)})
    confirmed = with_profile(case, confirmed={**case.profile.confirmed, competency: level})
    before = {c: x.evidenced for c, x in analysis_of(case).levels.items()}
    assert {c: x.evidenced for c, x in analysis_of(ticked).levels.items()} == before
    assert {c: x.evidenced for c, x in analysis_of(confirmed).levels.items()} == before


@given(cases(), st.data())
def test_backed_never_rises_by_confirming_where_no_claim_holds_a_level_below_its_evidence(
    case: Case, data: st.DataObject
) -> None:
    unclaimed = with_profile(case, claims={})
    competency = data.draw(some.one_of(some.names_of(case.framework)))
    after = with_profile(unclaimed, confirmed={**case.profile.confirmed, competency: data.draw(some.levels)})
    before = {c: x.backed for c, x in analysis_of(unclaimed).levels.items()}
    assert {c: x.backed for c, x in analysis_of(after).levels.items()} == before


@given(cases())
def test_a_claim_outranks_every_offer(case: Case) -> None:
    inferred, everything = (analysis_of(replace(case, accept=a)).levels for a in (Accept.INFERRED, Accept.ALL))
    for c, claim in case.profile.claims.items():
        if claim.on is None or claim.on <= case.as_of:
            assert inferred[c].level == everything[c].level


# Recommendations


def walk(case: Case, stage: str) -> list[tuple[Course, dict[str, int], int]]:
    """Each recommended course with the levels before it and the points it is said to add."""
    analysis = analysis_of(case, stage)
    levels, steps = held(analysis.levels), []
    for step in analysis.recommendations:
        course = next(c for c in case.framework.courses if c.resource == step.resource)
        steps.append((course, dict(levels), step.points))
        levels |= {c: max(reached, levels[c]) for c, reached in course.reaches}
    return steps


@given(cases(), st.data())
def test_each_entry_is_ready_when_it_comes_and_gains_what_it_says(case: Case, data: st.DataObject) -> None:
    stage = data.draw(st.sampled_from(case.framework.stages)).id
    targets = case.framework.targets[stage]
    done = {f.resource for f in case.profile.finished if f.on is None or f.on <= case.as_of}
    for course, levels, points in walk(case, stage):
        assert is_ready(course, levels)
        assert points == gain(case.framework, course, levels, targets) > 0
        assert course.resource.status == "active"
        assert course.resource.id not in done


@given(cases(), st.data())
def test_readiness_after_the_sequence_is_readiness_before_and_all_its_gains(case: Case, data: st.DataObject) -> None:
    stage = data.draw(st.sampled_from(case.framework.stages)).id
    framework, analysis = case.framework, analysis_of(case, stage)
    levels = held(analysis.levels)
    for course, _, _ in walk(case, stage):
        levels |= {c: max(reached, levels[c]) for c, reached in course.reaches}
    after = sum(framework.competency[c].weight * min(levels[c], t) for c, t in framework.targets[stage].items())
    assert analysis.report.readiness.held + sum(s.points for s in analysis.recommendations) == after
    left = [c for c in courses_without(framework, analysis.finished) if is_ready(c, levels)]
    assert not any(gain(framework, c, levels, framework.targets[stage]) for c in left)


@given(cases(), st.data())
def test_what_an_entry_closes_adds_up_to_its_gain(case: Case, data: st.DataObject) -> None:
    stage = data.draw(st.sampled_from(case.framework.stages)).id
    targets, competency = case.framework.targets[stage], case.framework.competency
    for step in analysis_of(case, stage).recommendations:
        closed = {c.competency: min(c.reached, targets[c.competency]) - c.start for c in step.closes}
        assert step.points == sum(competency[c].weight * levels for c, levels in closed.items())
        assert min(closed.values()) > 0


@given(cases(), st.data())
def test_skipping_or_dismissing_a_resource_never_raises_readiness(case: Case, data: st.DataObject) -> None:
    """Neither now, since it is no evidence, nor at the end of the sequence: fewer resources never reach further."""
    assume(case.framework.courses)
    skipped = data.draw(st.sampled_from(case.framework.courses))
    stage = case.framework.last_stage.id
    levels = held(analysis_of(case).levels)
    whole = sequence(case.framework, levels, stage)
    left = [c for c in case.framework.courses if c != skipped]
    without = sequence(case.framework, levels, stage, courses=left)
    assert skipped.resource not in [s.resource for s in without]
    assert sum(s.points for s in without) <= sum(s.points for s in whole)


@given(cases(), st.integers(0, 4))
def test_a_shorter_list_is_the_beginning_of_the_whole_one(case: Case, top: int) -> None:
    whole = analysis_of(case).recommendations
    short = analyse(case.framework, case.profile, as_of=case.as_of, accept=case.accept, top=top).recommendations
    assert short == whole[:top]


# Time


@given(cases())
def test_what_is_dated_after_the_day_changes_nothing(case: Case) -> None:
    profile = case.profile
    known = replace(
        profile,
        claims={c: x for c, x in profile.claims.items() if x.on is None or x.on <= case.as_of},
        degrees=tuple(d for d in profile.degrees if d.end is None or d.end <= case.as_of),
        roles=tuple(r for r in profile.roles if r.start is None or r.start <= case.as_of),
        certifications=tuple(c for c in profile.certifications if c.on is None or c.on <= case.as_of),
        activities=tuple(a for a in profile.activities if a.on is None or a.on <= case.as_of),
        finished=tuple(f for f in profile.finished if f.on is None or f.on <= case.as_of),
        skills=tuple(s for s in profile.skills if s.on is None or s.on <= case.as_of),
        milestones={m: w for m, w in profile.milestones.items() if isinstance(w, bool) or w <= case.as_of},
    )
    assert analysis_of(replace(case, profile=known)) == analysis_of(case)
