"""Bringing a file."""

from __future__ import annotations

import base64
from dataclasses import replace
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from tracker.engine.framework import Framework
from tracker.forms.brought import BroughtForm, file_field
from tracker.interchange.profile import checked_profile, read_profile
from tracker.interchange.readers import ReadError, Reading
from tracker.interchange.reading import OWN_FORMAT, Columns, Table
from tracker.queries.frameworks import loaded_frameworks
from tracker.reading_apart import read_apart

MOST_TABLE_BYTES = 500_000
ACCEPTED = ".json,.zip,.csv,.xml,.pdf,.docx,.html,.htm,.txt,.md,.png,.svg,.jwt"


class UploadForm(BroughtForm):
    """A file or pasted text; `cleaned_data["reading"]` is what was read, its document found valid."""

    file = file_field(_("File"), ACCEPTED)
    text = forms.CharField(
        label=_("Or paste its text"), required=False, strip=False, widget=forms.Textarea(attrs={"rows": 6})
    )
    next = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)

    def __init__(self, framework: Framework, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.framework = framework

    def take(self, given: dict[str, Any], text: str, data: bytes | None) -> None:
        reading = read_apart(text.encode() if data is None else data)
        about = reading.document.get("framework")
        aims_at = about.get("id") if isinstance(about, dict) else None
        other = next((row for row in loaded_frameworks() if row.key == aims_at != self.framework.id), None)
        if other:
            raise ReadError(
                _("it aims at the model “%(title)s”: aim at that on the Model page, then bring it again")
                % {"title": other.title}
            )
        given["reading"] = _taken(reading, self.framework)

    @property
    def table_data(self) -> str:
        """The table itself, kept until it is confirmed so that it can be read by other columns; empty for what is
        none, or too large to be kept."""
        reading: Reading = self.cleaned_data["reading"]
        file = self.cleaned_data.get("file")
        if reading.table is None:
            return ""
        if file is None:
            data = self.cleaned_data["text"].encode()
        else:
            file.seek(0)
            data = file.read()
        return base64.b64encode(data).decode() if len(data) <= MOST_TABLE_BYTES else ""

    @property
    def name(self) -> str:
        """What the file is called, for the log."""
        file = self.cleaned_data.get("file")
        return str(file.name) if file else str(_("pasted text"))


class ColumnsForm(forms.Form):
    """Which columns of a table are the skill, its level and its day; `reading` is the table read by them."""

    name = forms.TypedChoiceField(label=_("The skill"), coerce=int)
    level = forms.TypedChoiceField(label=_("Its level"), coerce=int, required=False, empty_value=None)
    date = forms.TypedChoiceField(label=_("When"), coerce=int, required=False, empty_value=None)

    helper = FormHelper()
    helper.form_tag = False

    def __init__(self, table: Table | None, framework: Framework, data: str, sent: QueryDict | None = None) -> None:
        headers = table.headers if table else ()
        super().__init__(sent, initial=table.columns._asdict() if table else None)
        self.framework = framework
        self.table = table
        self.data_read = base64.b64decode(data)
        choices = [(str(n), header or _("column %d") % (n + 1)) for n, header in enumerate(headers)]
        self.fields["name"].choices = choices  # type: ignore[attr-defined]
        for field in ("level", "date"):
            self.fields[field].choices = [("", _("none")), *choices]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if self.errors:
            return given
        try:
            reading = read_apart(self.data_read, Columns(**given))
            self.reading = _taken(reading, self.framework)
        except ReadError as error:
            raise ValidationError(_("This can't be read: %(why)s."), params={"why": error}) from None
        return given


def _taken(reading: Reading, framework: Framework) -> Reading:
    """The reading as it is kept until it is confirmed, its document found valid. Raises ProfileError.

    Our own form was checked where it was read, for it is taken as it stands.
    """
    check = checked_profile if reading.format == OWN_FORMAT else read_profile
    return replace(reading, document=check(reading.document, framework))
