"""procrastinate's own command; its worker reconnects by itself, and in production starts on nothing that
`check --deploy` calls an error.
"""

import sys
from typing import Any

from procrastinate.contrib.django.management.commands import procrastinate

from cms.operations.deployment import refuse_to_start
from cms.operations.worker import worker_keep

OURS = {"command", "func"}


class Command(procrastinate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        if options.get("command") != "worker":
            super().handle(*args, **options)
            return
        refuse_to_start(is_job=True)
        if not options.get("wait", True):  # one shot: what fails is said at once
            super().handle(*args, **options)
            return
        kept = {name: value for name, value in options.items() if name not in self._django_options | OURS}
        if not worker_keep(kept):
            sys.exit(1)
