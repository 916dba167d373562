"""CASE packages: the tree, what is refused, and what becomes of it in our form."""

from __future__ import annotations

from typing import Any

import pytest

from tracker.interchange.case import CaseError, Tree, outline_of, read_tree
from tracker.interchange.framework import FrameworkError, checked, read_framework
from tracker.interchange.outside_framework import document_of

DOCUMENT = {"identifier": "doc", "title": "Trades", "version": "2"}


def item(identifier: str, statement: str = "", **members: Any) -> dict[str, Any]:
    return {"identifier": identifier, "fullStatement": statement or f"Does {identifier}", **members}


def link(kind: str, origin: str, target: object, **members: Any) -> dict[str, Any]:
    target = {"identifier": target} if isinstance(target, str) else target
    return {"associationType": kind, "originNodeURI": {"identifier": origin}, "destinationNodeURI": target, **members}


def child(origin: str, parent: str, **members: Any) -> dict[str, Any]:
    return link("isChildOf", origin, parent, **members)


def package(items: list[Any], associations: list[Any], **members: Any) -> dict[str, Any]:
    return {"CFDocument": DOCUMENT, "CFItems": items, "CFAssociations": associations, **members}


def small(**members: Any) -> dict[str, Any]:
    items = [item("d", "A domain"), item("a"), item("b")]
    return package(items, [child("d", "doc"), child("a", "d"), child("b", "d")], **members)


def outlined(given: dict[str, Any]) -> dict[str, Any]:
    return dict(checked(document_of(outline_of(read_tree(given), "file 1"))))


def labels(tree: Tree, parent: str = "") -> list[str]:
    return [tree.items[i].label for i in (tree.children.get(parent, ()) if parent else tree.roots)]


# The tree


def test_children_stand_under_their_parent_in_the_order_of_the_file() -> None:
    tree = read_tree(small())
    assert labels(tree) == ["A domain"]
    assert labels(tree, "d") == ["Does a", "Does b"]


def test_a_sequence_number_outranks_codes_and_the_file_what_has_none_comes_last() -> None:
    items = [item("x", humanCodingScheme="1"), item("y", humanCodingScheme="2"), item("z"), item("w")]
    places = [child("x", "doc", sequenceNumber=30), child("y", "doc", sequenceNumber="4"), child("z", "doc")]
    tree = read_tree(package(items, [*places, child("w", "doc", sequenceNumber=5.5)]))
    assert tree.roots == ("y", "w", "x", "z")


def test_codes_are_sorted_as_people_count() -> None:
    items = [item(str(n), humanCodingScheme=f"1.{n}") for n in (10, 9, 1)]
    assert labels(read_tree(package(items, [child(str(n), "doc") for n in (10, 9, 1)]))) == ["1.1", "1.9", "1.10"]


def test_a_link_may_be_an_address() -> None:
    items = [item("a"), item("b")]
    address = "https://example.org/CFItems/a/"
    tree = read_tree(package(items, [child("a", "doc"), link("isChildOf", "b", {"uri": address})]))
    assert tree.children == {"a": ("b",)}
    plain = {"associationType": "isChildOf", "originNodeURI": "b", "destinationNodeURI": address}
    assert read_tree(package(items, [plain])).children == {"a": ("b",)}


def test_an_orphan_stands_at_the_root_and_is_said() -> None:
    tree = read_tree(package([item("a"), item("b")], [child("a", "doc")]))
    assert tree.roots == ("a", "b") and tree.orphans == ("b",)
    assert any("has no parent" in note for note in tree.notes)


def test_a_second_parent_is_left_and_said() -> None:
    items = [item("p"), item("q"), item("c")]
    tree = read_tree(package(items, [child("p", "doc"), child("q", "doc"), child("c", "p"), child("c", "q")]))
    assert tree.children == {"p": ("c",)}
    assert any("is also a child of" in note for note in tree.notes)


def test_what_is_outside_the_package_is_named_and_left() -> None:
    outside = {"title": "Elsewhere", "identifier": "none"}
    more = [
        link("isRelatedTo", "a", outside),
        link("isChildOf", "gone", "doc"),
        "no association",
        link("precedes", "a", 7),
    ]
    given = small()
    given["CFAssociations"] += more
    tree = read_tree(given)
    assert len(tree.dangling) == 3
    assert '"Elsewhere", which is not in the package' in tree.dangling[0]


