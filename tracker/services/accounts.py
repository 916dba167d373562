"""The end of an account."""

from __future__ import annotations

from typing import Any

from allauth.usersessions.models import UserSession
from django.db import transaction


@transaction.atomic
def account_delete(*, user: Any) -> None:
    """Remove the person and every row that is theirs: the database cascades from the user to all of them.

    Sessions name their user only inside; those that are known are ended one by one.
    """
    for session in UserSession.objects.filter(user=user):
        session.end()
    user.delete()
