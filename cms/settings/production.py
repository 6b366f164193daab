"""Production. What is required has no default: `check --deploy` says all that is missing, and nothing starts without
it (`cms/operations/deployment.py`).
"""

import os
from pathlib import Path

from cms.settings.base import *  # noqa: F403
from cms.settings.database import as_owner

HAVRE_PRODUCTION = True
HAVRE_REFUSE_POWERFUL_LOGIN = not as_owner()

SECRET_KEY = os.environ.get("SECRET_KEY", "")
ALLOWED_HOSTS = [host.strip() for host in os.environ.get("ALLOWED_HOSTS", "").split(",") if host.strip()]
WAGTAILADMIN_BASE_URL = os.environ.get("BASE_URL", "")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]
HAVRE_KEYRING = Path(os.environ.get("HAVRE_KEYRING", ""))
HAVRE_FICTITIOUS = os.environ.get("HAVRE_FICTITIOUS") == "1"

SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 63_072_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-sessionid"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrftoken"