def test_a_circle_is_refused_and_named() -> None:
    items = [item("a", humanCodingScheme="A"), item("b", humanCodingScheme="B")]
    with pytest.raises(CaseError, match='"A" is a child of "B" is a child of "A"'):
        read_tree(package(items, [child("a", "doc"), child("a", "b"), child("b", "a")]))
    with pytest.raises(CaseError, match="circle"):
        read_tree(package([item("a")], [child("a", "a")]))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"CFItems": []}, "CFDocument: must be an object"),
        ({"CFDocument": {"title": "No identifier"}, "CFItems": []}, "CFDocument: must be an object"),
        ({"CFDocument": DOCUMENT}, "CFItems: must be a list"),
        (package([item("a"), item("a")], []), "stands here a second time"),
        (package([], []), "is valid and empty: there is nothing to import"),
    ],
)
def test_what_cannot_be_taken_says_why(given: dict[str, Any], said: str) -> None:
    with pytest.raises(CaseError, match=said):
        outline_of(read_tree(given), "file 1")


def test_too_many_items_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tracker.interchange.case.MOST_ITEMS", 2)
    with pytest.raises(CaseError, match="3 items"):
        read_tree(small())


def test_odd_members_are_no_reason_to_refuse() -> None:
    given = small(CFDefinitions=[], CFRubrics=None, extra={"x": 1})
    given["CFItems"] += [None, {"identifier": "e"}, {"fullStatement": "Nobody's"}]
    tree = read_tree(given)
    assert len(tree.items) == 3
    assert sum("left out" in note for note in tree.notes) == 3


def test_a_chain_of_thousands_needs_no_recursion() -> None:
    items = [item(str(n)) for n in range(5_000)]
    tree = read_tree(package(items, [child(str(n), str(n - 1) if n else "doc") for n in range(5_000)]))
    document = document_of(outline_of(tree, "file 1"))
    assert [c["name"] for c in document["competencies"]] == ["Does 4999"]


# In our form


def test_domains_are_areas_and_leaves_competencies() -> None:
    document = outlined(small())
    assert (document["id"], document["version"], document["title"]) == ("doc", "2", "Trades")
    assert [(a["id"], a["name"]) for a in document["areas"]] == [("d", "A domain")]
    assert [(c["id"], c["area"], c["weight"], c["targets"]) for c in document["competencies"]] == [
        ("a", "d", 1, {"doc": 3}),
        ("b", "d", 1, {"doc": 3}),
    ]
    assert document["competencies"][0]["levels"] == {"3": "Does a"}
    assert [(s["name"], s["pass_mark"], s["musts"]) for s in document["stages"]] == [("Trades", 1, [])]


def test_what_is_assumed_is_said() -> None:
    limits = " ".join(outlined(small())["limits"])
    assert "asks level 3 of every skill" in limits and "has no weights" in limits


def test_codes_are_ids_and_no_id_comes_twice() -> None:
    items = [item(n, humanCodingScheme=code) for n, code in (("1", "ML.1"), ("2", "ml 1"), ("3", "ML-1"), ("4", "数"))]
    document = outlined(package(items, [child(n, "doc") for n in "1234"]))
    assert sorted(c["id"] for c in document["competencies"]) == ["item-4", "ml-1", "ml-1-2", "ml.1"]


def test_a_root_without_children_is_a_skill_of_the_whole() -> None:
    document = outlined(package([item("a")], [child("a", "doc")]))
    assert [(a["id"], a["name"]) for a in document["areas"]] == [("trades", "Trades")]


def test_what_stands_between_is_said_with_the_skill() -> None:
    items = [item("d", "Domain"), item("m", "Middle"), item("a")]
    document = outlined(package(items, [child("d", "doc"), child("m", "d"), child("a", "m")]))
    assert document["competencies"][0]["summary"] == "Part of Middle."


def levels(*given: str | None) -> dict[str, Any]:
    rows = [
        item(f"l{n}", f"Statement {n}", CFItemType="Level", **({"educationLevel": [level]} if level else {}))
        for n, level in enumerate(given)
    ]
    places = [child(row["identifier"], "a") for row in rows]
    return package([item("d"), item("a"), *rows], [child("d", "doc"), child("a", "d"), *places])


def test_items_that_are_levels_are_statements_of_their_skill() -> None:
    (skill,) = outlined(levels("1", "3", "5"))["competencies"]
    assert skill["levels"] == {"1": "Statement 0", "3": "Statement 1", "5": "Statement 2"}
    assert skill["targets"] == {"doc": 3}


