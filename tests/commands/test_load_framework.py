"""`load_framework`: what it says, and that a refusal touches nothing."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.framework_documents import competency, full, smallest
from tracker.interchange.framework import dump_document, read_framework
from tracker.models import Framework

pytestmark = pytest.mark.django_db


def run(*arguments: Any, **options: Any) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command("load_framework", *arguments, stdout=out, stderr=err, **options)
    return out.getvalue(), err.getvalue()


def written(folder: Path, document: Any, name: str = "framework.json") -> Path:
    path = folder / name
    path.write_text(document if isinstance(document, str) else json.dumps(document), "utf-8")
    return path


def test_the_shipped_framework_is_loaded_once() -> None:
    out, err = run()
    assert out == "ml-architect 0.3.0 (release 1) is loaded already: nothing changed\n"
    assert err == ""


def test_a_document_that_was_exported_is_loaded(tmp_path: Path) -> None:
    out, _ = run(written(tmp_path, full()))
    assert out == "full 1 (release 1) is loaded and published\n"
    yaml = dump_document(read_framework(full()), form="yaml").decode()
    out, _ = run(written(tmp_path, yaml, "framework.yaml"))
    assert out == "full 1 (release 1) is loaded already: nothing changed\n"


def test_what_is_odd_is_said_and_taken(tmp_path: Path) -> None:
    _, err = run(written(tmp_path, smallest()))
    assert err == "warning: competencies: nothing teaches c step 1\n"


def test_an_upgrade_says_what_it_renamed_and_what_it_could_not_keep(tmp_path: Path) -> None:
    run(written(tmp_path, smallest(competencies=[competency("c"), competency("d")])))
    out, _ = run(written(tmp_path, smallest(competencies=[competency("new")], renames={"competencies": {"c": "new"}})))
    assert out.splitlines() == [
        "small 1 (release 2) is loaded and published",
        "renamed c to new: what users logged for it was kept",
        "no longer in competencies: d (no user's entry)",
    ]


def test_without_words_if_asked(tmp_path: Path) -> None:
    assert run(written(tmp_path, smallest()), verbosity=0) == ("", "")


def test_a_refusal_has_a_line_for_each_problem_and_touches_nothing(tmp_path: Path) -> None:
    wrong = smallest(competencies=[competency("c", weight=0), competency("d", area="z")])
    with pytest.raises(CommandError) as refused:
        run(written(tmp_path, wrong))
    assert refused.value.returncode == 2
    assert str(refused.value).splitlines() == [
        "framework.json: competencies[0].weight: must be at least 1, not 0",
        'framework.json: competencies[1].area: unknown area "z"',
    ]
    assert not Framework.objects.filter(key="small").exists()


@pytest.mark.parametrize("name", ["missing.json", "empty"])
def test_a_path_that_holds_no_framework(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(CommandError) as refused:
        run(tmp_path / name)
    assert refused.value.returncode == 2
    assert "cannot be read" in str(refused.value)


def case_package(**association: Any) -> dict[str, Any]:
    items = [{"identifier": "i1", "fullStatement": "Writes programs"}, {"identifier": "i2", "fullStatement": "Sings"}]
    links = [{"associationType": "isChildOf", "originNodeURI": "i1", "destinationNodeURI": "doc-1"}, association]
    return {"CFDocument": {"identifier": "doc-1", "title": "Arts"}, "CFItems": items, "CFAssociations": links}


def test_a_case_package_is_loaded_and_its_assumptions_are_said(tmp_path: Path) -> None:
    out, err = run(written(tmp_path, case_package()), target=2)
    assert out.startswith("doc-1 file ")
    assert 'note: "Sings": has no parent, it stands at the root' in err
    assert "asks level 2 of every skill" in err
    again, _ = run(written(tmp_path, case_package()), target=2)
    assert "nothing changed" in again


def test_a_skill_declared_the_same_as_none_of_ours_is_said(tmp_path: Path) -> None:
    match = {"associationType": "exactMatchOf", "originNodeURI": "i1", "destinationNodeURI": "ml-architect/none.such"}
    _, err = run(written(tmp_path, case_package(**match)))
    assert 'i1 is declared the same as "none.such", which ml-architect does not have' in err


def test_an_empty_package_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"framework\.json: the package .* is valid and empty"):
        run(written(tmp_path, {**case_package(), "CFItems": []}))
