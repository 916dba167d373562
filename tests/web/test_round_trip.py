"""Everything out, the account wiped, everything in again: nothing of what the export holds is lost."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from mlarch.shell import THEME_COOKIE
from tests.commands.test_other_frameworks import package
from tests.framework_documents import competency, smallest
from tests.services.test_start import person_of
from tests.web.test_exporting import bring, exported, live
from tracker.interchange.framework import checked
from tracker.interchange.framework_file import read_framework_file
from tracker.models import (
    Activity,
    Advert,
    Certification,
    Claim,
    Degree,
    Effort,
    Event,
    ListedSkill,
    MatchAnswer,
    Preferences,
    Resource,
    ResourceOverride,
    Role,
)
from tracker.services.adverts import advert_add, advert_read_again, advert_review
from tracker.services.claims import claim_annotate, claim_set
from tracker.services.frameworks import framework_load
from tracker.services.history import event_undo, undoable
from tracker.services.items import item_count_as, item_remove, item_save
from tracker.services.path import resource_mark
from tracker.services.people import person_ensure, preferences_update

pytestmark = pytest.mark.django_db

SETTINGS: dict[str, Any] = {
    "stage": "lead",
    "hours_per_week": 7.5,
    "budget": 1250.5,
    "theme": "dark",
    "time_zone": "Pacific/Kiritimati",
    "cards": {"cs": "entry", "math": ""},
    "start_step": 5,
}


def live_long(user: User) -> None:
    """Something of every member, settings, and a log with a removal, a change and an undo in it."""
    preferences_update(preferences=person_ensure(user=user), **SETTINGS)
    live(user)
    claim_annotate(user=user, competency="ml.supervised", note="two teams", link="https://example.org/ml")
    resource_mark(user=user, resource=Resource.objects.exclude(key="r.google-mlcc")[1], status="started", on="2024")
    MatchAnswer.objects.create(user=user, section="roles", text="wizard", rule="ml-engineer")
    advert_add(user=user, framework=person_of(user).framework, text="ML Engineer\n\nRequirements\n- Strong Python\n")
    gone = Role(user=user, title="Barista", start="2008", end="2009")
    item_save(user=user, row=gone)
    item_remove(user=user, row=gone)
    degree = Degree.objects.filter(user=user).earliest("id")
    degree.institution = "University of Somewhere"
    item_save(user=user, row=degree)
    outcome = claim_set(user=user, competency="cs.java", level=2)
    assert outcome is not None
    event_undo(user=user, event=outcome.event)


@pytest.fixture
def there(other_user: User) -> Client:
    """A client signed in to an account that is still empty."""
    client = Client()
    client.force_login(other_user)
    return client


def proposed(client: Client, document: dict[str, Any]) -> Any:
    client.post("/import/", {"file": SimpleUploadedFile("profile.json", json.dumps(document).encode())})
    return client.get("/import/review/").context["review"]


def lines_of(review: Any, group: str) -> list[Any]:
    return [line for g in review.groups if g.id == group for line in g.lines]


def settings_file(**settings: Any) -> dict[str, Any]:
    return {"schema": "mlarch-profile/1", "account": {"preferences": settings}}


def test_no_member_of_the_export_is_lost(member: Client, user: User, there: Client, other_user: User) -> None:
    live_long(user)
    before = exported(member)
    bring(there, member.get("/export/profile.json").content)
    after = exported(there)
    for name, part in before.items():
        if name != "account":
            assert part and after[name] == part, name
    for name, part in before["account"].items():
        assert part and after["account"][name] == part, name
    assert set(after) == set(before) and set(after["account"]) == set(before["account"])


def test_an_account_wiped_and_filled_again_is_the_same(member: Client, user: User) -> None:
    live_long(user)
    before = member.get("/export/profile.json").content
    user.delete()
    again = User.objects.create_user("ada", "ada@example.org")
    member.force_login(again)
    bring(member, before)
    assert member.get("/export/profile.json").content == before
    claim_set(user=again, competency="cs.java", level=4)
    assert len(exported(member)["account"]["events"]) == len(json.loads(before)["account"]["events"]) + 1


def test_what_could_be_undone_there_can_be_undone_here(
    member: Client, user: User, there: Client, other_user: User
) -> None:
    live_long(user)
    bring(there, member.get("/export/profile.json").content)
    of = {u.pk: undoable(person_ensure(user=u), Event.objects.filter(user=u)) for u in (user, other_user)}
    titles = [sorted(Event.objects.filter(pk__in=pks).values_list("title", flat=True)) for pks in of.values()]
    assert [t for t in titles[1] if not t.startswith("Imported")] == titles[0]
    removal = Event.objects.get(user=other_user, title="Removed Barista")
    event_undo(user=other_user, event=removal)
    assert Role.objects.filter(user=other_user, title="Barista").exists()
    assert not Role.objects.filter(user=user, title="Barista").exists()


def test_an_import_can_be_undone_and_leaves_settings_and_history(
    member: Client, user: User, there: Client, other_user: User
) -> None:
    live_long(user)
    bring(there, member.get("/export/profile.json").content)
    events = Event.objects.filter(user=other_user)
    event_undo(user=other_user, event=events.get(title__startswith="Imported"))
    assert not Claim.objects.filter(user=other_user).exists()
    assert Preferences.objects.get(pk=other_user.pk).stage == "lead"
    assert events.count() == Event.objects.filter(user=user).count() + 2


def test_a_restored_history_is_shown_as_it_was(member: Client, user: User, there: Client) -> None:
    live_long(user)
    bring(there, member.get("/export/profile.json").content)
    page = there.get("/progress/").content.decode()
    assert "Removed Barista" in page and "an undo" in page


# Settings


def test_settings_are_offered_in_words(there: Client) -> None:
    review = proposed(there, settings_file(**SETTINGS))
    said = " | ".join(line.text for line in lines_of(review, "settings"))
    for words in ("Target: ", "Hours a week: 7.5", "Budget: $1,250.50", "Theme: dark", "2 area cards", "start is done"):
        assert words in said
    assert not any(line.known for line in lines_of(review, "settings"))


def test_settings_not_ticked_change_nothing(there: Client, other_user: User) -> None:
    proposed(there, settings_file(**SETTINGS))
    kept = Preferences.objects.values().get(pk=other_user.pk)
    draft = there.get("/import/review/").context["draft"].id
    there.post("/import/review/", {"draft": draft, "take-settings": []})
    assert Preferences.objects.values().get(pk=other_user.pk) == kept


def test_settings_are_taken_one_by_one_and_the_theme_at_once(there: Client, other_user: User) -> None:
    review = proposed(there, settings_file(**SETTINGS))
    theme = next(line for line in lines_of(review, "settings") if "theme" in line.entry["fields"])
    draft = there.get("/import/review/").context["draft"].id
    answer = there.post("/import/review/", {"draft": draft, "take-settings": [theme.place]}, follow=True)
    kept = Preferences.objects.get(pk=other_user.pk)
    assert (kept.theme, kept.stage, kept.hours_per_week) == ("dark", "", 6)
    assert there.cookies[THEME_COOKIE].value == "dark"
    assert "The settings that you took are yours now." in answer.content.decode()
    assert not Event.objects.filter(user=other_user).exists()


def test_settings_that_she_has_chosen_herself_are_not_ticked(there: Client, other_user: User) -> None:
    preferences_update(preferences=person_ensure(user=other_user), hours_per_week=10, stage="lead")
    lines = lines_of(proposed(there, settings_file(**SETTINGS)), "settings")
    known = {next(iter(line.entry["fields"])): line.known for line in lines}
    assert known["hours_per_week"] == "you have: Hours a week: 10"
    assert known["stage"] == "as you have it already"
    assert known["budget"] == ""


@pytest.mark.parametrize(
    "settings",
    [
        {"stage": "emperor"}, {"stage": ["lead"]}, {"hours_per_week": 81}, {"hours_per_week": -1},
        {"hours_per_week": "x"},         {"hours_per_week": None}, {"hours_per_week": True},
        {"budget": -5}, {"budget": 1e12}, {"budget": {}},
        {"theme": "pink"}, {"time_zone": "Mars/Olympus"}, {"time_zone": "../../etc/passwd"}, {"time_zone": "America"},
        {"cards": {"cs": "emperor"}}, {"cards": {"nowhere": "lead"}}, {"cards": []}, {"cards": {"cs": ["lead"]}},
        {"start_step": 0}, {"start_step": 6}, {"start_step": "x"},
    ],
)  # fmt: skip
def test_a_setting_that_cannot_be_is_not_offered(there: Client, settings: dict[str, Any]) -> None:
    assert not lines_of(proposed(there, settings_file(**settings)), "settings")


@pytest.mark.parametrize("preferences", [None, [], "lead", 5])
def test_settings_of_another_shape_do_no_harm(there: Client, preferences: Any) -> None:
    document = {"schema": "mlarch-profile/1", "account": {"preferences": preferences}}
    assert not lines_of(proposed(there, document), "settings")


# Hours, weeks off, own figures


def spent_file(**members: Any) -> dict[str, Any]:
    return {"schema": "mlarch-profile/1", "account": members}


def test_hours_that_are_there_already_are_not_taken_twice(member: Client, user: User) -> None:
    live(user)
    review = proposed(member, exported(member))
    for section in ("efforts", "weeks_off", "overrides"):
        lines = lines_of(review, section)
        assert lines and all(line.known for line in lines), section


def test_two_taps_of_one_day_are_two(there: Client, other_user: User) -> None:
    taps = [{"date": "2026-03-02", "hours": 1, "logged_at": f"2026-03-02T10:00:0{n}+00:00"} for n in (1, 2)]
    bring(there, json.dumps(spent_file(efforts=taps)).encode())
    assert Effort.objects.filter(user=other_user).count() == 2


def test_hours_of_a_file_never_fill_a_week_beyond_168(there: Client, other_user: User) -> None:
    days = [{"date": f"2026-03-0{n}", "hours": 50} for n in range(2, 7)]
    bring(there, json.dumps(spent_file(efforts=days)).encode())
    assert sum(row.hours for row in Effort.objects.filter(user=other_user)) == 150


@pytest.mark.parametrize(
    ("section", "entry"),
    [
        ("efforts", 5), ("efforts", {"date": "2026-03-02"}), ("efforts", {"hours": 1}),
        ("efforts", {"date": "2026-03", "hours": 1}), ("efforts", {"date": "2026-02-30", "hours": 1}),
        ("efforts", {"date": "2099-01-01", "hours": 1}), ("efforts", {"date": "1066-10-14", "hours": 1}),
        ("efforts", {"date": "2026-03-02", "hours": 0.05}), ("efforts", {"date": "2026-03-02", "hours": 169}),
        ("efforts", {"date": "2026-03-02", "hours": "2"}), ("efforts", {"date": "2026-03-02", "hours": True}),
        ("efforts", {"date": "2026-03-02", "hours": 1, "resource": 5}),
        ("efforts", {"date": "2026-03-02", "hours": 1, "resource": "x" * 500}),
        ("weeks_off", {}), ("weeks_off", {"date": "2026-03-03"}), ("weeks_off", {"date": "2099-01-05"}),
        ("weeks_off", {"date": "1000-01-06"}), ("weeks_off", {"date": 5}),
        ("overrides", {"resource": "r.nothing", "hours": 1}), ("overrides", {"resource": "r.google-mlcc"}),
        ("overrides", {"resource": "r.google-mlcc", "hours": 0}),
        ("overrides", {"resource": "r.google-mlcc", "cost": -1}),
        ("overrides", {"resource": "r.google-mlcc", "hours": None}),
        ("overrides", {"resource": "r.google-mlcc", "hours": 1e9}),
        ("overrides", {"resource": "r.google-mlcc", "url": 5}),
    ],
)  # fmt: skip
def test_what_cannot_be_is_not_offered(there: Client, section: str, entry: Any) -> None:
    assert not lines_of(proposed(there, spent_file(**{section: [entry]})), section)


def test_an_address_that_is_none_is_left_out(there: Client, other_user: User) -> None:
    own = {"resource": "r.google-mlcc", "cost": 9.95, "url": "javascript:alert(1)"}
    bring(there, json.dumps(spent_file(overrides=[own])).encode())
    row = ResourceOverride.objects.get(user=other_user)
    assert (float(row.cost or 0), row.hours, row.url) == (9.95, None, "")


# History


def test_a_history_is_offered_only_where_none_has_begun(
    member: Client, user: User, there: Client, other_user: User
) -> None:
    live_long(user)
    document = exported(member)
    assert "40 entries of your log" in lines_of(proposed(there, document), "history")[0].text
    claim_set(user=other_user, competency="cs.python", level=1)
    review = proposed(there, document)
    assert not lines_of(review, "history")
    assert "two would contradict each other" in review.left[0]
    assert "two would contradict each other" in there.get("/import/review/").content.decode()


def test_a_history_that_is_refused_stays_out(member: Client, user: User, there: Client, other_user: User) -> None:
    live_long(user)
    proposed(there, exported(member))
    draft = there.get("/import/review/").context["draft"].id
    there.post("/import/review/", {"draft": draft, "take-claims": ["0"]})
    assert Event.objects.filter(user=other_user).count() == 1


def event(**members: Any) -> dict[str, Any]:
    known = {"title": "Added Python", "kind": "claim", "logged_at": "2024-05-01T10:00:00+00:00", "readiness": {}}
    return {name: value for name, value in (known | members).items() if value != "absent"}


CLAIM = {
    "level": 3,
    "on": "2024-05-01",
    "origin": "tick",
    "note": "",
    "link": "",
    "logged_at": "2024-05-01T10:00:00+00:00",
}
ROLE = {"title": "A", "employer": "", "start": "", "end": "", "summary": "", "rule": "", "match": "none",
        "logged_at": "2024-05-01T10:00:00+00:00"}  # fmt: skip
SKILL = {"text": "Python", "on": "", "rule": "", "match": "none", "logged_at": "2024-05-01T10:00:00+00:00"}
MARK = {"status": "finished", "on": "2024", "hours": None, "rating": None, "logged_at": "2024-05-01T10:00:00+00:00"}
TALK = {"kind": "talk", "title": "T", "on": "2024", "hours": "1.5", "url": "", "note": "",
        "levels": {"cs.sql": 3, "no.such": 2}, "logged_at": "2024-05-01T10:00:00+00:00"}  # fmt: skip


@pytest.mark.parametrize(
    "broken",
    [
        5, {}, event(title=""), event(title=5), event(kind="emperor"), event(kind=["claim"]), event(logged_at="soon"),
        event(logged_at="2024-05-01T10:00:00"), event(logged_at=5), event(logged_at="0001-01-01T00:00:00+14:00"),
        event(logged_at="9999-12-31T23:59:59-12:00"),
        event(logged_at=(timezone.now() + timedelta(days=1)).isoformat()),
    ],
)  # fmt: skip
def test_an_event_that_cannot_be_is_left_out(there: Client, broken: Any) -> None:
    document = {"schema": "mlarch-profile/1", "account": {"events": [broken]}}
    assert not lines_of(proposed(there, document), "history")


@pytest.mark.parametrize(
    "rows",
    [
        5, [], {"": CLAIM}, {"claim": CLAIM}, {"claim:": CLAIM}, {"emperor:1": CLAIM}, {"claim:cs.python": 5},
        {"claim:cs.python": {}}, {"claim:cs.python": {**CLAIM, "level": 9}},
        {"claim:cs.python": {**CLAIM, "level": "3"}},
        {"claim:cs.python": {**CLAIM, "level": True}}, {"claim:cs.python": {**CLAIM, "more": 1}},
        {"claim:cs.python": {**CLAIM, "logged_at": "soon"}},
        {"claim:cs.python": {**CLAIM, "link": "javascript:alert(1)"}},
        {"claim:cs.python": {**CLAIM, "on": "2024"}}, {"role:1": {**ROLE, "start": "long ago"}}, {"role:1": CLAIM},
        {"role:1": {**ROLE, "match": "loved"}}, {"activity:1": {**TALK, "levels": {"cs.sql": "x"}}},
        {"activity:1": {**TALK, "levels": {"cs.sql": 9}}},
        {"activity:1": {**TALK, "levels": []}},
    ],
)  # fmt: skip
def test_what_an_event_changed_is_kept_only_in_the_shape_of_our_log(there: Client, other_user: User, rows: Any) -> None:
    document = {"schema": "mlarch-profile/1", "account": {"events": [event(before=rows, after=rows)]}}
    bring(there, json.dumps(document).encode())
    kept = Event.objects.get(user=other_user)
    assert (kept.title, kept.before, kept.after) == ("Added Python", None, None)


@pytest.mark.parametrize(
    ("kind", "rows"),
    [
        ("claim", {"claim:no.such": CLAIM}),
        ("resource", {"resource:no.such": MARK}),
        ("role", {"role:999999": ROLE}),
        ("role", {"role:x": ROLE, "skill:-1": SKILL}),
        ("activity", {"activity:1": TALK}),
        ("milestone", {"milestone:no.such": {"met": True, "on": "", "logged_at": CLAIM["logged_at"]}}),
        ("waiver", {"waiver:no.such": {"reason": "", "logged_at": CLAIM["logged_at"]}}),
    ],
)
def test_pages_stand_whatever_a_well_formed_log_speaks_of(
    there: Client, other_user: User, kind: str, rows: dict[str, Any]
) -> None:
    gone = dict.fromkeys(rows)
    events = [event(kind=kind, key="17", before=rows, after=gone), event(kind=kind, before=gone, after=rows)]
    document = {"schema": "mlarch-profile/1", "account": {"events": events}}
    bring(there, json.dumps(document).encode())
    for address in ("/progress/", "/dashboard/", "/skills/cs.python/", "/export/profile.json"):
        assert there.get(address).status_code == 200
    for kept in Event.objects.filter(user=other_user):
        assert there.post(f"/progress/{kept.pk}/undo/").status_code == 302
    assert there.get("/progress/").status_code == 200


def test_a_row_of_a_log_never_gets_at_a_row_of_another(there: Client, user: User, other_user: User) -> None:
    theirs = Role.objects.create(user=user, title="Data Scientist")
    rows = {f"role:{theirs.pk}": ROLE}
    document = {
        "schema": "mlarch-profile/1",
        "roles": [{"title": "A", "ref": "claim:cs.python"}],
        "account": {"events": [event(kind="role", before=rows, after=dict.fromkeys(rows))]},
    }
    bring(there, json.dumps(document).encode())
    event_undo(user=other_user, event=Event.objects.get(user=other_user, title="Added Python"))
    theirs.refresh_from_db()
    assert (theirs.user_id, theirs.title) == (user.pk, "Data Scientist")


@pytest.mark.parametrize("undoes", [0, 1, 7, -1, "0", True])
def test_what_undoes_what_is_kept_only_where_it_can_be(there: Client, other_user: User, undoes: Any) -> None:
    later = event(title="Undid: it", logged_at="2024-06-01T10:00:00+00:00", undoes=undoes)
    third = event(title="Again: it", logged_at="2024-07-01T10:00:00+00:00", undoes=undoes)
    document = {"schema": "mlarch-profile/1", "account": {"events": [event(), later, third]}}
    bring(there, json.dumps(document).encode())
    undone = list(Event.objects.filter(user=other_user).exclude(undoes=None).values_list("title", "undoes__title"))
    assert undone == {0: [("Undid: it", "Added Python")], 1: [("Again: it", "Undid: it")]}.get(
        undoes if type(undoes) is int else -1, []
    )


def test_a_listed_skill_comes_in_beside_a_log_that_lost_it_once(there: Client, other_user: User) -> None:
    rows = {"skill:1": SKILL}
    events = [event(kind="skill", before=rows, after=dict.fromkeys(rows))]
    bring(
        there, json.dumps({"schema": "mlarch-profile/1", "skills": ["Python"], "account": {"events": events}}).encode()
    )
    assert ListedSkill.objects.filter(user=other_user).count() == 1


@pytest.mark.parametrize("aim", ["doc", "ml-architect"])
def test_what_belongs_to_another_model_comes_back_too(member: Client, user: User, there: Client, aim: str) -> None:
    framework_load(read_framework_file(json.dumps(package()).encode()).document)
    live_long(user)
    advert = Advert.objects.filter(user=user).latest("id")
    advert_review(advert=advert, title=advert.title, employer="Acme", lines=advert.requirements)
    member.post("/model/choose/", {"framework": "doc"})
    advert_read_again(advert=advert, framework=person_of(user).framework)
    claim_set(user=user, competency="doc.other", level=2, note="there alone")
    talk = Activity(user=user, kind="talk", title="There", on="2025", levels={"doc.other": 1, "cs.python": 2})
    item_save(user=user, row=talk)
    member.post("/model/choose/", {"framework": aim})
    before = member.get("/export/profile.json").content
    there.post("/model/choose/", {"framework": aim})
    bring(there, before)
    found = json.loads(there.get("/export/profile.json").content)
    expected = json.loads(before)
    assert found.keys() == expected.keys()
    for name in expected.keys() - {"account"}:
        assert found[name] == expected[name], name
    for name in expected["account"].keys() - {"events"}:
        assert found["account"][name] == expected["account"][name], name
    assert found["account"]["events"] == expected["account"]["events"]


def test_an_export_that_aims_at_another_model_says_which(member: Client, there: Client) -> None:
    framework_load(read_framework_file(json.dumps(package()).encode()).document)
    member.post("/model/choose/", {"framework": "doc"})
    answer = there.post("/import/", {"file": SimpleUploadedFile("p.json", member.get("/export/profile.json").content)})
    assert answer.status_code == 422
    assert "it aims at the model “Arts”" in answer.content.decode()


@pytest.mark.parametrize("aim", ["own", "ml-architect"])
def test_what_was_said_under_each_model_comes_back_as_the_same_bytes(member: Client, user: User, aim: str) -> None:
    skills = [competency(key, targets={"one": 3}) for key in "xyz"]
    roles = [{"id": "own-scientist", "titles": ["Data Scientist"], "base": {"y": 2}}]
    certificates = [{"id": "own-cert", "title": "Certified Kubernetes Administrator", "grants": {"z": 2}}]
    evidence = {"roles": roles, "certifications": certificates}
    framework_load(checked(smallest(id="own", title="Own", competencies=skills, evidence=evidence)))
    rows = [
        Role(user=user, title="Data Scientist", start="2016"),
        Role(user=user, title="Wizard", start="2017"),
        Certification(user=user, name="Certified Kubernetes Administrator", on="2022"),
        ListedSkill(user=user, text="Tables"),
        ListedSkill(user=user, text="Nothing much"),
    ]
    for row in rows:
        item_save(user=user, row=row)
    for row, ours, own in zip(rows, ("ml-engineer", "", "cka", "cs.sql"), ("", "own-scientist", "", "x"), strict=False):
        for framework, rule in (("ml-architect", ours), ("own", own)):
            member.post("/model/choose/", {"framework": framework})
            item_count_as(user=user, row=row, rule=rule)
    for framework, rule in (("", "ml-engineer"), ("own", "own-scientist")):
        MatchAnswer.objects.create(user=user, section="roles", text="wizard", framework=framework, rule=rule)
    member.post("/model/choose/", {"framework": aim})
    before = member.get("/export/profile.json").content
    fields = ("rule", "match", "elsewhere")
    kept = [list(model.objects.order_by("id").values_list(*fields)) for model in (Role, Certification, ListedSkill)]
    user.delete()
    again = User.objects.create_user("ada", "ada@example.org")
    member.force_login(again)
    member.post("/model/choose/", {"framework": aim})
    bring(member, before)
    assert member.get("/export/profile.json").content == before
    found = [list(model.objects.order_by("id").values_list(*fields)) for model in (Role, Certification, ListedSkill)]
    assert [sorted(map(str, part)) for part in found] == [sorted(map(str, part)) for part in kept]
    assert kept[0][0] == ("ml-engineer", "confirmed", {"own": ["", "refused"]})
    document = json.loads(before)
    families = [role.get("family") for role in document["roles"]]
    assert families == (["none", "own-scientist"] if aim == "own" else ["ml-engineer", "none"])
    last = Event.objects.filter(user=again).exclude(kind=Event.Kind.IMPORT).latest("id")
    assert last.pk in undoable(person_ensure(user=again), [last])


@pytest.mark.parametrize(
    "elsewhere",
    [5, [], {"own": 5}, {"own": ["x"]}, {"own": ["", "confirmed"]}, {"own": ["x", "refused"]},
     {"own": ["x", "matched"]}, {"own": [5, "confirmed"]}, {"": ["x", "confirmed"]},
     {"own": ["x" * 81, "confirmed"]}, {"o" * 81: ["x", "confirmed"]},
     {f"own{number}": ["x", "confirmed"] for number in range(51)}],
)  # fmt: skip
def test_answers_of_another_shape_are_left_out(there: Client, other_user: User, elsewhere: Any) -> None:
    role = {"title": "Wizard", "match": "none", "elsewhere": elsewhere, "as_saved": elsewhere}
    rows = {"role:1": {**ROLE, "elsewhere": elsewhere}}
    document = {"schema": "mlarch-profile/1", "roles": [role], "account": {"events": [event(after=rows)]}}
    bring(there, json.dumps(document).encode())
    assert Role.objects.values_list("rule", "match", "elsewhere").get(user=other_user) == ("", "none", {})
    assert Event.objects.get(user=other_user, title="Added Python").after is None


@pytest.mark.parametrize(
    "given",
    [
        [],
        {"claim:none.such": {"level": 1}},
        {"degree:1": {}},
        {"claim:cs.python": None},
        {
            "claim:none.such": {
                "level": 1,
                "on": None,
                "origin": "tick",
                "note": "",
                "link": "",
                "logged_at": "2024-01-01",
            }
        },
    ],
)
def test_what_no_export_says_of_other_models_is_not_offered(there: Client, given: Any) -> None:
    document = {"schema": "mlarch-profile/1", "claims": {"cs.sql": 1}, "account": {"elsewhere": given}}
    assert [group.id for group in proposed(there, document).groups] == ["claims"]