def test_levels_without_numbers_are_taken_in_order_and_said() -> None:
    document = outlined(levels(None, "12"))
    (skill,) = document["competencies"]
    assert skill["levels"] == {"1": "Statement 0", "2": "Statement 1"}
    assert skill["targets"] == {"doc": 2}
    assert any("taken as 1 to 2 in order" in note for note in document["limits"])
    assert any("of 6 levels the first 5" in note for note in outlined(levels(*[None] * 6))["limits"])


def test_a_rubric_gives_levels_where_no_items_do() -> None:
    rows = [
        {"description": "Acts", "score": 2},
        {"description": "Reads", "score": 1},
        {"quality": "Expert", "score": 3},
    ]
    criterion = {"CFItemURI": {"identifier": "a"}, "CFRubricCriterionLevels": rows}
    document = outlined(small(CFRubrics=[{"CFRubricCriteria": [criterion, "odd"]}]))
    assert document["competencies"][0]["levels"] == {"1": "Reads", "2": "Acts", "3": "Expert"}


def test_what_precedes_is_needed() -> None:
    given = small()
    given["CFAssociations"] += [link("precedes", "a", "b"), link("precedes", "d", "a")]
    document = outlined(given)
    assert document["competencies"][1]["prerequisites"] == [{"id": "a", "for_level": 3, "level": 3}]
    assert any("they are not both skills" in note for note in document["limits"])


def test_a_circle_of_what_precedes_is_refused_as_ours_is() -> None:
    given = small()
    given["CFAssociations"] += [link("precedes", "a", "b"), link("precedes", "b", "a")]
    with pytest.raises(FrameworkError, match="prerequisites run in a circle"):
        outlined(given)


@pytest.mark.parametrize("kind", ["exactMatchOf", "isPeerOf"])
@pytest.mark.parametrize(
    "target", [{"identifier": "ml-architect/cs.python"}, {"uri": "https://example.org/f/ml-architect/cs.python"}]
)
def test_what_matches_a_skill_of_ours_is_declared_the_same(kind: str, target: dict[str, str]) -> None:
    given = small()
    given["CFAssociations"] += [link(kind, "a", target), link(kind, "d", {"identifier": "ml-architect/cs.sql"})]
    document = outlined(given)
    assert document["same_as"] == {"a": "cs.python"}
    assert any("is no skill here" in note for note in document["limits"])


def test_markdown_and_tex_are_text() -> None:
    statement = "A _table_:\r\n\r\n| a | b |\r\n\r\nand <b>x</b> $x^2 \\over y$ \U0001d451"
    document = outlined(package([item("a", statement)], [child("a", "doc")]))
    (skill,) = document["competencies"]
    assert skill["levels"]["3"] == statement.replace("\r\n", "\n")
    assert skill["name"] == "A _table_: | a | b | and <b>x</b> $x^2 \\over y$ \U0001d451"


def test_a_long_statement_is_named_by_its_short_form_or_its_beginning() -> None:
    long = "word " * 100
    given = package(
        [item("a", long, abbreviatedStatement="Words"), item("b", long)], [child("a", "doc"), child("b", "doc")]
    )
    names = [c["name"] for c in outlined(given)["competencies"]]
    assert names[0] == "Words"
    assert len(names[1]) < 300 and names[1].endswith("word…")


def test_licence_source_and_description_come_along() -> None:
    about = {
        **DOCUMENT,
        "creator": "A guild",
        "description": "What it is for.",
        "language": "en",
        "licenseURI": {"title": "CC0"},
        "officialSourceURL": "https://example.org/",
    }
    document = outlined({**small(), "CFDocument": about})
    assert (document["licence"], document["language"], document["description"]) == ("CC0", "en", "What it is for.")
    assert document["sources"] == [{"id": "case", "what": "A guild. Trades. https://example.org/"}]


def test_a_package_without_title_and_version_is_taken_all_the_same() -> None:
    document = outlined({**small(), "CFDocument": {"identifier": "7F-x"}})
    assert (document["id"], document["title"]) == ("7f-x", "Framework without a title")
    assert document["version"] == "file 1"
    assert read_framework(document).stages[0].id == "7f-x"


def test_many_notes_are_cut() -> None:
    given = package([item(str(n)) for n in range(40)], [])
    assert "and 20 more like these" in outlined(given)["limits"]
