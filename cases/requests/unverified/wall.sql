-- cases/requests/unverified: who may read and write its tables, and what the database holds true.
-- Loaded by a migration, which may load it again: docs/wall.md.

-- Functions

CREATE OR REPLACE FUNCTION can_see_unverified(row_id uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT scope_manages_cases() AND EXISTS (SELECT 1 FROM cases_unverifiedrequest u WHERE u.id = $1)
$body$;

-- Asked by whoever holds the reference and the code, before any scope: a state and two dates, nothing of the
-- network.
CREATE OR REPLACE FUNCTION unverified_follow(p_reference text, p_code_hash text) RETURNS TABLE(state text,
  received_at timestamp with time zone, urgency_id text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT u.state::text, u.received_at, u.urgency_id::text FROM cases_unverifiedrequest u
    WHERE u.reference = $1 AND u.code_hash = $2
$body$;

CREATE OR REPLACE FUNCTION unverified_forget(row_id uuid) RETURNS uuid[]
LANGUAGE sql SET search_path = pg_catalog, public, pg_temp AS $body$
  WITH calls AS (DELETE FROM cases_switchboardcall WHERE request_id = $1),
       gone AS (DELETE FROM cases_unverifiedrequest WHERE id = $1 RETURNING id)
  SELECT coalesce(array_agg(id), '{}') FROM gone
$body$;

CREATE OR REPLACE FUNCTION unverified_guard() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $body$
BEGIN
  IF OLD.state <> 'waiting'
    OR (NEW.id, NEW.reference, NEW.key_hash, NEW.code_hash, NEW.received_at, NEW.urgency_id, NEW.unit_type_id)
       IS DISTINCT FROM
       (OLD.id, OLD.reference, OLD.key_hash, OLD.code_hash, OLD.received_at, OLD.urgency_id, OLD.unit_type_id)
    OR (NEW.decided_by_id IS NOT NULL AND NEW.decided_by_id IS DISTINCT FROM scope_user_id())
    OR (NEW.state = 'verified' AND NOT EXISTS (SELECT 1 FROM cases_switchboardcall c
          WHERE c.request_id = NEW.id AND c.outcome = 'confirmed' AND c.called_by_id = NEW.decided_by_id))
    OR (NEW.state = 'dismissed' AND NOT EXISTS (SELECT 1 FROM cases_switchboardcall c
          WHERE c.request_id = NEW.id AND c.outcome IN ('unknown', 'no_unit')))
  THEN
    RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'unverified_called_back',
      MESSAGE = 'a request without an account is decided once, by a call to the switchboard';
  END IF;
  RETURN NEW;
END
$body$;

-- A second sending of the same form finds the first, without the right to read any.
CREATE OR REPLACE FUNCTION unverified_of_key(p_key_hash text) RETURNS TABLE(reference text, received_at timestamp
  with time zone, urgency_id text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT u.reference::text, u.received_at, u.urgency_id::text FROM cases_unverifiedrequest u
    WHERE u.key_hash = $1 AND scope_system() = 'front_door'
$body$;

-- Tables

ALTER TABLE cases_switchboardcall ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON cases_switchboardcall FOR SELECT USING ((SELECT scope_manages_cases()));
CREATE POLICY insert_rows ON cases_switchboardcall FOR INSERT
  WITH CHECK (((SELECT scope_manages_cases()) AND called_by_id = (SELECT scope_user_id())) AND
    (can_see_unverified(request_id)));
CREATE POLICY update_rows ON cases_switchboardcall FOR UPDATE
  USING (false)
  WITH CHECK ((false) AND (can_see_unverified(request_id)));
CREATE POLICY delete_rows ON cases_switchboardcall FOR DELETE USING (false);

CREATE TRIGGER unverified_called_back BEFORE UPDATE ON cases_unverifiedrequest FOR EACH ROW
  WHEN (NOT vault_reseals()) EXECUTE FUNCTION unverified_guard();
ALTER TABLE cases_unverifiedrequest ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON cases_unverifiedrequest FOR SELECT USING ((SELECT scope_manages_cases()));
CREATE POLICY insert_rows ON cases_unverifiedrequest FOR INSERT
  WITH CHECK (((SELECT scope_system()) = 'front_door' AND state = 'waiting') AND ((sollicitation_id IS NULL OR
    can_see_sollicitation(sollicitation_id))));
CREATE POLICY update_rows ON cases_unverifiedrequest FOR UPDATE
  USING ((SELECT scope_manages_cases()))
  WITH CHECK (((SELECT scope_manages_cases())) AND ((sollicitation_id IS NULL OR
    can_see_sollicitation(sollicitation_id))));
CREATE POLICY delete_rows ON cases_unverifiedrequest FOR DELETE USING (false);

-- Kinds of the journal and of retention
SELECT journal_kind_register('unverified', 'cases_unverifiedrequest');
SELECT retention_kind_register(
  'unverified', 'unverified', 'cases_unverifiedrequest', 'demande envoyée sans compte', 'le rappel par le standard, ou la réception si personne n’a rappelé', 'destroy',
  $starts$SELECT u.id AS object_id, u.reference, (coalesce(u.decided_at, u.received_at) AT TIME ZONE 'Europe/Paris')::date
  AS starts_on, array_remove(ARRAY[u.id, u.sollicitation_id], NULL) AS together FROM cases_unverifiedrequest u$starts$,
  'unverified_forget', 12, 'Vérifiée, elle vit dans la demande qu’elle est devenue ; écartée, un an suffit pour reconnaître qui recommence.',
  'RGPD, article 5 : pas plus longtemps que nécessaire', 35
);
