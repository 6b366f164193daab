"""Migrations run on the few models that each operation reads, instead of the whole network of them.

Django keeps every historical model as a Python class, and builds hundreds of them again after each operation that
touches one, because each may point at another: nine tenths of the time of a database made from nothing.

- An operation of the list below reads its own model and the models that it points at, and nothing else: it gets those
  alone. What is narrow answers no other question, so that an operation which asks for more stops the migration
  instead of doing less.
- Every other operation, `RunPython` first, gets the whole state, built by Django. Most are Wagtail's: apps that are
  not ours go first, while there are few models to build.

Going backwards is Django's own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import nullcontext
from functools import partial

from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import operations
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.migration import Migration
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState, StateApps
from django.db.migrations.utils import resolve_relation

Key = tuple[str, str]
"""Label of an app, name of a model in small letters."""

OF_ITS_MODEL = (
    operations.AddConstraint,
    operations.AddField,
    operations.AddIndex,
    operations.AlterModelManagers,
    operations.AlterModelOptions,
    operations.AlterUniqueTogether,
    operations.CreateModel,
    operations.DeleteModel,
    operations.RemoveConstraint,
    operations.RemoveIndex,
    operations.RunSQL,
)
"""Operations which read one model and what it points at. By exact class: a subclass may read more."""


class NarrowApps:
    """Models of one operation, built when it reads them. Nothing else can be asked."""

    def __init__(self, state: ProjectState, key: Key) -> None:
        self._state, self._key = state, key
        self._apps: StateApps | None = None

    def get_model(self, app_label: str, model_name: str) -> type[models.Model]:
        if self._key != (app_label, model_name.lower()):
            raise LookupError(f"{app_label}.{model_name} n’est pas le modèle de cette opération.")
        if self._apps is None:
            read = {key: self._state.models[key] for key in reached(self._state, self._key)}
            self._apps = StateApps(list(self._state.real_apps), read)
        return self._apps.get_model(app_label, model_name)


def reached(state: ProjectState, start: Key) -> set[Key]:
    """The model, its bases and whatever they point at, however far: what its class needs in order to be built."""
    found, waiting = set(), [start]
    while waiting:
        key = waiting.pop()
        if key not in found and key in state.models:  # the others belong to apps without migrations: always there
            found.add(key)
            waiting += pointed_at(state, key)
    return found


def pointed_at(state: ProjectState, key: Key) -> Iterator[Key]:
    model = state.models[key]
    named = [base for base in model.bases if isinstance(base, str) or hasattr(base, "_meta")]
    for field in model.fields.values():
        if field.remote_field:
            named += [field.remote_field.model, getattr(field.remote_field, "through", None)]
    for name in named:
        if name:
            yield resolve_relation(name, *key)


def is_narrow(operation: Operation, app_label: str, before: ProjectState, after: ProjectState) -> bool:
    """True when the operation reads its model alone, before and after."""
    if type(operation) is operations.AlterField:
        key = app_label, operation.model_name_lower
        return all(_is_plain(state.models[key].fields[operation.name]) for state in (before, after))
    return type(operation) in OF_ITS_MODEL


def key_of(operation: Operation, app_label: str) -> Key:
    """The model of an operation; RunSQL has none."""
    return app_label, getattr(operation, "model_name_lower", None) or str(getattr(operation, "name_lower", ""))


def _is_plain(field: models.Field) -> bool:
    """No other table holds or follows what becomes of this field."""
    return not (field.many_to_many or field.primary_key or field.unique)


class NarrowExecutor(MigrationExecutor):
    """Django's, forwards, without building every model before and after each operation."""

    def migration_plan(
        self, targets: Collection[tuple[str, str | None]], clean_start: bool = False
    ) -> list[tuple[Migration, bool]]:
        return super().migration_plan(sorted(targets, key=is_ours), clean_start=clean_start)

    def _migrate_all_forwards(
        self,
        state: ProjectState,
        plan: list[tuple[Migration, bool]],
        full_plan: list[tuple[Migration, bool]],
        fake: bool,
        fake_initial: bool,
    ) -> ProjectState:
        to_run = {migration for migration, _ in plan}
        for migration, _ in full_plan:
            if migration in to_run:
                state = self.apply_migration(state, migration, fake=fake, fake_initial=fake_initial)
        return state

    def apply_migration(
        self, state: ProjectState, migration: Migration, fake: bool = False, fake_initial: bool = False
    ) -> ProjectState:
        migration.apply = partial(apply, migration)  # type: ignore[method-assign]
        return super().apply_migration(state, migration, fake=fake, fake_initial=fake_initial)


def is_ours(target: tuple[str, str | None]) -> bool:
    package = apps.get_app_config(target[0]).name.partition(".")[0]
    return (settings.BASE_DIR / package).is_dir()


def apply(
    migration: Migration, state: ProjectState, schema_editor: BaseDatabaseSchemaEditor, collect_sql: bool = False
) -> ProjectState:
    """`Migration.apply`, on narrow states."""
    for operation in migration.operations:
        state.__dict__.pop("apps", None)  # while no class is built, a state costs nothing to copy and to change
        before = state.clone()
        operation.state_forwards(migration.app_label, state)
        if is_narrow(operation, migration.app_label, before, state):
            for each in (before, state):
                each.__dict__["apps"] = NarrowApps(each, key_of(operation, migration.app_label))
        is_atomic = operation.atomic or (migration.atomic and operation.atomic is not False)
        apart = is_atomic and not schema_editor.atomic_migration
        with transaction.atomic(schema_editor.connection.alias) if apart else nullcontext():
            operation.database_forwards(migration.app_label, schema_editor, before, state)
    state.__dict__.pop("apps", None)
    return state
