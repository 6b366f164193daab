"""Django's `migrate`, whose operations are given the models they read and no more."""

from django.core.management.commands import migrate

from cms.access.migrating import NarrowExecutor


class Command(migrate.Command):
    def handle(self, *args, **options):
        migrate.MigrationExecutor = NarrowExecutor  # Django's command takes it from its own module
        return super().handle(*args, **options)
