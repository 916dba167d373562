"""The file that a person has opened: in her session until it is confirmed, so that nothing is stored before."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field, replace
from typing import Any, Self

from django.http import HttpRequest

from tracker.forms.choices import Choices
from tracker.interchange.reading import Reading, reading_of
from tracker.queries.importing.entries import words_of
from tracker.queries.importing.lines import Corrections, Entry, Line

DRAFT = "import_draft"


def _new_id() -> str:
    return secrets.token_hex(8)


@dataclass(frozen=True, slots=True)
class Draft:
    """What was read, what was chosen of it and corrected so far. `table`: the bytes of a table, base64, so that it can
    be read by other columns; `next`: where the person came from."""

    name: str
    reading: Reading
    table: str = ""
    next: str = ""
    choices: Choices = field(default_factory=Choices)
    corrections: Corrections = field(default_factory=dict)
    id: str = field(default_factory=_new_id)

    def read_again(self, reading: Reading) -> Self:
        """Another reading of the same file: nothing chosen yet, nothing corrected."""
        return replace(self, reading=reading, choices=Choices(), corrections={}, id=_new_id())

    def corrected(self, line: Line, changes: Entry) -> Self:
        """The line's changes beside those that it has; what it counts as is found anew where its words are others."""
        if not changes:
            return self
        is_same = words_of(line.section, {**line.entry, **changes}) == words_of(line.section, line.entry)
        amended = {**self.corrections, line.row: {**self.corrections.get(line.row, {}), **changes}}
        choices = self.choices if is_same else self.choices.without_rule(line.row)
        return replace(self, choices=choices, corrections=amended)

    def uncorrected(self, line: Line) -> Self:
        """The line as it was read."""
        kept = {row: changes for row, changes in self.corrections.items() if row != line.row}
        return replace(self, choices=self.choices.without_rule(line.row), corrections=kept)


def opened(request: HttpRequest) -> Draft | None:
    """The draft of the session."""
    kept: dict[str, Any] | None = request.session.get(DRAFT)
    if kept is None:
        return None
    choices = Choices(**kept.get("choices", {}))  # a session may be older than what is kept of choices
    return Draft(**{**kept, "reading": reading_of(kept["reading"]), "choices": choices})


def keep(request: HttpRequest, draft: Draft) -> None:
    """Keep it in the session, in the place of any other."""
    request.session[DRAFT] = {
        "name": draft.name,
        "reading": draft.reading.as_json(),
        "table": draft.table,
        "next": draft.next,
        "choices": draft.choices.as_json(),
        "corrections": dict(draft.corrections),
        "id": draft.id,
    }


def drop(request: HttpRequest) -> None:
    del request.session[DRAFT]
