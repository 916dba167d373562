"""The competency model and its catalogue as tables.

The rows are the curators' draft, edited in the admin. Publishing turns them into one checked document, kept as a
`Release`; what users see and what numbers rest on is always a release (see `tracker.services.frameworks`).
"""

from __future__ import annotations

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q

KEY_LENGTH = 80
valid_key = RegexValidator(
    r"^[a-z0-9][a-z0-9._-]{0,79}\Z", "Lower-case letters, digits, dots, dashes and underscores, 80 at most."
)


def key_field(**options: Any) -> models.CharField:
    return models.CharField(max_length=KEY_LENGTH, validators=[valid_key], **options)


def level_field(lowest: int = 0, **options: Any) -> models.PositiveSmallIntegerField:
    bounds = [MinValueValidator(lowest), MaxValueValidator(5)]
    return models.PositiveSmallIntegerField(validators=bounds, **options)


class Framework(models.Model):
    """One competency model. `meta` holds what the document says of itself besides its rows (sources, scale, rules)."""

    key = key_field(unique=True)
    title = models.CharField(max_length=500)
    version = models.CharField(max_length=80, help_text="As the curators name it; shown beside the release number.")
    language = models.CharField(max_length=35, blank=True)
    licence = models.CharField(max_length=500, blank=True)
    meta = models.JSONField(default=dict, blank=True)
    current_release = models.ForeignKey(
        "Release", null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["key"]

    def __str__(self) -> str:
        return self.title


class Release(models.Model):
    """A published document: never changed, numbered from 1 within its framework."""

    framework = models.ForeignKey(Framework, on_delete=models.CASCADE, related_name="releases")
    number = models.PositiveIntegerField()
    version = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, help_text="SHA-256 of the document's JSON.")
    document = models.JSONField()
    published_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["framework", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["framework", "number"], name="release_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="release_number_from_1"),
        ]

    def __str__(self) -> str:
        return f"{self.version} (release {self.number})"


class FrameworkRow(models.Model):
    """A row of a framework. `data` holds the members of the document's object that have no column of their own.

    A row that a later version drops is marked `retired`, never deleted: what users logged may still point at it.
    """

    framework = models.ForeignKey(Framework, on_delete=models.CASCADE)
    key = key_field()
    position = models.PositiveIntegerField(default=0)
    data = models.JSONField(default=dict, blank=True)
    retired = models.BooleanField(default=False)

    class Meta:
        abstract = True
        ordering = ["framework", "position", "key"]
        constraints = [models.UniqueConstraint(fields=["framework", "key"], name="%(class)s_key_once")]

    def __str__(self) -> str:
        return self.key


class Area(FrameworkRow):
    name = models.CharField(max_length=500)

    def __str__(self) -> str:
        return self.name


class Stage(FrameworkRow):
    name = models.CharField(max_length=500)
    pass_mark = models.DecimalField(max_digits=10, decimal_places=9, default=1)

    class Meta(FrameworkRow.Meta):
        constraints = [
            *FrameworkRow.Meta.constraints,
            models.CheckConstraint(condition=Q(pass_mark__range=(0, 1)), name="stage_pass_mark_0_to_1"),
        ]

    def __str__(self) -> str:
        return self.name


