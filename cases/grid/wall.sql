-- cases/grid: who may read and write its tables, and what the database holds true.
-- Loaded by a migration, which may load it again: docs/wall.md.

-- Functions

CREATE OR REPLACE FUNCTION gridversion_freeze() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $body$
BEGIN
  RAISE EXCEPTION 'gridversion_frozen' USING ERRCODE = 'check_violation', CONSTRAINT = 'gridversion_frozen';
END
$body$;

-- Tables

ALTER TABLE cases_filledgrid ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON cases_filledgrid FOR SELECT
  USING ((SELECT scope_sees_all_cases()) OR sollicitation_id IN (SELECT sollicitation_asked_ids()));
CREATE POLICY insert_rows ON cases_filledgrid FOR INSERT
  WITH CHECK ((filled_by_id = (SELECT scope_user_id()) AND ((SELECT scope_manages_cases()) OR sollicitation_id IN
    (SELECT sollicitation_asked_open_ids()))) AND (can_see_sollicitation(sollicitation_id)));
CREATE POLICY update_rows ON cases_filledgrid FOR UPDATE
  USING (false)
  WITH CHECK ((false) AND (can_see_sollicitation(sollicitation_id)));
CREATE POLICY delete_rows ON cases_filledgrid FOR DELETE USING (false);

CREATE TRIGGER gridversion_frozen BEFORE UPDATE OR DELETE ON cases_gridversion FOR EACH ROW EXECUTE FUNCTION
  gridversion_freeze();
ALTER TABLE cases_gridversion ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON cases_gridversion FOR SELECT USING (true);
CREATE POLICY insert_rows ON cases_gridversion FOR INSERT
  WITH CHECK (((SELECT scope_manages_cases()) AND published_by_id = (SELECT scope_user_id())) OR ((SELECT
    scope_is_reference()) AND published_by_id IS NULL));
CREATE POLICY update_rows ON cases_gridversion FOR UPDATE USING (false) WITH CHECK (false);
CREATE POLICY delete_rows ON cases_gridversion FOR DELETE USING (false);
