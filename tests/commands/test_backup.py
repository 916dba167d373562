"""`backup` and `restore`: everything in one file and back, all or nothing."""

from __future__ import annotations

import json
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from tests.plans import solved
from tracker import clock
from tracker.models import (
    Claim,
    Effort,
    Event,
    Plan,
    Resource,
    ResourceOverride,
    SkippedStep,
    Solve,
    State,
    WeekOff,
)
from tracker.services.claims import claim_set
from tracker.services.effort import effort_log
from tracker.services.own_figures import figures_set
from tracker.services.plans import plan_accept, step_skip
from tracker.services.weeks_off import week_off_mark

pytestmark = pytest.mark.django_db


def backup(file: Path, **options: object) -> str:
    out = StringIO()
    call_command("backup", str(file), stdout=out, **options)
    return out.getvalue()


def restore(file: Path, **options: object) -> str:
    out = StringIO()
    call_command("restore", str(file), stdout=out, **options)
    return out.getvalue()


def test_what_was_backed_up_comes_back_as_it_was(user: User, tmp_path: Path) -> None:
    claim_set(user=user, competency="cs.python", level=3)
    event, state = Event.objects.get(), State.objects.get()
    file = tmp_path / "all.json.gz"
    assert "personal data" in backup(file)
    assert file.stat().st_mode & 0o777 == 0o600
    user.delete()
    assert "Restored 1 account" in restore(file, replace=True)
    again = User.objects.get()
    assert again.check_password("correct horse battery")
    assert Claim.objects.get(user=again).level == 3
    assert Event.objects.get().logged_at == event.logged_at
    assert State.objects.get().levels == state.levels


def test_hours_weeks_off_and_own_figures_come_back_too(user: User, tmp_path: Path) -> None:
    today = clock.today_in("UTC")
    effort_log(user=user, on=today, hours=Decimal("1.5"))
    week_off_mark(user=user, day=today)
    figures_set(user=user, resource=Resource.objects.get(key="r.google-mlcc"), cost=Decimal("9.95"))
    file = tmp_path / "all.json"
    backup(file)
    restore(file, replace=True)
    again = User.objects.get()
    assert Effort.objects.get(user=again).hours == Decimal("1.5")
    assert WeekOff.objects.get(user=again).week <= today
    assert ResourceOverride.objects.get(user=again).cost == Decimal("9.95")


def test_plans_come_back_and_questions_to_the_solver_are_asked_again(user: User, tmp_path: Path) -> None:
    plan_accept(user=user, solve=solved(user), query="mode=most")
    step_skip(user=user, resource="r.coursera-ml-spec")
    answer = Plan.objects.get().answer
    file = tmp_path / "all.json"
    backup(file)
    restore(file, replace=True)
    assert Plan.objects.get(closed_on=None).answer == answer
    assert SkippedStep.objects.get().resource.key == "r.coursera-ml-spec"
    assert not Solve.objects.exists()


def test_accounts_are_never_written_over_unasked(user: User, tmp_path: Path) -> None:
    file = tmp_path / "all.json"
    backup(file)
    with pytest.raises(CommandError, match="--replace removes them first"):
        restore(file)
    assert User.objects.filter(pk=user.pk).exists()


def test_a_broken_file_changes_nothing(user: User, tmp_path: Path) -> None:
    file = tmp_path / "broken.json"
    file.write_text(json.dumps([{"model": "tracker.unicorn", "pk": 1, "fields": {}}]))
    with pytest.raises(CommandError, match="nothing has changed"):
        restore(file, replace=True)
    assert User.objects.filter(pk=user.pk).exists()


def test_a_backup_is_not_written_over_another(tmp_path: Path, user: User) -> None:
    file = tmp_path / "all.json"
    backup(file)
    with pytest.raises(CommandError, match="is there already"):
        backup(file)
    backup(file, force=True)


@pytest.mark.parametrize(("name", "said"), [("all.sql", "ends with"), ("nowhere/all.json", "no folder")])
def test_a_name_that_cannot_be_is_refused(tmp_path: Path, name: str, said: str) -> None:
    with pytest.raises(CommandError, match=said):
        backup(tmp_path / name)


@pytest.mark.parametrize("name", ["missing.json", "notes.txt"])
def test_a_file_that_is_no_backup_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "notes.txt").write_text("hello")
    with pytest.raises(CommandError):
        restore(tmp_path / name)
