-- dashboards/reporting/releases: who may read and write its tables, and what the database holds true.
-- Loaded by a migration, which may load it again: docs/wall.md.

-- Tables

CREATE TRIGGER release_guard BEFORE UPDATE OR DELETE ON reporting_release FOR EACH ROW EXECUTE FUNCTION
  two_people_guard();
ALTER TABLE reporting_release ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON reporting_release FOR SELECT
  USING ((SELECT scope_sees_all_cases()) OR (agreed_at IS NOT NULL AND (SELECT scope_has_role('state_reader'))));
CREATE POLICY insert_rows ON reporting_release FOR INSERT
  WITH CHECK (((SELECT scope_manages_cases()) AND asked_by_id = (SELECT scope_user_id()) AND agreed_by_id IS NULL
    AND dismissed_by_id IS NULL) AND ((agreed_by_id IS NULL OR agreed_by_id = (SELECT scope_user_id())) AND
    (dismissed_by_id IS NULL OR dismissed_by_id = (SELECT scope_user_id())) AND
    can_see_closedperiod(period_id)));
CREATE POLICY update_rows ON reporting_release FOR UPDATE
  USING ((SELECT scope_manages_cases()))
  WITH CHECK (((SELECT scope_manages_cases())) AND ((agreed_by_id IS NULL OR agreed_by_id = (SELECT
    scope_user_id())) AND (dismissed_by_id IS NULL OR dismissed_by_id = (SELECT scope_user_id())) AND
    can_see_closedperiod(period_id)));
CREATE POLICY delete_rows ON reporting_release FOR DELETE USING (false);

-- Kinds of the journal and of retention
SELECT journal_kind_register('release', 'reporting_release');
