-- cases/proposals/exchange: who may read and write its tables, and what the database holds true.
-- Loaded by a migration, which may load it again: docs/wall.md.

-- Functions

-- Who speaks for the structure of a sheet, while it reads it.
CREATE OR REPLACE FUNCTION proposal_answered_ids() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT p.id FROM cases_proposal p WHERE p.id IN (SELECT proposal_sheet_ids(10))
    AND p.partner_id = ANY ((SELECT scope_partners_as('structure_director', 'structure_delegate'))::uuid[])
$body$;

-- Tables

ALTER TABLE cases_proposalmessage ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON cases_proposalmessage FOR SELECT
  USING ((SELECT scope_sees_all_cases()) OR proposal_id IN (SELECT proposal_answered_ids()));
CREATE POLICY insert_rows ON cases_proposalmessage FOR INSERT
  WITH CHECK (written_by_id = (SELECT scope_user_id()) AND CASE WHEN is_from_structure
    THEN proposal_id IN (SELECT proposal_answered_ids()) ELSE (SELECT scope_manages_cases()) END
    AND can_see_proposal(proposal_id));
CREATE POLICY update_rows ON cases_proposalmessage FOR UPDATE USING (false) WITH CHECK (false);
CREATE POLICY delete_rows ON cases_proposalmessage FOR DELETE USING (false);
