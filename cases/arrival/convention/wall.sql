-- cases/arrival/convention: who may read and write its tables, and what the database holds true.
-- Loaded by a migration, which may load it again: docs/wall.md.

-- Functions

-- Who signs reads it. It holds the places to keep away from: neither who only asked nor who only pays reads it.
CREATE OR REPLACE FUNCTION linkingversion_visible_ids() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT v.id FROM cases_linkingversion v
    WHERE v.linking_id IN (SELECT linking_housed_ids() UNION SELECT linking_entrusted_ids())
$body$;

CREATE OR REPLACE FUNCTION can_see_linkingversion(row_id uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT (SELECT scope_sees_all_cases()) OR $1 IN (SELECT linkingversion_visible_ids())
$body$;

-- The version that waits for signatures; none for a linking taken over from an earlier register.
CREATE OR REPLACE FUNCTION linkingversion_latest(row_id uuid) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT v.id FROM cases_linkingversion v WHERE v.linking_id = $1 AND can_see_linking($1)
    ORDER BY v.number DESC LIMIT 1
$body$;

-- Tables

ALTER TABLE cases_linkingversion ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON cases_linkingversion FOR SELECT
  USING ((SELECT scope_sees_all_cases()) OR id IN (SELECT linkingversion_visible_ids()));
CREATE POLICY insert_rows ON cases_linkingversion FOR INSERT
  WITH CHECK (((SELECT scope_manages_cases()) AND written_by_id = (SELECT scope_user_id())) AND
    (can_see_linking(linking_id)));
CREATE POLICY update_rows ON cases_linkingversion FOR UPDATE
  USING (false)
  WITH CHECK ((false) AND (can_see_linking(linking_id)));
CREATE POLICY delete_rows ON cases_linkingversion FOR DELETE USING (false);
