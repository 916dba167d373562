"""Hours of a day, and a day of the week to take off."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tracker.forms.dates import ExactDate
from tracker.models.plan import HOURS_IN_A_WEEK, LEAST_HOURS

DAY_LENGTH = len("2026-03-02")


class Day(ExactDate):
    """A day as people write it; what is shorter than a day is asked again. A date, None where nothing is written."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 40)
        kwargs.setdefault("widget", forms.TextInput(attrs={"autocomplete": "off", "placeholder": "2026-03-02"}))
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if text and len(text) < DAY_LENGTH:
            raise ValidationError(_("Which day? Write it as 2026-03-14."))
        return date.fromisoformat(text) if text else None


class Hours(forms.DecimalField):
    """Hours, with one decimal at most; a comma is a point."""

    def __init__(self, **kwargs: Any) -> None:
        limits = {"min_value": LEAST_HOURS, "max_value": HOURS_IN_A_WEEK, "max_digits": 4, "decimal_places": 1}
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(widget=widget, **{**limits, **kwargs})

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.replace(",", ".") if isinstance(value, str) else value)


class HoursForm(forms.Form):
    """How many hours, on which day (empty: today), on what (empty: anything)."""

    hours = Hours(
        label=_("Hours"),
        error_messages={
            "required": _("How many hours were it? Write a number, such as 1.5."),
            "invalid": _("Write a number of hours, such as 1.5."),
            "max_value": _("A week has 168 hours."),
            "min_value": _("At least 0.1 hours; an entry that should not be there can be removed."),
            "max_decimal_places": _("One digit after the point is enough: 1.5."),
        },
    )
    on = Day(label=_("Day"), required=False, help_text=_("Empty: today."))
    resource = forms.ChoiceField(label=_("On"), required=False)

    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True

    def __init__(self, *args: Any, resources: Iterable[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["resource"].choices = [("", _("anything")), *resources]  # type: ignore[attr-defined]


class WeekForm(forms.Form):
    """Any day of the week that is meant."""

    day = Day(label=_("Another week, by any of its days"), error_messages={"required": _("Which week? Write a day.")})
