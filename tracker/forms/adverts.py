"""Bringing a job advert, and what is said of its lines."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from tracker.advert_form import MOST_YEARS, STRENGTHS
from tracker.engine.framework import DEGREE_RANK, TOP_LEVEL, Framework
from tracker.forms.brought import BroughtForm, file_field
from tracker.models import Advert
from tracker.models.target import ADVERT_LENGTH
from tracker.reading_apart import text_apart

ACCEPTED = ".txt,.html,.htm,.pdf,.docx,.md"


class AdvertForm(BroughtForm):
    """An advert as pasted text or as a file; `cleaned_data["advert"]` is its text."""

    main = "text"
    missing = _("Paste the text of an advert, or choose a file.")

    text = forms.CharField(
        label=_("Paste the advert"),
        required=False,
        strip=False,
        max_length=ADVERT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("The whole text, as it stands. Nothing is sent anywhere."),
    )
    file = file_field(_("Or choose a file"), ACCEPTED, _("Text, HTML, PDF or DOCX."))

    def take(self, given: dict[str, Any], text: str, data: bytes | None) -> None:
        given["advert"] = text if data is None else text_apart(data)


class NamesForm(forms.ModelForm):
    """What the advert is called."""

    class Meta:
        model = Advert
        fields = ["title", "employer"]
        labels = {"title": _("Job"), "employer": _("Employer")}

    helper = FormHelper()
    helper.form_tag = False


class LineError(ValueError):
    """An answer does not fit its line."""


def reviewed_lines(
    advert: Advert, framework: Framework, sent: QueryDict
) -> tuple[list[dict[str, Any]], dict[int, str]]:
    """The advert's lines as the person left them, and place -> what is wrong with a line; such a line stays as it was,
    but for its tick."""
    taken, lines, errors = set(sent.getlist("take")), [], {}
    for place, line in enumerate(advert.requirements):
        is_taken = str(place) in taken
        given = {name: sent.get(f"{name}-{place}") for name in _ANSWERS}
        try:
            lines.append(_reviewed(framework, line, given, is_taken))
        except LineError as error:
            lines.append({**line, "taken": is_taken})
            if is_taken:
                errors[place] = str(error)
    return lines, errors


_ANSWERS = ("strength", "level", "competency", "least", "degree")


def _reviewed(framework: Framework, line: Mapping[str, Any], given: Mapping[str, Any], taken: bool) -> dict[str, Any]:
    found = {**line, "taken": taken}
    if given["strength"] is not None:
        found["strength"] = _one_of(given["strength"], STRENGTHS)
    if line["kind"] == "skill":
        return _reviewed_skill(framework, found, given)
    if line["kind"] == "years" and given["least"] is not None:
        found["least"] = _years(given["least"])
    if line["kind"] == "degree" and given["degree"] is not None:
        found["level"] = _one_of(given["degree"], tuple(DEGREE_RANK))
    return found


def _reviewed_skill(framework: Framework, found: dict[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    if given["level"] is not None:
        levels = ("", *(str(level) for level in range(1, TOP_LEVEL + 1)))
        level = _one_of(given["level"], levels)
        found["level"] = int(level) if level else None
    if chosen := given["competency"]:
        found["competencies"] = [_one_of(chosen, tuple(framework.competency))]
        found.pop("why", None)
    if found["taken"] and found.get("why") == "open":
        raise LineError(_("say which skill it means"))
    if found["taken"]:
        found.pop("why", None)
    return found


def _one_of(text: str, known: tuple[str, ...]) -> str:
    if text not in known:
        raise LineError(_("an answer does not fit"))
    return text


def _years(text: str) -> float:
    try:
        years = float(text.replace(",", "."))
    except ValueError:
        raise LineError(_("years are a number above 0, at most 60")) from None
    if not 0 < years <= MOST_YEARS:
        raise LineError(_("years are a number above 0, at most 60"))
    return years
