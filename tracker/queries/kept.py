"""What is worked out from a person's rows and kept with the state until the next write empties it.

Every entry is a function of what the state's revision stands for (rows, release, month), so that what is found holds.
It comes with the state's row; what was missing is written once, and only if no write came between.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tracker.models import State


@dataclass(slots=True)
class Kept:
    """The entries of one person at one revision, by name."""

    user_id: int
    revision: int
    entries: dict[str, Any]
    is_changed: bool = False

    def get(self, name: str, work_out: Callable[[], Any]) -> Any:
        """The entry as JSON; worked out where it is not kept yet."""
        if name not in self.entries:
            self.entries[name] = work_out()
            self.is_changed = True
        return self.entries[name]

    def save(self) -> None:
        """Keep what was worked out, unless a write has made it old meanwhile."""
        if self.is_changed:
            State.objects.filter(pk=self.user_id, revision=self.revision).update(sequences=self.entries)
            self.is_changed = False


def kept_of(state: State) -> Kept:
    """What is kept with a state that is known to be current."""
    return Kept(state.user_id, state.revision, state.sequences)
