"""What a person brings: a file, or its text pasted."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tracker.interchange.readers import MOST_BYTES, ReadError


class BroughtForm(forms.Form):
    """A file or pasted text; what cannot be read is said beside the field that it came in.

    A form of this kind has the fields `file` and `text`, says in `take` what becomes of them, and in `main` and
    `missing` beside which field what is said where neither was given.
    """

    main = "file"
    missing = _("Choose a file or paste its text.")
    helper = FormHelper()
    helper.form_tag = False

    def take(self, given: dict[str, Any], text: str, data: bytes | None) -> None:
        """Put what was read into `given`; `data` is the file's content, None for pasted text. Raises ReadError."""
        raise NotImplementedError

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        file, text = given.get("file"), given.get("text") or ""
        if self.errors:
            return given
        if file is None and not text.strip():
            self.add_error(self.main, ValidationError(self.missing))
            return given
        try:
            self.take(given, text, None if file is None else _bytes(file))
        except ReadError as error:
            field = "text" if file is None else "file"
            self.add_error(field, ValidationError(_("This can't be read: %(why)s."), params={"why": error}))
        return given


def file_field(label: Any, accepted: str, help_text: Any = "") -> forms.FileField:
    """An optional file; `accepted`: the endings that a browser offers, which prove nothing."""
    widget = forms.FileInput(attrs={"accept": accepted})
    return forms.FileField(label=label, required=False, allow_empty_file=True, widget=widget, help_text=help_text)


def _bytes(file: Any) -> bytes:
    """The uploaded file's content; one that is too large is refused unread."""
    if file.size > MOST_BYTES:
        raise ReadError("the file is larger than 5 MB")
    data: bytes = file.read()
    return data
