"""Logging a habit in one line, and giving one's word on a milestone."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tracker.engine.framework import Habit
from tracker.models.profile import validate_partial_date


class HabitForm(forms.Form):
    """One line: what it was, when, and of which kind where the habit counts several."""

    title = forms.CharField(max_length=300, required=False)
    on = forms.CharField(max_length=10, required=False, validators=[validate_partial_date])
    hours = forms.DecimalField(required=False, min_value=0, max_value=9999, max_digits=5, decimal_places=1)
    kind = forms.ChoiceField(required=False)

    def __init__(self, habit: Habit, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.habit = habit
        self.fields["kind"].choices = [(kind, kind) for kind in habit.kinds]  # type: ignore[attr-defined]

    def clean_kind(self) -> str:
        return self.cleaned_data["kind"] or self.habit.kinds[0]

    def clean_title(self) -> str:
        return self.cleaned_data["title"] or self.habit.name


class WordForm(forms.Form):
    """Met (on a day, if it is known), not met, or left to what is logged."""

    word = forms.ChoiceField(choices=[("met", _("met")), ("open", _("not met")), ("rules", _("as logged"))])
    on = forms.CharField(max_length=10, required=False, validators=[validate_partial_date])

    @property
    def met(self) -> bool | None:
        return {"met": True, "open": False, "rules": None}[self.cleaned_data["word"]]
