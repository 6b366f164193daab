-- cases/files/protection: who may read and write its tables, and what the database holds true.
-- Loaded by a migration, which may load it again: docs/wall.md.

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
