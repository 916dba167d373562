"""Sample frameworks of other forms against the trees that stand beside them."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import pytest
import yaml

from tests.samples.sample_files import FOLDER, needs_samples
from tracker.interchange.case import CaseError, Tree, outline_of, read_tree
from tracker.interchange.framework import FrameworkError, trusted_framework
from tracker.interchange.framework_file import read_framework_file

pytestmark = needs_samples

CASE, DIRECT = FOLDER / "case", FOLDER / "direct"
EXPECTED: dict[str, Any] = yaml.safe_load((CASE / "expected.yaml").read_text("utf-8")) if CASE.is_dir() else {}
TREES = [name for name, facts in EXPECTED.items() if not facts.get("refuse")]


def names(tree: Tree, items: tuple[str, ...]) -> list[str]:
    return [tree.items[i].label for i in items]


@pytest.mark.parametrize("name", TREES)
def test_a_package_is_the_tree_that_is_expected(name: str) -> None:
    facts, tree = EXPECTED[name], read_tree(json.loads((CASE / name).read_bytes()))
    assert tree.title == facts.get("title", tree.title)
    assert len(tree.items) == facts["items"]
    roots = names(tree, tuple(i for i in tree.roots if i not in tree.orphans))
    any_order = facts.get("accept_root_order") == "any"
    assert (sorted(roots) if any_order else roots) == (sorted if any_order else list)(facts.get("roots", []))
    assert names(tree, tree.orphans) == facts.get("orphans", [])
    assert len(tree.dangling) == facts.get("dangling", 0)
    assert [[tree.items[i].label for i in pair] for pair in tree.precedes] == facts.get("precedes", [])
    children = {tree.items[i].label: names(tree, found) for i, found in tree.children.items()}
    for parent, expected in facts.get("children", {}).items():
        assert (len(children[parent]) if isinstance(expected, int) else children[parent]) == expected
    kinds = [item.kind for item in tree.items.values()]
    assert {kind: kinds.count(kind) for kind in facts.get("types", {})} == facts.get("types", {})


@pytest.mark.parametrize("name", [name for name, facts in EXPECTED.items() if facts.get("refuse")])
def test_a_circle_is_refused_by_name(name: str) -> None:
    with pytest.raises(FrameworkError, match=r'"ML" is a child of "ML\.3" is a child of "ML"'):
        read_framework_file((CASE / name).read_bytes())


@pytest.mark.parametrize("name", TREES)
def test_a_package_that_is_not_empty_is_a_framework(name: str) -> None:
    tree = read_tree(json.loads((CASE / name).read_bytes()))
    if not tree.items:
        with pytest.raises(CaseError, match="nothing to import"):
            outline_of(tree, "file 1")
        return
    framework = trusted_framework(read_framework_file((CASE / name).read_bytes()).document)
    assert framework.title == tree.title
    assert framework.competencies


def test_direct_is_the_same_framework_in_both_forms() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for path in DIRECT.glob("*.json"):
            if "all-in-one" not in path.name:
                archive.write(path, f"framework/{path.name}")
    flat = read_framework_file(packed.getvalue()).document
    whole = read_framework_file((DIRECT / "DIRECT-framework-all-in-one.json").read_bytes()).document
    for document in (flat, whole):
        assert (len(document["areas"]), len(document["competencies"])) == (7, 164)
        assert "Zenodo" in document["attribution"][0]["text"]
    places = [{c["id"]: (c["name"], c["area"], c["summary"]) for c in d["competencies"]} for d in (flat, whole)]
    assert places[0] == places[1]
    assert [level["name"] for level in flat["scale"]][3] == "Practitioner"
