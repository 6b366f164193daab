-- cases/files/duplicates: who may read and write its tables, and what the database holds true.
-- Loaded by a migration, which may load it again: docs/wall.md.

-- Functions

CREATE OR REPLACE FUNCTION casemerge_freeze() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $body$
BEGIN
  IF (NEW.kept_id, NEW.merged_id, NEW.asked_by_id, NEW.asked_at)
       IS DISTINCT FROM (OLD.kept_id, OLD.merged_id, OLD.asked_by_id, OLD.asked_at)
    OR OLD.refused_at IS NOT NULL OR OLD.undone_at IS NOT NULL
    OR (OLD.agreed_at IS NOT NULL AND (NEW.agreed_by_id, NEW.agreed_at, NEW.moved)
       IS DISTINCT FROM (OLD.agreed_by_id, OLD.agreed_at, OLD.moved))
    OR (NEW.agreed_by_id IS DISTINCT FROM OLD.agreed_by_id AND NEW.agreed_by_id IS DISTINCT FROM scope_user_id())
    OR (NEW.refused_by_id IS DISTINCT FROM OLD.refused_by_id AND NEW.refused_by_id IS DISTINCT FROM scope_user_id())
    OR (NEW.undone_by_id IS DISTINCT FROM OLD.undone_by_id AND NEW.undone_by_id IS DISTINCT FROM scope_user_id())
  THEN
    RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'casemerge_frozen',
      MESSAGE = 'a merge keeps who asked and who answered';
  END IF;
  RETURN NEW;
END
$body$;

-- Tables

ALTER TABLE cases_caseapart ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON cases_caseapart FOR SELECT USING ((SELECT scope_manages_cases()));
CREATE POLICY insert_rows ON cases_caseapart FOR INSERT
  WITH CHECK (((SELECT scope_manages_cases()) AND said_by_id = (SELECT scope_user_id()) AND lifted_at IS NULL) AND
    (can_see_case(first_id) AND can_see_case(second_id)));
CREATE POLICY update_rows ON cases_caseapart FOR UPDATE
  USING ((SELECT scope_manages_cases()))
  WITH CHECK (((SELECT scope_manages_cases())) AND (can_see_case(first_id) AND can_see_case(second_id)));
CREATE POLICY delete_rows ON cases_caseapart FOR DELETE USING (false);

CREATE TRIGGER casemerge_frozen BEFORE UPDATE ON cases_casemerge FOR EACH ROW EXECUTE FUNCTION
  casemerge_freeze();
ALTER TABLE cases_casemerge ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON cases_casemerge FOR SELECT USING ((SELECT scope_manages_cases()));
CREATE POLICY insert_rows ON cases_casemerge FOR INSERT
  WITH CHECK (((SELECT scope_manages_cases()) AND asked_by_id = (SELECT scope_user_id()) AND agreed_at IS NULL AND
    refused_at IS NULL) AND (can_see_case(kept_id) AND can_see_case(merged_id)));
CREATE POLICY update_rows ON cases_casemerge FOR UPDATE
  USING ((SELECT scope_manages_cases()))
  WITH CHECK (((SELECT scope_manages_cases())) AND (can_see_case(kept_id) AND can_see_case(merged_id)));
CREATE POLICY delete_rows ON cases_casemerge FOR DELETE USING (false);

ALTER TABLE cases_casesound ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON cases_casesound FOR SELECT USING ((SELECT scope_manages_cases()));
CREATE POLICY insert_rows ON cases_casesound FOR INSERT
  WITH CHECK (((SELECT scope_manages_cases())) AND (can_see_case(case_id)));
CREATE POLICY update_rows ON cases_casesound FOR UPDATE USING (false) WITH CHECK ((false) AND (can_see_case(case_id)));
CREATE POLICY delete_rows ON cases_casesound FOR DELETE USING ((SELECT scope_manages_cases()));
