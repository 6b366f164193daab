"""The coordination invites; the direction of the structure alone reads its invitation, and may only decline it. Kept two
years after the session: it then says nothing that the enrolments do not.
"""

from django.db import migrations

from cms.access.wall import policies

ALL = "(SELECT scope_sees_all_cases())"
MANAGES = "(SELECT scope_manages_cases())"
ME = "(SELECT scope_user_id())"
DIRECTS = "partner_id = ANY ((SELECT scope_partners_as('structure_director'))::uuid[])"

TABLE = policies(
    "formation_sessioninvitation",
    select=f"{ALL} OR {DIRECTS}",
    insert=f"{MANAGES} AND invited_by_id = {ME} AND declined_at IS NULL",
    update=f"{DIRECTS} AND (declined_by_id IS NULL OR declined_by_id = {ME})",
    check="can_see_session(session_id) AND can_see_partner(partner_id)",
)
GUARD = (
    """
CREATE FUNCTION sessioninvitation_guard() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF (NEW.id, NEW.session_id, NEW.partner_id, NEW.invited_by_id, NEW.invited_at)
       IS DISTINCT FROM (OLD.id, OLD.session_id, OLD.partner_id, OLD.invited_by_id, OLD.invited_at)
     OR OLD.declined_at IS NOT NULL THEN
    RAISE EXCEPTION 'sessioninvitation: declined once, never changed' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER sessioninvitation_guarded BEFORE UPDATE ON formation_sessioninvitation
  FOR EACH ROW EXECUTE FUNCTION sessioninvitation_guard();
""",
    "DROP FUNCTION sessioninvitation_guard() CASCADE",
)
KEPT = (
    """
CREATE FUNCTION sessioninvitation_forget(row_id uuid) RETURNS uuid[] LANGUAGE sql
SET search_path = pg_catalog, public, pg_temp AS $$
  WITH gone AS (DELETE FROM formation_sessioninvitation WHERE id = $1 RETURNING id)
  SELECT coalesce(array_agg(id), '{}') FROM gone
$$;
SELECT journal_kind_register('session_invitation', 'formation_sessioninvitation');
SELECT retention_kind_register('session_invitation', 'session_invitation', 'formation_sessioninvitation',
  'invitation d’une structure à une session', 'le dernier jour de la session', 'destroy',
  'SELECT i.id AS object_id, '''' AS reference, CASE WHEN s.ends_on < current_date THEN s.ends_on END AS starts_on,
     ARRAY[i.id] AS together FROM formation_sessioninvitation i JOIN formation_session s ON s.id = i.session_id',
  'sessioninvitation_forget', 24, 'La session passée, l’invitation ne dit plus rien que les inscriptions ne disent.',
  'RGPD, article 5 : pas plus longtemps que nécessaire', 62);
""",
    """DELETE FROM retention_kind WHERE kind = 'session_invitation';
    DELETE FROM journal_kind WHERE kind = 'session_invitation';
    DROP FUNCTION sessioninvitation_forget(uuid)""",
)


class Migration(migrations.Migration):
    dependencies = [("formation", "0017_invitations"), ("retention", "0003_rings")]

    operations = [migrations.RunSQL(*pair) for pair in (TABLE, GUARD, KEPT)]
