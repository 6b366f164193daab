"""Settings of the tests whose limits are counted where production counts them."""

from cms.settings import base
from cms.settings.test import *  # noqa: F403

CACHES = base.CACHES
