-- cases/files/duplicates: who may read and write its tables, and what the database holds true.
-- Loaded by a migration, which may load it again: docs/wall.md.

-- Tables

ALTER TABLE cases_caseapart ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON cases_caseapart FOR SELECT USING ((SELECT scope_manages_cases()));
CREATE POLICY insert_rows ON cases_caseapart FOR INSERT
  WITH CHECK (((SELECT scope_manages_cases()) AND said_by_id = (SELECT scope_user_id()) AND lifted_at IS NULL) AND
    (can_see_case(first_id) AND can_see_case(second_id)));
CREATE POLICY update_rows ON cases_caseapart FOR UPDATE
  USING ((SELECT scope_manages_cases()))
  WITH CHECK (((SELECT scope_manages_cases())) AND (can_see_case(first_id) AND can_see_case(second_id)));
CREATE POLICY delete_rows ON cases_caseapart FOR DELETE USING (false);

CREATE TRIGGER casemerge_guard BEFORE UPDATE ON cases_casemerge FOR EACH ROW EXECUTE FUNCTION
  two_people_guard('moved');
ALTER TABLE cases_casemerge ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON cases_casemerge FOR SELECT USING ((SELECT scope_manages_cases()));
CREATE POLICY insert_rows ON cases_casemerge FOR INSERT
  WITH CHECK (((SELECT scope_manages_cases()) AND asked_by_id = (SELECT scope_user_id()) AND agreed_at IS NULL AND
    dismissed_at IS NULL) AND (can_see_case(kept_id) AND can_see_case(merged_id)));
CREATE POLICY update_rows ON cases_casemerge FOR UPDATE
  USING ((SELECT scope_manages_cases()))
  WITH CHECK (((SELECT scope_manages_cases())) AND (can_see_case(kept_id) AND can_see_case(merged_id)));
CREATE POLICY delete_rows ON cases_casemerge FOR DELETE USING (false);

ALTER TABLE cases_casesound ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON cases_casesound FOR SELECT USING ((SELECT scope_manages_cases()));
CREATE POLICY insert_rows ON cases_casesound FOR INSERT
  WITH CHECK (((SELECT scope_manages_cases())) AND (can_see_case(case_id)));
CREATE POLICY update_rows ON cases_casesound FOR UPDATE USING (false) WITH CHECK ((false) AND (can_see_case(case_id)));
CREATE POLICY delete_rows ON cases_casesound FOR DELETE USING ((SELECT scope_manages_cases()));
