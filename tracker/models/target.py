"""What a person aims at beside the stages: job adverts, read and reviewed."""

from __future__ import annotations

from django.db import models

from tracker.models.profile import Owned

MOST_ADVERTS = 50
ADVERT_LENGTH = 100_000


class Advert(Owned):
    """A job advert. `requirements`: see `tracker.advert_form`; they count once they are reviewed."""

    title = models.CharField(max_length=200)
    employer = models.CharField(max_length=200, blank=True)
    text = models.TextField(max_length=ADVERT_LENGTH)
    requirements = models.JSONField(default=list)
    is_reviewed = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["user", "-id"], name="adverts_of_user")]

    def __str__(self) -> str:
        return self.title
