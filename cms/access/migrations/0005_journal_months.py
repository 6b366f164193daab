"""The journal keeps the number of months that the coordination sets, between 6 and 36 (CNIL, délibération 2021-122)."""

from django.db import migrations

KEPT = """
CREATE OR REPLACE FUNCTION journal_months_kept() RETURNS integer LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT coalesce((SELECT (value #>> '{}')::integer FROM values_settingversion
                     WHERE key = 'journal.months_kept' ORDER BY changed_at DESC LIMIT 1), 12)
$$;
"""
DEFAULT = """
CREATE OR REPLACE FUNCTION journal_months_kept() RETURNS integer LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$ SELECT 12 $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0004_reveal_wall"),
        ("journal", "0003_months"),
        ("values", "0001_initial"),
    ]

    operations = [migrations.RunSQL(KEPT, DEFAULT)]
