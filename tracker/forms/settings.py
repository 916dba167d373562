"""What a person sets for herself, and the end of an account."""

from __future__ import annotations

import zoneinfo
from functools import cache
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tracker.engine.framework import Framework
from tracker.forms.start import NEXT, TargetForm
from tracker.models import Preferences

_NO_PLACES = frozenset(("Factory", "localtime", "posixrules"))

Choices = list[tuple[Any, Any]]


class SettingsForm(TargetForm):
    theme = forms.ChoiceField(label=_("Theme"), choices=Preferences.Theme.choices)
    time_zone = forms.ChoiceField(label=_("Time zone"), help_text=_("Days begin and end by it."))

    class Meta(TargetForm.Meta):
        fields = ["stage", "hours_per_week", "budget", "theme", "time_zone"]

    def __init__(self, framework: Framework, *args: Any, next_stage: str = "", **kwargs: Any) -> None:
        super().__init__(framework, *args, **kwargs)
        first = (NEXT, _("the next one not reached, now: %s") % next_stage)
        stages = [(stage.id, stage.name) for stage in framework.stages]
        self.fields["stage"] = forms.ChoiceField(label=_("Target"), required=False, choices=[first, *stages])
        self.fields["time_zone"].choices = zone_choices()  # type: ignore[attr-defined]


@cache
def zone_choices() -> Choices:
    """Every zone of the machine's zone files, by continent; what is no continent's (UTC, EST) comes last."""
    regions: dict[str, Choices] = {}
    for zone in sorted(zoneinfo.available_timezones() - _NO_PLACES):
        region, _slash, place = zone.partition("/")
        name = place.replace("_", " ").replace("/", ", ") if place else zone
        regions.setdefault(region if place else str(_("Others")), []).append((zone, name))
    others = regions.pop(str(_("Others")), [])
    return [*regions.items(), (_("Others"), others)]


class DeleteForm(forms.Form):
    """The password, asked once more before everything goes."""

    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    helper = FormHelper()
    helper.form_tag = False

    def __init__(self, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        given: str = self.cleaned_data["password"]
        if not self.user.check_password(given):
            raise ValidationError(_("This is not your password."))
        return given
