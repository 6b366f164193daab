-- dashboards/reporting/periods: who may read and write its tables, and what the database holds true.
-- Loaded by a migration, which may load it again: docs/wall.md.

-- Functions

-- The rows of a period are written with it, before anybody agrees.
CREATE OR REPLACE FUNCTION can_fill_closedperiod(period uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT EXISTS (SELECT FROM reporting_closedperiod c WHERE c.id = period AND c.asked_by_id = (SELECT scope_user_id())
    AND c.agreed_at IS NULL AND c.dismissed_at IS NULL)
$body$;

CREATE OR REPLACE FUNCTION can_see_closedperiod(period uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT scope_sees_all_cases() AND EXISTS (SELECT FROM reporting_closedperiod c WHERE c.id = period)
$body$;

-- Tables

CREATE TRIGGER closedperiod_guard BEFORE UPDATE OR DELETE ON reporting_closedperiod FOR EACH ROW EXECUTE
  FUNCTION two_people_guard();
ALTER TABLE reporting_closedperiod ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON reporting_closedperiod FOR SELECT USING ((SELECT scope_sees_all_cases()));
CREATE POLICY insert_rows ON reporting_closedperiod FOR INSERT
  WITH CHECK (((SELECT scope_manages_cases()) AND asked_by_id = (SELECT scope_user_id()) AND agreed_by_id IS NULL
    AND dismissed_by_id IS NULL) AND ((agreed_by_id IS NULL OR agreed_by_id = (SELECT scope_user_id())) AND
    (dismissed_by_id IS NULL OR dismissed_by_id = (SELECT scope_user_id()))));
CREATE POLICY update_rows ON reporting_closedperiod FOR UPDATE
  USING ((SELECT scope_manages_cases()))
  WITH CHECK (((SELECT scope_manages_cases())) AND ((agreed_by_id IS NULL OR agreed_by_id = (SELECT
    scope_user_id())) AND (dismissed_by_id IS NULL OR dismissed_by_id = (SELECT scope_user_id()))));
CREATE POLICY delete_rows ON reporting_closedperiod FOR DELETE USING (false);

ALTER TABLE reporting_closedrows ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON reporting_closedrows FOR SELECT USING ((SELECT scope_sees_all_cases()));
CREATE POLICY insert_rows ON reporting_closedrows FOR INSERT
  WITH CHECK (((SELECT scope_manages_cases())) AND (can_see_closedperiod(period_id) AND
    can_fill_closedperiod(period_id)));
CREATE POLICY update_rows ON reporting_closedrows FOR UPDATE
  USING (false)
  WITH CHECK ((false) AND (can_see_closedperiod(period_id) AND can_fill_closedperiod(period_id)));
CREATE POLICY delete_rows ON reporting_closedrows FOR DELETE USING (false);

ALTER TABLE reporting_revision ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON reporting_revision FOR SELECT USING ((SELECT scope_sees_all_cases()));
CREATE POLICY insert_rows ON reporting_revision FOR INSERT
  WITH CHECK (((SELECT scope_manages_cases()) AND noted_by_id = (SELECT scope_user_id())) AND
    (can_see_closedperiod(period_id)));
CREATE POLICY update_rows ON reporting_revision FOR UPDATE
  USING (false)
  WITH CHECK ((false) AND (can_see_closedperiod(period_id)));
CREATE POLICY delete_rows ON reporting_revision FOR DELETE USING (false);

-- Kinds of the journal and of retention
SELECT journal_kind_register('closedperiod', 'reporting_closedperiod');
