"""Demo and development on one's own machine: fictitious network, embedded database."""

from cms.settings import environment
from cms.settings.base import *  # noqa: F403
from cms.settings.base import HAVRE_VAR

SECRET_KEY = "demonstration-seulement-sans-valeur-en-production"  # noqa: S105
DEBUG = environment.switch("DEBUG")
ALLOWED_HOSTS = ["*"]
CSRF_TRUSTED_ORIGINS = environment.words("CSRF_TRUSTED_ORIGINS")
HAVRE_FICTITIOUS = True
HAVRE_ON_CALL_PHONE = environment.text("HAVRE_ON_CALL_PHONE") or "01 99 00 12 34"
"""Of the numbers that are given to nobody."""
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = HAVRE_VAR / "mail"
