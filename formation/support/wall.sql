-- formation/support: who may read and write its tables, and what the database holds true.
-- Loaded by a migration, which may load it again: docs/wall.md.

-- Tables

ALTER TABLE formation_supportact ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON formation_supportact FOR SELECT
  USING ((SELECT scope_sees_all_cases()) OR recorded_by_id = (SELECT scope_user_id()) OR partner_id = ANY ((SELECT
    scope_partner_ids())::uuid[]));
CREATE POLICY insert_rows ON formation_supportact FOR INSERT
  WITH CHECK (((SELECT scope_manages_cases()) OR (recorded_by_id = (SELECT scope_user_id()) AND (SELECT
    scope_has_role('trainer')))) AND ((partner_id IS NULL OR can_see_partner(partner_id)) AND (professional_id
    IS NULL OR can_see_professional(professional_id))));
CREATE POLICY update_rows ON formation_supportact FOR UPDATE
  USING ((SELECT scope_manages_cases()) OR (recorded_by_id = (SELECT scope_user_id()) AND (SELECT
    scope_has_role('trainer'))))
  WITH CHECK (((SELECT scope_manages_cases()) OR (recorded_by_id = (SELECT scope_user_id()) AND (SELECT
    scope_has_role('trainer')))) AND ((partner_id IS NULL OR can_see_partner(partner_id)) AND (professional_id
    IS NULL OR can_see_professional(professional_id))));
CREATE POLICY delete_rows ON formation_supportact FOR DELETE USING (false);

-- Kinds of the journal and of retention
SELECT journal_kind_register('supportact', 'formation_supportact');
