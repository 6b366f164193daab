-- cms/partners/conventions/writing: who may read and write its tables, and what the database holds true.
-- Loaded by a migration, which may load it again: docs/wall.md.

-- Functions

-- Tables

ALTER TABLE partners_conventionversion ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON partners_conventionversion FOR SELECT
  USING ((SELECT scope_sees_all_cases()) OR can_see_convention(convention_id));
CREATE POLICY insert_rows ON partners_conventionversion FOR INSERT
  WITH CHECK (((SELECT scope_manages_cases()) AND written_by_id = (SELECT scope_user_id())) AND
    (can_see_convention(convention_id)));
CREATE POLICY update_rows ON partners_conventionversion FOR UPDATE
  USING (false)
  WITH CHECK ((false) AND (can_see_convention(convention_id)));
CREATE POLICY delete_rows ON partners_conventionversion FOR DELETE USING (false);
