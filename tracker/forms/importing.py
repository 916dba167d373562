"""Bringing a file, and what is taken of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from tracker.engine.framework import Framework
from tracker.interchange.profile import read_profile
from tracker.interchange.readers import MOST_BYTES, ReadError, Reading, read_file
from tracker.queries.frameworks import loaded_frameworks
from tracker.queries.importing import REFUSED, Group, Line, Review

ACCEPTED = ".json,.zip,.csv,.xml,.pdf,.docx,.html,.htm,.txt,.md,.png,.svg,.jwt"


class UploadForm(forms.Form):
    """A file or pasted text; `cleaned_data["reading"]` is what was read, its document found valid."""

    file = forms.FileField(
        label=_("File"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )
    text = forms.CharField(
        label=_("Or paste its text"), required=False, strip=False, widget=forms.Textarea(attrs={"rows": 6})
    )
    next = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)

    helper = FormHelper()
    helper.form_tag = False

    def __init__(self, framework: Framework, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.framework = framework

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        file, text = given.get("file"), given.get("text") or ""
        if self.errors:
            return given
        if file is None and not text.strip():
            self.add_error("file", ValidationError(_("Choose a file or paste its text.")))
            return given
        field = "text" if file is None else "file"
        try:
            given["reading"] = self._read(text.encode() if file is None else _bytes(file))
        except ReadError as error:
            self.add_error(field, ValidationError(_("This can't be read: %(why)s."), params={"why": error}))
        return given

    def _read(self, data: bytes) -> Reading:
        reading = read_file(data)
        about = reading.document.get("framework")
        aims_at = about.get("id") if isinstance(about, dict) else None
        other = next((row for row in loaded_frameworks() if row.key == aims_at != self.framework.id), None)
        if other:
            raise ReadError(
                _("it aims at the model “%(title)s”: aim at that on the Model page, then bring it again")
                % {"title": other.title}
            )
        return replace(reading, document=read_profile(reading.document, self.framework))

    @property
    def name(self) -> str:
        """What the file is called, for the log."""
        file = self.cleaned_data.get("file")
        return str(file.name) if file else str(_("pasted text"))


def _bytes(file: Any) -> bytes:
    if file.size > MOST_BYTES:
        raise ReadError("the file is larger than 5 MB")
    data: bytes = file.read()
    return data


class ReviewError(ValueError):
    """The answer does not fit what was asked."""


# For a whole group: as its rows say, every row, rows as plain text, none at all.
AS_TICKED, EVERYTHING, AS_TEXT, NOTHING = "", "all", "text", "none"


def taken_lines(review: Review, sent: QueryDict) -> list[tuple[Line, str]]:
    """Each line that the person takes, with the rule that it shall count as. Raises ReviewError."""
    return [pair for group in review.groups for pair in _taken_of(group, sent)]


def _taken_of(group: Group, sent: QueryDict) -> Iterator[tuple[Line, str]]:
    whole = sent.get(f"all-{group.id}", AS_TICKED)
    if whole not in (AS_TICKED, EVERYTHING, AS_TEXT, NOTHING):
        raise ReviewError(f"all-{group.id}")
    ticked = set(sent.getlist(f"take-{group.id}"))
    for line in group.lines if whole != NOTHING else ():
        is_ticked = str(line.index) in ticked if line.is_single else not line.known
        if whole == EVERYTHING or is_ticked:
            yield line, REFUSED if whole == AS_TEXT else _rule(line, sent)


def _rule(line: Line, sent: QueryDict) -> str:
    given = sent.get(f"rule-{line.section}-{line.index}")
    if given is None:
        return line.rule
    if given not in ("", REFUSED, *(option.id for option in line.options)):
        raise ReviewError(f"rule-{line.section}-{line.index}")
    return given
