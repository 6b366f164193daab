-- cases/stays/reviews: who may read and write its tables, and what the database holds true.
-- Loaded by a migration, which may load it again: docs/wall.md.

-- Functions

CREATE OR REPLACE FUNCTION afterstay_check() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM cases_placement p WHERE p.id = NEW.placement_id AND p.ended_on <= NEW.known_on)
  THEN
    RAISE EXCEPTION 'afterstay_of_its_stay' USING ERRCODE = 'check_violation', CONSTRAINT = 'afterstay_of_its_stay';
  END IF;
  RETURN NULL;
END
$body$;

CREATE OR REPLACE FUNCTION stayreview_check() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM cases_placement p WHERE p.id = NEW.placement_id AND p.confirmed_at IS NOT NULL
      AND (NEW.milestone <> 0 OR p.ended_on IS NOT NULL) AND NEW.written_on >= p.arrived_on)
  THEN
    RAISE EXCEPTION 'stayreview_of_its_stay' USING ERRCODE = 'check_violation', CONSTRAINT = 'stayreview_of_its_stay';
  END IF;
  RETURN NULL;
END
$body$;

-- Tables

CREATE CONSTRAINT TRIGGER afterstay_coherent AFTER INSERT OR UPDATE ON cases_afterstay DEFERRABLE INITIALLY
  DEFERRED FOR EACH ROW WHEN (NOT retention_erases()) EXECUTE FUNCTION afterstay_check();
ALTER TABLE cases_afterstay ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON cases_afterstay FOR SELECT USING ((SELECT scope_sees_all_cases()));
CREATE POLICY insert_rows ON cases_afterstay FOR INSERT
  WITH CHECK (((SELECT scope_manages_cases()) AND noted_by_id = (SELECT scope_user_id())) AND
    (can_see_placement(placement_id)));
CREATE POLICY update_rows ON cases_afterstay FOR UPDATE
  USING ((SELECT scope_manages_cases()))
  WITH CHECK (((SELECT scope_manages_cases())) AND (can_see_placement(placement_id)));
CREATE POLICY delete_rows ON cases_afterstay FOR DELETE USING (false);

CREATE CONSTRAINT TRIGGER stayreview_coherent AFTER INSERT ON cases_stayreview DEFERRABLE INITIALLY DEFERRED FOR
  EACH ROW EXECUTE FUNCTION stayreview_check();
ALTER TABLE cases_stayreview ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON cases_stayreview FOR SELECT
  USING ((SELECT scope_sees_all_cases()) OR placement_id IN (SELECT placement_housed_ids()));
CREATE POLICY insert_rows ON cases_stayreview FOR INSERT
  WITH CHECK ((written_by_id = (SELECT scope_user_id()) AND ((SELECT scope_manages_cases()) OR placement_id IN
    (SELECT placement_housed_ids()))) AND (can_see_placement(placement_id)));
CREATE POLICY update_rows ON cases_stayreview FOR UPDATE
  USING (false)
  WITH CHECK ((false) AND (can_see_placement(placement_id)));
CREATE POLICY delete_rows ON cases_stayreview FOR DELETE USING (false);
