"""The analysis as JSON and as text."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.interchange.small_model import small_framework
from tracker.engine.analysis import Analysis, analyse
from tracker.engine.profile import Accept
from tracker.interchange import schema_check
from tracker.interchange.analysis import analysis_document
from tracker.interchange.analysis_text import analysis_text
from tracker.interchange.profile import read_profile
from tracker.matching import Matcher, Unmatched, resolve

FRAMEWORK = small_framework()
PERSON: dict[str, Any] = {
    "schema": "mlarch-profile/1",
    "claims": {"cs.r": {"level": 1, "date": "2023"}},
    "degrees": [{"level": "bachelor", "field": "Computer Science", "institution": "Uni", "end": "2019"}],
    "certifications": [{"name": "CKA", "date": "2020-01", "expires": "2022-01"}],
    "milestones": {"m.talk": "2022-03"},
    "finished": [{"resource": "r.python", "date": "2022"}],
    "skills": ["Juggling"],
}


def analysis_of(document: dict[str, Any], stage: str = "", accept: Accept = Accept.INFERRED) -> Analysis:
    person = resolve(read_profile(document, FRAMEWORK), FRAMEWORK, matcher=Matcher(FRAMEWORK))
    return analyse(FRAMEWORK, person.profile, as_of=date(2024, 1, 1), stage=stage, accept=accept)


def competency(document: dict[str, Any], id: str) -> dict[str, Any]:
    return next(c for c in document["competencies"] if c["id"] == id)


@pytest.mark.parametrize("accept", list(Accept))
@pytest.mark.parametrize("document", [PERSON, {"schema": "mlarch-profile/1"}])
def test_the_json_is_of_the_contracts_shape(document: dict[str, Any], accept: Accept) -> None:
    shown = analysis_document(analysis_of(document, accept=accept), [Unmatched("skills[0]", "AI", ("ml", "dl"))])
    assert list(schema_check.problems("analysis", shown)) == []


def test_the_json_says_who_is_compared_with_what() -> None:
    shown = analysis_document(analysis_of(PERSON, stage="entry"), [Unmatched("skills[0]", "Juggling")])
    assert shown["framework"] == {"id": "small", "version": "1"}
    assert (shown["stage"], shown["stage_reached"], shown["as_of"]) == ("entry", "entry", "2024-01-01")
    assert shown["finished"] == ["r.python"]
    assert shown["unmatched"] == [{"text": "Juggling", "where": "skills[0]", "candidates": []}]


def test_fractions_are_unrounded_and_add_up() -> None:
    shown = analysis_document(analysis_of(PERSON))
    total = 8 * 4 + 2 * 2 + 5 * 3
    assert shown["readiness"] == (8 * 2 + 2 * 1) / total
    assert shown["backed_readiness"] == 8 * 2 / total
    assert shown["readiness"] + sum(c["impact"] for c in shown["competencies"]) == pytest.approx(1, abs=1e-12)
    assert shown["areas"][0] == {"id": "cs", "readiness": 18 / 36, "backed_readiness": 16 / 36}


def test_each_level_names_its_evidence() -> None:
    python = competency(analysis_document(analysis_of(PERSON)), "cs.python")
    assert (python["level"], python["evidenced"], python["claim"], python["target"]) == (2, 2, None, 4)
    assert (python["gap"], python["must"], python["weight"]) == (2, True, 8)
    assert python["evidence"][0] == {
        "item": "Python from the start", "rule": "resource:r.python", "basis": "studied", "level": 2,
        "date": "2022-01-01",
    }  # fmt: skip
    assert {e["rule"] for e in python["evidence"]} == {
        "resource:r.python", "degree:computer-science", "certification:cka",
    }  # fmt: skip


def test_a_credential_that_expired_says_so() -> None:
    python = competency(analysis_document(analysis_of(PERSON)), "cs.python")
    remarks = [e["remark"] for e in python["evidence"] if e["rule"] == "certification:cka"]
    assert remarks == ["expired 2022-01-01"]


def test_milestones_show_what_meets_them() -> None:
    bachelor, talk = analysis_document(analysis_of(PERSON))["milestones"]
    assert bachelor == {
        "id": "m.bachelor", "stage": "entry", "required": True, "met": True,
        "evidence": ["Bachelor, Computer Science, Uni (2019)"],
    }  # fmt: skip
    assert talk["met"] and talk["evidence"] == ["own word (2022-03-01)"]


def test_a_recommendation_says_what_it_closes_and_why() -> None:
    (first,) = analysis_document(analysis_of(PERSON))["recommendations"]
    assert first["id"] == "r.python-2" and first["hours"] == 40 and first["cost"] == 50
    assert first["closes"] == [{"competency": "cs.python", "from": 2, "to": 3}]
    assert first["gain"] == 8 / 51
    assert first["reason"] == "Closes Python programming 2 to 3: 15.69 points of readiness for 40 h, 50 US dollars."


def test_a_later_step_names_what_it_rests_on() -> None:
    first, second = analysis_document(analysis_of({"schema": "mlarch-profile/1"}))["recommendations"]
    assert (first["id"], second["id"]) == ("r.python", "r.python-2")
    assert second["reason"].endswith("Ready once this is done: Python from the start.")


def test_the_text_leads_with_one_sentence() -> None:
    text = analysis_text(analysis_of(PERSON), [Unmatched("skills[0]", "Juggling")])
    first = " ".join(text.split("\n\n")[0].split())
    assert first.startswith(
        "You stand at 35.3 of 100 points of readiness for Architect, 31.4 of them backed by evidence"
    )
    assert "the stage reached is Entry." in first


def test_the_text_tells_gaps_evidence_musts_steps_and_what_was_not_counted() -> None:
    text = analysis_text(analysis_of(PERSON), [Unmatched("skills[0]", "Juggling"), Unmatched("x", "AI", ("ml", "dl"))])
    for part in (
        "Largest gaps: 3 of 3",
        "Python programming (must)",
        "Python from the start (studied, level 2)",
        "claimed at 1",
        "nothing logged yet",
        "Musts still open: 1",
        "Next steps, in order",
        "closes Python programming 2 to 3",
        "Juggling (skills[0])",
        "AI (x): maybe ml, dl",
    ):
        assert part in text, part


def test_the_text_is_80_columns_wide_at_most() -> None:
    long = Unmatched("skills[0]", "word " * 60, tuple(f"competency.number-{n}" for n in range(5)))
    text = analysis_text(analysis_of({"schema": "mlarch-profile/1"}), [long] * 30)
    assert max(len(line) for line in text.splitlines()) <= 80
    assert "and 10 more" in text


def test_the_text_of_a_person_who_has_it_all() -> None:
    claims = {"cs.python": 4, "cs.r": 2, "ml.supervised": 3}
    text = analysis_text(analysis_of({"schema": "mlarch-profile/1", "claims": claims}))
    assert "100.0 of 100 points" in text and "No gap is open for this stage." in text
    assert "Milestones still open: 2" in text
