"""Django's settings, from the environment; the defaults are those of one machine and no network."""

from __future__ import annotations

import os
from pathlib import Path

from longtake.records.database import database
from longtake.records.secret import signing_key


def _listed(name: str) -> list[str]:
    return [item.strip() for item in os.environ.get(name, "").split(",") if item.strip()]


WORKSPACE = Path(os.environ.get("LONGTAKE_WORKSPACE") or "longtake-data").resolve()
STATE = WORKSPACE / "web"
SECRET_KEY = os.environ.get("LONGTAKE_SECRET_KEY") or signing_key(STATE / "signing-key")
DEBUG = False
HTTPS = os.environ.get("LONGTAKE_HTTPS", "") == "1"
PROXIES = frozenset(_listed("LONGTAKE_PROXIES"))
"""Addresses whose X-Forwarded headers are believed; nobody's by default."""
ALLOWED_HOSTS = [*_listed("LONGTAKE_HOSTS"), "127.0.0.1", "localhost", "[::1]"]
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in _listed("LONGTAKE_HOSTS")] if HTTPS else []

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_tasks_db",
    "longtake.records.apps.RecordsConfig",
]
MIDDLEWARE = [
    "longtake.web.guard.outage.Outage",
    "longtake.web.guard.headers.Headers",
    "longtake.web.guard.proxies.Proxies",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "longtake.web.guard.language.Language",
    "django.middleware.common.CommonMiddleware",
    "longtake.web.guard.limits.Limits",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "longtake.web.urls"
WSGI_APPLICATION = "longtake.web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [str(Path(__file__).parents[1] / "web" / "templates")],
        "OPTIONS": {"environment": "longtake.web.pages.environment.environment"},
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    },
]
DATABASES = {"default": database(os.environ.get("DATABASE_URL", ""), WORKSPACE)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "records.Person"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {}),
        ("MinimumLengthValidator", {"min_length": 10}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "campaigns"

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
WORKER = "longtake.worker.perform.perform"
"""What does the work of a job; the worker's own, named here so that nobody else has to know it."""

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "/static/"
STATIC_ROOT = STATE / "static"
STATICFILES_DIRS = [
    Path(__file__).parents[1] / "web" / "static",
    ("report", Path(__file__).parents[1] / "render" / "assets"),
    ("made", STATE / "made"),
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_ALLOW_ALL_ORIGINS = False

SESSION_COOKIE_NAME = "longtake"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 30 if HTTPS else 0
SECURE_SSL_REDIRECT = False
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "longtake.web.screens.failures.csrf"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

UPLOAD_BYTES = int(os.environ.get("LONGTAKE_UPLOAD_BYTES", str(2 * 1024**3)))
UPLOAD_FILES = 5000
DATA_UPLOAD_MAX_NUMBER_FILES = UPLOAD_FILES
DATA_UPLOAD_MAX_NUMBER_FIELDS = UPLOAD_FILES + 200
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024**2
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024**2

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"err": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["err"], "level": os.environ.get("LONGTAKE_LOG", "WARNING")},
    "loggers": {"django.security.DisallowedHost": {"handlers": [], "propagate": False}},
}
