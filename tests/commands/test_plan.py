"""The command `plan`: the best use of some hours without an account."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from tests.interchange.small_model import DOCUMENT
from tracker.interchange import schema_check


@pytest.fixture
def framework(tmp_path: Path) -> str:
    return _written(tmp_path / "framework.json", DOCUMENT)


@pytest.fixture
def nobody(tmp_path: Path) -> str:
    return _written(tmp_path / "nobody.json", {})


def _written(path: Path, content: Any) -> str:
    path.write_text(json.dumps(content))
    return str(path)


def run(*args: str) -> str:
    out = io.StringIO()
    call_command("plan", *args, stdout=out, stderr=io.StringIO())
    return out.getvalue()


def run_json(*args: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(run(*args, "--format", "json"))
    assert list(schema_check.problems("plan", document)) == []
    return document


def refused(*args: str) -> str:
    with pytest.raises(CommandError) as caught:
        run(*args)
    assert caught.value.returncode == 2 and "\n" not in str(caught.value)
    return str(caught.value)


def test_most_progress_within_the_hours(framework: str, nobody: str) -> None:
    document = run_json(nobody, "--framework", framework, "--hours", "100000")
    assert document["mode"] == "most" and document["status"] == "optimal" and document["source"] == "solver"
    assert document["readiness_before"] < document["readiness_after"] == document["bound"]
    assert document["hours"] == sum(step["hours"] for step in document["steps"]) <= 100000
    assert document["greedy_hours"] is None


def test_no_hours_plan_nothing(framework: str, nobody: str) -> None:
    document = run_json(nobody, "--framework", framework, "--hours", "0")
    assert document["steps"] == [] and document["obstacle"] == "purse"
    assert document["readiness_after"] == document["readiness_before"]
    assert "fits into these hours" in run(nobody, "--framework", framework, "--hours", "0")


def test_the_shortest_way_needs_no_hours(framework: str, nobody: str) -> None:
    document = run_json(nobody, "--framework", framework, "--mode", "shortest", "--stage", "entry")
    assert document["stage"] == "entry" and document["bound"] == document["hours"]


def test_weeks_follow_the_hours_a_week(framework: str, nobody: str) -> None:
    args = (nobody, "--framework", framework, "--hours", "100000")
    slow, fast = (run_json(*args, "--per-week", hours) for hours in ("0.5", "168"))
    assert slow["weeks"] > fast["weeks"] == 1
    assert [s["id"] for s in slow["steps"]] == [s["id"] for s in fast["steps"]]
    assert slow["steps"][0]["week"] == 1


def test_what_is_finished_is_not_planned_again(framework: str, nobody: str, tmp_path: Path) -> None:
    args = ("--framework", framework, "--hours", "100000", "--as-of", "2024-01-01")
    first = run_json(nobody, *args)["steps"][0]["id"]
    done = {"schema": "mlarch-profile/1", "finished": [{"resource": first, "date": "2023-01-01"}]}
    after = run_json(_written(tmp_path / "done.json", done), *args)
    assert first not in [step["id"] for step in after["steps"]]


def test_text_is_the_default_and_says_what_is_proven(framework: str, nobody: str) -> None:
    text = run(nobody, "--framework", framework, "--hours", "100000")
    assert "Proven: no plan does better." in text and "weeks 1-" in text


@pytest.mark.parametrize(
    ("args", "said"),
    [
        ((), "--hours: needed in mode most"),
        (("--hours", "ten"), '--hours: "ten" is not a number of hours from 0 to 1,000,000'),
        (("--hours", "-5"), '--hours: "-5"'),
        (("--hours", "nan"), '--hours: "nan"'),
        (("--hours", "1e3"), '--hours: "1e3"'),
        (("--hours", "10", "--budget", "a lot"), "--budget: "),
        (("--hours", "10", "--per-week", "0"), "above 0 to 168"),
        (("--hours", "10", "--time-limit", "0"), "--time-limit: "),
        (("--hours", "10", "--stage", "guru"), "--stage: no such stage"),
        (("--hours", "10", "--as-of", "yesterday"), "--as-of: "),
    ],
)
def test_a_mistake_is_one_clear_line(framework: str, nobody: str, args: tuple[str, ...], said: str) -> None:
    assert said in refused(nobody, "--framework", framework, *args)


def test_a_file_that_is_none_is_one_clear_line(framework: str, tmp_path: Path) -> None:
    assert "no such file" in refused(str(tmp_path / "none.json"), "--framework", framework, "--hours", "10")


@pytest.mark.django_db
def test_the_shipped_model_is_planned_and_proven(nobody: str) -> None:
    document = run_json(nobody, "--mode", "shortest", "--stage", "foundation")
    assert (document["hours"], document["greedy_hours"], document["status"]) == (352, 422, "optimal")
    assert document["hours_range"][0] < document["hours"] < document["hours_range"][1]
    assert document["milestones"] and document["reaches"]
    text = run(nobody, "--mode", "shortest", "--stage", "foundation")
    assert "Following the recommendations as they come takes 422 h." in " ".join(text.split())


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_is_told_how_far_a_long_solve_is(
    framework: str, nobody: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tracker.engine.plan import solver
    from tracker.management.commands import plan

    monkeypatch.setattr(plan, "_SECONDS_IN_SILENCE", 0.01)
    best_plan, stream = solver.best_plan, Terminal()

    def slow(*args: Any, **options: Any) -> object:
        watch = args[4]
        watch(solver.Bounds(0.1, 50.0, 100.0))
        while "from proven" not in stream.getvalue():
            pass
        return best_plan(*args, **options)

    monkeypatch.setattr("tracker.engine.plan.planner.best_plan", slow)
    call_command("plan", nobody, "--framework", framework, "--hours", "9", stdout=io.StringIO(), stderr=stream)
    assert "Planning, " in stream.getvalue() and "50.0 % from proven" in stream.getvalue()
