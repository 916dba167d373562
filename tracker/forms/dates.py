"""Dates as people write them: taken where they are clear, asked again where they are not."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tracker.interchange.dates import read_date, says_open


class ExactDate(forms.CharField):
    """A year, a month or a day, kept as `YYYY[-MM[-DD]]`; empty where it says "now".

    What the calendar does not have and what can be read in two ways is refused, not cut short.
    """

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        if says_open(text):
            return ""
        found = read_date(text)
        if not found.text or found.note:
            raise ValidationError(
                _("Write a year, a month or a day that the calendar has, such as 2019, 2019-03 or 2019-03-14.")
            )
        return found.text
