-- formation/year_plan: who may read and write its tables, and what the database holds true.
-- Loaded by a migration, which may load it again: docs/wall.md.

-- Functions

CREATE OR REPLACE FUNCTION can_see_yearplan(plan uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT (SELECT scope_sees_all_cases()) OR (SELECT scope_has_role('trainer')) OR ((SELECT scope_is_inside()) AND EXISTS
    (SELECT 1 FROM formation_yearplan p WHERE p.id = $1 AND p.published_at IS NOT NULL))
$body$;

-- Tables

ALTER TABLE formation_yearplan ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON formation_yearplan FOR SELECT
  USING ((SELECT scope_sees_all_cases()) OR (SELECT scope_has_role('trainer')) OR (published_at IS NOT NULL AND
    (SELECT scope_is_inside())));
CREATE POLICY insert_rows ON formation_yearplan FOR INSERT WITH CHECK ((SELECT scope_manages_cases()));
CREATE POLICY update_rows ON formation_yearplan FOR UPDATE
  USING ((SELECT scope_manages_cases()))
  WITH CHECK ((SELECT scope_manages_cases()));
CREATE POLICY delete_rows ON formation_yearplan FOR DELETE USING (false);

ALTER TABLE formation_yearplanline ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON formation_yearplanline FOR SELECT USING (can_see_yearplan(plan_id));
CREATE POLICY insert_rows ON formation_yearplanline FOR INSERT
  WITH CHECK (((SELECT scope_manages_cases())) AND (can_see_yearplan(plan_id)));
CREATE POLICY update_rows ON formation_yearplanline FOR UPDATE
  USING ((SELECT scope_manages_cases()))
  WITH CHECK (((SELECT scope_manages_cases())) AND (can_see_yearplan(plan_id)));
CREATE POLICY delete_rows ON formation_yearplanline FOR DELETE USING (false);

-- Kinds of the journal and of retention
SELECT journal_kind_register('yearplan', 'formation_yearplan');
