"""Demo and development on one's own machine: fictitious network, embedded database."""

import os

from cms.settings.base import *  # noqa: F403
from cms.settings.base import HAVRE_VAR

SECRET_KEY = "demonstration-seulement-sans-valeur-en-production"  # noqa: S105
DEBUG = os.environ.get("DEBUG") == "1"
ALLOWED_HOSTS = ["*"]
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("CSRF_TRUSTED_ORIGINS", "").split(",") if origin]
HAVRE_FICTITIOUS = True
HAVRE_ON_CALL_PHONE = os.environ.get("HAVRE_ON_CALL_PHONE", "01 99 00 00 00")
"""Of the numbers that are given to nobody."""
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = HAVRE_VAR / "mail"
