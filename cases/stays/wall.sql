-- cases/stays: who may read and write its tables, and what the database holds true.
-- Loaded by a migration, which may load it again: docs/wall.md.

-- Functions

CREATE OR REPLACE FUNCTION absence_check() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM cases_placement p WHERE p.id = NEW.placement_id AND p.arrived_on <= NEW.starts_on
      AND (p.ended_on IS NULL OR p.ended_on >= NEW.starts_on)) THEN
    RAISE EXCEPTION 'absence_within_stay' USING ERRCODE = 'check_violation', CONSTRAINT = 'absence_within_stay';
  END IF;
  RETURN NULL;
END
$body$;

CREATE OR REPLACE FUNCTION placement_housed_ids() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT p.id FROM cases_placement p
    WHERE p.partner_id = ANY ((SELECT scope_partners_as('structure_director', 'structure_educator'))::uuid[])
$body$;

CREATE OR REPLACE FUNCTION absence_housed_ids() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT a.id FROM cases_absence a WHERE a.placement_id IN (SELECT placement_housed_ids())
$body$;

CREATE OR REPLACE FUNCTION can_see_absence(row_id uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT (SELECT scope_sees_all_cases()) OR $1 IN (SELECT absence_housed_ids())
$body$;

CREATE OR REPLACE FUNCTION placement_visible_ids() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT p.id FROM cases_placement p
      WHERE p.partner_id = ANY ((SELECT scope_partners_as('structure_director', 'structure_educator'))::uuid[])
    UNION SELECT scope_granted_ids('placement', 10)
$body$;

CREATE OR REPLACE FUNCTION can_see_placement(row_id uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT (SELECT scope_sees_all_cases()) OR $1 IN (SELECT placement_visible_ids())
$body$;

CREATE OR REPLACE FUNCTION placement_check() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
BEGIN
  IF NEW.convention_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM partners_convention c WHERE c.id = NEW.convention_id AND c.partner_id = NEW.partner_id
      AND c.signed_on <= NEW.arrived_on AND c.starts_on <= NEW.arrived_on
      AND (c.ends_on IS NULL OR c.ends_on >= NEW.arrived_on)
      AND (c.denounced_on IS NULL OR c.denounced_on > NEW.arrived_on)) THEN
    RAISE EXCEPTION 'placement_convention_in_force' USING ERRCODE = 'check_violation', CONSTRAINT = 'placement_convention_in_force';
  END IF;
  IF NEW.place_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM partners_place p WHERE p.id = NEW.place_id AND p.partner_id = NEW.partner_id) THEN
    RAISE EXCEPTION 'placement_place_of_partner' USING ERRCODE = 'check_violation', CONSTRAINT = 'placement_place_of_partner';
  END IF;
  IF NEW.orientation_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM cases_orientation o WHERE o.id = NEW.orientation_id AND o.case_id = NEW.case_id) THEN
    RAISE EXCEPTION 'placement_same_case' USING ERRCODE = 'check_violation', CONSTRAINT = 'placement_same_case';
  END IF;
  RETURN NULL;
END
$body$;

CREATE OR REPLACE FUNCTION placement_freeze() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $body$
DECLARE
  expected cases_placement := OLD;
BEGIN
  IF (NEW.case_id, NEW.partner_id, NEW.arrived_at) IS DISTINCT FROM (OLD.case_id, OLD.partner_id, OLD.arrived_at)
    OR (NEW.place_id IS NULL AND OLD.place_id IS NOT NULL)
  THEN
    RAISE EXCEPTION 'placement_frozen' USING ERRCODE = 'check_violation', CONSTRAINT = 'placement_frozen';
  END IF;
  IF public.scope_moves_stays() THEN
    RETURN NEW;
  END IF;
  IF OLD.confirmed_at IS NULL AND NEW.confirmed_by_id = public.scope_user_id() THEN
    expected.confirmed_at := NEW.confirmed_at;
    expected.confirmed_by_id := NEW.confirmed_by_id;
  END IF;
  IF NEW IS DISTINCT FROM expected THEN
    RAISE EXCEPTION 'placement_frozen' USING ERRCODE = 'check_violation', CONSTRAINT = 'placement_frozen';
  END IF;
  RETURN NEW;
