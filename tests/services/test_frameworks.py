"""Loading, upgrading and publishing a framework: whole or not at all, and users keep what they logged."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from tests.framework_documents import competency, full, resource, smallest, teaches
from tracker.interchange.framework import FrameworkError, checked, digest, read_framework
from tracker.interchange.shipped import read_folder
from tracker.models import Claim, Competency, Framework, Release, Resource, ResourceMark
from tracker.models.framework import Prerequisite, Target
from tracker.queries.frameworks import current_framework, framework_of
from tracker.services.framework_rows import document_of
from tracker.services.frameworks import Dropped, LoadReport, framework_load, framework_publish

pytestmark = pytest.mark.django_db


def load(document: dict[str, Any]) -> LoadReport:
    return framework_load(checked(document))


def loaded(key: str = "full") -> Framework:
    return Framework.objects.get(key=key)


class TestLoading:
    def test_rows_say_what_the_document_says(self) -> None:
        document = checked(full())
        framework_load(document)
        assert checked(document_of(loaded())) == document

    def test_the_shipped_framework_comes_back_whole_from_its_rows(self) -> None:
        assert checked(document_of(loaded("ml-architect"))) == read_folder()

    def test_the_release_is_the_document_that_was_loaded(self) -> None:
        load(full())
        release = loaded().current_release
        assert release is not None
        assert (release.number, release.version) == (1, "1")
        assert digest(release.document) == release.digest
        assert framework_of(release.pk) == read_framework(full())

    def test_loading_it_again_changes_nothing(self) -> None:
        first = load(full())
        ids = list(Competency.objects.values_list("id", flat=True))
        again = load(full())
        assert (first.changed, again.changed) == (True, False)
        assert list(Competency.objects.values_list("id", flat=True)) == ids
        assert loaded().releases.count() == 1

    def test_the_order_of_members_makes_no_new_release(self) -> None:
        load(full())
        assert not load(dict(reversed(full().items()))).changed

    def test_another_framework_stands_beside_the_shipped_one(self) -> None:
        shipped = current_framework()
        load(full())
        assert current_framework() == shipped

    @pytest.mark.parametrize(
        ("members", "part"),
        [
            ({"competencies": [competency("c", name="x" * 501)]}, "competencies: c: name: "),
            ({"resources": [resource("r", hours=1.23456789)]}, "resources: r: hours: "),
            ({"title": "x" * 501}, "title: "),
        ],
    )
    def test_what_the_tables_have_no_room_for_is_refused_and_nothing_is_touched(
        self, members: dict[str, Any], part: str
    ) -> None:
        with pytest.raises(FrameworkError) as refused:
            load(smallest(**members))
        (line,) = refused.value.lines
        assert line.startswith(part)
        assert not Framework.objects.filter(key="small").exists()


class TestUpgrading:
    def test_a_row_keeps_its_id_when_its_content_changes(self) -> None:
        load(smallest())
        before = Competency.objects.get(framework__key="small", key="c")
        report = load(smallest(version="2", competencies=[competency("c", weight=7)]))
        after = Competency.objects.get(framework__key="small", key="c")
        assert (after.pk, after.weight) == (before.pk, 7)
        assert (report.number, report.version, report.dropped) == (2, "2", ())

    def test_a_renamed_competency_keeps_its_claims(self, user: User) -> None:
        load(smallest())
        row = Competency.objects.get(framework__key="small", key="c")
        Claim.objects.create(user=user, competency=row, level=3)
        report = load(smallest(competencies=[competency("new")], renames={"competencies": {"c": "new"}}))
        assert Claim.objects.get(user=user).competency.key == "new"
        assert report.renamed == (("c", "new"),)
        assert report.dropped == ()

    def test_a_rename_of_what_was_never_there_does_nothing(self) -> None:
        assert load(smallest(renames={"competencies": {"older": "c"}})).renamed == ()

    def test_what_is_dropped_is_retired_and_counted(self, user: User) -> None:
        rows = [competency("c"), competency("d")]
        taught = [resource("r", teaches=[teaches("d", 0, 1)]), resource("s")]
        load(smallest(competencies=rows, resources=taught))
        Claim.objects.create(user=user, competency=Competency.objects.get(framework__key="small", key="d"), level=1)
        ResourceMark.objects.create(user=user, resource=Resource.objects.get(framework__key="small", key="r"))
        report = load(smallest(resources=[resource("s")]))
        assert report.dropped == (Dropped("competencies", "d", 1), Dropped("resources", "r", 1))
        assert Competency.objects.get(framework__key="small", key="d").retired
        assert Claim.objects.filter(user=user).count() == 1

    def test_a_dropped_row_is_reported_once_and_may_return(self) -> None:
        both = [competency("c"), competency("d")]
        load(smallest(competencies=both))
        load(smallest())
        assert load(smallest(title="Third")).dropped == ()
        load(smallest(competencies=both))
        assert not Competency.objects.filter(framework__key="small", retired=True).exists()

    def test_releases_stay_as_they_were(self) -> None:
        load(smallest())
        load(smallest(title="Second"))
        titles = Release.objects.filter(framework__key="small").order_by("number").values_list("document", flat=True)
        assert [document["title"] for document in titles] == ["Small", "Second"]


class TestPublishing:
    def test_a_draft_is_not_seen_before_it_is_published(self) -> None:
        load(full())
        Competency.objects.filter(framework__key="full", key="d").update(weight=3)
        release = loaded().current_release
        assert release is not None
        assert framework_of(release.pk).competency["d"].weight == 9
        report = framework_publish(loaded())
        assert (report.changed, report.number) == (True, 2)
        release = loaded().current_release
        assert release is not None
        assert framework_of(release.pk).competency["d"].weight == 3

    def test_a_draft_that_changes_nothing_makes_no_release(self) -> None:
        load(full())
        report = framework_publish(loaded())
        assert (report.changed, report.number) == (False, 1)

    def test_a_draft_that_is_wrong_is_refused_with_every_problem(self) -> None:
        load(full())
        Target.objects.filter(competency__key="c", stage__key="two").update(level=0)
        Resource.objects.filter(framework__key="full", key="r2").update(hours=Decimal(1))
        with pytest.raises(FrameworkError) as refused:
            framework_publish(loaded())
        assert len(refused.value.lines) == 2
        assert loaded().releases.count() == 1

    def test_workers_see_a_new_release_at_the_next_request(self, django_assert_num_queries: Any) -> None:
        before = current_framework()
        with django_assert_num_queries(1):
            assert current_framework() is before
        row = loaded("ml-architect")
        Competency.objects.filter(framework=row, key="cs.r").update(name="R")
        framework_publish(row)
        after = current_framework()
        assert after is not None and after.competency["cs.r"].name == "R"


class TestConstraints:
    """What must never stand in the tables does not depend on a form."""

    @pytest.mark.parametrize(
        ("model", "values"),
        [
            (Competency, {"weight": 0}),
            (Competency, {"shelf_life_months": 0}),
            (Resource, {"hours": 0}),
            (Resource, {"cost": -1}),
            (Resource, {"status": "gone"}),
            (Resource, {"mode": "magic"}),
            (Target, {"level": 6}),
            (Prerequisite, {"for_level": 0}),
        ],
    )
    def test_the_database_refuses(self, model: Any, values: dict[str, Any]) -> None:
        row = model.objects.first()
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.filter(pk=row.pk).update(**values)
