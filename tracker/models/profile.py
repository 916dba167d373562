"""What a person logs. Every row has one owner, and every index begins with it.

Dates are kept as they were written (a year, a month or a day), see `tracker.engine.dates`. Texts that were matched
to a rule of the framework keep the text, the rule's key and how the match came about.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tracker import clock
from tracker.engine.dates import parse_date
from tracker.models.framework import KEY_LENGTH, Competency, Framework, Milestone, Resource, level_field

TEXT_LENGTH = 5000


def validate_partial_date(text: str) -> None:
    try:
        parse_date(text)
    except ValueError as error:
        raise ValidationError(str(error)) from error


class PartialDateField(models.CharField):
    """A day, a month or a year of the calendar, as it was written; empty: not known."""

    default_validators = [validate_partial_date]

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("max_length", 10)
        options.setdefault("blank", True)
        options.setdefault("default", "")
        super().__init__(*args, **options)


class OwnedQuerySet(models.QuerySet):
    def for_user(self, user: object) -> Self:
        """Only what belongs to this user."""
        return self.filter(user=user)


class Owned(models.Model):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False)
    logged_at = models.DateTimeField(default=clock.now, editable=False)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        abstract = True


class Match(models.TextChoices):
    """How a text came to its rule."""

    MATCHED = "matched", _("matched")
    CONFIRMED = "confirmed", _("confirmed by you")
    UNSURE = "unsure", _("to be asked")
    NONE = "none", _("matches nothing")
    REFUSED = "refused", _("refused by you")


class MatchedText(Owned):
    """A logged item whose text was matched: `rule` is the key of what it counts as in the shipped model, empty if
    nothing (see `queries.counting`)."""

    rule = models.CharField(max_length=KEY_LENGTH, blank=True)
    match = models.CharField(max_length=10, choices=Match, default=Match.NONE)
    elsewhere = models.JSONField(
        default=dict,
        blank=True,
        editable=False,
        help_text=_("Key of a framework with rules of its own -> rule and match, as the person said under it."),
    )

    class Meta:
        abstract = True


class MatchAnswer(Owned):
    """What a person once said that a text of a file means, for the next file: a rule's key, or empty for nothing."""

    section = models.CharField(max_length=15)
    text = models.CharField(max_length=300, help_text=_("Case and spaces folded."))
    framework = models.CharField(
        max_length=KEY_LENGTH, blank=True, help_text=_("Key of the one whose rule it is; empty: the shipped model.")
    )
    rule = models.CharField(max_length=KEY_LENGTH, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "section", "text", "framework"], name="one_answer_a_text")
        ]

    def __str__(self) -> str:
        return f"{self.text}: {self.rule or 'nothing'}"


class Preferences(models.Model):
    """What a person asks of the product. `stage` empty: the next one not reached."""

    class Theme(models.TextChoices):
        AUTO = "auto", _("as the device says")
        LIGHT = "light", _("light")
        DARK = "dark", _("dark")

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="+")
    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="+")
    stage = models.CharField(max_length=KEY_LENGTH, blank=True)
    hours_per_week = models.DecimalField(
        max_digits=4, decimal_places=1, default=6, validators=[MinValueValidator(0), MaxValueValidator(80)]
    )
    budget = models.DecimalField(
        max_digits=8, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)],
        help_text=_("US dollars in all; empty: no limit."),
    )  # fmt: skip
    theme = models.CharField(max_length=5, choices=Theme, default=Theme.AUTO)
    time_zone = models.CharField(max_length=64, default="UTC")
    start_step = models.PositiveSmallIntegerField(default=1, help_text=_("Step of the start still ahead; 5: done."))
    cards = models.JSONField(default=dict, blank=True, help_text=_("Area key -> stage key tapped at the start."))
    set_aside = models.JSONField(
        default=dict,
        blank=True,
        editable=False,
        help_text=_("Framework key -> stage and cards, while another is the target."),
    )
    visited_at = models.DateTimeField(null=True, blank=True, editable=False)
    previous_visit_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name_plural = "preferences"
        constraints = [
            models.CheckConstraint(condition=Q(hours_per_week__gte=0, hours_per_week__lte=80), name="hours_a_week"),
            models.CheckConstraint(condition=Q(budget__gte=0) | Q(budget=None), name="budget_not_negative"),
        ]

    def __str__(self) -> str:
        return f"preferences of {self.user_id}"

    @cached_property
    def current_release_id(self) -> int | None:
        """The current release of the framework; in hand where the preferences were read for a page."""
        return self.framework.current_release_id


