"""The end of an account."""

from __future__ import annotations

from typing import Any

from django.db import transaction


@transaction.atomic
def account_delete(*, user: Any) -> None:
    """Remove the person and every row that is theirs: the database cascades from the user to all of them."""
    user.delete()
