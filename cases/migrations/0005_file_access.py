"""Data protection checks who may open a file without seeing the file: its reference, and the grants on it."""

from django.db import migrations

from cms.access.wall import definer

ASKS = "(scope_manages_cases() OR scope_has_role('dpo'))"
OF_REFERENCE = definer(
    "case_of_reference(reference text)",
    "uuid",
    f"SELECT c.id FROM cases_case c WHERE c.reference = $1 AND {ASKS}",
)
REFERENCE_OF = definer(
    "case_reference(row_id uuid)",
    "text",
    f"SELECT c.reference FROM cases_case c WHERE c.id = $1 AND {ASKS}",
)
GRANTS = (
    "CREATE POLICY dpo_rows ON access_grant FOR SELECT USING ((SELECT scope_has_role('dpo')))",
    "DROP POLICY dpo_rows ON access_grant",
)


class Migration(migrations.Migration):
    dependencies = [("cases", "0004_names")]

    operations = [migrations.RunSQL(*pair) for pair in [OF_REFERENCE, REFERENCE_OF, GRANTS]]
