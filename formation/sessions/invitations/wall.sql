-- formation/sessions/invitations: who may read and write its tables, and what the database holds true.
-- Loaded by a migration, which may load it again: docs/wall.md.

-- Functions

CREATE OR REPLACE FUNCTION sessioninvitation_forget(row_id uuid) RETURNS uuid[]
LANGUAGE sql SET search_path = pg_catalog, public, pg_temp AS $body$
  WITH gone AS (DELETE FROM formation_sessioninvitation WHERE id = $1 RETURNING id)
  SELECT coalesce(array_agg(id), '{}') FROM gone
$body$;

CREATE OR REPLACE FUNCTION sessioninvitation_guard() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $body$
BEGIN
  IF (NEW.id, NEW.session_id, NEW.partner_id, NEW.invited_by_id, NEW.invited_at)
       IS DISTINCT FROM (OLD.id, OLD.session_id, OLD.partner_id, OLD.invited_by_id, OLD.invited_at)
     OR OLD.declined_at IS NOT NULL THEN
    RAISE EXCEPTION 'sessioninvitation: declined once, never changed' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END
$body$;

-- Tables

CREATE TRIGGER sessioninvitation_guarded BEFORE UPDATE ON formation_sessioninvitation FOR EACH ROW EXECUTE
  FUNCTION sessioninvitation_guard();
ALTER TABLE formation_sessioninvitation ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON formation_sessioninvitation FOR SELECT
  USING ((SELECT scope_sees_all_cases()) OR partner_id = ANY ((SELECT
    scope_partners_as('structure_director'))::uuid[]));
CREATE POLICY insert_rows ON formation_sessioninvitation FOR INSERT
  WITH CHECK (((SELECT scope_manages_cases()) AND invited_by_id = (SELECT scope_user_id()) AND declined_at IS
    NULL) AND (can_see_session(session_id) AND can_see_partner(partner_id)));
CREATE POLICY update_rows ON formation_sessioninvitation FOR UPDATE
  USING (partner_id = ANY ((SELECT scope_partners_as('structure_director'))::uuid[]) AND (declined_by_id IS NULL
    OR declined_by_id = (SELECT scope_user_id())))
  WITH CHECK ((partner_id = ANY ((SELECT scope_partners_as('structure_director'))::uuid[]) AND (declined_by_id IS
    NULL OR declined_by_id = (SELECT scope_user_id()))) AND (can_see_session(session_id) AND
    can_see_partner(partner_id)));
CREATE POLICY delete_rows ON formation_sessioninvitation FOR DELETE USING (false);

-- Kinds of the journal and of retention
SELECT journal_kind_register('session_invitation', 'formation_sessioninvitation');
SELECT retention_kind_register(
  'session_invitation', 'session_invitation', 'formation_sessioninvitation', 'invitation d’une structure à une session', 'le dernier jour de la session', 'destroy',
  $starts$SELECT i.id AS object_id, '' AS reference, CASE WHEN s.ends_on < current_date THEN s.ends_on END AS starts_on,
     ARRAY[i.id] AS together FROM formation_sessioninvitation i JOIN formation_session s ON s.id = i.session_id$starts$,
  'sessioninvitation_forget', 24, 'La session passée, l’invitation ne dit plus rien que les inscriptions ne disent.',
  'RGPD, article 5 : pas plus longtemps que nécessaire', 62
);
