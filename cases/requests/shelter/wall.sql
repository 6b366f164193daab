-- cases/requests/shelter: who may read and write its tables, and what the database holds true.
-- Loaded by a migration, which may load it again: docs/wall.md.

-- Tables

-- Who agreed on the telephone is the coordination's: the service that asked reads the shelter in a message.
ALTER TABLE cases_shelter ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON cases_shelter FOR SELECT USING ((SELECT scope_sees_all_cases()));
CREATE POLICY insert_rows ON cases_shelter FOR INSERT
  WITH CHECK (((SELECT scope_manages_cases()) AND noted_by_id = (SELECT scope_user_id())) AND
    (can_see_sollicitation(sollicitation_id)));
CREATE POLICY update_rows ON cases_shelter FOR UPDATE
  USING (false)
  WITH CHECK ((false) AND (can_see_sollicitation(sollicitation_id)));
CREATE POLICY delete_rows ON cases_shelter FOR DELETE USING (false);
