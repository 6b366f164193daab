"""Tests: the real database, fast hashes, plain static files."""

from cms.settings import environment
from cms.settings.base import *  # noqa: F403
from cms.settings.base import CACHES, HAVRE_VAR, STORAGES

SECRET_KEY = "tests"  # noqa: S105
ALLOWED_HOSTS = ["*"]
HAVRE_FICTITIOUS = True
HAVRE_KEYRING = HAVRE_VAR / "keyring-test.json"
HAVRE_FILES = environment.place("HAVRE_FILES", HAVRE_VAR / "files-test")
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES = {**CACHES, "limits": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "limits"}}
"""Tests sign in by hundreds from one address. tests/users/test_limits.py goes back to the table."""
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
WHITENOISE_AUTOREFRESH = True
"""Files are found where they stand: tests collect nothing."""
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

HAVRE_API_RATE = 100_000
"""Tests call faster than any software; those of the limit set their own."""
