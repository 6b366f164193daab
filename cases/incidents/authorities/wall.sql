-- cases/incidents/authorities: who may read and write its tables, and what the database holds true.
-- Loaded by a migration, which may load it again: docs/wall.md.

-- Functions

CREATE OR REPLACE FUNCTION notice_visible_ids() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT n.id FROM cases_authoritynotice n WHERE n.incident_id IN (SELECT incident_visible_ids())
$body$;

CREATE OR REPLACE FUNCTION can_see_notice(row_id uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT (SELECT scope_sees_all_cases()) OR $1 IN (SELECT notice_visible_ids())
$body$;

-- What the notice to the service in charge holds, besides the row: which of its minors, and when it was told.
CREATE OR REPLACE FUNCTION incident_of_charge(p_id uuid) RETURNS TABLE(minors text[], told_at timestamp with time zone)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT array_agg(DISTINCT k.reference ORDER BY k.reference),
                 (SELECT min(n.told_at) FROM cases_authoritynotice n WHERE n.incident_id = $1
                    AND n.authority_id = 'autorite:GARDIEN' AND (n.ase_authority_id IS NULL OR n.ase_authority_id IN (
                      SELECT p.ase_authority_id FROM partners_partner p WHERE p.id = ANY ((SELECT scope_partners_as('requester'))::uuid[]))))
                FROM children_in_charge() k WHERE k.incident_id = $1 HAVING count(*) > 0
$body$;

CREATE OR REPLACE FUNCTION notice_housed_ids() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT n.id FROM cases_authoritynotice n WHERE n.incident_id IN (SELECT incident_housed_ids())
$body$;

-- Numbers to call about an incident, for whoever makes the calls: services of the départements of the children and of
-- the structure, by their function and never by a name.
CREATE OR REPLACE FUNCTION incident_phones(p_id uuid) RETURNS TABLE(actor text, ase text, who text, phone text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  WITH seen AS (
    SELECT i.id, i.partner_id FROM cases_incident i WHERE i.id = $1 AND (scope_manages_cases() OR (
      i.id IN (SELECT incident_visible_ids())
        AND i.partner_id = ANY ((SELECT scope_partners_as('structure_director', 'structure_educator'))::uuid[])))
  ), children AS (
    SELECT c.origin_id, minor_payer(c.id, s.id) AS payer_id FROM seen JOIN cases_incidentchild h ON h.incident_id = seen.id
      LEFT JOIN cases_placement s ON s.id = h.placement_id JOIN cases_case c ON c.id = coalesce(s.case_id, h.case_id)
  ), places AS (
    SELECT p.territory_id AS id FROM seen JOIN partners_partner p ON p.id = seen.partner_id
      UNION SELECT origin_id FROM children
  ), authorities AS (
    SELECT v.authority_id AS id FROM territory_asecoverage v JOIN places ON places.id = v.territory_id
      UNION SELECT payer_id FROM children
  )
  SELECT coalesce(p.requester_type_id, ''), coalesce(p.ase_authority_id, ''),
      coalesce(nullif(k.position, ''), p.code_name), k.phone
    FROM seen, partners_contact k JOIN partners_partner p ON p.id = k.partner_id
    WHERE k.phone <> '' AND p.kind IN ('ase', 'requester') AND p.closed_on IS NULL
      AND (p.ase_authority_id IN (SELECT id FROM authorities) OR p.territory_id IN (SELECT id FROM places))
    ORDER BY p.code_name, k.position, k.phone
$body$;

-- Tables

ALTER TABLE cases_authoritynotice ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON cases_authoritynotice FOR SELECT
  USING ((SELECT scope_sees_all_cases()) OR incident_id IN (SELECT incident_visible_ids()));
CREATE POLICY insert_rows ON cases_authoritynotice FOR INSERT
  WITH CHECK (((SELECT scope_manages_cases()) OR (told_by_id = (SELECT scope_user_id()) AND incident_id IN (SELECT
    incident_housed_ids()))) AND (can_see_incident(incident_id)));
CREATE POLICY update_rows ON cases_authoritynotice FOR UPDATE
  USING (false)
  WITH CHECK ((false) AND (can_see_incident(incident_id)));
CREATE POLICY delete_rows ON cases_authoritynotice FOR DELETE USING (false);

ALTER TABLE cases_authoritywaiver ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON cases_authoritywaiver FOR SELECT
  USING ((SELECT scope_sees_all_cases()) OR incident_id IN (SELECT incident_visible_ids()));
CREATE POLICY insert_rows ON cases_authoritywaiver FOR INSERT
  WITH CHECK (((SELECT scope_manages_cases()) AND decided_by_id = (SELECT scope_user_id())) AND
    (can_see_incident(incident_id)));
CREATE POLICY update_rows ON cases_authoritywaiver FOR UPDATE
  USING (false)
  WITH CHECK ((false) AND (can_see_incident(incident_id)));
CREATE POLICY delete_rows ON cases_authoritywaiver FOR DELETE USING (false);

ALTER TABLE cases_noticeproof ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON cases_noticeproof FOR SELECT
  USING ((SELECT scope_sees_all_cases()) OR notice_id IN (SELECT notice_visible_ids()));
CREATE POLICY insert_rows ON cases_noticeproof FOR INSERT
  WITH CHECK ((added_by_id = (SELECT scope_user_id()) AND ((SELECT scope_manages_cases()) OR notice_id IN (SELECT
    notice_housed_ids()))) AND (can_see_notice(notice_id)));
CREATE POLICY update_rows ON cases_noticeproof FOR UPDATE
  USING (false)
  WITH CHECK ((false) AND (can_see_notice(notice_id)));
CREATE POLICY delete_rows ON cases_noticeproof FOR DELETE USING (false);
