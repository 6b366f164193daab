"""A migration run on the models that it reads does what Django does with all of them."""

import re
from collections import defaultdict

import pytest
from django.db import connection, migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ModelState, ProjectState

from cms.access.migrating import OF_ITS_MODEL, NarrowApps, NarrowExecutor, is_narrow, key_of

NOW = re.compile(r"'\d{4}-\d\d-\d\d [^']+'")
"""A default of « now », written by each."""
EACH = 3
"""Operations compared of each kind: the first ones, while there are few models for Django to build."""


def states():
    """Each operation of a database made from nothing, with the states before and after it."""
    executor = NarrowExecutor(connection)
    state = ProjectState(real_apps=executor.loader.unmigrated_apps)
    for migration, _ in executor.migration_plan(executor.loader.graph.leaf_nodes(), clean_start=True):
        for operation in migration.operations:
            before = state.clone()
            operation.state_forwards(migration.app_label, state)
            yield migration.app_label, operation, before, state


def written(app_label, operation, before, after):
    with connection.schema_editor(collect_sql=True, atomic=False) as editor:
        operation.database_forwards(app_label, editor, before, after)
    return [NOW.sub("now", line) for line in editor.collected_sql]


def test_a_narrow_operation_writes_what_django_writes(db):
    compared = defaultdict(int)
    for app_label, operation, before, after in states():
        kind = type(operation)
        if compared[kind] < EACH and is_narrow(operation, app_label, before, after):
            whole = written(app_label, operation, before.clone(), after.clone())
            narrow = before.clone(), after.clone()
            for state in narrow:
                state.__dict__["apps"] = NarrowApps(state, key_of(operation, app_label))
            assert written(app_label, operation, *narrow) == whole, f"{app_label} : {operation.describe()}"
            compared[kind] += bool(whole)
    written_by = {kind for kind, count in compared.items() if count}
    silent = {migrations.AlterModelManagers, migrations.AlterModelOptions}
    assert written_by == {*OF_ITS_MODEL, migrations.AlterField} - silent


def test_the_whole_plan_is_kept_and_follows_its_dependencies(db):
    executor = NarrowExecutor(connection)
    targets = executor.loader.graph.leaf_nodes()
    found = executor.migration_plan(targets, clean_start=True)
    plan = [(migration.app_label, migration.name) for migration, _ in found]
    assert set(plan) == set(executor.loader.graph.nodes)
    rank = {key: at for at, key in enumerate(plan)}
    nodes = executor.loader.graph.node_map
    assert all(rank[parent.key] < rank[key] for key in plan for parent in nodes[key].parents)


def test_what_may_read_more_gets_every_model():
    class Own(migrations.AddField):
        """May read anything."""

    state = ProjectState()
    named, code = models.CharField(max_length=9), models.CharField(unique=True)
    state.add_model(ModelState("a", "Case", [("code", code), ("name", named)]))
    for operation in (
        migrations.RunPython(migrations.RunPython.noop),
        Own("case", "name", named),
        migrations.AlterField("case", "code", named),
    ):
        assert not is_narrow(operation, "a", state, state)
    assert is_narrow(migrations.AlterField("case", "name", named), "a", state, state)


def test_narrow_models_answer_nothing_else():
    loader = MigrationLoader(None)
    apps = NarrowApps(loader.project_state(), ("users", "user"))
    assert apps.get_model("users", "User")._meta.db_table == "users_user"
    with pytest.raises(LookupError):
        apps.get_model("partners", "Partner")
    with pytest.raises(AttributeError):
        apps.get_models()
