"""Production: every secret comes from the environment, and unsafe switches refuse to start."""

import os

from django.core.exceptions import ImproperlyConfigured

from .base import *  # noqa: F403
from .base import CONTENT_SECURITY_POLICY, MIDDLEWARE, database


def required(name: str) -> str:
    """Return the environment variable `name`; raises ImproperlyConfigured with a French sentence when it is absent."""
    if value := os.environ.get(name, "").strip():
        return value
    raise ImproperlyConfigured(f"La variable d’environnement {name} est obligatoire en production.")


for switch in ("VIVIER_DEMO", "VIVIER_WITHOUT_SECOND_FACTOR"):
    if os.environ.get(switch):
        raise ImproperlyConfigured(f"{switch} ouvre des comptes sans second facteur : interdit en production.")

SECRET_KEY = required("SECRET_KEY")
if len(SECRET_KEY) < 50 or "signs-nothing-that-matters" in SECRET_KEY:
    raise ImproperlyConfigured("SECRET_KEY est trop courte ou publique : tirez au sort au moins 50 caractères.")
#: Older keys still open what they sealed (second factors) and signed; separated by spaces, newest first.
SECRET_KEY_FALLBACKS = os.environ.get("SECRET_KEY_FALLBACKS", "").split()
DATABASES = {"default": database(required("DATABASE_URL"), pool=True)}
ALLOWED_HOSTS = [host.strip() for host in required("ALLOWED_HOSTS").split(",")]
if any("*" in host for host in ALLOWED_HOSTS):
    raise ImproperlyConfigured("ALLOWED_HOSTS nomme chaque site : « * » laisserait n’importe qui écrire nos liens.")
PUBLIC_URL = f"https://{ALLOWED_HOSTS[0]}"
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]
DEFAULT_FROM_EMAIL = required("DEFAULT_FROM_EMAIL")
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = required("EMAIL_HOST")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = EMAIL_PORT == 587
EMAIL_TIMEOUT = 20

VIVIER_TODAY = None
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
#: The browsers' own list takes a domain for good: its owner decides, not this file.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
CONTENT_SECURITY_POLICY["DIRECTIVES"]["upgrade-insecure-requests"] = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_NAME = "__Host-csrf"
DEVICE_COOKIE_NAME = "__Host-device"
TRUSTED_PROXIES = int(os.environ.get("TRUSTED_PROXIES", "1"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
assert "django.contrib.auth.middleware.LoginRequiredMiddleware" in MIDDLEWARE
