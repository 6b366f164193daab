"""Production. What is required has no default: `check --deploy` says all that is missing, and nothing starts without
it (`cms/operations/deployment.py`).
"""

from pathlib import Path

from cms.settings import environment
from cms.settings.base import *  # noqa: F403
from cms.settings.database import as_owner

HAVRE_PRODUCTION = True
HAVRE_REFUSE_POWERFUL_LOGIN = not as_owner()

SECRET_KEY = environment.text("SECRET_KEY")
SECRET_KEY_FALLBACKS = environment.words("SECRET_KEY_FALLBACKS")
ALLOWED_HOSTS = environment.words("ALLOWED_HOSTS")
WAGTAILADMIN_BASE_URL = environment.text("BASE_URL")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]
HAVRE_KEYRING = Path(environment.text("HAVRE_KEYRING"))
HAVRE_FICTITIOUS = environment.switch("HAVRE_FICTITIOUS")

SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 63_072_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-sessionid"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrftoken"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "cms.kit.logs.JsonFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"havre": {"level": "INFO"}},
}
"""One object a line, of fields that `cms/kit/logs.py` lists: no message of a library, which may quote a row."""
