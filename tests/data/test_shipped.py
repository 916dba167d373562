"""The framework that comes with the product: nothing of its sources is lost, and it keeps its own promises."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from tracker.engine.framework import Framework
from tracker.interchange.framework import FrameworkError, dump_document, read_framework, warnings
from tracker.interchange.shipped import FOLDER, read_folder

SHARED = Path(__file__).resolve().parents[3] / "shared"
REFERENCE = SHARED / "reference"
with_reference = pytest.mark.skipif(not REFERENCE.exists(), reason="the reference facts are not here to compare with")

SOURCE_ROWS = yaml.safe_load((FOLDER / "source_rows.yaml").read_text("utf-8"))


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    return read_folder()


@pytest.fixture(scope="module")
def framework(document: dict[str, Any]) -> Framework:
    return read_framework(document)


@pytest.fixture(scope="module")
def reference() -> dict[str, Any]:
    names = ("model", "evidence", "catalogue", "source-document-rows")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return {name: yaml.load((REFERENCE / f"{name}.yaml").read_text("utf-8"), Loader=loader) for name in names}


class TestSourceDocument:
    """Everything that the source document names has a place."""

    def test_it_has_94_rows(self) -> None:
        assert [row["id"] for row in SOURCE_ROWS] == [f"S{n:02d}" for n in range(1, 95)]

    @pytest.mark.parametrize("row", SOURCE_ROWS, ids=lambda row: row["id"])
    def test_each_row_lands_on_something_that_exists(self, row: dict[str, Any], document: dict[str, Any]) -> None:
        known = {
            item["id"]
            for section in ("competencies", "milestones", "habits", "rules", "providers", "resources")
            for item in document[section]
        }
        known |= {"attribution"} if document["attribution"] else set()
        assert row["lands"]
        assert set(row["lands"]) <= known

    @pytest.mark.parametrize("row", SOURCE_ROWS, ids=lambda row: row["id"])
    def test_where_it_lands_names_it_in_return(self, row: dict[str, Any], document: dict[str, Any]) -> None:
        if row["kind"] not in ("milestone", "habit"):
            return
        kept_up = {item["id"]: item["seed"] for section in ("milestones", "habits") for item in document[section]}
        kept_up |= {item["id"]: item["seed"] for item in document["rules"]}
        assert [target for target in row["lands"] if row["id"] in kept_up.get(target, ())] or row["id"] == "S94"

    @with_reference
    def test_rows_are_those_of_the_reference(self, reference: dict[str, Any]) -> None:
        assert reference["source-document-rows"]["rows"] == SOURCE_ROWS

    def test_the_providers_that_it_names_have_resources(self, framework: Framework) -> None:
        for name in ("Coursera", "edX", "Udacity"):
            assert any(name in r.provider for r in framework.resources)


class TestFigures:
    def test_the_model_is_whole(self, framework: Framework) -> None:
        assert len(framework.areas) == 12
        assert len(framework.competencies) == 109
        assert [s.id for s in framework.stages] == ["foundation", "entry", "practitioner", "lead", "architect"]
        assert (len(framework.milestones), len(framework.habits)) == (17, 12)
        rules = framework.evidence
        assert (len(rules.degrees), len(rules.roles), len(rules.certifications)) == (12, 18, 35)

    def test_the_catalogue_is_whole(self, framework: Framework) -> None:
        practice = [r for r in framework.resources if r.kind == "practice task"]
        teaching = [r for r in framework.resources if r.status == "active" and r.teaches]
        assert len(framework.resources) - len(practice) == 489
        assert len(teaching) == 576
        assert sum(r.core for r in framework.resources) == 251

    def test_the_hours_that_the_path_asks(self, framework: Framework) -> None:
        hours = [
            sum(framework.effort_floors[n] for level in framework.targets[s.id].values() for n in range(1, level + 1))
            for s in framework.stages
        ]
        assert hours == [91, 428, 2207, 4397, 7677]

    def test_musts_are_what_their_basis_says(self, framework: Framework) -> None:
        for stage in framework.stages:
            asked = [c.id for c in framework.competencies if c.weight >= 8 and framework.target(stage.id, c.id) >= 2]
            assert list(stage.musts) == asked
            assert stage.pass_mark == Fraction("0.85")
        assert [len(s.musts) for s in framework.stages] == [2, 5, 12, 12, 12]

    def test_each_level_of_each_competency_has_a_statement(self, framework: Framework) -> None:
        for c in framework.competencies:
            assert sorted(c.levels) == [1, 2, 3, 4, 5]
            assert all(c.levels.values()) and c.summary and c.aliases

    def test_each_area_milestone_and_habit_says_what_a_page_needs(self, framework: Framework) -> None:
        assert all(area.summary for area in framework.areas)
        assert all(m.how and m.need and m.seed for m in framework.milestones)
        assert all(h.how and h.cadence and h.kinds and h.seed for h in framework.habits)

    def test_shelf_lives_are_36_months_or_none(self, framework: Framework) -> None:
        aging = [c.id for c in framework.competencies if c.shelf_life_months]
        assert {c.shelf_life_months for c in framework.competencies} == {36, None}
        assert {"dl.agents", "cloud.ml-services", "ops.llmops"} <= set(aging)
        assert not [c for c in aging if c.startswith(("math.", "lead.", "biz."))]


class TestPromises:
    def test_nothing_is_odd_in_it_but_ambiguous_aliases(self, framework: Framework) -> None:
        assert [line for line in warnings(framework) if not line.endswith("asked, never guessed")] == []

    def test_what_no_longer_exists_is_never_active(self, framework: Framework) -> None:
        status = {r.id: r.status for r in framework.resources if r.status != "active"}
        assert status == {
            "r.edx-ai-micromasters": "paused",
            "r.distill": "paused",
            "r.udacity-ab": "paused",
            "r.cert-azure-dp100": "retired",
            "r.cert-azure-ai102": "retired",
        }
        retired = {rule.id for rule in framework.evidence.certifications if rule.retired}
        assert {"aws-mls", "azure-dp100", "azure-ai102"} <= retired

    def test_prices_are_classes(self, framework: Framework) -> None:
        classes = {"free": 0, "low": 50, "mid": 150, "high": 1000, "mixed": 50}
        assert all(r.cost == classes[r.price] for r in framework.resources)

    def test_it_says_where_it_comes_from_and_what_it_is_not(self, document: dict[str, Any]) -> None:
        attribution = " ".join(entry["text"] for entry in document["attribution"])
        assert "CC BY 4.0" in attribution and "USDOL/ETA" in attribution
        assert "ESCO" in attribution and "European Commission" in attribution
        assert len(document["limits"]) >= 6

    def test_the_export_is_valid_by_the_published_contract(self, framework: Framework) -> None:
        contract = SHARED / "design" / "contract" / "framework.schema.json"
        if not contract.exists():
            pytest.skip("the contract is not here to compare with")
        schema = json.loads(contract.read_text("utf-8"))
        jsonschema.Draft202012Validator(schema).validate(json.loads(dump_document(framework)))


class TestPracticeTasks:
    def test_there_is_one_for_each_step_from_3_and_each_lower_one_that_nothing_teaches(
        self, framework: Framework
    ) -> None:
        tasks = {r.id: r for r in framework.resources if r.kind == "practice task"}
        taught = {
            (t.competency, n)
            for r in framework.resources
            if r.status == "active" and r.id not in tasks
            for t in r.teaches
            for n in range(t.start + 1, t.reached + 1)
        }
        expected = {
            f"practice.{c.id}.{n}"
            for c in framework.competencies
            for n in range(1, max(c.targets.values()) + 1)
            if n >= 3 or (c.id, n) not in taught
        }
        assert set(tasks) == expected
        assert len(tasks) == 181

    def test_a_task_is_the_deed_of_its_level_statement(self, framework: Framework) -> None:
        task = framework.resource["practice.cs.python.3"]
        (taught,) = task.teaches
        assert (taught.competency, taught.start, taught.reached) == ("cs.python", 2, 3)
        assert (task.mode, task.cost, task.status) == ("practice", 0, "active")
        assert task.hours == 40
        assert framework.competency["cs.python"].levels[3] in task.note
        assert task.title == "Python programming, level 3: builds a tested, packaged module others install"

    def test_up_to_step_3_it_takes_twice_the_floor(self, framework: Framework) -> None:
        for task in framework.resources:
            if task.kind == "practice task":
                step = task.teaches[0].reached
                assert task.hours == framework.effort_floors[step] * (2 if step <= 3 else 1)

    def test_its_reading_is_what_supports_that_level(self, framework: Framework) -> None:
        for task in framework.resources:
            for name in task.reading:
                (taught,) = task.teaches
                assert (taught.competency, taught.reached) in framework.resource[name].supports
                assert framework.resource[name].status == "active"
        assert framework.resource["practice.arch.decisions.4"].reading


@with_reference
class TestReference:
    """Every fact of the reference is in the shipped data."""

    def test_competencies(self, framework: Framework, reference: dict[str, Any], document: dict[str, Any]) -> None:
        rows = {row["id"]: row for row in document["competencies"]}
        for known in reference["model"]["competencies"]:
            c, row = framework.competency[known["id"]], rows[known["id"]]
            assert (c.name, c.area, c.summary, c.weight) == tuple(
                known[key] for key in ("name", "area", "summary", "weight")
            )
            assert dict(c.targets) == {stage: level for stage, level in known["targets"].items() if level}
            assert dict(c.levels) == known["levels"]
            assert row["weight_basis"] == known["weight_basis"]
            assert row["alias_sources"] == {alias["name"]: alias["seen_in"] for alias in known["aliases"]}
            assert _without_empty(row["sources"]) == _without_empty(known["sources"])
            needed = [(p["id"], p["for_level"], p["level"]) for p in known["prerequisites"]]
            assert sorted((p.needs, p.for_level, p.level) for p in c.prerequisites) == sorted(needed)

    def test_resources(self, framework: Framework, reference: dict[str, Any]) -> None:
        for known in reference["catalogue"]["resources"]:
            r = framework.resource[known["id"]]
            assert [r.title, r.provider, r.url, r.kind, r.mode, r.price, r.hours_basis, r.core] == [
                known[key] for key in ("title", "provider", "url", "kind", "mode", "cost", "hours_basis", "core")
            ]
            assert r.hours == known["hours"]
            assert r.note == known.get("note", "") and r.certification == known.get("certification", "")
            assert [(t.competency, t.start, t.reached) for t in r.teaches] == [
                (t["competency"], t["from"], t["to"]) for t in known["teaches"]
            ]
            assert list(r.supports) == [(s["competency"], s["level"]) for s in known.get("supports", ())]
            assert r.url_check == known["url_check"]["status"]

    def test_evidence_rules(self, reference: dict[str, Any], document: dict[str, Any]) -> None:
        for section, known in reference["evidence"]["evidence"].items():
            assert _without_none(document["evidence"][section]) == _without_none(known), section
        exams = [{**exam, "domain_weights": dict(exam["domain_weights"])} for exam in reference["evidence"]["exams"]]
        assert document["exams"] == exams

    def test_milestones_habits_and_sources(self, reference: dict[str, Any], document: dict[str, Any]) -> None:
        for section in ("milestones", "habits", "stages", "areas"):
            for known, row in zip(reference["model"][section], document[section], strict=True):
                shared = {key: value for key, value in known.items() if key != "weight_total"}
                assert {key: row[key] for key in shared} == shared
        assert [s["id"] for s in document["sources"]] == [s["id"] for s in reference["model"]["sources"]]
        assert document["weighting"] == reference["model"]["weighting"]


def _without_empty(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    kept = {key: _without_empty(item) for key, item in value.items()}
    return {key: item for key, item in kept.items() if item not in ([], {}, None)}


def _is_one_word(line: str) -> bool:
    """An address or a path cannot be broken."""
    return len(line.strip().split()) <= 2


def _without_none(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_none(item) for key, item in value.items() if item is not None}
    if isinstance(value, list):
        return [_without_none(item) for item in value]
    return value


class TestFiles:
    """The folder is for people: short lines, nothing hidden in anchors, and errors that lead to the row."""

    @pytest.mark.parametrize("path", sorted(FOLDER.rglob("*.yaml")), ids=lambda p: str(p.relative_to(FOLDER)))
    def test_no_anchors_and_no_long_lines(self, path: Path) -> None:
        text = path.read_text("utf-8")
        assert not [event for event in yaml.parse(text) if getattr(event, "anchor", None)]
        assert not [line for line in text.splitlines() if len(line) > 125 and not _is_one_word(line)]

    def test_each_competency_stands_in_its_areas_file(self, document: dict[str, Any]) -> None:
        for row in document["competencies"]:
            assert f"- id: {row['id']}\n" in (FOLDER / "competencies" / f"{row['area']}.yaml").read_text("utf-8")


class TestRefusedFolders:
    """A folder that cannot be taken says which file, which row and which key."""

    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        (tmp_path / "competencies").mkdir()
        (tmp_path / "framework.yaml").write_text(
            "id: small\nversion: '1'\ntitle: Small\nareas: [{id: a, name: A}]\nstages: [{id: one, name: One}]\n"
            "price_classes: {free: 0}\n"
        )
        (tmp_path / "competencies" / "a.yaml").write_text(
            "- {id: c, name: C, area: a, weight: 1, targets: {one: 1}, aliases: {see: [author]}}\n"
        )
        for name in ("milestones", "habits", "exams", "source_rows"):
            (tmp_path / f"{name}.yaml").write_text("[]\n")
        (tmp_path / "evidence").mkdir()
        for name in ("degrees", "activities"):
            (tmp_path / "evidence" / f"{name}.yaml").write_text("{}\n")
        for name in ("roles", "certifications"):
            (tmp_path / "evidence" / f"{name}.yaml").write_text("[]\n")
        return tmp_path

    def lines(self, folder: Path) -> tuple[str, ...]:
        with pytest.raises(FrameworkError) as refused:
            read_folder(folder)
        return refused.value.lines

    def test_the_smallest_folder_is_taken(self, folder: Path) -> None:
        (c,) = read_folder(folder)["competencies"]
        assert (c["aliases"], c["alias_sources"]) == (["see"], {"see": ["author"]})

    def test_a_wrong_value_is_found_by_file_id_and_key(self, folder: Path) -> None:
        (folder / "competencies" / "b.yaml").write_text("- {id: d, name: D, area: z, weight: 0, targets: {one: 1}}\n")
        assert self.lines(folder) == ("competencies/b.yaml: d: weight: must be at least 1, not 0",)
        (folder / "competencies" / "b.yaml").write_text("- {id: d, name: D, area: z, weight: 1, targets: {one: 1}}\n")
        assert self.lines(folder) == ('competencies/b.yaml: d: area: unknown area "z"',)

    def test_a_row_without_an_id_is_counted(self, folder: Path) -> None:
        (folder / "milestones.yaml").write_text("- {name: M, stage: one}\n")
        assert self.lines(folder) == ('milestones.yaml: row 1: "id" is missing',)

    def test_an_evidence_rule_is_found_too(self, folder: Path) -> None:
        (folder / "evidence" / "roles.yaml").write_text("- {id: dev, base: {z: 1}}\n")
        (folder / "evidence" / "degrees.yaml").write_text("degrees:\n- {id: cs, bachelor: {c: 9}}\n")
        assert self.lines(folder) == (
            "evidence/degrees.yaml: cs: bachelor.c: must be at most 5, not 9",
            'evidence/roles.yaml: dev: base.z: unknown competency "z"',
        )

    def test_what_concerns_the_whole_stands_in_the_first_file(self, folder: Path) -> None:
        with (folder / "framework.yaml").open("a") as file:
            file.write("effort_floors: {6: 1}\n")
        assert self.lines(folder)[0].startswith("framework.yaml: effort_floors: ")

    def test_files_that_cannot_be_read_are_all_named(self, folder: Path) -> None:
        (folder / "habits.yaml").unlink()
        (folder / "exams.yaml").write_text("a: [\n")
        (folder / "milestones.yaml").write_text("a: b\n")
        (folder / "evidence" / "degrees.yaml").write_text("[]\n")
        found = self.lines(folder)
        assert "habits.yaml: cannot be read (No such file or directory)" in found
        assert "milestones.yaml: must be a list of rows" in found
        assert "evidence/degrees.yaml: must be an object with members" in found
        assert any(line.startswith("exams.yaml: line 2, column 1: not YAML") for line in found)

    @pytest.mark.parametrize(
        "text", ["areas: 5", "areas: [5]", "price_classes: 7", "evidence: 3", "competencies: 1", "stages: {a: 1}"]
    )
    def test_whatever_is_wrong_it_is_a_line_and_no_crash(self, folder: Path, text: str) -> None:
        head = (folder / "framework.yaml").read_text()
        key = text.split(":")[0]
        kept = [line for line in head.splitlines() if not line.startswith(key)]
        (folder / "framework.yaml").write_text("\n".join([*kept, text]) + "\n")
        (folder / "resources").mkdir()
        (folder / "resources" / "a.yaml").write_text("- {id: r, title: R, kind: book, hours: 1, price: [free]}\n")
        assert self.lines(folder)

    def test_an_unknown_price_class(self, folder: Path) -> None:
        (folder / "resources").mkdir()
        (folder / "resources" / "a.yaml").write_text("- {id: r, title: R, kind: book, hours: 1, price: dear}\n")
        assert self.lines(folder) == ('resources/a.yaml: r: price: unknown price class "dear"',)
