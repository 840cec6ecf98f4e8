"""Tests: a real PostgreSQL, no second factor unless a test asks for it."""

import tempfile
from pathlib import Path

from .base import *  # noqa: F403

SECRET_KEY = "tests-only-this-key-signs-nothing-that-matters"  # noqa: S105
DEMO = True
STAFF_SECOND_FACTOR_REQUIRED = False
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
VAR = Path(tempfile.gettempdir()) / "vivier-tests"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
#: Static files come from where they are written: there is no collected folder to look for.
STATIC_ROOT = None
WHITENOISE_USE_FINDERS = True
#: Found when asked for: scanning the folders anew for each test client takes 15 ms.
WHITENOISE_AUTOREFRESH = True

EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
