"""The product's settings, without hashed static names: they cost nothing a page."""

from pathlib import Path

from mlarch.settings import *  # noqa: F403

STATIC_ROOT = Path(__file__).parent  # there must be one: it is never asked
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
