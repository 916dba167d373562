"""The curators' desk: rows are a draft; "publish" checks them and makes what users see."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from tracker.interchange.framework import FrameworkError
from tracker.models.framework import (
    Area,
    Competency,
    EvidenceRule,
    Framework,
    Habit,
    Milestone,
    Prerequisite,
    Release,
    Resource,
    Stage,
    Support,
    Target,
    Teaching,
)
from tracker.services.frameworks import framework_publish

MOST_MESSAGES = 20


@admin.register(Framework)
class FrameworkAdmin(admin.ModelAdmin):
    list_display = ["title", "key", "version", "current_release"]
    list_select_related = ["current_release"]
    readonly_fields = ["current_release"]
    actions = ["publish"]

    @admin.action(description="Publish the draft")
    def publish(self, request: HttpRequest, queryset: QuerySet[Framework]) -> None:
        for framework in queryset:
            try:
                report = framework_publish(framework)
            except FrameworkError as error:
                self._show(request, framework, error)
                continue
            said = (
                _("%(name)s: release %(number)d is published.")
                if report.changed
                else _("%(name)s: nothing to publish.")
            )
            messages.success(request, said % {"name": framework.title, "number": report.number})

    def _show(self, request: HttpRequest, framework: Framework, error: FrameworkError) -> None:
        messages.error(request, _("%(name)s is not published:") % {"name": framework.title})
        for line in error.lines[:MOST_MESSAGES]:
            messages.error(request, line)
        if len(error.lines) > MOST_MESSAGES:
            messages.error(request, _("and %(more)d more") % {"more": len(error.lines) - MOST_MESSAGES})


@admin.register(Release)
class ReleaseAdmin(admin.ModelAdmin):
    list_display = ["framework", "number", "version", "published_at"]
    list_select_related = ["framework"]
    exclude = ["document"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class RowAdmin(admin.ModelAdmin):
    list_display = ["name", "key", "retired"]
    list_filter = ["framework", "retired"]
    search_fields = ["key", "name"]


admin.site.register([Area, Habit], RowAdmin)


class TargetInline(admin.TabularInline):
    model = Target
    extra = 0


class PrerequisiteInline(admin.TabularInline):
    model = Prerequisite
    fk_name = "competency"
    autocomplete_fields = ["needs"]
    extra = 0


@admin.register(Stage)
class StageAdmin(RowAdmin):
    list_display = ["name", "key", "pass_mark", "retired"]


@admin.register(Competency)
class CompetencyAdmin(RowAdmin):
    list_display = ["name", "key", "area", "weight", "retired"]
    list_filter = ["framework", "area", "retired"]
    list_select_related = ["area"]
    inlines = [TargetInline, PrerequisiteInline]


@admin.register(Milestone)
class MilestoneAdmin(RowAdmin):
    list_display = ["name", "key", "stage", "required", "retired"]
    list_select_related = ["stage"]


@admin.register(EvidenceRule)
class EvidenceRuleAdmin(admin.ModelAdmin):
    list_display = ["key", "section"]
    list_filter = ["framework", "section"]
    search_fields = ["key"]


class TeachingInline(admin.TabularInline):
    model = Teaching
    autocomplete_fields = ["competency"]
    extra = 0


class SupportInline(admin.TabularInline):
    model = Support
    autocomplete_fields = ["competency"]
    extra = 0


@admin.register(Resource)
class ResourceAdmin(RowAdmin):
    list_display = ["title", "key", "kind", "hours", "cost", "status", "retired"]
    list_filter = ["framework", "kind", "mode", "status", "retired"]
    search_fields = ["key", "title", "provider"]
    inlines = [TeachingInline, SupportInline]
