"""The curators' desk: every list and form opens, and publishing says what it did."""

from __future__ import annotations

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from tracker.models import Competency, Framework, Release

pytestmark = pytest.mark.django_db
TRACKER = [model for model in admin.site._registry if model._meta.app_label == "tracker"]


@pytest.fixture
def curator(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("curator"))
    return client


@pytest.mark.parametrize("model", TRACKER, ids=lambda model: model._meta.model_name)
def test_each_list_and_form_opens(curator: Client, model: type) -> None:
    name = f"admin:tracker_{model._meta.model_name}"
    assert curator.get(reverse(f"{name}_changelist"), {"q": "a"}).status_code == 200
    row = model._default_manager.first()
    assert curator.get(reverse(f"{name}_change", args=[row.pk])).status_code == 200


def publish(curator: Client) -> str:
    row = Framework.objects.get()
    data = {"action": "publish", "_selected_action": [row.pk]}
    return curator.post(reverse("admin:tracker_framework_changelist"), data, follow=True).content.decode()


def test_a_changed_draft_is_published(curator: Client) -> None:
    Competency.objects.filter(key="cs.r").update(name="R for reports")
    assert "release 2 is published" in publish(curator)
    assert Release.objects.count() == 2


def test_an_unchanged_draft_is_not(curator: Client) -> None:
    assert "nothing to publish" in publish(curator)
    assert Release.objects.count() == 1


def test_a_wrong_draft_is_refused_with_its_problems(curator: Client) -> None:
    Competency.objects.update(summary="")
    for stage in Framework.objects.get().stage_set.filter(key="architect"):
        stage.targets.update(level=0)
    page = publish(curator)
    assert "is not published" in page
    assert "the target falls from" in page and "more" in page
    assert Release.objects.count() == 1


def test_releases_cannot_be_changed(curator: Client) -> None:
    release = Release.objects.get()
    assert curator.post(reverse("admin:tracker_release_change", args=[release.pk]), {}).status_code == 403
    assert curator.post(reverse("admin:tracker_release_delete", args=[release.pk]), {}).status_code == 403
    assert curator.get(reverse("admin:tracker_release_add")).status_code == 403


def test_who_is_no_curator_does_not_get_in(member: Client) -> None:
    assert member.get(reverse("admin:tracker_framework_changelist")).status_code in (302, 403)
