"""The product's settings, with what makes tests quick and independent of the machine."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

# Set rather than removed: a developer's .env fills in what is missing, and must not decide how tests end.
os.environ.update(
    SECRET_KEY="only-for-tests",
    ALLOWED_HOSTS="",
    DEBUG="0",
    EMAIL_URL="consolemail://",
    EMAIL_VERIFICATION="optional",
    SIGNUP_OPEN="1",
)

from mlarch.settings import *  # noqa: F403
from mlarch.settings import BASE_DIR, DATABASES
from mlarch.settings import STORAGES as STORAGES_OF_PRODUCT

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    **STORAGES_OF_PRODUCT,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATIC_ROOT = BASE_DIR / "tracker" / "static"
WHITENOISE_USE_FINDERS = True
CRISPY_FAIL_SILENTLY = False

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, as in production: threads that share a database in memory get "table is locked" at once, and nobody waits.
    folder = Path(tempfile.mkdtemp(prefix="mlarch-tests-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    DATABASES["default"]["TEST"] = {"NAME": str(folder / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
