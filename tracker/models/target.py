"""What a person aims at beside the stages: job adverts, read and reviewed."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from tracker.models.framework import KEY_LENGTH
from tracker.models.profile import Owned

MOST_ADVERTS = 50
ADVERT_LENGTH = 100_000


class Advert(Owned):
    """A job advert. `requirements`: see `tracker.advert_form`; they count once they are reviewed.

    They are in the words of one framework, `read_for`. Read again for another, those that were reviewed are set aside
    and come back with their framework.
    """

    title = models.CharField(max_length=200)
    employer = models.CharField(max_length=200, blank=True)
    text = models.TextField(max_length=ADVERT_LENGTH)
    requirements = models.JSONField(default=list)
    is_reviewed = models.BooleanField(default=False)
    read_for = models.CharField(max_length=KEY_LENGTH, blank=True, help_text=_("Key of the framework of its lines."))
    set_aside = models.JSONField(
        default=dict, blank=True, help_text=_("Framework key -> lines as they were reviewed, while others stand.")
    )

    class Meta:
        indexes = [models.Index(fields=["user", "-id"], name="adverts_of_user")]

    def __str__(self) -> str:
        return self.title

    def put_aside(self) -> None:
        """Set the present lines aside, if they were reviewed; others can stand in their place then."""
        if self.is_reviewed and self.read_for:
            self.set_aside = {**self.set_aside, self.read_for: self.requirements}

    def take_back(self, framework: str) -> bool:
        """Put the lines that were reviewed for that framework in place of the present ones. False: there are none."""
        if framework not in self.set_aside:
            return False
        self.put_aside()
        aside = {**self.set_aside}
        self.requirements, self.is_reviewed, self.read_for = aside.pop(framework), True, framework
        self.set_aside = aside
        return True
