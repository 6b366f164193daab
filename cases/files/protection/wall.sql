-- cases/files/protection: who may read and write its tables, and what the database holds true.
-- Loaded by a migration, which may load it again: docs/wall.md.

-- Functions

-- Whom a minor must not meet is forgotten with the reference of the file.
CREATE OR REPLACE FUNCTION people_to_avoid_forget() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
BEGIN
  DELETE FROM cases_peopletoavoid WHERE case_id = NEW.id;
  RETURN NULL;
END
$body$;

-- Tables

ALTER TABLE cases_caselanguage ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON cases_caselanguage FOR SELECT
  USING ((SELECT scope_sees_all_cases()) OR case_id IN (SELECT case_visible_ids()));
CREATE POLICY insert_rows ON cases_caselanguage FOR INSERT
  WITH CHECK (((SELECT scope_manages_cases())) AND (can_see_case(case_id)));
CREATE POLICY update_rows ON cases_caselanguage FOR UPDATE
  USING ((SELECT scope_manages_cases()))
  WITH CHECK (((SELECT scope_manages_cases())) AND (can_see_case(case_id)));
CREATE POLICY delete_rows ON cases_caselanguage FOR DELETE USING ((SELECT scope_manages_cases()));

ALTER TABLE cases_caseneed ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON cases_caseneed FOR SELECT
  USING ((SELECT scope_sees_all_cases()) OR case_id IN (SELECT case_visible_ids()));
CREATE POLICY insert_rows ON cases_caseneed FOR INSERT
  WITH CHECK (((SELECT scope_manages_cases())) AND (can_see_case(case_id)));
CREATE POLICY update_rows ON cases_caseneed FOR UPDATE
  USING ((SELECT scope_manages_cases()))
  WITH CHECK (((SELECT scope_manages_cases())) AND (can_see_case(case_id)));
CREATE POLICY delete_rows ON cases_caseneed FOR DELETE USING ((SELECT scope_manages_cases()));

ALTER TABLE cases_keepaway ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON cases_keepaway FOR SELECT
  USING ((SELECT scope_sees_all_cases()) OR case_id IN (SELECT case_visible_ids()));
CREATE POLICY insert_rows ON cases_keepaway FOR INSERT
  WITH CHECK (((SELECT scope_manages_cases())) AND (can_see_case(case_id)));
CREATE POLICY update_rows ON cases_keepaway FOR UPDATE
  USING ((SELECT scope_manages_cases()))
  WITH CHECK (((SELECT scope_manages_cases())) AND (can_see_case(case_id)));
CREATE POLICY delete_rows ON cases_keepaway FOR DELETE USING (false);

ALTER TABLE cases_legalframe ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON cases_legalframe FOR SELECT
  USING ((SELECT scope_sees_all_cases()) OR case_id IN (SELECT case_visible_ids()));
CREATE POLICY insert_rows ON cases_legalframe FOR INSERT
  WITH CHECK (((SELECT scope_manages_cases())) AND (can_see_case(case_id)));
CREATE POLICY update_rows ON cases_legalframe FOR UPDATE
  USING ((SELECT scope_manages_cases()))
  WITH CHECK (((SELECT scope_manages_cases())) AND (can_see_case(case_id)));
CREATE POLICY delete_rows ON cases_legalframe FOR DELETE USING (false);

ALTER TABLE cases_peopletoavoid ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON cases_peopletoavoid FOR SELECT
  USING ((SELECT scope_sees_all_cases()) OR case_id IN (SELECT case_visible_ids()));
CREATE POLICY insert_rows ON cases_peopletoavoid FOR INSERT
  WITH CHECK (((SELECT scope_manages_cases()) AND written_by_id = (SELECT scope_user_id())) AND
    (can_see_case(case_id)));
CREATE POLICY update_rows ON cases_peopletoavoid FOR UPDATE
  USING ((SELECT scope_manages_cases()))
  WITH CHECK (((SELECT scope_manages_cases()) AND written_by_id = (SELECT scope_user_id())) AND
    (can_see_case(case_id)));
CREATE POLICY delete_rows ON cases_peopletoavoid FOR DELETE USING (false);
