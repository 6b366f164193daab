-- formation/attestations: who may read and write its tables, and what the database holds true.
-- Loaded by a migration, which may load it again: docs/wall.md.

-- Functions

CREATE OR REPLACE FUNCTION attestation_check(p_number text, p_code text) RETURNS TABLE(title text, starts_on date,
  ends_on date, expires_on date, state text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT a.title::text, a.starts_on, a.ends_on, a.expires_on,
    CASE WHEN a.withdrawn_at IS NOT NULL THEN 'withdrawn'
         WHEN EXISTS (SELECT 1 FROM formation_attestation b WHERE b.replaces_id = a.id) THEN 'replaced'
         WHEN a.expires_on < (now() AT TIME ZONE 'Europe/Paris')::date OR a.content = '{}'::jsonb THEN 'expired'
         ELSE 'valid' END
  FROM formation_attestation a WHERE a.number = upper($1) AND a.check_code = upper($2)
$body$;

CREATE OR REPLACE FUNCTION attestation_frozen() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $body$
BEGIN
  IF TG_OP = 'DELETE' OR (NEW.number, NEW.check_code, NEW.enrolment_id, NEW.title, NEW.starts_on, NEW.ends_on,
       NEW.expires_on, NEW.content_hash, NEW.replaces_id, NEW.issued_by_id, NEW.issued_at) IS DISTINCT FROM
     (OLD.number, OLD.check_code, OLD.enrolment_id, OLD.title, OLD.starts_on, OLD.ends_on,
       OLD.expires_on, OLD.content_hash, OLD.replaces_id, OLD.issued_by_id, OLD.issued_at)
     OR (NEW.content IS DISTINCT FROM OLD.content AND (NOT public.acts_as_owner() OR NEW.content <> '{}'::jsonb))
     OR (OLD.withdrawn_at IS NOT NULL AND NEW.withdrawn_at IS DISTINCT FROM OLD.withdrawn_at) THEN
    RAISE EXCEPTION 'attestation: written once' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END
$body$;

CREATE OR REPLACE FUNCTION attestation_session_check() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM formation_enrolment e JOIN formation_session s ON s.id = e.session_id
      WHERE e.id = NEW.enrolment_id AND s.state = 'held' AND NOT EXISTS (SELECT 1 FROM formation_halfday h
        WHERE h.session_id = s.id AND h.ends_at > NEW.issued_at)) THEN
    RAISE EXCEPTION 'not held' USING ERRCODE = 'check_violation', CONSTRAINT = 'attestation_after_session';
  END IF;
  RETURN NEW;
END
$body$;

CREATE OR REPLACE FUNCTION can_see_attestation(attestation uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT (SELECT scope_sees_all_cases()) OR EXISTS (SELECT 1 FROM formation_attestation a WHERE a.id = $1
    AND a.enrolment_id IN (SELECT enrolment_visible_ids()))
$body$;

-- Tables

CREATE TRIGGER attestation_after_session BEFORE INSERT ON formation_attestation FOR EACH ROW EXECUTE FUNCTION
  attestation_session_check();
CREATE TRIGGER attestation_frozen BEFORE UPDATE OR DELETE ON formation_attestation FOR EACH ROW EXECUTE FUNCTION
  attestation_frozen();
ALTER TABLE formation_attestation ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON formation_attestation FOR SELECT
  USING ((SELECT scope_sees_all_cases()) OR enrolment_id IN (SELECT enrolment_visible_ids()));
CREATE POLICY insert_rows ON formation_attestation FOR INSERT
  WITH CHECK ((issued_by_id = (SELECT scope_user_id()) AND ((SELECT scope_manages_cases()) OR enrolment_id IN
    (SELECT enrolment_trained_ids()))) AND (can_see_enrolment(enrolment_id) AND (replaces_id IS NULL OR
    can_see_attestation(replaces_id))));
CREATE POLICY update_rows ON formation_attestation FOR UPDATE
  USING ((SELECT scope_manages_cases()) OR enrolment_id IN (SELECT enrolment_trained_ids()))
  WITH CHECK (((SELECT scope_manages_cases()) OR enrolment_id IN (SELECT enrolment_trained_ids())) AND
    (can_see_enrolment(enrolment_id) AND (replaces_id IS NULL OR can_see_attestation(replaces_id))));
CREATE POLICY delete_rows ON formation_attestation FOR DELETE USING (false);

-- Kinds of the journal and of retention
SELECT journal_kind_register('attestation', 'formation_attestation');
