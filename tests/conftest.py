import os

import pytest
from django.db import connections

from tests import database

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # the browser's loop runs in the tests' thread


@pytest.fixture(scope="session")
def keyring():
    with database.locked():
        return database.keyring_ready()


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker, worker_id, keyring):
    """A copy of the template for this worker; connections act as `havre_app` and nothing is ever flushed."""
    name = f"havre_test_{worker_id}_{os.getpid()}"
    with django_db_blocker.unblock():
        database.copy_template(name)
        for alias in connections:
            connections[alias].close()
            connections[alias].settings_dict["NAME"] = name
    yield
    with django_db_blocker.unblock():
        for alias in connections:
            connections[alias].close()
        database.run_sql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@pytest.fixture(autouse=True)
def no_refusal_left():
    """A refusal waits for the end of its request: what a test calls without one leaves nothing to the next test."""
    from cms.journal.services import refusals_take

    yield
    refusals_take()


@pytest.fixture
def cast(db):
    """`cast["gendarme"]` is the account of the gendarme."""
    from cms.users.models import User
    from tests.cast.people import PEOPLE

    accounts = {user.email: user for user in User.objects.all()}
    return {key: accounts[f"{key.replace('_', '-')}@havre.example"] for key in PEOPLE}


@pytest.fixture
def files(cast):
    """Rows of the cast about minors, by name."""
    from tests.cast.situations import rows

    return rows()


@pytest.fixture
def acting_as(cast):
    """`with acting_as("director_a"):` runs the block under this person's scope."""
    from cms.wall import scope

    return lambda key: scope.acting(cast[key] if isinstance(key, str) else key)


@pytest.fixture
def client_of(cast, client):
    """A test client signed in as a person of the cast; `anonymous` gives one that is not."""
    from django.test import Client

    from tests.cast.session import signed_in

    return lambda key: Client() if key == "anonymous" else signed_in(cast[key])


@pytest.fixture
def committed(django_db_setup, django_db_blocker):
    """A database of its own, where several connections commit; answers its name."""
    name = f"havre_committed_{os.getpid()}"
    before = {alias: connections[alias].settings_dict["NAME"] for alias in connections}
    with django_db_blocker.unblock():
        database.copy_template(name)
        _point_at(dict.fromkeys(before, name))
        yield name
        _point_at(before)
        database.run_sql(f"DROP DATABASE {name} WITH (FORCE)")


def _point_at(names):
    for alias, name in names.items():
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = name
