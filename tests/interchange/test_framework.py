"""What a framework document must be, and what becomes of one."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.framework_documents import competency, full, needs, resource, smallest, teaches
from tracker.engine.framework import Basis, DegreeLevelRule
from tracker.interchange.framework import (
    FrameworkError,
    checked,
    digest,
    dump_document,
    parse_document,
    read_framework,
    warnings,
)


def lines(document: Any) -> tuple[str, ...]:
    """What the document is refused for; nothing if it is taken."""
    try:
        read_framework(document)
    except FrameworkError as error:
        return error.lines
    return ()


def one_line(document: Any) -> str:
    (line,) = lines(document)
    return line


class TestReading:
    def test_the_smallest_document_is_a_framework(self) -> None:
        framework = read_framework(smallest())
        assert [s.pass_mark for s in framework.stages] == [1]
        assert framework.resources == () and framework.habits == ()
        assert framework.evidence.caps == {Basis.INFERRED: 3, Basis.STUDIED: 3}

    def test_export_and_reading_back_give_the_same_framework(self) -> None:
        framework = read_framework(full())
        for form in ("json", "yaml"):
            again = read_framework(parse_document(dump_document(framework, form=form), form=form))
            assert again == framework
            assert again.document == framework.document

    def test_the_same_framework_gives_the_same_bytes(self) -> None:
        document = full()
        turned = dict(reversed(document.items()))
        assert dump_document(read_framework(turned)) == dump_document(read_framework(document))

    def test_what_is_left_out_is_what_its_default_says(self) -> None:
        written_out = smallest(
            stages=[{"id": "one", "name": "One", "pass_mark": 1, "musts": []}],
            competencies=[competency("c", prerequisites=[], aliases=[], levels={}, summary="")],
            resources=[],
            habits=[],
        )
        assert digest(checked(written_out)) == digest(checked(smallest()))

    def test_members_that_nobody_knows_are_kept(self) -> None:
        document = read_framework(full()).document
        assert document["competencies"][2]["extra"] == {"kept": [1, 2.5]}

    def test_a_whole_number_may_be_written_with_a_point(self) -> None:
        framework = read_framework(smallest(competencies=[competency("c", weight=3.0, targets={"one": 2.0})]))
        (c,) = framework.competencies
        assert (c.weight, c.targets) == (3, {"one": 2})
        assert all(type(level) is int for level in c.targets.values())

    def test_hours_and_money_are_exact(self) -> None:
        framework = read_framework(full())
        assert framework.resource["r1"].cost == Fraction("9.99")
        assert framework.effort_floors[3] == Fraction("20.5")
        assert framework.stages[0].pass_mark == Fraction("0.85")

    def test_evidence_rules_are_read_by_basis_bracket_and_level(self) -> None:
        rules = read_framework(full()).evidence
        assert [rules.cap(basis) for basis in Basis] == [2, 5, 4, 5, 5]
        assert rules.degree_levels == {
            "bachelor": DegreeLevelRule(),
            "master": DegreeLevelRule(1, 3, {"d": 1}),
            "associate": DegreeLevelRule(-1),
            "bootcamp": DegreeLevelRule(-1),
        }
        (role,) = rules.roles
        assert role.add_by_bracket == (0, 1, 2) and role.offers == ({}, {}, {"a": "two"})

    def test_a_bachelor_counts_as_listed_where_no_rule_says_so(self) -> None:
        assert read_framework(smallest()).evidence.degree_levels == {"bachelor": DegreeLevelRule()}

    def test_a_habit_of_another_framework_may_say_its_cadence_in_words(self) -> None:
        (habit,) = read_framework(smallest(habits=[{"id": "h", "name": "H", "cadence": "now and then"}])).habits
        assert (habit.cadence, habit.count) == ("now and then", 1)

    def test_musts_and_prerequisites_have_no_order_of_their_own(self) -> None:
        def document(order: int) -> dict[str, Any]:
            wanted = [needs("c", 1, 1), needs("d", 1, 2)][::order]
            rows = [competency("c"), competency("d"), competency("e", prerequisites=wanted)]
            return smallest(stages=[{"id": "one", "name": "One", "musts": ["c", "e"][::order]}], competencies=rows)

        assert digest(checked(document(1))) == digest(checked(document(-1)))


class TestRefused:
    @pytest.mark.parametrize(
        ("members", "line"),
        [
            ({"title": ""}, "title: must not be empty"),
            ({"schema": "other/1"}, 'schema: must be "mlarch-framework/1", not "other/1"'),
            ({"competencies": [competency("c", weight=0)]}, "competencies[0].weight: must be at least 1, not 0"),
            (
                {"competencies": [competency("c", weight=True)]},
                "competencies[0].weight: must be a whole number, not true",
            ),
            (
                {"competencies": [competency("c", targets={"one": 6})]},
                "competencies[0].targets.one: must be at most 5, not 6",
            ),
            ({"competencies": [competency("c", area="b")]}, 'competencies[0].area: unknown area "b"'),
            (
                {"competencies": [competency("c", targets={"two": 1})]},
                'competencies[0].targets.two: unknown stage "two"',
            ),
            (
                {"competencies": [competency("c", prerequisites=[needs("z", 1, 1)])]},
                'competencies[0].prerequisites[0].id: unknown competency "z"',
            ),
            ({"competencies": [competency("c"), competency("c")]}, 'competencies[1]: "c" stands here a second time'),
            (
                {"stages": [{"id": "one", "name": "One", "musts": ["z"]}]},
                'stages[0].musts[0]: unknown competency "z"',
            ),
            ({"milestones": [{"id": "m", "name": "M", "stage": "z"}]}, 'milestones[0].stage: unknown stage "z"'),
            (
                {"milestones": [{"id": "m", "name": "M", "stage": "one", "met_by": [{"family": ["z"]}]}]},
                'milestones[0].met_by[0].family: unknown role family "z"',
            ),
            (
                {"evidence": {"certifications": [{"id": "x", "grants": {"z": 1}}]}},
                'evidence.certifications[0].grants.z: unknown competency "z"',
            ),
            (
                {"evidence": {"degree_level_rules": {"master": {"also": {"z": 1}}}}},
                'evidence.degree_level_rules.master.also.z: unknown competency "z"',
            ),
            (
                {"evidence": {"roles": [{"id": "x", "offers": {"over_5": {"a": "z"}}}]}},
                'evidence.roles[0].offers.over_5.a: unknown stage "z"',
            ),
            ({"evidence": {"degrees": ["cs"]}}, 'evidence.degrees[0]: must be an object, not "cs"'),
            (
                {"resources": [resource("r", teaches=[teaches("z", 0, 1)])]},
                'resources[0].teaches[0].competency: unknown competency "z"',
            ),
            (
                {"resources": [resource("r", teaches=[teaches("c", 2, 2)])]},
                "resources[0].teaches[0]: teaches from 2 to 2: it must end above where it begins",
            ),
            (
                {"resources": [resource("r", teaches=[teaches("c", 0, 1), teaches("c", 1, 2)])]},
                'resources[0].teaches: teaches "c" in more than one row',
            ),
            (
                {"resources": [resource("r", certification="z")]},
                'resources[0].certification: unknown certification "z"',
            ),
            ({"resources": [resource("r", hours=0)]}, "resources[0].hours: must be more than 0, not 0"),
            ({"renames": {"competencies": {"old": "z"}}}, 'renames.competencies.old: unknown id "z"'),
            (
                {"renames": {"competencies": {"c": "c"}}},
                'renames.competencies.c: "c" is still in use and cannot be renamed',
            ),
        ],
    )
    def test_it_is_refused_with_one_line_that_says_where(self, members: dict[str, Any], line: str) -> None:
        assert one_line(smallest(**members)) == line

    def test_a_target_that_falls_from_one_stage_to_the_next(self) -> None:
        stages = [{"id": "one", "name": "One"}, {"id": "two", "name": "Two"}]
        line = one_line(smallest(stages=stages, competencies=[competency("c", targets={"one": 2})]))
        assert line == 'competencies[0].targets.two: the target falls from 2 at "one" to 0 at "two"'

    def test_a_circle_of_prerequisites_is_named(self) -> None:
        circle = [
            competency("c", prerequisites=[needs("d", 1, 3)]),
            competency("d", prerequisites=[needs("e", 1, 1)]),
            competency("e", prerequisites=[needs("c", 1, 1)]),
        ]
        line = one_line(smallest(competencies=circle))
        assert line == "competencies[0].prerequisites: prerequisites run in a circle: c needs d needs e needs c"

    def test_hours_that_do_not_pay_for_the_steps(self) -> None:
        document = smallest(
            effort_floors={"1": 1, "2": 6}, resources=[resource("r", hours=6, teaches=[teaches("c", 0, 2)])]
        )
        assert one_line(document) == 'resources[0].hours: "r" has 6 h, the steps it is credited with need 7 h'
        assert not lines({**document, "effort_floors": {}})

    def test_every_problem_is_said_in_one_go(self) -> None:
        rows = [competency("c", weight=0), competency("d", area="z"), competency("e", prerequisites=[needs("c", 1, 1)])]
        found = lines(smallest(title="", competencies=rows))
        assert found == (
            "competencies[0].weight: must be at least 1, not 0",
            "title: must not be empty",
            'competencies[1].area: unknown area "z"',
        )

    def test_each_missing_member_is_named(self) -> None:
        missing = ("id", "version", "title", "areas", "stages", "competencies")
        assert lines({"schema": "mlarch-framework/1"}) == tuple(f'the document: "{m}" is missing' for m in missing)

    def test_a_long_row_of_problems_is_cut_and_counted(self) -> None:
        rows = [competency(f"c{n}", area="z") for n in range(1_010)]
        found = lines(smallest(competencies=rows))
        assert len(found) == 1_001 and found[-1] == "and 10 more"

    def test_more_broken_rows_than_are_counted(self) -> None:
        """What the schema refuses beyond that is not known, and must not be read as if it were sound."""
        rows = [resource(f"r{n:04}", hours=0) for n in range(500)] + [resource("z", teaches=[None])]
        found = lines(smallest(resources=rows))
        assert (len(found), found[-1]) == (501, "the document: more is wrong than is listed here")
        assert found[0] == "resources[0].hours: must be more than 0, not 0"

    def test_an_id_that_ends_in_a_line_break(self) -> None:
        assert "competencies[0]: the id ends in a line break" in lines(smallest(competencies=[competency("c\n")]))

    @pytest.mark.parametrize(
        ("data", "part"),
        [
            (b"", "empty"),
            (b"{", "not JSON"),
            (b"[1]", "must be an object"),
            (b'{"a": NaN}', "NaN"),
            (b'{"a": 1, "a": 2}', "twice"),
            (b'{"a": 1e999}', "too large"),
            (b'{"a": ' + b"9" * 5_000 + b"}", "too long"),
            (b'{"a": ' + b"[" * 5_000 + b"]" * 5_000 + b"}", "nested deeper"),
            ('{"a": 1}'.encode("utf-16"), "UTF-16"),
            (b'{"a": "\xff"}', "not UTF-8"),
            (b" " * 20_000_001, "larger than 20 MB"),
        ],
    )
    def test_bytes_that_are_no_document(self, data: bytes, part: str) -> None:
        with pytest.raises(FrameworkError) as refused:
            parse_document(data)
        assert part in str(refused.value)
        assert len(refused.value.lines) == 1

    @pytest.mark.parametrize(
        ("text", "part"),
        [
            ("a: &x [1]\nb: *x", "line 2, column 4: not YAML: an alias"),
            ("a: 1\na: 2", 'the key "a" stands twice'),
            ("a: !!python/object:os.system x", "the tag"),
            ("a: .nan", '".nan" is no number'),
            ("a: 1" + "0" * 5_000, "too long"),
            ("? [1]\n: 2", "a key must be text"),
            ("a: [", "not YAML"),
            ("[" * 100, "nested deeper"),
            ("a: !!set {x}", "the tag"),
            ("a: !!int x", "is no number"),
            ("a: \x01", "not YAML"),
        ],
    )
    def test_yaml_that_is_no_document(self, text: str, part: str) -> None:
        with pytest.raises(FrameworkError) as refused:
            parse_document(text.encode(), form="yaml")
        assert part in str(refused.value)

    def test_dates_in_yaml_stay_text(self) -> None:
        assert parse_document(b"date: 2026-11-23\nlevels: {1: aware}", form="yaml") == {
            "date": "2026-11-23",
            "levels": {"1": "aware"},
        }


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-10, 10) | st.floats(allow_nan=False) | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)


@st.composite
def spoiled(draw: st.DrawFn) -> dict[str, Any]:
    """The full document with some of its values, wherever they stand, replaced by anything."""
    document = full()
    for _ in range(draw(st.integers(1, 3))):
        place: Any = document
        while True:
            key = draw(st.sampled_from(list(place) if isinstance(place, dict) else range(len(place))))
            if not isinstance(place[key], dict | list) or not place[key] or draw(st.booleans()):
                break
            place = place[key]
        place[key] = draw(JSON)
    return document


@given(spoiled())
def test_whatever_is_wrong_nothing_but_a_framework_error_is_raised(document: dict[str, Any]) -> None:
    try:
        warnings(read_framework(document))
    except FrameworkError as error:
        assert error.lines and all("\n" not in line for line in error.lines)


@given(st.binary(max_size=60) | JSON.map(lambda value: json.dumps(value).encode()))
def test_whatever_the_bytes_nothing_but_a_framework_error_is_raised(data: bytes) -> None:
    for form in ("json", "yaml"):
        try:
            checked(parse_document(data, form=form))
        except FrameworkError as error:
            assert error.lines


class TestWarnings:
    def test_a_step_that_nothing_teaches(self) -> None:
        document = smallest(
            competencies=[competency("c", targets={"one": 4})],
            resources=[resource("r", teaches=[teaches("c", 0, 4)]), resource("s", teaches=[teaches("c", 3, 4)])],
        )
        assert warnings(read_framework(document)) == ["competencies: nothing teaches c step 4"]

    def test_a_paused_resource_teaches_nothing(self) -> None:
        document = smallest(resources=[resource("r", teaches=[teaches("c", 0, 1)], status="paused")])
        assert warnings(read_framework(document)) == ["competencies: nothing teaches c step 1"]

    def test_a_prerequisite_above_what_a_stage_asks(self) -> None:
        rows = [competency("c", prerequisites=[needs("d", 2, 1)]), competency("d")]
        assert "competencies: c at 1 needs d at 2, but stage one asks 1 of it" in warnings(
            read_framework(smallest(competencies=rows))
        )

    def test_resources_that_open_for_nobody(self) -> None:
        rows = [competency("c", prerequisites=[needs("d", 1, 1)]), competency("d", targets={"one": 0})]
        locked = [resource("r", teaches=[teaches("c", 0, 1)]), resource("s", teaches=[teaches("d", 1, 2)])]
        found = warnings(read_framework(smallest(competencies=rows, resources=locked)))
        assert [line for line in found if "nobody can ever start" in line] == [
            "resources: nobody can ever start r, what it needs is taught nowhere before it",
            "resources: nobody can ever start s, what it needs is taught nowhere before it",
        ]

    def test_a_course_that_teaches_its_own_basics_is_not_locked(self) -> None:
        rows = [competency("c", prerequisites=[needs("d", 1, 1)]), competency("d", targets={"one": 0})]
        course = resource("r", teaches=[teaches("c", 0, 1), teaches("d", 0, 1)])
        assert not [
            line
            for line in warnings(read_framework(smallest(competencies=rows, resources=[course])))
            if "nobody" in line
        ]

    def test_an_alias_of_two_competencies(self) -> None:
        rows = [competency("c", aliases=["Big  Data"]), competency("d", name="big data")]
        found = warnings(read_framework(smallest(competencies=rows)))
        assert 'competencies: "big data" names c and d: asked, never guessed' in found

    def test_a_must_that_asks_nothing(self) -> None:
        document = smallest(
            stages=[{"id": "one", "name": "One", "musts": ["c"]}], competencies=[competency("c", targets={})]
        )
        assert warnings(read_framework(document)) == ["stages: c is a must of one, which asks nothing of it"]
