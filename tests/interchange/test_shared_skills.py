"""Skills that two frameworks declare to be the same."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.framework_documents import competency, full, smallest
from tracker.engine.levels import levels
from tracker.engine.profile import Claim, Degree, Profile, Role
from tracker.interchange.framework import FrameworkError, checked, trusted_framework
from tracker.interchange.framework_file import read_framework_file
from tracker.interchange.shared_skills import profile_for, shares, unknown_same, with_shared

OURS = checked(full())
TODAY = date(2026, 6, 1)


def other(**members: Any) -> dict[str, Any]:
    same = {"same_as": {"x": "c"}}
    rows = [competency("x", name="Their skill"), competency("y")]
    return checked(smallest(id="other", competencies=rows, **{**same, **members}))


def framework(**members: Any) -> Any:
    return trusted_framework(with_shared(other(**members), OURS))


def test_a_framework_that_shares_nothing_stays_as_it_is() -> None:
    document = checked(smallest())
    assert not shares(document)
    assert with_shared(document, OURS) is document
    assert with_shared(OURS, OURS) is OURS


def test_a_degree_and_a_role_are_evidence_for_what_is_the_same() -> None:
    profile = Profile(
        degrees=(Degree("BSc", "bachelor", "cs", True),), roles=(Role("Developer", "dev", date(2020, 1, 1)),)
    )
    ours = levels(trusted_framework(OURS), profile, as_of=TODAY)
    theirs = levels(framework(), profile, as_of=TODAY)
    assert theirs["x"].evidenced == ours["c"].evidenced > 0
    assert theirs["y"].evidenced == 0


def test_what_teaches_ours_teaches_theirs_and_nothing_else_of_it() -> None:
    found = framework()
    assert {t.competency for r in found.resources for t in r.teaches} == {"x"}
    assert "r1" in found.resource and "r3" not in found.resource
    assert not any(found.role_rule["dev"].offers)


def test_its_own_rules_and_resources_stand() -> None:
    own = {"evidence": {"activities": [{"kind": "talk", "basis": "studied", "cap": 1}]}}
    found = framework(**own, resources=[{"id": "own", "title": "Own", "kind": "course", "hours": 1}])
    assert list(found.resource) == ["own"]
    assert not found.degree_rule


def test_ours_names_are_aliases_of_theirs() -> None:
    assert trusted_framework(OURS).competency["c"].name in framework().competency["x"].aliases


def test_a_claim_of_a_profile_is_read_by_either_id() -> None:
    found, notes = profile_for(
        {"claims": {"c": 3, "y": 1}, "activities": [{"competencies": {"c": 2}}, "odd"]}, framework()
    )
    assert found["claims"] == {"x": 3, "y": 1}
    assert found["activities"] == [{"competencies": {"x": 2}}, "odd"]
    assert not notes


def test_what_another_framework_says_of_skills_that_are_not_shared_is_left_and_said() -> None:
    profile = {
        "framework": {"id": "full"},
        "claims": {"c": 3, "d": 2},
        "confirmed": {"d": 1},
        "milestones": {"m": True},
        "finished": [{"resource": "r1"}, {"resource": "r3"}, "r1"],
        "activities": [{"competencies": {"c": 2, "d": 1}}],
    }
    found, notes = profile_for(profile, framework())
    assert found["claims"] == {"x": 3}
    assert found["finished"] == [{"resource": "r1"}]
    assert found["activities"] == [{"competencies": {"x": 2}}]
    assert notes == ['5 of its entries are about skills that "Small" does not share']


def test_a_profile_of_the_framework_itself_stays() -> None:
    profile = {"framework": {"id": "other"}, "claims": {"c": 3}}
    assert profile_for(profile, framework()) == (profile, [])
    assert profile_for(profile, trusted_framework(OURS)) == (profile, [])


def test_a_shared_claim_counts() -> None:
    found = levels(framework(), Profile(claims={"x": Claim(4)}), as_of=TODAY)
    assert found["x"].level == 4


@pytest.mark.parametrize(
    ("declared", "said"),
    [
        ([], "same_as: must be an object"),
        ({"none": "c"}, 'unknown competency "none"'),
        ({"x": 3}, "must be the id of a competency"),
        ({"x": "c", "y": "c"}, 'is the same as "x" already'),
    ],
)
def test_a_wrong_declaration_is_refused(declared: Any, said: str) -> None:
    with pytest.raises(FrameworkError, match=said):
        other(same_as=declared)


def test_a_skill_that_ours_does_not_have_is_said() -> None:
    assert unknown_same(other(same_as={"x": "gone"}), OURS) == [
        'same_as: x is declared the same as "gone", which full does not have'
    ]


def test_the_form_of_a_file_is_told_from_its_content() -> None:
    case = b'{"CFDocument": {"identifier": "d"}, "CFItems": [{"identifier": "i", "fullStatement": "Does it"}]}'
    read = read_framework_file(case, target=4)
    assert read.form == "case"
    assert read.document["competencies"][0]["targets"] == {"d": 4}
    assert read.document["version"].startswith("file ")
    tree = b'{"competency_domains": [{"title": "D", "competencies": [{"title": "C", "skills": [{"title": "S"}]}]}]}'
    assert read_framework_file(tree).form == "direct"
    with pytest.raises(FrameworkError, match="broken"):
        read_framework_file(b"PK\x03\x04")
    with pytest.raises(FrameworkError, match="nothing to import"):
        read_framework_file(b'{"CFDocument": {"identifier": "d"}, "CFItems": []}')
