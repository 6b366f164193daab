"""procrastinate's own command; in production, its worker starts on nothing that `check --deploy` calls an error."""

from typing import Any

from procrastinate.contrib.django.management.commands import procrastinate

from cms.operations.deployment import refuse_to_start


class Command(procrastinate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        if options.get("command") == "worker":
            refuse_to_start()
        super().handle(*args, **options)
