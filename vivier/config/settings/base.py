"""Settings that every environment shares; the address of the database comes from DATABASE_URL."""

import os
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict

from vivier.common.fonts import font_directories

ROOT = Path(__file__).resolve().parents[3]
PACKAGE = ROOT / "vivier"
VAR = Path(os.environ.get("VIVIER_VAR", ROOT / "var"))

DEBUG = False
ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
ROOT_URLCONF = "vivier.config.urls"
WSGI_APPLICATION = "vivier.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "vivier.common",
    "vivier.accounts",
    "vivier.territories",
    "vivier.organisations",
    "vivier.people",
    "vivier.programmes",
    "vivier.workshops",
    "vivier.mentoring",
    "vivier.offers",
    "vivier.orientation",
    "vivier.imports",
    "vivier.steering",
    "vivier.portal",
    "vivier.accounts.apps.AdministrationConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
    "template_partials",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "vivier.common.headers.HeadersMiddleware",
    "vivier.common.devices.DeviceMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "vivier.organisations.middleware.ActorMiddleware",
    "vivier.organisations.middleware.SecondFactorMiddleware",
    "vivier.common.read_only.ReadOnlyGetMiddleware",
    "vivier.common.refusals.RefusalMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "vivier.portal.navigation.navigation",
            ],
            "builtins": ["vivier.common.templatetags.dates"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- Database -------------------------------------------------------------------------------------------------


def database(url: str, *, pool: bool) -> dict:
    """Return Django's description of the PostgreSQL at `url`; `pool` needs connections that Django does not keep."""
    parts = conninfo_to_dict(url)
    options = {"pool": {"min_size": 2, "max_size": 12, "timeout": 10}} if pool else {}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname", "vivier"),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": parts.pop("port", ""),
        "CONN_MAX_AGE": 0,
        # JIT compilation costs two seconds on queries that take fifty milliseconds without it (Mon programme with
        # 15 000 beneficiaries, benchmarks/pages.py).
        # The history's triggers ask for pgtrigger.ignore at each row: unset, each asks by raising an error and
        # catching it, an eighth of the cost where it is set to what it means when unset.
        "OPTIONS": {"options": "-c jit=off -c pgtrigger.ignore={}", **parts, **options},
        "ATOMIC_REQUESTS": False,
    }


DATABASE_URL = os.environ.get("DATABASE_URL", "postgresql:///vivier")
DATABASES = {"default": database(DATABASE_URL, pool=False)}

# --- Language and time ----------------------------------------------------------------------------------------
LANGUAGE_CODE = "fr"
TIME_ZONE = "Europe/Paris"
USE_I18N = True
USE_TZ = True
#: A fixed date (ISO) for demonstrations; None means the real clock. Read through vivier.common.clock only.
VIVIER_TODAY = os.environ.get("VIVIER_TODAY") or None

# --- Accounts -------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
#: Nobody has a password: a code by e-mail, and for staff a second factor (docs/adr on sign-in).
AUTHENTICATION_BACKENDS = ["vivier.accounts.backends.CodeBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "portal:start"
LOGOUT_REDIRECT_URL = "portal:home"
ACCOUNT_ADAPTER = "vivier.accounts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_FORMS = {
    "request_login_code": "vivier.accounts.forms.AddressForm",
    "confirm_login_code": "vivier.accounts.forms.CodeForm",
}
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
#: Eight digits, five guesses a code, ten codes an hour: see docs/guides/security.md for the arithmetic.
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "length": 8, "dashed": True}
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_TIMEOUT = 30 * 60
#: Nothing is sent to an unknown address; the page and its cost are the same (see accounts.views.AddressView).
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_VERIFICATION = "none"
#: allauth would count addresses, in the memory of one process: vivier.common.rate_limits counts devices instead.
ACCOUNT_RATE_LIMITS = False
MFA_ADAPTER = "vivier.accounts.adapters.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "vivier.accounts.forms.SecondFactorForm",
    "reauthenticate": "vivier.accounts.forms.SecondFactorAgainForm",
    "activate_totp": "vivier.accounts.forms.ActivateForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_RATE_LIMITS = False
MFA_TOTP_ISSUER = "Vivier"
#: A telephone's clock may be half a minute off.
MFA_TOTP_TOLERANCE = 1
#: Staff roles must have a second factor; only the demo and the tests may switch this off, prod refuses to start.
STAFF_SECOND_FACTOR_REQUIRED = True
#: Staff sign in again after a working day; others when the browser is closed, or after two weeks on their own device.
STAFF_SESSION_SECONDS = 10 * 3600
#: One-click sign-in per role, in the demo only.
DEMO = False

# --- Web ------------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [PACKAGE / "static", *font_directories()]
#: Messages may hold a name: they stay on the server.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
DEVICE_COOKIE_NAME = "device"
#: How many proxies stand in front and write X-Forwarded-For; with 0 the header is ignored.
TRUSTED_PROXIES = 0
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "manifest-src": ["'self'"],
    }
}

#: Where the platform is reached: the beginning of every link that a mail or a QR code carries.
PUBLIC_URL = os.environ.get("VIVIER_URL", "http://localhost:8000").rstrip("/")

#: A file of people that was dropped and never imported is erased after this many days: it holds names for nothing.
PEOPLE_FILES_KEPT_DAYS = 7

#: Days within which the two people of a pair are asked to answer; then their silence shows in the tasks of the day.
INVITATION_DAYS = 14

# --- Mail and jobs --------------------------------------------------------------------------------------------
DEFAULT_FROM_EMAIL = "Vivier <ne-pas-repondre@vivier.localhost>"
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR / "mail"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"discreet": {"()": "vivier.common.logs.Discreet"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["discreet"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
