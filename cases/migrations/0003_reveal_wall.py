"""Identity of a minor: read under a live reveal alone, by the coordination too. And who may open a reveal."""

from django.db import migrations

from cms.access.wall import definer

# The team that houses the minor; the requesting service that was put in touch (level 20 on the stay), for the address.
MAY_OPEN, _ = definer(
    "reveal_may_open(kind text, object_id uuid, what text, is_break_glass boolean)",
    "boolean",
    """SELECT coalesce(scope_user_id() IS NOT NULL AND NOT scope_has_role('tech_admin') AND CASE
      WHEN $4 THEN $1 = 'case' AND $3 = 'identity' AND scope_has_role('dpo')
        AND EXISTS (SELECT 1 FROM cases_case c WHERE c.id = $2)
      WHEN $1 = 'case' AND $3 = 'identity' THEN
        (scope_manages_cases() AND EXISTS (SELECT 1 FROM cases_case c WHERE c.id = $2))
        OR $2 IN (SELECT scope_granted_ids('case', 40))
        OR ($2 IN (SELECT scope_granted_ids('case', 30)) AND EXISTS (
          SELECT 1 FROM cases_placement p WHERE p.case_id = $2 AND p.ended_on IS NULL
            AND p.partner_id = ANY (scope_partners_as('structure_director', 'structure_educator'))))
      WHEN $1 = 'partner' AND $3 = 'address' THEN
        (scope_manages_cases() AND EXISTS (SELECT 1 FROM partners_partner p WHERE p.id = $2 AND p.kind = 'structure'))
        OR $2 = ANY (scope_partners_as('structure_director', 'structure_educator'))
        OR $2 IN (SELECT scope_granted_ids('partner', 40))
        OR EXISTS (SELECT 1 FROM cases_placement p WHERE p.partner_id = $2 AND p.ended_on IS NULL
          AND p.id IN (SELECT scope_granted_ids('placement', 20)))
      ELSE false END, false)""",
)
NOBODY, _ = definer(
    "reveal_may_open(kind text, object_id uuid, what text, is_break_glass boolean)", "boolean", "SELECT false"
)

BEFORE = """
DROP POLICY select_rows ON cases_caseidentity;
CREATE POLICY select_rows ON cases_caseidentity FOR SELECT USING (
  (SELECT scope_sees_all_cases()) OR case_id IN (SELECT scope_granted_ids('case', 40)));
"""
AFTER = """
DROP POLICY select_rows ON cases_caseidentity;
CREATE POLICY select_rows ON cases_caseidentity FOR SELECT USING (
  case_id IN (SELECT reveal_live_ids('case', 'identity'))
  OR ((SELECT scope_manages_cases()) AND case_id = (SELECT sealed_row_of('case'))));
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_wall"), ("partners", "0003_reveal_wall"), ("access", "0004_reveal_wall")]

    operations = [migrations.RunSQL(MAY_OPEN, NOBODY), migrations.RunSQL(AFTER, BEFORE)]
