"""What the forms of all logged items share."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from tracker.engine.framework import Framework
from tracker.interchange.dates import runs_backwards

BY_TEXT = ""
MOST_OF = {"degree": 100, "role": 200, "certification": 200, "activity": 2000, "skill": 500}


class ItemForm(forms.ModelForm):
    """No backward dates, a limit to how many, crispy without its own form tag; ids that no other form of a page has."""

    sort = ""
    heading: Any = ""  # a lazy translation
    dates: tuple[str, str] | None = None

    def __init__(self, *args: Any, framework: Framework, user: Any, **kwargs: Any) -> None:
        row = kwargs.get("instance")
        kwargs["auto_id"] = f"{self.sort}-{row.pk if row else 'new'}-%s"
        super().__init__(*args, **kwargs)
        self.framework = framework
        self.user = user
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if self.dates:
            begin, end = (given.get(name, "") for name in self.dates)
            if begin and end and runs_backwards(begin, end):
                self.add_error(self.dates[1], _("This is before it began."))
        if self.instance.pk is None and self._is_full():
            raise ValidationError(
                _("There is room for %(most)s of these; remove one first."), params={"most": self.most}
            )
        return given

    @property
    def most(self) -> int:
        return MOST_OF[self.sort]

    def _is_full(self) -> bool:
        return type(self.instance)._default_manager.filter(user=self.user).count() >= self.most

    def row(self) -> models.Model:
        """The checked row of the user, not saved yet."""
        row = self.save(commit=False)
        row.user = self.user
        return row
