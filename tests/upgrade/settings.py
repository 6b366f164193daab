"""Settings of the tests, with the key ring that sealed the database of the previous release."""

import os
from pathlib import Path

from cms.settings.test import *  # noqa: F403

HAVRE_KEYRING = Path(os.environ["HAVRE_KEYRING"])
