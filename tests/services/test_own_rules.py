"""A framework with rules of its own: what is logged counts there by its words, and here as before."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.commands.test_other_frameworks import package
from tests.framework_documents import competency, smallest
from tests.services.test_other_frameworks import aiming_at, level_of
from tracker import clock
from tracker.interchange.framework import checked
from tracker.interchange.framework_file import read_framework_file
from tracker.models import Activity, Certification, Degree, Event, ListedSkill, Match, MatchAnswer, Role
from tracker.queries.profile import read_profile
from tracker.queries.replay import profiles_at
from tracker.services.frameworks import framework_load
from tracker.services.history import event_undo
from tracker.services.items import item_count_as, item_save

pytestmark = pytest.mark.django_db

EVIDENCE = {
    "degrees": [{"id": "own-physics", "fields": ["Physics"], "bachelor": {"x": 2}}],
    "degree_level_rules": {"bachelor": "as listed", "master": {"raise_listed_by": 1, "cap": 3}},
    "roles": [{"id": "own-scientist", "titles": ["Data Scientist"], "base": {"y": 2}}],
    "certifications": [{"id": "own-cert", "title": "Certified Kubernetes Administrator", "grants": {"z": 2}}],
    "listed_skill": {"level": 1, "basis": "inferred", "offer": 2},
}


@pytest.fixture(autouse=True)
def own(db: None) -> None:
    targets = {"targets": {"one": 3}}
    skills = [competency(key, **targets) for key in "xyz"] + [competency("q", name="Quilting", **targets)]
    framework_load(checked(smallest(id="own", title="Own", competencies=skills, evidence=EVIDENCE)))


@pytest.fixture
def logged(user: User) -> dict[str, Any]:
    """Items with the rules that they have in our model, as its forms save them."""
    rows = {
        "degree": Degree(user=user, level="bachelor", field="Physics", end="2015", rule="physics"),
        "role": Role(user=user, title="Data Scientist", start="2016", rule="data-scientist"),
        "certification": Certification(user=user, name="Certified Kubernetes Administrator", on="2024", rule="cka"),
        "skill": ListedSkill(user=user, text="Quilting"),
    }
    for sort, row in rows.items():
        row.match = Match.NONE if sort == "skill" else Match.MATCHED
        item_save(user=user, row=row)
    return rows


def test_each_counts_by_the_rules_of_the_framework_aimed_at(user: User, logged: dict[str, Any]) -> None:
    person = aiming_at(user, "own")
    assert {c: level_of(person, c) for c in "xyzq"} == {"x": 2, "y": 2, "z": 2, "q": 1}


def test_nothing_of_them_is_changed_and_ours_count_as_before(user: User, logged: dict[str, Any]) -> None:
    before = aiming_at(user, "ml-architect").snapshot.held
    rows = {sort: type(row).objects.values().get(pk=row.pk) for sort, row in logged.items()}
    aiming_at(user, "own")
    assert rows == {sort: type(row).objects.values().get(pk=row.pk) for sort, row in logged.items()}
    assert aiming_at(user, "ml-architect").snapshot.held == before


def test_the_word_of_the_person_stands(user: User, logged: dict[str, Any]) -> None:
    aiming_at(user, "own")
    Degree.objects.update(field="Poetry")
    item_count_as(user=user, row=logged["degree"], rule="own-physics")
    item_count_as(user=user, row=logged["role"], rule="")
    person = aiming_at(user, "own")
    assert (level_of(person, "x"), level_of(person, "y")) == (2, 0)


def test_a_rule_of_it_that_was_saved_as_ours_once_counts_there_still(user: User, logged: dict[str, Any]) -> None:
    Degree.objects.update(field="Poetry", rule="own-physics", match=Match.CONFIRMED)
    assert level_of(aiming_at(user, "own"), "x") == 2


@pytest.mark.parametrize("answer", ["own-scientist", ""])
def test_an_answer_there_leaves_ours_and_back(user: User, logged: dict[str, Any], answer: str) -> None:
    role = logged["role"]
    item_count_as(user=user, row=role, rule="ml-engineer")
    ours = aiming_at(user, "ml-architect").snapshot.held
    aiming_at(user, "own")
    item_count_as(user=user, row=role, rule=answer)
    role.refresh_from_db()
    assert (role.rule, role.match) == ("ml-engineer", Match.CONFIRMED)
    assert level_of(aiming_at(user, "own"), "y") == (2 if answer else 0)
    assert aiming_at(user, "ml-architect").snapshot.held == ours
    item_count_as(user=user, row=role, rule="")
    assert level_of(aiming_at(user, "own"), "y") == (2 if answer else 0)
    role.refresh_from_db()
    assert (role.rule, role.match) == ("", Match.REFUSED)


def test_none_of_ours_says_nothing_of_its_rules(user: User, logged: dict[str, Any]) -> None:
    aiming_at(user, "ml-architect")
    item_count_as(user=user, row=logged["role"], rule="")
    assert level_of(aiming_at(user, "own"), "y") == 2


def test_an_answer_there_is_undone_alone(user: User, logged: dict[str, Any]) -> None:
    role = logged["role"]
    item_count_as(user=user, row=role, rule="ml-engineer")
    aiming_at(user, "own")
    outcome = item_count_as(user=user, row=role, rule="")
    assert outcome is not None and level_of(aiming_at(user, "own"), "y") == 0
    framework = aiming_at(user, "own").framework
    (played,) = profiles_at(user.pk, framework, [clock.now()])
    assert played == read_profile(user.pk, framework)
    event_undo(user=user, event=outcome.event)
    role.refresh_from_db()
    assert (role.rule, role.match, role.elsewhere) == ("ml-engineer", Match.CONFIRMED, {})
    assert level_of(aiming_at(user, "own"), "y") == 2
    event_undo(user=user, event=Event.objects.filter(user=user).latest("id"))
    assert level_of(aiming_at(user, "own"), "y") == 0


def test_what_was_logged_before_answers_were_kept_apart_can_be_undone(user: User, logged: dict[str, Any]) -> None:
    event = Event.objects.filter(user=user, kind=Event.Kind.ROLE).latest("id")
    assert event.after is not None
    (kept,) = event.after.values()
    assert "elsewhere" not in kept
    event_undo(user=user, event=event)
    assert not Role.objects.filter(user=user).exists()


def test_the_form_asks_and_saves_for_the_framework_aimed_at(member: Client, user: User, logged: dict[str, Any]) -> None:
    role, address = logged["role"], f"/profile/role/{logged['role'].pk}/"
    item_count_as(user=user, row=role, rule="ml-engineer")
    sent = {"title": "Data Scientist", "start": "2016", "end": ""}

    def chosen() -> Any:
        return member.get(address).context["form"]["counts_as"].value() or ""

    member.post("/model/choose/", {"framework": "own"})
    assert chosen() == ""
    member.post(address, {**sent, "counts_as": "-"})
    assert chosen() == "-"
    role.refresh_from_db()
    assert (role.rule, role.match, role.elsewhere) == ("ml-engineer", "confirmed", {"own": ["", "refused"]})
    member.post("/model/choose/", {"framework": "ml-architect"})
    assert chosen() == "ml-engineer"
    member.post("/model/choose/", {"framework": "own"})
    member.post(address, {**sent, "counts_as": ""})
    role.refresh_from_db()
    assert (role.rule, role.match, role.elsewhere) == ("ml-engineer", "confirmed", {})


def test_of_other_words_nothing_that_was_said_before_stands(member: Client, user: User, logged: dict[str, Any]) -> None:
    role = logged["role"]
    item_count_as(user=user, row=role, rule="data-engineer")
    aiming_at(user, "own")
    item_count_as(user=user, row=role, rule="own-scientist")
    sent = {"title": "ML Engineer", "start": "2016", "end": "", "counts_as": ""}
    member.post(f"/profile/role/{role.pk}/", sent)
    role.refresh_from_db()
    assert (role.rule, role.match, role.elsewhere) == ("ml-engineer", Match.MATCHED, {})


def test_a_skill_that_both_have_is_one_unless_it_was_said_otherwise(user: User) -> None:
    framework_load(read_framework_file(json.dumps(package()).encode()).document)
    free, said = ListedSkill(user=user, text="Snakes"), ListedSkill(user=user, text="Tables")
    for row in (free, said):
        item_save(user=user, row=row)
    item_count_as(user=user, row=said, rule="cs.sql")
    aiming_at(user, "doc")
    for row in (free, said):
        item_count_as(user=user, row=row, rule="cs.python")
        row.refresh_from_db()
    assert (free.rule, free.elsewhere) == ("cs.python", {})
    assert (said.rule, said.elsewhere) == ("cs.sql", {"doc": ["cs.python", "confirmed"]})
    item_count_as(user=user, row=free, rule="doc.other")
    free.refresh_from_db()
    assert (free.rule, free.elsewhere) == ("cs.python", {"doc": ["doc.other", "confirmed"]})


def test_a_framework_that_takes_our_rules_over_shares_their_answers(user: User, logged: dict[str, Any]) -> None:
    framework_load(read_framework_file(json.dumps(package()).encode()).document)
    role = logged["role"]
    item_count_as(user=user, row=role, rule="")
    person = aiming_at(user, "doc")
    assert not read_profile(user.pk, person.framework).roles[0].family
    item_count_as(user=user, row=role, rule="ml-engineer")
    role.refresh_from_db()
    assert (role.rule, role.match, role.elsewhere) == ("ml-engineer", Match.CONFIRMED, {})


def test_what_its_words_do_not_say_plainly_counts_nothing(user: User) -> None:
    item_save(user=user, row=Role(user=user, title="Baker", start="2016", rule="data-scientist"))
    assert level_of(aiming_at(user, "own"), "y") == 0


def test_the_profile_says_what_each_counts_as(member: Client, user: User, logged: dict[str, Any]) -> None:
    member.post("/model/choose/", {"framework": "own"})
    page = member.get("/profile/").context["page"]
    (degree,), (role,), (certificate,) = page.degrees, page.roles, page.certifications
    assert (degree.counts_as, degree.supports) == ("Physics", (("x", "X", 2),))
    assert role.counts_as.startswith("Data Scientist") and role.supports == (("y", "Y", 2),)
    assert certificate.counts_as == "Certified Kubernetes Administrator"
    assert page.skills[0].supports == (("q", "Quilting", 1),)


def test_an_item_saved_there_counts_here_too(member: Client, user: User, logged: dict[str, Any]) -> None:
    member.post("/model/choose/", {"framework": "own"})
    member.post("/profile/role/new/", {"title": "ML Engineer", "start": "2020", "end": "2022"})
    member.post("/profile/degree/new/", {"level": "bachelor", "field": "Physics", "completed": "on"})
    saved = Role.objects.get(title="ML Engineer")
    assert (saved.rule, saved.match) == ("ml-engineer", Match.MATCHED)
    assert Degree.objects.latest("id").rule == "physics"
    member.post("/model/choose/", {"framework": "ml-architect"})
    page = member.get("/profile/").context["page"]
    assert all(line.supports for line in (*page.degrees, *page.roles))


def test_an_edit_there_keeps_what_was_said_here(member: Client, user: User) -> None:
    row = Role(user=user, title="Wizard", start="2016", rule="data-scientist", match=Match.CONFIRMED)
    item_save(user=user, row=row)
    member.post("/model/choose/", {"framework": "own"})
    member.post(f"/profile/role/{row.pk}/", {"title": "Wizard", "start": "2017", "end": "", "counts_as": ""})
    row.refresh_from_db()
    assert (row.start, row.rule, row.match) == ("2017", "data-scientist", Match.CONFIRMED)
    member.post(f"/profile/role/{row.pk}/", {"title": "Baker", "start": "2017", "end": "", "counts_as": ""})
    row.refresh_from_db()
    assert (row.rule, row.match) == ("", Match.NONE)


def test_an_undo_there_goes_on_to_work(user: User, logged: dict[str, Any]) -> None:
    aiming_at(user, "own")
    event_undo(user=user, event=Event.objects.filter(user=user, kind=Event.Kind.ROLE).latest("id"))
    assert not Role.objects.filter(user=user).exists()
    assert level_of(aiming_at(user, "own"), "y") == 0


def test_the_export_says_what_the_pages_say(member: Client, user: User, logged: dict[str, Any]) -> None:
    item_save(user=user, row=Activity(user=user, kind="talk", title="On drift", on="2024"))
    member.post("/model/choose/", {"framework": "own"})
    document = json.loads(member.get("/export/profile.json").content)
    assert [row["field_id"] for row in document["degrees"]] == ["own-physics"]
    assert [row["family"] for row in document["roles"]] == ["own-scientist"]
    assert document["skills"] == ["Quilting"]


def test_an_earlier_day_counts_by_the_same_rules(user: User, logged: dict[str, Any]) -> None:
    framework = aiming_at(user, "own").framework
    (played,) = profiles_at(user.pk, framework, [clock.now()])
    assert played == read_profile(user.pk, framework)
    assert [role.family for role in played.roles] == ["own-scientist"]


def test_what_a_file_brings_there_counts_here_too(member: Client, user: User) -> None:
    member.post("/model/choose/", {"framework": "own"})
    resume = {"work": [{"position": "ML Engineer", "name": "Acme", "startDate": "2018-01"}], "basics": {}}
    member.post("/import/", {"file": SimpleUploadedFile("resume.json", json.dumps(resume).encode())})
    draft = member.session["import_draft"]["id"]
    member.post("/import/review/", {"draft": draft, "take-roles": ["0"]})
    saved = Role.objects.get(user=user)
    assert (saved.rule, saved.match) == ("ml-engineer", Match.MATCHED)


def test_the_start_saves_what_ours_knows(member: Client, user: User) -> None:
    member.post("/model/choose/", {"framework": "own"})
    forms = {f"{name}-{part}": "0" for name in ("degrees", "roles") for part in ("INITIAL_FORMS", "MIN_NUM_FORMS")}
    sent = {"degrees-TOTAL_FORMS": "0", "roles-TOTAL_FORMS": "1", "roles-0-title": "ML Engineer", **forms}
    assert member.post("/start/1/", sent).status_code == 302
    saved = Role.objects.get(user=user)
    assert (saved.rule, saved.match) == ("ml-engineer", Match.MATCHED)


def resume(*skills: str) -> SimpleUploadedFile:
    document = {"basics": {}, "work": [{"position": "Wizard of Data"}], "skills": [{"name": name} for name in skills]}
    return SimpleUploadedFile("resume.json", json.dumps(document).encode())


def reviewed(member: Client, *skills: str, **answers: str) -> Any:
    """The review of a résumé and, where there are answers, what is sent of it."""
    member.post("/import/", {"file": resume(*skills)})
    page = member.get("/import/review/")
    if answers:
        groups = {f"take-{g.id}": [line.place for line in g.lines] for g in page.context["review"].groups}
        sent = {"draft": page.context["draft"].id, **groups}
        member.post("/import/review/", sent | {name.replace("__", "-"): value for name, value in answers.items()})
    return page.context["review"]


def test_answers_are_remembered_for_the_framework_that_they_were_given_under(member: Client, user: User) -> None:
    member.post("/model/choose/", {"framework": "own"})
    reviewed(member, **{"rule__roles__0": "own-scientist"})
    saved = Role.objects.get(user=user)
    assert (saved.rule, saved.elsewhere) == ("", {"own": ["own-scientist", "confirmed"]})
    Role.objects.all().delete()
    assert next(line for line in reviewed(member).lines if line.section == "roles").rule == "own-scientist"
    member.post("/model/choose/", {"framework": "ml-architect"})
    assert not next(line for line in reviewed(member).lines if line.section == "roles").rule
    reviewed(member, **{"rule__roles__0": "ml-engineer"})
    known = MatchAnswer.objects.filter(user=user).values_list("framework", "rule")
    assert sorted(known) == [("", "ml-engineer"), ("own", "own-scientist")]


def test_a_file_of_unknown_skills_asks_for_our_model_once(
    member: Client, user: User, django_assert_max_num_queries: Any
) -> None:
    member.post("/model/choose/", {"framework": "own"})
    counts = []
    for size in (10, 60):
        ListedSkill.objects.all().delete()
        names = [f"Aardvarking {number} {size}" for number in range(size)]
        member.post("/import/", {"file": resume(*names)})
        page = member.get("/import/review/").context
        sent = {"draft": page["draft"].id, "all-skills": "all"}
        with django_assert_max_num_queries(1000) as taken:
            member.post("/import/review/", sent)
        assert ListedSkill.objects.count() == size
        counts.append(sum('"tracker_framework"' in query["sql"] for query in taken.captured_queries))
    assert counts[0] == counts[1]
