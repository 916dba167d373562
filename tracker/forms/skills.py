"""What a person says beside a claim, and why a skill is not for her path."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from tracker.models import Claim, Waiver


class NoteForm(forms.ModelForm):
    heading = _("Why you think so")
    link = forms.URLField(
        label=_("Link to something that shows it"), max_length=500, required=False, assume_scheme="https"
    )

    class Meta:
        model = Claim
        fields = ["note", "link"]
        labels = {"note": _("What you did, and where one could see it")}
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}


class WaiveForm(forms.ModelForm):
    heading = _("Not for your path")
    explanation = _("It stays in the model and in every number; pages can show the figures without it.")

    class Meta:
        model = Waiver
        fields = ["reason"]
        labels = {"reason": _("Why (may stay empty)")}