END
$body$;

CREATE OR REPLACE FUNCTION placement_linked() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM cases_linking l WHERE l.placement_id = NEW.id AND l.case_id = NEW.case_id
      AND l.partner_id = NEW.partner_id AND (l.waived_at IS NOT NULL OR linking_missing(l.id) = '{}'))
  THEN
    RAISE EXCEPTION 'placement_linked' USING ERRCODE = 'check_violation', CONSTRAINT = 'placement_linked';
  END IF;
  RETURN NULL;
END
$body$;

-- Two arrivals in one structure wait for each other, so that each counts the other when it counts the places.
CREATE OR REPLACE FUNCTION placement_queue() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $body$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('cases.placement'), hashtext(NEW.partner_id::text));
  RETURN NEW;
END
$body$;

-- The last word on every way to a bed: what keeps the minor out, less what two people allowed; the agreement of the
-- structure, which nobody gives in its place; a place, or two people who allow to do without. A stay of past years,
-- over when it is written, was judged in its time.
CREATE OR REPLACE FUNCTION placement_guard() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
DECLARE
  derogated CONSTANT text[] := stay_derogated(NEW.case_id, NEW.partner_id);
  v_linking cases_linking;
BEGIN
  SELECT * INTO v_linking FROM cases_linking l WHERE l.placement_id = NEW.id;
  IF NEW.ended_on IS NOT NULL AND v_linking.waiver_reason_id = 'motif_derogation:REPRISE' THEN
    RETURN NULL;
  END IF;
  IF coalesce(NOT (SELECT codes FROM stay_obstacles(NEW.case_id, NEW.arrived_on, NEW.partner_id)) <@ derogated, true) THEN
    RAISE EXCEPTION 'placement_guarded' USING ERRCODE = 'check_violation', CONSTRAINT = 'placement_guarded';
  END IF;
  IF (NEW.place_id IS NULL OR place_room(NEW.partner_id, NEW.arrived_on) < 0) AND NOT 'place' = ANY (derogated) THEN
    RAISE EXCEPTION 'placement_has_place' USING ERRCODE = 'check_violation', CONSTRAINT = 'placement_has_place';
  END IF;
  IF NOT coalesce(linking_accepted(v_linking.id), false) THEN
    RAISE EXCEPTION 'placement_accepted' USING ERRCODE = 'check_violation', CONSTRAINT = 'placement_accepted';
  END IF;
  RETURN NULL;
END
$body$;

-- The stays of its own minors that a service may declare for: those that a grant opens to it now.
CREATE OR REPLACE FUNCTION placement_of_own_minor_ids() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT p.id FROM cases_placement p WHERE p.id IN (SELECT scope_granted_ids('placement', 10))
    AND NOT p.partner_id = ANY ((SELECT scope_partners_as('structure_director', 'structure_educator'))::uuid[])
$body$;

-- Tables

CREATE CONSTRAINT TRIGGER absence_coherent AFTER INSERT OR UPDATE ON cases_absence DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION absence_check();
ALTER TABLE cases_absence ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON cases_absence FOR SELECT
  USING ((SELECT scope_sees_all_cases()) OR placement_id IN (SELECT placement_visible_ids()));
CREATE POLICY insert_rows ON cases_absence FOR INSERT
  WITH CHECK (((SELECT scope_manages_cases()) OR placement_id IN (SELECT placement_housed_ids())) AND
    (can_see_placement(placement_id)));
