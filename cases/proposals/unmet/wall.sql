-- cases/proposals/unmet: who may read and write its tables, and what the database holds true.
-- Loaded by a migration, which may load it again: docs/wall.md.

-- Tables

ALTER TABLE cases_unmetneed ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON cases_unmetneed FOR SELECT USING ((SELECT scope_sees_all_cases()));
CREATE POLICY insert_rows ON cases_unmetneed FOR INSERT
  WITH CHECK (((SELECT scope_manages_cases()) AND noted_by_id = (SELECT scope_user_id())) AND
    (can_see_sollicitation(sollicitation_id)));
CREATE POLICY update_rows ON cases_unmetneed FOR UPDATE
  USING ((SELECT scope_manages_cases()))
  WITH CHECK (((SELECT scope_manages_cases())) AND (can_see_sollicitation(sollicitation_id)));
CREATE POLICY delete_rows ON cases_unmetneed FOR DELETE USING (false);

-- Kinds of the journal and of retention
SELECT journal_kind_register('unmetneed', 'cases_unmetneed');
