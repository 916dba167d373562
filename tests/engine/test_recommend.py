from __future__ import annotations

from fractions import Fraction

from tests.engine.builders import competency, course, framework, needs
from tracker.engine.framework import Framework, Resource
from tracker.engine.recommend import Closing, Rank, Step, is_ready, sequence


def catalogue(*resources: Resource) -> Framework:
    """Python 3 (weight 3), SQL 2 (weight 1) and ML 2, which needs Python 2."""
    return framework(
        competency("python", target=3, weight=3),
        competency("sql", target=2),
        competency("ml", target=2, prerequisites=needs("ml", 2, "python", 2)),
        resources=resources,
    )


def steps(found: Framework, *, held: dict[str, int] | None = None, **more: object) -> tuple[Step, ...]:
    levels = dict.fromkeys(found.competency, 0) | (held or {})
    return sequence(found, levels, "goal", **more)  # type: ignore[arg-type]


def ids(found: Framework, **more: object) -> list[str]:
    return [s.resource.id for s in steps(found, **more)]  # type: ignore[arg-type]


def test_the_best_gain_an_hour_comes_first() -> None:
    slow, quick = course("slow", ("python", 0, 3), hours="90"), course("quick", ("sql", 0, 1), hours="1")
    assert ids(catalogue(slow, quick)) == ["quick", "slow"]


def test_a_tie_goes_to_the_larger_gain_then_the_lower_cost_then_the_id() -> None:
    large = course("z-large", ("sql", 0, 2), hours="4", cost=Fraction(50))
    dear, cheap = (
        course(f"{x}", ("sql", 0, 1), hours="2", cost=Fraction(c)) for x, c in (("a-dear", 50), ("b-cheap", 0))
    )
    assert ids(catalogue(dear, cheap, large)) == ["z-large"]
    assert ids(catalogue(dear, cheap))[0] == "b-cheap"
    assert ids(catalogue(course("d", ("sql", 0, 1)), course("c", ("sql", 0, 1)))) == ["c"]


def test_gains_an_hour_that_differ_by_a_hair_are_not_a_tie() -> None:
    longer = course("a", ("sql", 0, 1), hours="100000000000000001", cost=Fraction(0))
    shorter = course("b", ("sql", 0, 1), hours="100000000000000000", cost=Fraction(50))
    assert ids(catalogue(longer, shorter)) == ["b"]


def test_decimal_hours_that_are_equal_are_a_tie() -> None:
    small, large = course("small", ("sql", 0, 1), hours="0.1"), course("large", ("python", 0, 1), hours="0.3")
    assert ids(catalogue(small, large)) == ["large", "small"]


def test_several_courses_for_one_gap_never_fill_the_list() -> None:
    assert ids(catalogue(*(course(f"r{i}", ("sql", 0, 2)) for i in range(3)))) == ["r0"]


def test_what_an_earlier_step_gives_is_no_gain_of_a_later_one() -> None:
    first, second = course("first", ("python", 0, 3), hours="1"), course("second", ("python", 0, 3), ("sql", 0, 2))
    assert [(s.resource.id, s.points) for s in steps(catalogue(second, first))] == [("first", 9), ("second", 2)]


def test_what_a_course_unlocks_comes_after_it_and_rests_on_it() -> None:
    basics, on_top = course("basics", ("python", 0, 2), hours="80"), course("on-top", ("ml", 0, 2), hours="1")
    first, second = steps(catalogue(on_top, basics))
    assert (first.resource.id, first.rests_on) == ("basics", ())
    assert (second.resource.id, second.rests_on) == ("on-top", ("basics",))


def test_what_waits_for_two_things_comes_after_both() -> None:
    both = course("both", ("python", 2, 3), ("sql", 1, 2), hours="1")
    found = catalogue(both, course("p1", ("python", 0, 1)), course("p2", ("python", 1, 2)), course("s", ("sql", 0, 1)))
    assert ids(found)[-1] == "both"
    assert steps(found)[-1].rests_on == ("p2", "s")


def test_nothing_out_of_reach_finished_or_useless_is_recommended() -> None:
    out_of_reach = course("advanced", ("python", 2, 3))
    beyond = course("beyond", ("sql", 2, 3))
    assert ids(catalogue(out_of_reach, beyond), held={"sql": 2}) == []


def test_a_step_says_what_it_closes_and_gains() -> None:
    (step,) = steps(catalogue(course("r", ("python", 1, 3), ("sql", 0, 1), ("ml", 0, 1))), held={"python": 2, "ml": 2})
    assert step.closes == (Closing("python", 2, 3), Closing("sql", 0, 1))
    assert (step.points, step.total, step.gain) == (3 * 1 + 1, 9 + 2 + 2, 4 / 13)
    assert Step(step.resource, 0, 0, ()).gain == 0


def test_a_gain_is_capped_at_the_target_while_the_level_goes_on() -> None:
    (step,) = steps(catalogue(course("r", ("sql", 0, 3))))
    assert (step.points, step.closes) == (2, (Closing("sql", 0, 3),))


def test_ranked_by_gain_the_largest_step_comes_first() -> None:
    slow, quick = course("slow", ("python", 0, 3), hours="90"), course("quick", ("sql", 0, 2), hours="1")
    assert ids(catalogue(slow, quick), rank=Rank.GAIN) == ["slow", "quick"]


def test_what_is_wanted_ranks_and_chooses_while_the_gain_is_still_the_stages() -> None:
    python, sql = course("python", ("python", 0, 2), ("sql", 0, 1)), course("sql", ("sql", 0, 2), hours="1")
    (step,) = steps(catalogue(python, sql), wanted={"python": 2})
    assert (step.resource.id, step.points) == ("python", 3 * 2 + 1)
    assert ids(catalogue(python, sql), wanted={}) == []


def test_only_the_courses_left_after_filters_and_as_many_as_asked() -> None:
    found = catalogue(course("a", ("sql", 0, 1)), course("b", ("python", 0, 1)), course("c", ("ml", 0, 1)))
    assert ids(found, courses=found.courses[:1]) == ["a"]
    assert len(ids(found, limit=2)) == 2


def test_a_course_is_ready_when_all_that_it_needs_is_there() -> None:
    (found,) = catalogue(course("r", ("ml", 1, 2))).courses
    assert is_ready(found, {"python": 2, "ml": 1})
    assert not is_ready(found, {"python": 1, "ml": 1})
