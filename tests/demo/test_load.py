"""The network of the demonstration loads under the guards that everybody meets, whatever was drawn."""

import os

import pytest

from tests import database


@pytest.fixture(scope="module")
def without_people(keyring):
    """The name of a database with the data of reference and nobody."""
    name = f"havre_demo_{os.getpid()}"
    with database.locked():
        database.run_sql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)", f"CREATE DATABASE {name}")
        database.manage(name, "createcachetable limits_cache", database.MIGRATE, "sync_roles", "load_reference")
    yield name
    database.run_sql(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.mark.whole
@pytest.mark.parametrize("seed", [2024, 1, 7])
def test_it_loads(without_people, seed):
    name = f"{without_people}_drawn"
    database.run_sql(f"CREATE DATABASE {name} TEMPLATE {without_people}")
    try:
        database.manage(name, f"load_demo --graine {seed}")
    finally:
        database.run_sql(f"DROP DATABASE {name} WITH (FORCE)")
