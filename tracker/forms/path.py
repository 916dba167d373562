"""Logging a habit in one line, and giving one's word on a milestone."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tracker.engine.framework import Habit
from tracker.forms.dates import ExactDate
from tracker.interchange.dates import day_of

NOTE_LENGTH = 1000


class PastDate(ExactDate):
    """A written date that has come by the person's today."""

    def __init__(self, *, today: date, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.today = today

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        on = day_of(text)
        if on and on > self.today:
            raise ValidationError(_("This day is still ahead."))
        return text


class HabitForm(forms.Form):
    """One line: what it was, when, and of which kind where the habit counts several."""

    title = forms.CharField(max_length=300, required=False)
    hours = forms.DecimalField(required=False, min_value=0, max_value=9999, max_digits=5, decimal_places=1)
    note = forms.CharField(max_length=NOTE_LENGTH, required=False)
    kind = forms.ChoiceField(required=False)

    def __init__(self, habit: Habit, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.habit = habit
        self.fields["kind"].choices = [(kind, kind) for kind in habit.kinds]  # type: ignore[attr-defined]
        self.fields["on"] = PastDate(today=today, required=False, max_length=40)

    def clean_kind(self) -> str:
        return self.cleaned_data["kind"] or self.habit.kinds[0]

    def clean_title(self) -> str:
        return self.cleaned_data["title"] or self.habit.name


class WordForm(forms.Form):
    """Met (on a day, if it is known), not met, or left to what is logged."""

    word = forms.ChoiceField(choices=[("met", _("met")), ("open", _("not met")), ("rules", _("as logged"))])

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"] = PastDate(today=today, required=False, max_length=40)

    @property
    def met(self) -> bool | None:
        return {"met": True, "open": False, "rules": None}[self.cleaned_data["word"]]
