"""How a person's profile changed, and where it stands now."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from tracker.models.framework import Release
from tracker.models.profile import OwnedQuerySet


class Event(models.Model):
    """One write: what changed, from what, to what, and the readiness after it. Appended, never rewritten.

    `before` and `after` hold the whole of what changed (None: it was not there), so that undoing is possible while
    the entity still equals `after`. `readiness`: stage key -> [claimed, backed], fractions in [0, 1].
    """

    class Kind(models.TextChoices):
        START = "start", _("Started")
        CLAIM = "claim", _("Skill")
        WAIVER = "waiver", _("Waived")
        DEGREE = "degree", _("Degree")
        ROLE = "role", _("Role")
        CERTIFICATION = "certification", _("Certificate")
        ACTIVITY = "activity", _("Activity")
        SKILL = "skill", _("Listed skill")
        RESOURCE = "resource", _("Resource")
        MILESTONE = "milestone", _("Milestone")
        PLAN = "plan", _("Plan")
        EFFORT = "effort", _("Hours")
        IMPORT = "import", _("Import")
        UPGRADE = "upgrade", _("Model")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=13, choices=Kind)
    key = models.CharField(max_length=80, blank=True)
    title = models.CharField(max_length=300)
    before = models.JSONField(null=True, blank=True)
    after = models.JSONField(null=True, blank=True)
    logged_at = models.DateTimeField()
    effective_on = models.DateField(null=True, blank=True)
    readiness = models.JSONField(default=dict)
    framework_version = models.CharField(max_length=80, blank=True)
    undoes = models.OneToOneField("self", null=True, blank=True, on_delete=models.CASCADE, related_name="undone_by")

    objects = OwnedQuerySet.as_manager()

    class Meta:
        ordering = ["-logged_at", "-id"]
        indexes = [
            models.Index(fields=["user", "-logged_at", "-id"], include=["readiness"], name="events_of_user"),
            models.Index(fields=["user", "kind", "key"], name="events_of_entity"),
        ]

    def __str__(self) -> str:
        return self.title


class State(models.Model):
    """What the engine said after the last write: read by every page, written with every write.

    Valid for one release and month (open roles grow, shelf lives pass); see `tracker.state` for the JSON.
    `sequences` is filled at its first read.
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="+")
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="+")
    as_of = models.DateField()
    revision = models.PositiveBigIntegerField(default=0)
    levels = models.JSONField(default=dict)
    grounds = models.JSONField(default=dict)
    path = models.JSONField(default=dict)
    sequences = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"state of {self.user_id}"
