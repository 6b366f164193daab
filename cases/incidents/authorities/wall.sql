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
                      SELECT p.ase_authority_id FROM partners_partner p WHERE p.id = ANY (scope_partners_as('requester')))))
                FROM children_in_charge() k WHERE k.incident_id = $1 HAVING count(*) > 0
$body$;

CREATE OR REPLACE FUNCTION notice_housed_ids() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT n.id FROM cases_authoritynotice n WHERE n.incident_id IN (SELECT incident_housed_ids())
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