class Competency(FrameworkRow):
    """Something a person can do."""

    area = models.ForeignKey(Area, on_delete=models.RESTRICT, related_name="competencies")
    name = models.CharField(max_length=500)
    summary = models.TextField(blank=True)
    weight = models.PositiveSmallIntegerField()
    levels = models.JSONField(default=dict, blank=True, help_text="Level -> what one sees a person do.")
    aliases = models.JSONField(default=list, blank=True)
    shelf_life_months = models.PositiveIntegerField(null=True, blank=True)

    class Meta(FrameworkRow.Meta):
        verbose_name_plural = "competencies"
        constraints = [
            *FrameworkRow.Meta.constraints,
            models.CheckConstraint(condition=Q(weight__range=(1, 100)), name="competency_weight_1_to_100"),
            models.CheckConstraint(
                condition=Q(shelf_life_months__isnull=True) | Q(shelf_life_months__gte=1),
                name="competency_shelf_life_above_0",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Target(models.Model):
    """The level that a stage asks of a competency, and whether it is a must there."""

    stage = models.ForeignKey(Stage, on_delete=models.CASCADE, related_name="targets")
    competency = models.ForeignKey(Competency, on_delete=models.CASCADE, related_name="targets")
    level = level_field()
    must = models.BooleanField(default=False)

    class Meta:
        ordering = ["competency", "stage__position"]
        constraints = [
            models.UniqueConstraint(fields=["stage", "competency"], name="target_once"),
            models.CheckConstraint(condition=Q(level__range=(0, 5)), name="target_level_0_to_5"),
        ]

    def __str__(self) -> str:
        return f"{self.competency_id} at {self.stage_id}: {self.level}"


class Prerequisite(models.Model):
    """Reaching `for_level` or above in `competency` needs `level` in `needs`."""

    competency = models.ForeignKey(Competency, on_delete=models.CASCADE, related_name="prerequisites")
    for_level = level_field(1)
    needs = models.ForeignKey(Competency, on_delete=models.CASCADE, related_name="unlocks")
    level = level_field(1)
    data = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["competency", "for_level", "needs"]
        constraints = [
            models.UniqueConstraint(fields=["competency", "for_level", "needs", "level"], name="prerequisite_once"),
            models.CheckConstraint(condition=Q(for_level__range=(1, 5)), name="prerequisite_for_level_1_to_5"),
            models.CheckConstraint(condition=Q(level__range=(1, 5)), name="prerequisite_level_1_to_5"),
            models.CheckConstraint(condition=~Q(competency=F("needs")), name="prerequisite_not_of_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.competency_id} from {self.for_level} needs {self.needs_id} at {self.level}"


class Milestone(FrameworkRow):
    name = models.CharField(max_length=500)
    stage = models.ForeignKey(Stage, on_delete=models.RESTRICT, related_name="milestones")
    required = models.BooleanField(default=False)
    met_by = models.JSONField(default=list, blank=True)

    def __str__(self) -> str:
        return self.name


class Habit(FrameworkRow):
    name = models.CharField(max_length=500)

    def __str__(self) -> str:
        return self.name


class EvidenceRule(models.Model):
    """What a degree, role, certification or activity is evidence for; `data` as the document gives it."""

    class Section(models.TextChoices):
        DEGREES = "degrees"
        DEGREE_LEVELS = "degree_level_rules"
        ROLES = "roles"
        CERTIFICATIONS = "certifications"
        ACTIVITIES = "activities"

    framework = models.ForeignKey(Framework, on_delete=models.CASCADE, related_name="evidence_rules")
    section = models.CharField(max_length=20, choices=Section)
    key = models.CharField(max_length=KEY_LENGTH)
    position = models.PositiveIntegerField(default=0)
    data = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["framework", "section", "position"]
        constraints = [models.UniqueConstraint(fields=["framework", "section", "key"], name="evidencerule_key_once")]

    def __str__(self) -> str:
        return f"{self.section}: {self.key}"


class Resource(FrameworkRow):
    """A course, book, project, event or practice task. `status` is the curators' word; a `retired` one was dropped."""

    class Mode(models.TextChoices):
        STUDY = "study"
        CREDENTIAL = "credential"
        PRACTICE = "practice"

    class Status(models.TextChoices):
        ACTIVE = "active"
        PAUSED = "paused"
        RETIRED = "retired"

    title = models.CharField(max_length=500)
    kind = models.CharField(max_length=80)
    mode = models.CharField(max_length=10, choices=Mode, default=Mode.STUDY)
    provider = models.CharField(max_length=500, blank=True)
    url = models.CharField(max_length=2000, blank=True)
    hours = models.DecimalField(max_digits=15, decimal_places=6)
    cost = models.DecimalField(max_digits=15, decimal_places=6, default=0)
    language = models.CharField(max_length=35, blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.ACTIVE)
    certification = models.CharField(max_length=KEY_LENGTH, blank=True, help_text="Key of a certification rule.")

    class Meta(FrameworkRow.Meta):
        constraints = [
            *FrameworkRow.Meta.constraints,
            models.CheckConstraint(condition=Q(hours__gt=0), name="resource_hours_above_0"),
            models.CheckConstraint(condition=Q(cost__gte=0), name="resource_cost_from_0"),
            models.CheckConstraint(
                condition=Q(mode__in=["study", "credential", "practice"]), name="resource_mode_known"
            ),
            models.CheckConstraint(
                condition=Q(status__in=["active", "paused", "retired"]), name="resource_status_known"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Teaching(models.Model):
    """A resource takes a competency from level `start` to level `reached`."""

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="teaches")
    competency = models.ForeignKey(Competency, on_delete=models.CASCADE, related_name="taught_by")
    start = level_field()
    reached = level_field(1)
    position = models.PositiveSmallIntegerField(default=0)
    data = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["resource", "position"]
        constraints = [
            models.UniqueConstraint(fields=["resource", "competency"], name="teaching_once"),
            models.CheckConstraint(
                condition=Q(start__gte=0, reached__lte=5, reached__gt=F("start")), name="teaching_rises_0_to_5"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.competency_id}: {self.start} to {self.reached}"


class Support(models.Model):
    """A resource is worth reading on the way to a level, and is credited nothing for it."""

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="supports")
    competency = models.ForeignKey(Competency, on_delete=models.CASCADE, related_name="supported_by")
    level = level_field()
    position = models.PositiveSmallIntegerField(default=0)
    data = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["resource", "position"]
        constraints = [
            models.UniqueConstraint(fields=["resource", "competency", "level"], name="support_once"),
            models.CheckConstraint(condition=Q(level__range=(0, 5)), name="support_level_0_to_5"),
        ]

    def __str__(self) -> str:
        return f"{self.competency_id}: {self.level}"
