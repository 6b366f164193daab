"""What a structure reads of a minor before any stay is a row too: the sheet, then whom to call once interested."""

from django.db import migrations

from cms.access.wall import definer

# 7 is the default of the setting `cases.sheet_days`.
DAYS = definer(
    "sheet_days()",
    "interval",
    """SELECT make_interval(days => coalesce((SELECT (s.value #>> '{}')::integer FROM values_settingversion s
         WHERE s.key = 'cases.sheet_days' ORDER BY s.changed_at DESC LIMIT 1), 7))""",
)

# A structure answers and writes no grant: the owner does, from the sheet and its answer. A refusal, or a withdrawal, ends the sheet after
# a delay, so that the structure can still read why; interest opens the contact at once, and a withdrawal closes it at once.
FOLLOW = (
    """
CREATE OR REPLACE FUNCTION proposal_grants_follow() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  refused CONSTANT timestamptz := CASE WHEN NEW.answer_id = 'reponse:REFUS' THEN NEW.answered_at END;
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO access_grant (id, object_kind, object_id, partner_id, role, level, starts_at, reason, given_by_id)
      VALUES (gen_random_uuid(), 'proposal', NEW.id, NEW.partner_id, 'structure_director', 10, NEW.sent_at,
              'Fiche anonyme envoyée', scope_user_id());
    RETURN NULL;
  END IF;
  IF NEW.withdrawn_at IS NULL AND NEW.answer_id IN ('reponse:ACC', 'reponse:ACC-COND', 'reponse:ATTENTE')
     AND OLD.answer_id IS NULL THEN
    INSERT INTO access_grant (id, object_kind, object_id, partner_id, role, level, starts_at, reason, given_by_id)
      VALUES (gen_random_uuid(), 'proposal', NEW.id, NEW.partner_id, 'structure_director', 20, NEW.answered_at,
              'Structure intéressée', scope_user_id());
  END IF;
  IF refused IS NOT NULL OR NEW.withdrawn_at IS NOT NULL THEN
    UPDATE access_grant g
      SET ends_at = greatest(g.starts_at, least(g.ends_at, CASE WHEN g.level >= 20 THEN NEW.withdrawn_at
        ELSE least(refused, NEW.withdrawn_at) + sheet_days() END))
      WHERE g.object_kind = 'proposal' AND g.object_id = NEW.id;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER proposal_sheet AFTER INSERT ON cases_proposal FOR EACH ROW EXECUTE FUNCTION proposal_grants_follow();
CREATE TRIGGER proposal_grants AFTER UPDATE ON cases_proposal FOR EACH ROW
  WHEN (OLD.answer_id IS DISTINCT FROM NEW.answer_id OR OLD.withdrawn_at IS DISTINCT FROM NEW.withdrawn_at)
  EXECUTE FUNCTION proposal_grants_follow();
""",
    "DROP FUNCTION proposal_grants_follow() CASCADE;",
)

CONTACT = definer(
    "proposal_contact(row_id uuid)",
    "TABLE (name text, phone text)",
    """SELECT u.first_name || ' ' || u.last_name, u.phone::text FROM cases_proposal p
         JOIN cases_orientation o ON o.id = p.orientation_id JOIN cases_sollicitation s ON s.id = o.sollicitation_id
         JOIN users_user u ON u.id = coalesce(s.taken_by_id, o.decided_by_id)
       WHERE p.id = $1 AND p.id IN (SELECT scope_granted_ids('proposal', 20))""",
)

POLICY = (
    """
DROP POLICY select_rows ON cases_proposal;
CREATE POLICY select_rows ON cases_proposal FOR SELECT USING ((SELECT scope_sees_all_cases())
  OR (partner_id = ANY (scope_partners_as('structure_director')) AND id IN (SELECT scope_granted_ids('proposal', 10))));
""",
    """
DROP POLICY select_rows ON cases_proposal;
CREATE POLICY select_rows ON cases_proposal FOR SELECT USING ((SELECT scope_sees_all_cases())
  OR partner_id = ANY (scope_partners_as('structure_director')));
""",
)

# Sheets sent before this rule keep what they opened, under the rule.
KNOWN = (
    """
INSERT INTO access_grant (id, object_kind, object_id, partner_id, role, level, starts_at, ends_at, reason)
  SELECT gen_random_uuid(), 'proposal', p.id, p.partner_id, 'structure_director', 10, p.sent_at,
    least(CASE WHEN p.answer_id = 'reponse:REFUS' THEN p.answered_at END, p.withdrawn_at) + sheet_days(),
    'Fiche anonyme envoyée' FROM cases_proposal p;
INSERT INTO access_grant (id, object_kind, object_id, partner_id, role, level, starts_at, reason)
  SELECT gen_random_uuid(), 'proposal', p.id, p.partner_id, 'structure_director', 20, p.answered_at,
    'Structure intéressée' FROM cases_proposal p
  WHERE p.withdrawn_at IS NULL AND p.answer_id IN ('reponse:ACC', 'reponse:ACC-COND', 'reponse:ATTENTE');
""",
    "DELETE FROM access_grant WHERE object_kind = 'proposal'",
)


class Migration(migrations.Migration):
    dependencies = [("cases", "0005_file_access"), ("values", "0001_initial")]

    operations = [migrations.RunSQL(*pair) for pair in [DAYS, FOLLOW, CONTACT, POLICY, KNOWN]]
