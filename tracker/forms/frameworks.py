"""Bringing a competency framework."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tracker.engine.framework import TOP_LEVEL
from tracker.forms.brought import file_field
from tracker.interchange.framework import FrameworkError
from tracker.interchange.outside_framework import PLAIN_TARGET
from tracker.interchange.readers import MOST_BYTES
from tracker.reading_apart import framework_apart
from tracker.services.frameworks import framework_check

ACCEPTED = ".json,.yaml,.yml,.zip"
MOST_ERRORS = 50


class FrameworkForm(forms.Form):
    """A framework's file; `cleaned_data["read"]` is the `FrameworkFile` that it holds, checked."""

    file = file_field(_("File"), ACCEPTED, _("JSON, YAML or ZIP, up to 5 MB."))
    target = forms.TypedChoiceField(
        label=_("Level asked of every skill"),
        coerce=int,
        choices=[(level, level) for level in range(1, TOP_LEVEL + 1)],
        initial=PLAIN_TARGET,
        help_text=_("For files that ask no levels themselves: CASE and DIRECT. Our own form says what it asks."),
    )

    helper = FormHelper()
    helper.form_tag = False

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        file = given.get("file")
        if self.errors:
            return given
        if file is None:
            self.add_error("file", ValidationError(_("Choose a file.")))
            return given
        try:
            given["read"] = framework_apart(file.read(MOST_BYTES + 1), target=given["target"])
            framework_check(given["read"].document)
        except FrameworkError as error:
            self.add_error("file", [ValidationError(line) for line in _lines(file.name, error)])
        return given


def _lines(name: str, error: FrameworkError) -> Iterator[str]:
    """As many of the lines as a person reads, each with the file's name."""
    yield from (f"{name}: {line}" for line in error.lines[:MOST_ERRORS])
    more = len(error.lines) - MOST_ERRORS
    if more > 0:
        yield str(_("and %(more)d more") % {"more": more})
