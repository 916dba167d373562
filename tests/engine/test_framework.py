from __future__ import annotations

import pickle
from fractions import Fraction

from tests.engine.builders import competency, course, framework, needs, stage
from tracker.engine.framework import Basis, EvidenceRules, RoleRule


def test_the_closing_order_puts_each_competency_before_what_it_needs() -> None:
    found = framework(
        competency("algebra"),
        competency("ml", prerequisites=needs("ml", 1, "stats", 1) + needs("ml", 1, "algebra", 1)),
        competency("stats", prerequisites=needs("stats", 1, "algebra", 1)),
    )
    assert [c.id for c in found.closing_order] == ["ml", "stats", "algebra"]


def test_a_basis_is_named_in_small_letters_and_capped_by_the_frameworks_data() -> None:
    rules = EvidenceRules(caps={Basis.STUDIED: 2})
    assert Basis.STUDIED.label == "studied"
    assert (rules.cap(Basis.STUDIED), rules.cap(Basis.ENDORSED)) == (2, 5)


def test_a_role_family_is_called_by_its_first_title() -> None:
    assert (RoleRule("dev", ("Developer", "Coder"), {}).name, RoleRule("dev", (), {}).name) == ("Developer", "dev")


class TestCourses:
    def courses(self, *resources: object) -> list[tuple[str, tuple[object, ...], tuple[object, ...]]]:
        found = framework(
            competency("ml", prerequisites=needs("ml", 2, "stats", 2)),
            competency("stats"),
            resources=resources,
        )
        return [(c.resource.id, c.reaches, c.needs) for c in found.courses]

    def test_only_active_resources_are_courses_in_the_order_of_their_ids(self) -> None:
        rows = [course("b", ("ml", 0, 1)), course("a", ("ml", 0, 1)), course("c", ("ml", 0, 1), status="paused")]
        assert [c[0] for c in self.courses(*rows)] == ["a", "b"]

    def test_what_study_reaches_is_capped_and_a_row_that_then_teaches_nothing_drops_out(self) -> None:
        assert self.courses(course("a", ("stats", 1, 5), ("ml", 3, 4))) == [("a", (("stats", 3),), (("stats", 1),))]
        assert self.courses(course("a", ("ml", 3, 4))) == []
        assert self.courses(course("a", ("stats", 3, 5), mode="practice"))[0][1] == (("stats", 5),)

    def test_a_course_needs_its_starts_and_the_prerequisites_of_what_it_reaches(self) -> None:
        assert self.courses(course("a", ("ml", 1, 2))) == [("a", (("ml", 2),), (("ml", 1), ("stats", 2)))]
        assert self.courses(course("a", ("ml", 0, 1))) == [("a", (("ml", 1),), ())]

    def test_a_course_is_not_locked_by_basics_that_it_teaches_itself(self) -> None:
        assert self.courses(course("a", ("ml", 0, 2), ("stats", 0, 2)))[0][2] == ()
        assert self.courses(course("a", ("ml", 0, 2), ("stats", 0, 1)))[0][2] == (("stats", 2),)


def test_a_framework_is_indexed_by_the_ids_of_its_rows() -> None:
    found = framework(
        competency("python", target=2, weight=3), resources=(course("a"),), stages=(stage(), stage("more"))
    )
    assert found.area["core"].name == "Core"
    assert found.habit == found.milestone == {}
    assert found.resource["a"].hours == Fraction(10)
    assert found.last_stage.id == "more"
    assert (found.target("goal", "python"), found.target("more", "python")) == (2, 0)
    assert (found.totals, found.weights) == ({"goal": 6, "more": 0}, {"python": 3})


def test_a_framework_travels_to_another_process_without_its_indices() -> None:
    """Threads of a web worker add indices while another one pickles."""
    found = framework(competency("python", target=2))
    assert found.competency and found.targets
    state = found.__getstate__()
    assert not {"competency", "targets"} & set(state)
    assert pickle.loads(pickle.dumps(found)) == found
