"""The product's settings, with what makes tests quick and independent of the machine."""

import os

os.environ.setdefault("SECRET_KEY", "only-for-tests")
for name in ("ALLOWED_HOSTS", "DEBUG", "EMAIL_URL", "SIGNUP_OPEN", "EMAIL_VERIFICATION"):
    os.environ.pop(name, None)

from mlarch.settings import *  # noqa: E402, F403
from mlarch.settings import BASE_DIR  # noqa: E402
from mlarch.settings import STORAGES as STORAGES_OF_PRODUCT  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    **STORAGES_OF_PRODUCT,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATIC_ROOT = BASE_DIR / "tracker" / "static"
WHITENOISE_USE_FINDERS = True
CRISPY_FAIL_SILENTLY = False
