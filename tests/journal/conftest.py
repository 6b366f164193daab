from uuid import UUID, uuid4

import pytest

from cms.journal.services import journal_seal
from tests.journal.sql import as_owner, run, scope


@pytest.fixture
def actor(db) -> UUID:
    """Somebody who may read the journal, and is acting."""
    user_id = uuid4()
    scope(user_id=user_id, roles="{direction}")
    return user_id


@pytest.fixture
def all_sealed(actor) -> None:
    """No line waits to be sealed, whatever the database held."""
    journal_seal()


@pytest.fixture
def drawer(db) -> UUID:
    """A row of the kind `tests.drawer`, which row security hides from everybody."""
    row_id = uuid4()
    with as_owner():
        run("CREATE TABLE drawer (id uuid PRIMARY KEY)")
        run("GRANT SELECT ON drawer TO havre_app")
        run("ALTER TABLE drawer ENABLE ROW LEVEL SECURITY")
        run("INSERT INTO drawer VALUES (%s)", row_id)
        run("SELECT journal_kind_register('tests.drawer', 'drawer')")
    return row_id
