"""DIRECT's tree and its flat files."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import pytest

from tracker.interchange.direct import DirectError, read_flat, read_tree, read_zip, zip_members
from tracker.interchange.framework import checked
from tracker.interchange.outside_framework import Outline, document_of


def tree(*skills: Any, title: str = "Data ") -> dict[str, Any]:
    competencies = [{"title": "Engineering", "skills": list(skills)}]
    return {"competency_domains": [{"title": title, "description": "About data", "competencies": competencies}]}


FLAT: dict[str, list[Any]] = {
    "competency_domain.json": [
        {"name": "Second", "slug": "second", "rank": "20"},
        {"name": "First", "slug": "first", "rank": "10", "description": "About it"},
    ],
    "competency.json": [
        {"name": "Later", "slug": "later", "competency_domain": "second", "rank": "20"},
        {"name": "Early", "slug": "early", "competency_domain": "first", "rank": "10"},
    ],
    "skill.json": [
        {"name": "Late skill ", "slug": "late-skill", "competency": "later", "rank": "10"},
        {"name": "B", "slug": "b", "competency": "early", "rank": "100", "tools_languages_methodologies": "sql|none"},
        {"name": "A", "slug": "a", "competency": "early", "rank": "9", "description": "Does a"},
    ],
    "skill_level.json": [{"name": "Expert", "level": "4", "short_description": "Leads"}, {"name": "Odd", "level": "x"}],
    "tool_language_methodology.json": [{"name": "SQL", "slug": "sql"}],
}


def packed(files: dict[str, Any], folder: str = "framework/") -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, rows in files.items():
            archive.writestr(folder + name, rows if isinstance(rows, bytes) else json.dumps(rows))
    return data.getvalue()


def document(outline: Outline) -> dict[str, Any]:
    return dict(checked(document_of(outline)))


def test_the_tree_becomes_areas_and_competencies() -> None:
    found = document(read_tree(tree({"title": "Data wrangling ", "description": "Ability to wrangle"}), "file 1"))
    assert [(a["id"], a["name"], a["summary"]) for a in found["areas"]] == [("data", "Data", "About data")]
    (skill,) = found["competencies"]
    assert (skill["id"], skill["name"], skill["area"]) == ("data-wrangling", "Data wrangling", "data")
    assert skill["levels"] == {"3": "Ability to wrangle"}
    assert skill["summary"] == "Part of Engineering."
    assert skill["targets"] == {"direct": 3}


def test_the_citation_comes_with_it() -> None:
    found = document(read_tree(tree({"title": "A"}), "file 1"))
    assert found["licence"] == "CC BY 4.0"
    assert "10.5281/zenodo.19485964" in found["attribution"][0]["text"]


def test_slugs_are_made_as_direct_makes_them() -> None:
    found = read_tree(tree({"title": "AI/ML concepts, high-performance"}, {"title": "++"}), "file 1")
    assert [skill.key for skill in found.skills] == ["aiml-concepts-highperformance", "item-2"]


def test_the_flat_files_are_joined_and_ranked() -> None:
    found = document(read_zip(packed(FLAT), "file 1"))
    assert [a["id"] for a in found["areas"]] == ["first", "second"]
    assert [c["id"] for c in found["competencies"]] == ["a", "b", "late-skill"]
    assert found["competencies"][1]["tools"] == ["SQL", "none"]
    assert found["scale"] == [{"level": 4, "name": "Expert", "anchor": "Leads"}]


def test_what_names_nothing_stands_at_the_root_and_is_said() -> None:
    files = {
        **FLAT,
        "competency.json": [*FLAT["competency.json"], {"name": "Lost", "slug": "lost", "competency_domain": "none"}],
        "skill.json": [
            *FLAT["skill.json"],
            {"name": "Orphan", "competency": "none"},
            {"name": "A", "slug": "a"},
            {},
            "x",
        ],
    }
    found = document(read_zip(packed(files), "file 1"))
    orphan = next(c for c in found["competencies"] if c["name"] == "Orphan")
    assert (orphan["id"], orphan["area"]) == ("orphan", "direct")
    notes = " ".join(found["limits"])
    assert '"lost" names no domain' in notes and "stands at the root" in notes
    assert "stands here a second time" in notes and "has no title" in notes


def test_levels_and_tools_may_be_missing() -> None:
    found = document(read_zip(packed({name: FLAT[name] for name in list(FLAT)[:3]}), "file 1"))
    assert "scale" not in found


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (packed({"skill.json": []}), "competency_domain.json is missing"),
        (packed({**FLAT, "skill.json": []}), "nothing to import"),
        (packed({**FLAT, "skill.json": {"a": 1}}), "skill.json: must be a list"),
        (packed({**FLAT, "skill.json": b"[1,"}), "skill.json: not JSON"),
        (b"PK\x03\x04 but no more", "broken"),
    ],
)
def test_what_cannot_be_taken_says_why(data: bytes, said: str) -> None:
    with pytest.raises(DirectError, match=said):
        read_zip(data, "file 1")


def test_an_empty_tree_says_so() -> None:
    with pytest.raises(DirectError, match="nothing to import"):
        read_tree({"competency_domains": None}, "file 1")


def test_a_bomb_is_stopped_while_it_inflates() -> None:
    with pytest.raises(DirectError, match=r"skill\.json is larger"):
        zip_members(packed({"skill.json": b"[" + b" " * 11_000_000 + b"]"}), ["skill.json"])


def test_a_file_twice_and_too_many_members_are_refused() -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("a/skill.json", "[]")
        archive.writestr("b/skill.json", "[]")
    with pytest.raises(DirectError, match="second time"):
        zip_members(data.getvalue(), ["skill.json"])
    with pytest.raises(DirectError, match="more than 300"):
        zip_members(packed({f"{n}.txt": b"" for n in range(301)}), ["skill.json"])


def test_nothing_but_the_known_names_is_opened() -> None:
    files = {"../../skill.json": b"[]", "__MACOSX/skill.json": b"x", "other.json": b"x"}
    assert zip_members(packed(files, folder=""), ["skill.json"]) == {"skill.json": b"[]"}


def test_rows_that_are_read_without_a_zip() -> None:
    members = {name: {"rows": rows} for name, rows in FLAT.items()}
    assert len(read_flat(members, "file 1").skills) == 3
