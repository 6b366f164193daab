"""WSGI entry point."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.production")
application = get_wsgi_application()

from cms.operations.deployment import refuse_to_start  # noqa: E402 (apps are read first)
from cms.wall.login import login_prove  # noqa: E402 (imports models, which the application has just loaded)

refuse_to_start()
login_prove()
