"""A scene played once for a file: what it wrote stands until the last test, each of which runs in a savepoint of it.

    @pytest.fixture(scope="module")
    def written(stage):
        with stage(), scope.acting(...):
            return release_ask(...).pk

    @pytest.fixture
    def release(written, world):
        return Release.objects.get(pk=written)

The scene answers keys, never rows: a test that changes one leaves it so to the next. The tests of the file that ask
for no scene run before it is played (`order`). A file whose tests have a database of their own has no scene.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker


@pytest.fixture(scope="module")
def stage(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Callable[[], AbstractContextManager[None]]]:
    """Give what opens the database to the scenes of this file."""
    whole = transaction.atomic()
    whole._from_testcase = True  # what is durable may begin in it, as in a test
    with django_db_blocker.unblock():
        whole.__enter__()
    yield django_db_blocker.unblock
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        whole.__exit__(None, None, None)
