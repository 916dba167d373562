"""What a person plans and spends: plans, the questions solved for them, hours, weeks off, own figures of resources."""

from __future__ import annotations

from decimal import Decimal

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tracker import clock
from tracker.models.framework import KEY_LENGTH, Release, Resource
from tracker.models.profile import Owned

HOURS_IN_A_WEEK = 168
LEAST_HOURS = Decimal("0.1")  # of an entry, and of a resource
MOST_OWN_HOURS = 5000  # of one resource: two and a half years of full weeks


class Solve(models.Model):
    """One question put to the solver, and its answer once it is there.

    `key` is a digest of everything that the answer depends on, so that the same question is never solved twice.
    `question` and `answer`: see `tracker.plan_form`. Made by reading a page, never part of the log or of an export.
    """

    class Status(models.TextChoices):
        WAITING = "waiting", _("waiting for its turn")
        SOLVING = "solving", _("being solved")
        DONE = "done", _("solved")
        FAILED = "failed", _("failed")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False)
    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=64)
    question = models.JSONField()
    answer = models.JSONField(null=True, blank=True)
    status = models.CharField(max_length=7, choices=Status, default=Status.WAITING)
    requested_at = models.DateTimeField(default=clock.now)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="one_solve_a_question")]
        indexes = [
            models.Index(fields=["user", "-requested_at"], name="solves_of_user"),
            models.Index(fields=["status", "started_at"], name="solves_running"),
        ]

    def __str__(self) -> str:
        return f"{self.key[:8]}: {self.status}"


class Plan(Owned):
    """A plan that a person accepted; at most one is under way (`closed_on` empty). Closed ones stay readable.

    `question` and `answer` as they were solved; the steps count from Monday `starts_on`.
    """

    stage = models.CharField(max_length=KEY_LENGTH)
    question = models.JSONField()
    answer = models.JSONField()
    starts_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["user", "-id"], name="plans_of_user")]
        constraints = [
            models.UniqueConstraint(fields=["user"], condition=Q(closed_on=None), name="one_plan_under_way"),
        ]

    def __str__(self) -> str:
        return f"plan for {self.stage} from {self.starts_on}"


class SkippedStep(Owned):
    """A step that is left out of the plan under way and of those that follow it, until it is taken up again."""

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "resource"], name="one_skip_a_resource")]

    def __str__(self) -> str:
        return str(self.resource_id)


class Effort(Owned):
    """Hours spent learning on a day, on a resource of the framework (by its key) or on anything."""

    on = models.DateField()
    hours = models.DecimalField(
        max_digits=4,
        decimal_places=1,
        validators=[MinValueValidator(LEAST_HOURS), MaxValueValidator(HOURS_IN_A_WEEK)],
    )
    resource = models.CharField(max_length=KEY_LENGTH, blank=True)

    class Meta:
        indexes = [models.Index(fields=["user", "on"], name="effort_of_user")]
        constraints = [
            models.CheckConstraint(condition=Q(hours__gt=0, hours__lte=HOURS_IN_A_WEEK), name="effort_hours"),
        ]

    def __str__(self) -> str:
        return f"{self.hours} h on {self.on}"


class WeekOff(Owned):
    """A week (by its Monday) in which plan, pace and habits pause."""

    week = models.DateField()

    class Meta:
        verbose_name_plural = "weeks off"
        constraints = [models.UniqueConstraint(fields=["user", "week"], name="one_row_a_week_off")]

    def __str__(self) -> str:
        return str(self.week)


class ResourceOverride(Owned):
    """A person's own figures of a resource: what is empty stays as the catalogue has it."""

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="+")
    hours = models.DecimalField(
        max_digits=6, decimal_places=1, null=True, blank=True, validators=[MinValueValidator(LEAST_HOURS)]
    )
    cost = models.DecimalField(max_digits=8, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)])
    url = models.URLField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "resource"], name="one_override_a_resource"),
            models.CheckConstraint(condition=Q(hours=None) | Q(hours__gt=0), name="override_hours"),
            models.CheckConstraint(condition=Q(cost=None) | Q(cost__gte=0), name="override_cost"),
        ]

    def __str__(self) -> str:
        return str(self.resource_id)


class CalendarFeed(models.Model):
    """The secret address of a person's calendar. A new `number` makes the earlier address worthless."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="+")
    number = models.PositiveIntegerField(default=1)
    is_open = models.BooleanField(default=True)
    made_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"calendar of {self.user_id}"
