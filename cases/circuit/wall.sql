-- cases/circuit: who may read and write its tables, and what the database holds true.
-- Loaded by a migration, which may load it again: docs/wall.md.

-- Functions

-- Cases that the actor houses now, and cases whose stay a grant opens to the service that asked.
CREATE OR REPLACE FUNCTION circuit_followed_ids() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT p.case_id FROM cases_placement p WHERE p.id IN (SELECT scope_granted_ids('placement', 20))
    AND NOT p.partner_id = ANY ((SELECT scope_partners_as('structure_director', 'structure_educator'))::uuid[])
$body$;

-- Cases of the stays whose minor is entrusted to a service of the actor: it alone answers for the steps of the guardian.
CREATE OR REPLACE FUNCTION circuit_entrusted_ids() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT l.case_id FROM cases_linking l WHERE l.guardian_id = ANY ((SELECT scope_partners_as('requester'))::uuid[])
    AND may_entrust(l.guardian_id) AND l.placement_id IN (SELECT scope_granted_ids('placement', 10))
$body$;

CREATE OR REPLACE FUNCTION circuit_visible_ids() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT c.id FROM cases_circuit c WHERE c.case_id IN (SELECT scope_granted_ids('case', 30))
    OR c.case_id IN (SELECT circuit_followed_ids()) OR c.case_id IN (SELECT circuit_entrusted_ids())
$body$;

CREATE OR REPLACE FUNCTION can_see_circuit(row_id uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT (SELECT scope_sees_all_cases()) OR $1 IN (SELECT circuit_visible_ids())
$body$;

-- Steps of a template say how minors are protected, and nothing of one: who sees a circuit may see where it began.
CREATE OR REPLACE FUNCTION can_see_circuittemplate(row_id uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT (SELECT scope_sees_all_cases()) OR scope_is_reference()
$body$;

CREATE OR REPLACE FUNCTION can_see_circuitversion(row_id uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT (SELECT scope_sees_all_cases()) OR scope_is_reference()
$body$;

CREATE OR REPLACE FUNCTION circuitstep_freeze() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $body$
DECLARE
  expected cases_circuitstep := OLD;
BEGIN
  IF public.scope_manages_cases() THEN
    expected := NEW;
    expected.circuit_id := OLD.circuit_id;
    expected.measure_id := OLD.measure_id;
  ELSE
    expected.state := NEW.state;
    expected.done_on := NEW.done_on;
    expected.note := NEW.note;
  END IF;
  IF NEW IS DISTINCT FROM expected THEN
    RAISE EXCEPTION 'circuitstep_frozen' USING ERRCODE = 'check_violation', CONSTRAINT = 'circuitstep_frozen';
  END IF;
  RETURN NEW;
END
$body$;

CREATE OR REPLACE FUNCTION circuitstep_own_ids() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT s.id FROM cases_circuitstep s JOIN cases_circuit c ON c.id = s.circuit_id WHERE c.closed_on IS NULL
    AND ((s.owner = 'structure' AND c.case_id IN (SELECT scope_granted_ids('case', 30)))
      OR (s.owner = 'requester' AND c.case_id IN (SELECT circuit_entrusted_ids())))
$body$;

CREATE OR REPLACE FUNCTION circuitstep_visible_ids() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT s.id FROM cases_circuitstep s JOIN cases_circuit c ON c.id = s.circuit_id
    WHERE (s.visibility IN ('structure', 'parties') AND c.case_id IN (SELECT scope_granted_ids('case', 30)))
       OR (s.visibility = 'parties' AND (c.case_id IN (SELECT circuit_followed_ids())
         OR c.case_id IN (SELECT circuit_entrusted_ids())))
$body$;

-- Tables

ALTER TABLE cases_circuit ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON cases_circuit FOR SELECT
  USING ((SELECT scope_sees_all_cases()) OR id IN (SELECT circuit_visible_ids()));
CREATE POLICY insert_rows ON cases_circuit FOR INSERT
  WITH CHECK (((SELECT scope_manages_cases())) AND (can_see_case(case_id) AND can_see_circuitversion(version_id)));
CREATE POLICY update_rows ON cases_circuit FOR UPDATE
  USING ((SELECT scope_manages_cases()))
  WITH CHECK (((SELECT scope_manages_cases())) AND (can_see_case(case_id) AND can_see_circuitversion(version_id)));
CREATE POLICY delete_rows ON cases_circuit FOR DELETE USING (false);

CREATE TRIGGER circuitstep_frozen BEFORE UPDATE ON cases_circuitstep FOR EACH ROW
  WHEN (NOT vault_reseals()) EXECUTE FUNCTION circuitstep_freeze();
ALTER TABLE cases_circuitstep ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON cases_circuitstep FOR SELECT
  USING ((SELECT scope_sees_all_cases()) OR id IN (SELECT circuitstep_visible_ids()));
CREATE POLICY insert_rows ON cases_circuitstep FOR INSERT
  WITH CHECK (((SELECT scope_manages_cases())) AND (can_see_circuit(circuit_id)));
CREATE POLICY update_rows ON cases_circuitstep FOR UPDATE
  USING ((SELECT scope_manages_cases()) OR id IN (SELECT circuitstep_own_ids()))
  WITH CHECK (((SELECT scope_manages_cases()) OR id IN (SELECT circuitstep_own_ids())) AND
    (can_see_circuit(circuit_id)));
CREATE POLICY delete_rows ON cases_circuitstep FOR DELETE USING (false);

ALTER TABLE cases_circuittemplate ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON cases_circuittemplate FOR SELECT
  USING ((SELECT scope_sees_all_cases()) OR scope_is_reference());
CREATE POLICY insert_rows ON cases_circuittemplate FOR INSERT
  WITH CHECK (((SELECT scope_manages_cases()) OR scope_is_reference()));
CREATE POLICY update_rows ON cases_circuittemplate FOR UPDATE
  USING ((SELECT scope_manages_cases()))
  WITH CHECK ((SELECT scope_manages_cases()));
CREATE POLICY delete_rows ON cases_circuittemplate FOR DELETE USING (false);

ALTER TABLE cases_circuitversion ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON cases_circuitversion FOR SELECT
  USING ((SELECT scope_sees_all_cases()) OR scope_is_reference());
CREATE POLICY insert_rows ON cases_circuitversion FOR INSERT
  WITH CHECK (((scope_is_reference() AND published_by_id IS NULL) OR ((SELECT scope_manages_cases()) AND
    published_by_id = (SELECT scope_user_id()))) AND (can_see_circuittemplate(template_id)));
CREATE POLICY update_rows ON cases_circuitversion FOR UPDATE
  USING (false)
  WITH CHECK ((false) AND (can_see_circuittemplate(template_id)));
CREATE POLICY delete_rows ON cases_circuitversion FOR DELETE USING (false);

-- Kinds of the journal and of retention
SELECT journal_kind_register('circuit', 'cases_circuit');
SELECT journal_kind_register('circuitstep', 'cases_circuitstep');
SELECT journal_kind_register('circuittemplate', 'cases_circuittemplate');
