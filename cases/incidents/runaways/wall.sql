-- cases/incidents/runaways: who may read and write its tables, and what the database holds true.
-- Loaded by a migration, which may load it again: docs/wall.md.

-- Tables

ALTER TABLE cases_runaway ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON cases_runaway FOR SELECT
  USING ((SELECT scope_sees_all_cases()) OR incident_id IN (SELECT incident_visible_ids()));
CREATE POLICY insert_rows ON cases_runaway FOR INSERT
  WITH CHECK (((SELECT scope_manages_cases()) OR incident_id IN (SELECT incident_written_ids())) AND
    (can_see_incident(incident_id) AND (absence_id IS NULL OR can_see_absence(absence_id))));
CREATE POLICY update_rows ON cases_runaway FOR UPDATE
  USING ((SELECT scope_manages_cases()))
  WITH CHECK (((SELECT scope_manages_cases())) AND (can_see_incident(incident_id) AND (absence_id IS NULL OR
    can_see_absence(absence_id))));
CREATE POLICY delete_rows ON cases_runaway FOR DELETE USING (false);

ALTER TABLE cases_runawaydelay ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON cases_runawaydelay FOR SELECT
  USING ((SELECT scope_is_inside()));
CREATE POLICY insert_rows ON cases_runawaydelay FOR INSERT WITH CHECK ((SELECT scope_manages_cases()));
CREATE POLICY update_rows ON cases_runawaydelay FOR UPDATE
  USING ((SELECT scope_manages_cases()))
  WITH CHECK ((SELECT scope_manages_cases()));
CREATE POLICY delete_rows ON cases_runawaydelay FOR DELETE USING (false);

ALTER TABLE cases_runawayreturn ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON cases_runawayreturn FOR SELECT
  USING ((SELECT scope_sees_all_cases()) OR absence_id IN (SELECT absence_housed_ids()));
CREATE POLICY insert_rows ON cases_runawayreturn FOR INSERT
  WITH CHECK ((recorded_by_id = (SELECT scope_user_id()) AND ((SELECT scope_manages_cases()) OR absence_id IN
    (SELECT absence_housed_ids()))) AND (can_see_absence(absence_id)));
CREATE POLICY update_rows ON cases_runawayreturn FOR UPDATE
  USING (false)
  WITH CHECK ((false) AND (can_see_absence(absence_id)));
CREATE POLICY delete_rows ON cases_runawayreturn FOR DELETE USING (false);
