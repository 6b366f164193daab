-- cases/incidents/targets: who may read and write its tables, and what the database holds true.
-- Loaded by a migration, which may load it again: docs/wall.md.

-- Tables

ALTER TABLE cases_severitytargets ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON cases_severitytargets FOR SELECT USING ((SELECT scope_sees_all_cases()));
CREATE POLICY insert_rows ON cases_severitytargets FOR INSERT
  WITH CHECK ((SELECT scope_manages_cases()) AND changed_by_id = (SELECT scope_user_id()));
CREATE POLICY update_rows ON cases_severitytargets FOR UPDATE USING (false) WITH CHECK (false);
CREATE POLICY delete_rows ON cases_severitytargets FOR DELETE USING (false);
