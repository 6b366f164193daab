-- cases/matching: who may read and write its tables, and what the database holds true.
-- Loaded by a migration, which may load it again: docs/wall.md.

-- Tables

ALTER TABLE cases_matching ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON cases_matching FOR SELECT USING ((SELECT scope_sees_all_cases()));
CREATE POLICY insert_rows ON cases_matching FOR INSERT
  WITH CHECK (((SELECT scope_manages_cases())) AND (can_see_orientation(orientation_id) AND
    can_see_sollicitation(sollicitation_id)));
CREATE POLICY update_rows ON cases_matching FOR UPDATE
  USING (false)
  WITH CHECK ((false) AND (can_see_orientation(orientation_id) AND can_see_sollicitation(sollicitation_id)));
CREATE POLICY delete_rows ON cases_matching FOR DELETE USING (false);

ALTER TABLE cases_matchingrules ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON cases_matchingrules FOR SELECT USING ((SELECT scope_sees_all_cases()));
CREATE POLICY insert_rows ON cases_matchingrules FOR INSERT WITH CHECK ((SELECT scope_manages_cases()));
CREATE POLICY update_rows ON cases_matchingrules FOR UPDATE USING (false) WITH CHECK (false);
CREATE POLICY delete_rows ON cases_matchingrules FOR DELETE USING (false);

ALTER TABLE cases_placeconfirmation ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON cases_placeconfirmation FOR SELECT
  USING ((SELECT scope_sees_all_cases()) OR partner_id = ANY ((SELECT scope_partners_as('structure_director',
    'structure_educator'))::uuid[]));
CREATE POLICY insert_rows ON cases_placeconfirmation FOR INSERT
  WITH CHECK (((SELECT scope_manages_cases()) OR partner_id = ANY ((SELECT scope_partners_as('structure_director', 'structure_delegate'))::uuid[])) AND
    (can_see_partner(partner_id)));
CREATE POLICY update_rows ON cases_placeconfirmation FOR UPDATE
  USING (false)
  WITH CHECK ((false) AND (can_see_partner(partner_id)));
CREATE POLICY delete_rows ON cases_placeconfirmation FOR DELETE USING (false);
