-- dashboards/reporting/targets: who may read and write its tables, and what the database holds true.
-- Loaded by a migration, which may load it again: docs/wall.md.

-- Tables

ALTER TABLE reporting_target ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON reporting_target FOR SELECT USING ((SELECT scope_sees_all_cases()));
CREATE POLICY insert_rows ON reporting_target FOR INSERT
  WITH CHECK ((SELECT scope_manages_cases()) AND set_by_id = (SELECT scope_user_id()));
CREATE POLICY update_rows ON reporting_target FOR UPDATE
  USING ((SELECT scope_manages_cases()))
  WITH CHECK ((SELECT scope_manages_cases()));
CREATE POLICY delete_rows ON reporting_target FOR DELETE USING ((SELECT scope_manages_cases()));
