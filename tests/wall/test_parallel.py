"""Rows read on several cores are those that the same person reads on one: the scope follows the workers."""

import pytest
from django.db import connection

from cms.wall import scope
from tests.plugins.extent import sampled

EVERYWHERE = {
    "debug_parallel_query": "on",
    "min_parallel_table_scan_size": "0",
    "parallel_setup_cost": "0",
    "parallel_tuple_cost": "0",
}
PEOPLE = ("coordination", "director_a", "educator_a", "gendarme", "ase", "trainer", "state_reader", "tech_admin")


def rows(cursor, table):
    cursor.execute(f"SELECT array_agg(t::text ORDER BY t::text) FROM {table} t")
    return cursor.fetchone()[0]


@pytest.mark.sampled
@pytest.mark.parametrize("who", sampled(PEOPLE, PEOPLE[1:4]))
def test_the_same_rows_on_several_cores(who, cast):
    with scope.acting(cast[who]), connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relrowsecurity AND relkind = 'r' "
            "AND has_table_privilege(oid, 'SELECT')"
        )
        tables = [name for (name,) in cursor.fetchall()]
        alone = {table: rows(cursor, table) for table in tables}
        for name, value in EVERYWHERE.items():
            cursor.execute("SELECT set_config(%s, %s, true)", [name, value])
        assert {table: rows(cursor, table) for table in tables} == alone
        assert any(alone.values())


def test_a_walled_table_is_read_by_workers(cast):
    with scope.acting(cast["coordination"]), connection.cursor() as cursor:
        for name, value in EVERYWHERE.items():
            cursor.execute("SELECT set_config(%s, %s, true)", [name, value])
        cursor.execute("EXPLAIN SELECT count(*) FROM cases_sollicitation")
        assert "Gather" in "\n".join(line for (line,) in cursor.fetchall())
