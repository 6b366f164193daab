"""Django's `migrate`, which loads `schema.sql` into an empty database, and marks it for a fictitious network."""

from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser
from django.core.management.commands import migrate
from django.db import transaction

from cms.operations import fictitious, schema


class Command(migrate.Command):
    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--from-migrations",
            action="store_true",
            help="Part des seules migrations : « make schema » en tire schema.sql.",
        )

    def handle(self, *args: Any, from_migrations: bool = False, **options: Any) -> None:
        whole = not options["app_label"] and not options["plan"] and not options["check_unapplied"]
        if whole and schema.is_empty():
            with transaction.atomic():
                if not from_migrations:
                    schema.load()
                if settings.HAVRE_FICTITIOUS:
                    fictitious.mark()
        super().handle(*args, **options)
