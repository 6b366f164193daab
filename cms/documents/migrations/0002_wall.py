"""Versions are read by everybody signed in; acknowledgements by their partner and the coordination. None ever changes."""

from django.db import migrations

from cms.access.wall import policies

SIGNED_IN = "(SELECT scope_user_id()) IS NOT NULL OR (SELECT scope_system()) IS NOT NULL"
PUBLISHES = "(SELECT scope_manages_cases()) OR (SELECT scope_is_reference()) OR (SELECT scope_has_role('editor'))"

REFUSE_CHANGE = (
    """
CREATE OR REPLACE FUNCTION documents_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'Une version publiée et une prise de connaissance ne se modifient pas' USING ERRCODE = 'restrict_violation';
END $$;
"""
    + "".join(
        f"CREATE TRIGGER {table}_frozen BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION documents_refuse_change();\n"
        for table in ("documents_documentversion", "documents_clauseversion", "documents_acknowledgement")
    ),
    "DROP FUNCTION documents_refuse_change() CASCADE;",
)

VERSION = policies("documents_documentversion", select=SIGNED_IN, insert=PUBLISHES, update="false")
CLAUSE = policies("documents_clauseversion", select=SIGNED_IN, insert=PUBLISHES, update="false")
ACKNOWLEDGEMENT = policies(
    "documents_acknowledgement",
    select="(SELECT scope_sees_all_cases()) OR partner_id = ANY ((SELECT scope_partner_ids())::uuid[])",
    insert="signed_by_id = (SELECT scope_user_id()) AND "
    "(partner_id = ANY (scope_partners_as('structure_director', 'requester')) OR (SELECT scope_manages_cases()))",
    update="false",
    check="can_see_partner(partner_id)",
)


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial"), ("partners", "0002_wall")]

    operations = [migrations.RunSQL(*pair) for pair in [REFUSE_CHANGE, VERSION, CLAUSE, ACKNOWLEDGEMENT]]
