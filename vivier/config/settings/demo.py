"""The demonstration: fictional people, mail in var/mail, sign-in links without a second factor."""

import os

from .base import *  # noqa: F403
from .base import DATABASE_URL, database

SECRET_KEY = os.environ.get("SECRET_KEY", "demonstration-only-this-key-signs-nothing-that-matters")
DEMO = True
STAFF_SECOND_FACTOR_REQUIRED = False
DATABASES = {"default": database(DATABASE_URL, pool=True)}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
#: Static files come from where they are written: there is no collected folder to look for.
STATIC_ROOT = None
WHITENOISE_USE_FINDERS = True
