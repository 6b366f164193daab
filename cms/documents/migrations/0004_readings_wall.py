"""Readings are seen by their author, by who directs a structure of theirs, and by the coordination; reminders are written
by the job alone. An engagement on paper is recorded by the coordination in its own name, and by nobody else.
"""

from django.db import migrations

from cms.access.wall import definer, policies

ME = "(SELECT scope_user_id())"
ALL = "(SELECT scope_sees_all_cases())"
OWN = "partner_id = ANY ((SELECT scope_partner_ids())::uuid[])"

# People who belong, or belonged, to a structure that the actor directs today.
DIRECTED = definer(
    "directed_user_ids()",
    "SETOF uuid",
    """SELECT m.user_id FROM partners_membership m
       WHERE m.partner_id = ANY (scope_partners_as('structure_director'))""",
)
REMINDS = definer("scope_reminds()", "boolean", "SELECT coalesce(scope_system() = 'documents', false)")

READING = policies(
    "documents_reading",
    select=f"user_id = {ME} OR {ALL} OR user_id IN (SELECT directed_user_ids())",
    insert=f"user_id = {ME} AND cardinality(scope_partners_as('structure_director', 'structure_educator')) > 0",
    update="false",
    check="can_see_documentversion(version_id)",
)
REMINDER = policies(
    "documents_signaturereminder",
    select=f"{ALL} OR (SELECT scope_reminds()) OR {OWN}",
    insert="(SELECT scope_reminds())",
    update="false",
    check="can_see_documentversion(version_id) AND ((SELECT scope_reminds()) OR can_see_partner(partner_id))",
)
FROZEN = (
    "CREATE TRIGGER documents_reading_frozen BEFORE UPDATE OR DELETE ON documents_reading "
    "FOR EACH ROW EXECUTE FUNCTION documents_refuse_change()",
    "DROP TRIGGER documents_reading_frozen ON documents_reading",
)

CHECK = """can_see_partner(partner_id) AND can_see_documentversion(version_id)
  AND (previous_id IS NULL OR can_see_acknowledgement(previous_id))"""
BEFORE = f"""signed_by_id = {ME} AND (partner_id = ANY (scope_partners_as('structure_director', 'requester'))
  OR (SELECT scope_manages_cases()))"""
AFTER = f"""(signed_by_id = {ME} AND recorded_by_id IS NULL
    AND partner_id = ANY (scope_partners_as('structure_director', 'requester')))
  OR (signed_by_id IS NULL AND recorded_by_id = {ME} AND (SELECT scope_manages_cases()))"""


def insertion(condition: str) -> str:
    return f"""DROP POLICY insert_rows ON documents_acknowledgement;
      CREATE POLICY insert_rows ON documents_acknowledgement FOR INSERT WITH CHECK (({condition}) AND ({CHECK}))"""


ON_PAPER = (insertion(AFTER), insertion(BEFORE))

# The delay is now that of the signature itself, which figures and matching both read.
SETTING = tuple(
    f"UPDATE values_settingversion SET key = '{new}' WHERE key = '{old}'"
    for old, new in (
        ("figures.acknowledgement_days", "documents.acknowledgement_days"),
        ("documents.acknowledgement_days", "figures.acknowledgement_days"),
    )
)


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0003_readings_paper_reminders"),
        ("partners", "0009_retention"),
        ("values", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(*pair) for pair in [DIRECTED, REMINDS, READING, REMINDER, FROZEN, ON_PAPER, SETTING]
    ]