CREATE POLICY update_rows ON cases_absence FOR UPDATE
  USING ((SELECT scope_manages_cases()) OR placement_id IN (SELECT placement_housed_ids()))
  WITH CHECK (((SELECT scope_manages_cases()) OR placement_id IN (SELECT placement_housed_ids())) AND
    (can_see_placement(placement_id)));
CREATE POLICY delete_rows ON cases_absence FOR DELETE USING (false);

ALTER TABLE cases_placement DROP CONSTRAINT IF EXISTS placement_day_of_arrival;
ALTER TABLE cases_placement ADD CONSTRAINT placement_day_of_arrival CHECK (arrived_on = (arrived_at AT TIME ZONE 'Europe/Paris')::date);
CREATE CONSTRAINT TRIGGER placement_coherent AFTER INSERT OR UPDATE ON cases_placement DEFERRABLE INITIALLY
  DEFERRED FOR EACH ROW EXECUTE FUNCTION placement_check();
CREATE TRIGGER placement_frozen BEFORE UPDATE ON cases_placement FOR EACH ROW WHEN (NOT retention_erases())
  EXECUTE FUNCTION placement_freeze();
CREATE TRIGGER placement_queued BEFORE INSERT ON cases_placement FOR EACH ROW EXECUTE FUNCTION placement_queue();
CREATE CONSTRAINT TRIGGER placement_secured AFTER INSERT ON cases_placement DEFERRABLE INITIALLY DEFERRED FOR
  EACH ROW EXECUTE FUNCTION placement_guard();
CREATE CONSTRAINT TRIGGER placement_linked AFTER INSERT ON cases_placement DEFERRABLE INITIALLY DEFERRED FOR
  EACH ROW EXECUTE FUNCTION placement_linked();
ALTER TABLE cases_placement ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON cases_placement FOR SELECT
  USING ((SELECT scope_sees_all_cases()) OR id IN (SELECT placement_visible_ids()));
CREATE POLICY insert_rows ON cases_placement FOR INSERT
  WITH CHECK (((SELECT scope_manages_cases())) AND (can_see_partner(partner_id) AND (can_see_case(case_id) OR
    partner_id = ANY ((SELECT scope_partners_as('structure_director'))::uuid[])) AND ((orientation_id IS NULL OR
    can_see_orientation(orientation_id)) OR partner_id = ANY ((SELECT scope_partners_as('structure_director'))::uuid[])) AND
    ((follows_id IS NULL OR can_see_placement(follows_id)) OR partner_id = ANY ((SELECT scope_partners_as('structure_director'))::uuid[])) AND (place_id IS NULL OR can_see_place(place_id)) AND (convention_id IS NULL OR
    can_see_convention(convention_id))));
CREATE POLICY update_rows ON cases_placement FOR UPDATE
  USING ((SELECT scope_moves_stays()) OR partner_id = ANY ((SELECT scope_partners_as('structure_director',
    'structure_delegate'))::uuid[]))
  WITH CHECK (((SELECT scope_moves_stays()) OR partner_id = ANY ((SELECT scope_partners_as('structure_director',
    'structure_delegate'))::uuid[])) AND (can_see_partner(partner_id) AND (can_see_case(case_id) OR partner_id = ANY ((SELECT scope_partners_as('structure_director', 'structure_delegate'))::uuid[])) AND ((orientation_id IS NULL OR
    can_see_orientation(orientation_id)) OR partner_id = ANY ((SELECT scope_partners_as('structure_director',
    'structure_delegate'))::uuid[])) AND ((follows_id IS NULL OR can_see_placement(follows_id)) OR partner_id = ANY ((SELECT scope_partners_as('structure_director', 'structure_delegate'))::uuid[])) AND (place_id IS NULL OR
    can_see_place(place_id)) AND (convention_id IS NULL OR can_see_convention(convention_id))));
CREATE POLICY delete_rows ON cases_placement FOR DELETE USING (false);

-- Kinds of the journal and of retention
SELECT journal_kind_register('placement', 'cases_placement');
