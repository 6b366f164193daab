"""Versions are read by everybody signed in; acknowledgements by their partner and the coordination. None ever changes."""

from django.db import migrations

from cms.access.wall import definer, optional, policies

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

CAN_SEE_VERSION = definer(
    "can_see_documentversion(version uuid)",
    "boolean",
    f"SELECT ({SIGNED_IN}) AND EXISTS (SELECT 1 FROM documents_documentversion v WHERE v.id = $1)",
)
CAN_SEE_ACKNOWLEDGEMENT = definer(
    "can_see_acknowledgement(acknowledgement uuid)",
    "boolean",
    """SELECT scope_sees_all_cases() OR EXISTS (SELECT 1 FROM documents_acknowledgement a
       WHERE a.id = $1 AND a.partner_id = ANY (scope_partner_ids()))""",
)

VERSION = policies("documents_documentversion", select=SIGNED_IN, insert=PUBLISHES, update="false")
CLAUSE = policies(
    "documents_clauseversion",
    select=SIGNED_IN,
    insert=PUBLISHES,
    update="false",
    check="can_see_documentversion(version_id)",
)
ACKNOWLEDGEMENT = policies(
    "documents_acknowledgement",
    select="(SELECT scope_sees_all_cases()) OR partner_id = ANY ((SELECT scope_partner_ids())::uuid[])",
    insert="signed_by_id = (SELECT scope_user_id()) AND "
    "(partner_id = ANY (scope_partners_as('structure_director', 'requester')) OR (SELECT scope_manages_cases()))",
    update="false",
    check="can_see_partner(partner_id) AND can_see_documentversion(version_id) AND "
    + optional("can_see_acknowledgement", "previous_id"),
)
KINDS = (
    """SELECT journal_kind_register('version', 'documents_documentversion');
       SELECT journal_kind_register('acknowledgement', 'documents_acknowledgement')""",
    migrations.RunSQL.noop,
)


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial"), ("partners", "0002_wall"), ("journal", "0002_functions")]

    operations = [
        migrations.RunSQL(*pair)
        for pair in [
            REFUSE_CHANGE,
            CAN_SEE_VERSION,
            CAN_SEE_ACKNOWLEDGEMENT,
            VERSION,
            CLAUSE,
            ACKNOWLEDGEMENT,
            KINDS,
        ]
    ]
