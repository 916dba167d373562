"""The tracker as a Django application."""

from django.apps import AppConfig


class TrackerConfig(AppConfig):
    name = "tracker"
    verbose_name = "Skill-gap tracker"