class Claim(Owned):
    """The level that the person ticked. One a competency; its origin says which act set it."""

    class Origin(models.TextChoices):
        TICK = "tick", _("ticked by you")
        CARD = "card", _("from an area card")
        QUESTION = "question", _("from a question")
        OFFER = "offer", _("confirmed out of what your roles offer")
        IMPORT = "import", _("from an import")

    competency = models.ForeignKey(Competency, on_delete=models.CASCADE, related_name="+")
    level = level_field()
    on = models.DateField(null=True, blank=True)
    origin = models.CharField(max_length=8, choices=Origin, default=Origin.TICK)
    note = models.CharField(max_length=1000, blank=True)
    link = models.URLField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "competency"], name="one_claim_a_competency"),
            models.CheckConstraint(condition=Q(level__gte=0, level__lte=5), name="claim_level"),
        ]

    def __str__(self) -> str:
        return f"{self.competency_id}: {self.level}"


class Waiver(Owned):
    """Not for my path: stays in every number, pages can show figures without it."""

    competency = models.ForeignKey(Competency, on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "competency"], name="one_waiver_a_competency")]

    def __str__(self) -> str:
        return str(self.competency_id)


class Degree(MatchedText):
    class Level(models.TextChoices):
        SECONDARY = "secondary", _("secondary school")
        ASSOCIATE = "associate", _("associate, or vocational")
        BACHELOR = "bachelor", _("bachelor")
        MASTER = "master", _("master")
        DOCTORATE = "doctorate", _("doctorate")
        BOOTCAMP = "bootcamp", _("bootcamp")
        OTHER = "other", _("other")

    level = models.CharField(max_length=10, choices=Level)
    field = models.CharField(max_length=300)
    title = models.CharField(max_length=500, blank=True)
    institution = models.CharField(max_length=300, blank=True)
    start = PartialDateField()
    end = PartialDateField()
    completed = models.BooleanField(default=True)

    class Meta:
        indexes = [models.Index(fields=["user", "end"], name="degree_of_user")]

    def __str__(self) -> str:
        return self.title or f"{self.get_level_display()}, {self.field}"


class Role(MatchedText):
    title = models.CharField(max_length=300)
    employer = models.CharField(max_length=300, blank=True)
    start = PartialDateField()
    end = PartialDateField(help_text=_("Empty: you still hold it."))
    summary = models.TextField(max_length=TEXT_LENGTH, blank=True)

    class Meta:
        indexes = [models.Index(fields=["user", "start"], name="role_of_user")]

    def __str__(self) -> str:
        return f"{self.title}, {self.employer}" if self.employer else self.title


class Certification(MatchedText):
    name = models.CharField(max_length=300)
    issuer = models.CharField(max_length=300, blank=True)
    on = PartialDateField()
    expires = PartialDateField()
    url = models.URLField(max_length=500, blank=True)

    class Meta:
        indexes = [models.Index(fields=["user", "on"], name="certification_of_user")]

    def __str__(self) -> str:
        return self.name


class Activity(Owned):
    """Something done: a project, a talk, a paper read. `levels`: competency key -> level that it showed."""

    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=300)
    on = PartialDateField()
    hours = models.DecimalField(
        max_digits=6, decimal_places=1, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    url = models.URLField(max_length=500, blank=True)
    note = models.TextField(max_length=TEXT_LENGTH, blank=True)
    levels = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name_plural = "activities"
        indexes = [models.Index(fields=["user", "kind", "on"], name="activity_of_user")]

    def __str__(self) -> str:
        return self.title


class ListedSkill(MatchedText):
    """A skill that an imported file merely lists; `rule` is the key of the competency."""

    text = models.CharField(max_length=300)
    on = PartialDateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "text"], name="one_row_a_listed_skill")]

    def __str__(self) -> str:
        return self.text


class ResourceMark(Owned):
    """What a person did with a resource."""

    class Status(models.TextChoices):
        STARTED = "started", _("started")
        FINISHED = "finished", _("finished")
        DISMISSED = "dismissed", _("not for me")

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="+")
    status = models.CharField(max_length=9, choices=Status)
    on = PartialDateField()
    hours = models.DecimalField(
        max_digits=6, decimal_places=1, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    rating = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "resource"], name="one_mark_a_resource"),
            models.CheckConstraint(condition=Q(rating=None) | Q(rating__gte=1, rating__lte=5), name="mark_rating"),
        ]

    def __str__(self) -> str:
        return f"{self.resource_id}: {self.status}"


class MilestoneWord(Owned):
    """The person's own word on a milestone: met (on a day, if given) or not met, whatever the rules find."""

    milestone = models.ForeignKey(Milestone, on_delete=models.CASCADE, related_name="+")
    met = models.BooleanField()
    on = PartialDateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "milestone"], name="one_word_a_milestone")]

    def __str__(self) -> str:
        return f"{self.milestone_id}: {self.met}"
