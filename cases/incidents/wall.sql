-- cases/incidents: who may read and write its tables, and what the database holds true.
-- Loaded by a migration, which may load it again: docs/wall.md.

-- Functions

CREATE OR REPLACE FUNCTION incident_housed_ids() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT i.id FROM cases_incident i WHERE ((i.partner_id = ANY ((SELECT scope_partners_as('structure_director', 'structure_educator'))::uuid[]) OR i.service_id = ANY ((SELECT scope_partners_as('requester'))::uuid[]))
    AND (NOT i.is_confidential OR i.declared_by_id = (SELECT scope_user_id())) OR (i.is_from_outside AND i.declared_by_id = (SELECT scope_user_id())))
$body$;

CREATE OR REPLACE FUNCTION can_add_files_incident(row_id uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT $1 IN (SELECT incident_housed_ids())
    AND EXISTS (SELECT 1 FROM cases_incident i WHERE i.id = $1 AND i.state <> 'closed')
$body$;

CREATE OR REPLACE FUNCTION incident_visible_ids() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT i.id FROM cases_incident i WHERE ((i.partner_id = ANY ((SELECT scope_partners_as('structure_director', 'structure_educator'))::uuid[]) OR i.service_id = ANY ((SELECT scope_partners_as('requester'))::uuid[]))
    AND (NOT i.is_confidential OR i.declared_by_id = (SELECT scope_user_id())) OR (i.is_from_outside AND i.declared_by_id = (SELECT scope_user_id()))) UNION SELECT scope_granted_ids('incident', 10)
$body$;

CREATE OR REPLACE FUNCTION can_see_files_incident(row_id uuid, author uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT scope_sees_all_cases() OR ($1 IN (SELECT incident_visible_ids()) AND EXISTS (
    SELECT 1 FROM cases_incident i WHERE i.id = $1 AND CASE WHEN i.is_from_outside THEN $2 = (SELECT scope_user_id())
      ELSE i.service_id IS NULL
        OR i.partner_id = ANY ((SELECT scope_partners_as('structure_director', 'structure_educator'))::uuid[])
        OR EXISTS (SELECT 1 FROM partners_membership m WHERE m.user_id = $2 AND m.partner_id = i.service_id) END))
$body$;

CREATE OR REPLACE FUNCTION can_see_incident(row_id uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT (SELECT scope_sees_all_cases()) OR $1 IN (SELECT incident_visible_ids())
$body$;

CREATE OR REPLACE FUNCTION incident_check() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
BEGIN
  IF NEW.placement_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM cases_placement p WHERE p.id = NEW.placement_id AND p.partner_id = NEW.partner_id) THEN
    RAISE EXCEPTION 'incident_same_partner' USING ERRCODE = 'check_violation', CONSTRAINT = 'incident_same_partner';
  END IF;
  RETURN NULL;
END
$body$;

CREATE OR REPLACE FUNCTION incident_forget(row_id uuid) RETURNS uuid[]
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $body$
DECLARE
  v_all uuid[] := ARRAY[$1];
BEGIN
  DELETE FROM cases_incidentdetail WHERE incident_id = $1;
  DELETE FROM cases_incidentevent WHERE incident_id = $1;
  DELETE FROM cases_incidenttask WHERE incident_id = $1;
  UPDATE cases_incidentreview SET lessons = NULL WHERE incident_id = $1;
  UPDATE cases_incident SET idempotency_key = NULL WHERE id = $1;
  DELETE FROM cases_authoritywaiver WHERE incident_id = $1;
  UPDATE cases_authoritynotice SET note = NULL, proof_id = NULL WHERE incident_id = $1;
  DELETE FROM cases_noticeproof WHERE notice_id IN (
    SELECT n.id FROM cases_authoritynotice n WHERE n.incident_id = $1);
  UPDATE cases_incident SET reference = 'X-' || left(replace(gen_random_uuid()::text, '-', ''), 12), acknowledged_by_id = NULL WHERE id = $1;

  DELETE FROM files_attachment WHERE object_id = ANY (v_all);
  DELETE FROM access_grant WHERE object_id = ANY (v_all);
  DELETE FROM access_reveal WHERE object_id = ANY (v_all);
  DELETE FROM access_alert WHERE object_id = ANY (v_all);

  RETURN v_all;
END
$body$;

-- Children of incidents of whom a service of the actor is in charge: the authority that pays for the stay (else for the
-- latest one), else the one that covers where the minor comes from; and a PJJ service to which the stay is opened.
CREATE OR REPLACE FUNCTION children_in_charge() RETURNS TABLE(child_id uuid, incident_id uuid, reference text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT h.id, i.id, c.reference
     FROM cases_incidentchild h JOIN cases_incident i ON i.id = h.incident_id
     LEFT JOIN cases_placement s ON s.id = h.placement_id JOIN cases_case c ON c.id = coalesce(s.case_id, h.case_id)
     LEFT JOIN LATERAL (SELECT l.payer_id FROM cases_linking l
        WHERE l.case_id = c.id AND l.cancelled_at IS NULL AND l.financed_on IS NOT NULL
        ORDER BY coalesce(l.placement_id = s.id, false) DESC, l.opened_at DESC LIMIT 1) f ON true
    WHERE cardinality(scope_partners_as('requester')) > 0 AND NOT i.is_confidential AND NOT i.is_test AND EXISTS (
      SELECT 1 FROM partners_partner p WHERE p.id = ANY ((SELECT scope_partners_as('requester'))::uuid[]) AND (
        (p.kind = 'ase' AND (p.ase_authority_id = f.payer_id OR (f.payer_id IS NULL AND EXISTS (
          SELECT 1 FROM territory_asecoverage v
           WHERE v.authority_id = p.ase_authority_id AND v.territory_id = c.origin_id))))
        OR (p.requester_type_id LIKE 'acteur:PJJ-%' AND s.id IN (SELECT scope_granted_ids('placement', 10)))))
$body$;

CREATE OR REPLACE FUNCTION incident_in_charge_ids() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT k.incident_id FROM children_in_charge() k
$body$;

-- What the ladder asks. The job sees no incident: it learns how grave, and which accounts to call.
CREATE OR REPLACE FUNCTION incident_plan(p_id uuid) RETURNS TABLE(level integer, opened_at timestamp with time
  zone, structure uuid[], direction uuid[], state uuid[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT (v.extra ->> 'level')::integer, i.declared_at,
     CASE WHEN i.is_confidential THEN '{}' ELSE ARRAY(
       SELECT m.user_id FROM partners_membership m JOIN users_user u ON u.id = m.user_id AND u.is_active
        WHERE m.partner_id = i.partner_id AND m.role = 'structure_director' AND d.today >= m.starts_on
          AND (m.ends_on IS NULL OR m.ends_on >= d.today) AND (m.revoked_at IS NULL OR m.revoked_at > now())
          AND m.user_id <> i.declared_by_id ORDER BY 1) END,
     ARRAY(SELECT u.id FROM users_user u JOIN users_user_groups g ON g.user_id = u.id
             JOIN auth_group a ON a.id = g.group_id AND a.name = 'direction' WHERE u.is_active ORDER BY 1),
     ARRAY(
       SELECT DISTINCT m.user_id FROM partners_membership m JOIN users_user u ON u.id = m.user_id AND u.is_active
        WHERE m.role = 'state_reader' AND d.today >= m.starts_on
          AND (m.ends_on IS NULL OR m.ends_on >= d.today) AND (m.revoked_at IS NULL OR m.revoked_at > now())
        ORDER BY 1)
     FROM cases_incident i JOIN values_value v ON v.id = i.severity_id
     CROSS JOIN (SELECT (now() AT TIME ZONE 'Europe/Paris')::date AS today) d
    WHERE i.id = $1 AND coalesce(scope_system() = 'notify', false)
$body$;

-- What somebody who was called reads on the page of the call: the State, nothing else of it.
CREATE OR REPLACE FUNCTION incident_told(p_id uuid) RETURNS TABLE(severity text, declared_at timestamp with time
  zone, is_drill boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT v.label, i.declared_at, i.is_drill FROM cases_incident i JOIN values_value v ON v.id = i.severity_id
    WHERE i.id = $1 AND (scope_sees_all_cases() OR EXISTS (
      SELECT 1 FROM notify_ringstep s JOIN notify_ring r ON r.id = s.ring_id
       WHERE r.kind = 'incident' AND r.object_id = i.id AND s.person_id = (SELECT scope_user_id())))
$body$;

CREATE OR REPLACE FUNCTION incident_written_ids() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT i.id FROM cases_incident i WHERE i.declared_by_id = (SELECT scope_user_id()) AND ((i.partner_id = ANY ((SELECT scope_partners_as('structure_director', 'structure_educator'))::uuid[]) OR i.service_id = ANY ((SELECT scope_partners_as('requester'))::uuid[])) OR i.is_from_outside)
    AND i.state = 'declared'
$body$;

CREATE OR REPLACE FUNCTION incidentchild_check() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
BEGIN
  IF NEW.placement_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM cases_placement p JOIN cases_incident i ON i.partner_id = p.partner_id
     WHERE p.id = NEW.placement_id AND i.id = NEW.incident_id)
  THEN
    RAISE EXCEPTION 'incident_same_partner' USING ERRCODE = 'check_violation', CONSTRAINT = 'incident_same_partner';
  END IF;
  RETURN NULL;
END
$body$;

CREATE OR REPLACE FUNCTION incidentchild_in_charge_ids() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT k.child_id FROM children_in_charge() k
$body$;

CREATE OR REPLACE FUNCTION incidenttask_freeze() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $body$
DECLARE
  expected cases_incidenttask := OLD;
BEGIN
  IF OLD.done_at IS NULL THEN
    expected.done_at := NEW.done_at;
    expected.done_by_id := NEW.done_by_id;
    IF public.scope_manages_cases() THEN
      expected.owner_id := NEW.owner_id;
      expected.due_on := NEW.due_on;
    END IF;
  END IF;
  IF NEW IS DISTINCT FROM expected THEN
    RAISE EXCEPTION 'incidenttask_frozen' USING ERRCODE = 'check_violation', CONSTRAINT = 'incidenttask_frozen';
  END IF;
  RETURN NEW;
END
$body$;

-- Tables

ALTER TABLE cases_incident DROP CONSTRAINT IF EXISTS incident_day_of_declaration;
ALTER TABLE cases_incident ADD CONSTRAINT incident_day_of_declaration CHECK (declared_on = (declared_at AT TIME ZONE 'Europe/Paris')::date);
CREATE CONSTRAINT TRIGGER incident_coherent AFTER INSERT OR UPDATE ON cases_incident DEFERRABLE INITIALLY
  DEFERRED FOR EACH ROW EXECUTE FUNCTION incident_check();
ALTER TABLE cases_incident ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON cases_incident FOR SELECT
  USING ((SELECT scope_sees_all_cases()) OR id IN (SELECT incident_visible_ids()) OR id IN (SELECT
    incident_in_charge_ids()));
CREATE POLICY insert_rows ON cases_incident FOR INSERT
  WITH CHECK (((SELECT scope_manages_cases()) OR (NOT is_test AND ((declared_by_id = (SELECT scope_user_id()) AND
    is_from_outside AND is_confidential AND partner_id IS NULL AND placement_id IS NULL AND service_id IS NULL
    AND state = 'declared') OR (NOT is_from_outside AND ((declared_by_id = (SELECT scope_user_id()) AND
    partner_id = ANY ((SELECT scope_partners_as('structure_director', 'structure_educator'))::uuid[])) AND service_id IS NULL OR
    (declared_by_id = (SELECT scope_user_id()) AND service_id = ANY ((SELECT scope_partners_as('requester'))::uuid[]) AND
    placement_id IN (SELECT placement_of_own_minor_ids()))))))) AND (((partner_id IS NULL OR
    can_see_partner(partner_id)) OR (declared_by_id = (SELECT scope_user_id()) AND service_id = ANY ((SELECT scope_partners_as('requester'))::uuid[]) AND placement_id IN (SELECT placement_of_own_minor_ids()))) AND
    (placement_id IS NULL OR can_see_placement(placement_id)) AND (service_id IS NULL OR
    can_see_partner(service_id))));
CREATE POLICY update_rows ON cases_incident FOR UPDATE
  USING ((SELECT scope_manages_cases()))
  WITH CHECK ((SELECT scope_manages_cases()) AND (((partner_id IS NULL OR can_see_partner(partner_id)) OR
    (declared_by_id = (SELECT scope_user_id()) AND service_id = ANY ((SELECT scope_partners_as('requester'))::uuid[]) AND
    placement_id IN (SELECT placement_of_own_minor_ids()))) AND (placement_id IS NULL OR
    can_see_placement(placement_id)) AND (service_id IS NULL OR can_see_partner(service_id))));
CREATE POLICY delete_rows ON cases_incident FOR DELETE USING (false);

ALTER TABLE cases_incidentcause ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON cases_incidentcause FOR SELECT
  USING ((SELECT scope_sees_all_cases()) OR incident_id IN (SELECT incident_visible_ids()));
CREATE POLICY insert_rows ON cases_incidentcause FOR INSERT
  WITH CHECK (((SELECT scope_manages_cases())) AND (can_see_incident(incident_id)));
CREATE POLICY update_rows ON cases_incidentcause FOR UPDATE
  USING (false)
  WITH CHECK ((false) AND (can_see_incident(incident_id)));
CREATE POLICY delete_rows ON cases_incidentcause FOR DELETE USING (false);

CREATE CONSTRAINT TRIGGER incidentchild_coherent AFTER INSERT ON cases_incidentchild DEFERRABLE INITIALLY
  DEFERRED FOR EACH ROW EXECUTE FUNCTION incidentchild_check();
ALTER TABLE cases_incidentchild ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON cases_incidentchild FOR SELECT
  USING ((SELECT scope_sees_all_cases()) OR incident_id IN (SELECT incident_visible_ids()) OR id IN (SELECT
    incidentchild_in_charge_ids()));
CREATE POLICY insert_rows ON cases_incidentchild FOR INSERT
  WITH CHECK (((SELECT scope_manages_cases()) OR incident_id IN (SELECT incident_written_ids())) AND
    (can_see_incident(incident_id) AND (placement_id IS NULL OR can_see_placement(placement_id)) AND (case_id IS
    NULL OR can_see_case(case_id))));
CREATE POLICY update_rows ON cases_incidentchild FOR UPDATE
  USING (false)
  WITH CHECK ((false) AND (can_see_incident(incident_id) AND (placement_id IS NULL OR
    can_see_placement(placement_id)) AND (case_id IS NULL OR can_see_case(case_id))));
CREATE POLICY delete_rows ON cases_incidentchild FOR DELETE USING (false);

ALTER TABLE cases_incidentdetail ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON cases_incidentdetail FOR SELECT
  USING ((SELECT scope_sees_all_cases()) OR incident_id IN (SELECT incident_visible_ids()));
CREATE POLICY insert_rows ON cases_incidentdetail FOR INSERT
  WITH CHECK (((SELECT scope_manages_cases()) OR incident_id IN (SELECT incident_written_ids())) AND
    (can_see_incident(incident_id)));
CREATE POLICY update_rows ON cases_incidentdetail FOR UPDATE
  USING ((SELECT scope_manages_cases()))
  WITH CHECK (((SELECT scope_manages_cases())) AND (can_see_incident(incident_id)));
CREATE POLICY delete_rows ON cases_incidentdetail FOR DELETE USING (false);

ALTER TABLE cases_incidentevent ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON cases_incidentevent FOR SELECT
  USING ((SELECT scope_sees_all_cases()) OR (is_shared AND incident_id IN (SELECT incident_visible_ids())));
CREATE POLICY insert_rows ON cases_incidentevent FOR INSERT
  WITH CHECK ((author_id = (SELECT scope_user_id()) AND ((SELECT scope_manages_cases()) OR (is_shared AND
    incident_id IN (SELECT incident_housed_ids())))) AND (can_see_incident(incident_id)));
CREATE POLICY update_rows ON cases_incidentevent FOR UPDATE
  USING (false)
  WITH CHECK ((false) AND (can_see_incident(incident_id)));
CREATE POLICY delete_rows ON cases_incidentevent FOR DELETE USING (false);

ALTER TABLE cases_incidentpair ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON cases_incidentpair FOR SELECT USING ((SELECT scope_sees_all_cases()));
CREATE POLICY insert_rows ON cases_incidentpair FOR INSERT
  WITH CHECK (((SELECT scope_manages_cases()) AND said_by_id = (SELECT scope_user_id())) AND
    (can_see_incident(first_id) AND can_see_incident(second_id)));
CREATE POLICY update_rows ON cases_incidentpair FOR UPDATE
  USING (false)
  WITH CHECK ((false) AND (can_see_incident(first_id) AND can_see_incident(second_id)));
CREATE POLICY delete_rows ON cases_incidentpair FOR DELETE USING (false);

ALTER TABLE cases_incidentreview ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON cases_incidentreview FOR SELECT
  USING ((SELECT scope_sees_all_cases()) OR incident_id IN (SELECT incident_visible_ids()));
CREATE POLICY insert_rows ON cases_incidentreview FOR INSERT
  WITH CHECK (((SELECT scope_manages_cases())) AND (can_see_incident(incident_id)));
CREATE POLICY update_rows ON cases_incidentreview FOR UPDATE
  USING (false)
  WITH CHECK ((false) AND (can_see_incident(incident_id)));
CREATE POLICY delete_rows ON cases_incidentreview FOR DELETE USING (false);

CREATE TRIGGER incidenttask_frozen BEFORE UPDATE ON cases_incidenttask FOR EACH ROW
  WHEN (NOT acts_as_owner()) EXECUTE FUNCTION incidenttask_freeze();
ALTER TABLE cases_incidenttask ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON cases_incidenttask FOR SELECT
  USING ((SELECT scope_sees_all_cases()) OR (owner_id = (SELECT scope_user_id()) AND incident_id IN (SELECT
    incident_visible_ids())));
CREATE POLICY insert_rows ON cases_incidenttask FOR INSERT
  WITH CHECK (((SELECT scope_manages_cases())) AND (can_see_incident(incident_id)));
CREATE POLICY update_rows ON cases_incidenttask FOR UPDATE
  USING ((SELECT scope_manages_cases()) OR owner_id = (SELECT scope_user_id()))
  WITH CHECK (((SELECT scope_manages_cases()) OR owner_id = (SELECT scope_user_id())) AND
    (can_see_incident(incident_id)));
CREATE POLICY delete_rows ON cases_incidenttask FOR DELETE USING (false);

-- Kinds of the journal and of retention
SELECT journal_kind_register('incident', 'cases_incident');
SELECT retention_kind_register(
  'incident', 'incident', 'cases_incident', 'incident', 'la clôture de l’incident', 'anonymise',
  $starts$SELECT n.id AS object_id, n.reference,
  CASE WHEN n.state = 'closed' THEN greatest(n.declared_on, (n.closed_at AT TIME ZONE 'Europe/Paris')::date) END AS starts_on,
  array_remove(ARRAY[n.id, p.id, p.case_id], NULL) || ARRAY(
    SELECT v FROM cases_incidentchild h LEFT JOIN cases_placement q ON q.id = h.placement_id
      CROSS JOIN LATERAL unnest(ARRAY[h.placement_id, q.case_id, h.case_id]) AS v
     WHERE h.incident_id = n.id AND v IS NOT NULL) AS together
FROM cases_incident n LEFT JOIN cases_placement p ON p.id = n.placement_id$starts$,
  'incident_forget', 60, 'Cinq ans pour répondre de ce qui a été fait ; une procédure en cours justifie une conservation forcée.',
  'Code civil, article 2224 (prescription de cinq ans)', 50
);
