-- formation/attendance: who may read and write its tables, and what the database holds true.
-- Loaded by a migration, which may load it again: docs/wall.md.

-- Functions

CREATE OR REPLACE FUNCTION attendance_check() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM formation_enrolment e JOIN formation_halfday h ON h.session_id = e.session_id
    WHERE e.id = NEW.enrolment_id AND h.id = NEW.half_day_id AND e.cancelled_at IS NULL) THEN
    RAISE EXCEPTION 'not enrolled' USING ERRCODE = 'check_violation', CONSTRAINT = 'attendance_of_enrolled';
  END IF;
  RETURN NULL;
END
$body$;

CREATE OR REPLACE FUNCTION can_see_walkin(walkin uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT (SELECT scope_sees_all_cases()) OR EXISTS (SELECT 1 FROM formation_walkin w WHERE w.id = $1
    AND w.session_id IN (SELECT session_trained_ids()))
$body$;

CREATE OR REPLACE FUNCTION countersignature_check() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
BEGIN
  IF EXISTS (SELECT 1 FROM formation_halfday h WHERE h.id = NEW.half_day_id AND h.ends_at > NEW.signed_at) THEN
    RAISE EXCEPTION 'not ended' USING ERRCODE = 'check_violation', CONSTRAINT = 'countersignature_after_half_day';
  END IF;
  RETURN NEW;
END
$body$;

CREATE OR REPLACE FUNCTION countersignature_frozen() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $body$
BEGIN
  RAISE EXCEPTION 'countersignature: written once' USING ERRCODE = 'insufficient_privilege';
END
$body$;

CREATE OR REPLACE FUNCTION halfday_countersigned(p_half_day uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT EXISTS (SELECT 1 FROM formation_countersignature c WHERE c.half_day_id = $1)
$body$;

CREATE OR REPLACE FUNCTION hours_present_keep() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
DECLARE
  half_day formation_halfday;
BEGIN
  IF TG_OP <> 'INSERT' AND OLD.status IN ('present', 'left_early') THEN
    SELECT * INTO half_day FROM formation_halfday WHERE id = OLD.half_day_id FOR SHARE;
    UPDATE formation_enrolment SET hours_present = hours_present - hours_worth(half_day, OLD) WHERE id = OLD.enrolment_id;
  END IF;
  IF TG_OP <> 'DELETE' AND NEW.status IN ('present', 'left_early') THEN
    SELECT * INTO half_day FROM formation_halfday WHERE id = NEW.half_day_id FOR SHARE;
    UPDATE formation_enrolment SET hours_present = hours_present + hours_worth(half_day, NEW) WHERE id = NEW.enrolment_id;
  END IF;
  RETURN NULL;
END
$body$;

-- Hours of one presence: between arrival and leaving, to the hundredth; the whole half-day when neither is said.
CREATE OR REPLACE FUNCTION hours_worth(half_day formation_halfday, presence formation_attendance) RETURNS numeric
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $body$
BEGIN
  RETURN CASE WHEN presence.status NOT IN ('present', 'left_early') THEN 0
    WHEN presence.came_at IS NULL AND presence.left_at IS NULL THEN half_day.hours
    ELSE round(greatest(0, extract(epoch FROM least(coalesce(presence.left_at, half_day.ends_at), half_day.ends_at)
      - greatest(coalesce(presence.came_at, half_day.begins_at), half_day.begins_at))) / 3600, 2) END;
END
$body$;

CREATE OR REPLACE FUNCTION signature_check() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
BEGIN
  -- The countersignature takes the same lock: nobody signs under a sheet that is being closed.
  PERFORM 1 FROM formation_halfday h WHERE h.id = NEW.half_day_id FOR SHARE;
  IF halfday_countersigned(NEW.half_day_id) THEN
    RAISE EXCEPTION 'countersigned' USING ERRCODE = 'check_violation', CONSTRAINT = 'signature_before_countersignature';
  ELSIF NOT EXISTS (SELECT 1 FROM formation_halfday h JOIN formation_session s ON s.id = h.session_id
      WHERE h.id = NEW.half_day_id AND s.state = 'planned'
        AND NEW.signed_at BETWEEN h.begins_at - interval '2 hours' AND h.ends_at + interval '2 hours') THEN
    RAISE EXCEPTION 'outside the half-day' USING ERRCODE = 'check_violation', CONSTRAINT = 'signature_within_half_day';
  ELSIF NOT EXISTS (SELECT 1 FROM formation_halfday h
      LEFT JOIN formation_enrolment e ON e.id = NEW.enrolment_id AND e.session_id = h.session_id AND e.cancelled_at IS NULL
      LEFT JOIN formation_walkin w ON w.id = NEW.walk_in_id AND w.session_id = h.session_id
      WHERE h.id = NEW.half_day_id AND (e.id IS NOT NULL OR NEW.enrolment_id IS NULL)
        AND (w.id IS NOT NULL OR NEW.walk_in_id IS NULL)) THEN
    RAISE EXCEPTION 'of another session' USING ERRCODE = 'check_violation', CONSTRAINT = 'signature_of_session';
  END IF;
  RETURN NEW;
END
$body$;

CREATE OR REPLACE FUNCTION signature_frozen() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $body$
BEGIN
  IF (NEW.half_day_id, NEW.way, NEW.signed_at, NEW.walk_in_id) IS DISTINCT FROM
     (OLD.half_day_id, OLD.way, OLD.signed_at, OLD.walk_in_id) OR OLD.enrolment_id IS NOT NULL THEN
    RAISE EXCEPTION 'signature: written once' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END
$body$;

CREATE OR REPLACE FUNCTION signing_enrolment(p_session uuid, p_user uuid, p_email text, p_name text) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT e.id FROM formation_enrolment e JOIN formation_professional p ON p.id = e.professional_id
  WHERE coalesce(scope_system() = 'signing', false) AND e.session_id = $1 AND e.cancelled_at IS NULL
    AND CASE WHEN $2 IS NOT NULL THEN p.user_id = $2
             WHEN $3 <> '' THEN (lower(p.email) = lower($3) OR EXISTS (SELECT 1 FROM formation_professional q
               WHERE q.merged_into_id = p.id AND lower(q.email) = lower($3)))
             ELSE (name_key(p.last_name || ' ' || p.first_name) = name_key($4) OR EXISTS (SELECT 1 FROM formation_professional q
               WHERE q.merged_into_id = p.id AND name_key(q.last_name || ' ' || q.first_name) = name_key($4))) END
$body$;

CREATE OR REPLACE FUNCTION signing_give(p_half_day uuid, p_enrolment uuid, p_walk_in uuid, p_way text, p_at
  timestamp with time zone) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
BEGIN
  IF NOT coalesce(scope_system() = 'signing', false) OR p_way NOT IN ('qr', 'code') THEN
    RAISE EXCEPTION 'signing: not how a signature is given' USING ERRCODE = 'insufficient_privilege';
  END IF;
  INSERT INTO formation_signature (id, half_day_id, enrolment_id, walk_in_id, way, signed_at)
    VALUES (gen_random_uuid(), p_half_day, p_enrolment, p_walk_in, p_way, p_at) ON CONFLICT DO NOTHING;
  RETURN FOUND;
END
$body$;

CREATE OR REPLACE FUNCTION signing_known_walk_in(p_session uuid, p_email text) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT w.id FROM formation_walkin w WHERE coalesce(scope_system() = 'signing', false) AND w.session_id = $1 AND w.state = 'pending'
    AND w.email <> '' AND lower(w.email) = lower($2)
$body$;

CREATE OR REPLACE FUNCTION signing_walk_in(p_session uuid, p_last text, p_first text, p_email text, p_profession
  text, p_employer_type text, p_employer text) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
DECLARE found uuid;
BEGIN
  IF NOT coalesce(scope_system() = 'signing', false) THEN
    RAISE EXCEPTION 'signing: not how somebody comes in' USING ERRCODE = 'insufficient_privilege';
  END IF;
  INSERT INTO formation_walkin (id, session_id, last_name, first_name, email, profession_id, employer_type_id,
      employer_name, asked_at, state)
    VALUES (gen_random_uuid(), p_session, p_last, p_first, lower(p_email), p_profession, p_employer_type, p_employer,
      clock_timestamp(), 'pending') ON CONFLICT DO NOTHING RETURNING id INTO found;
  IF found IS NULL THEN
    SELECT w.id INTO found FROM formation_walkin w
      WHERE w.session_id = p_session AND w.state = 'pending' AND lower(w.email) = lower(p_email);
  END IF;
  RETURN found;
END
$body$;

CREATE OR REPLACE FUNCTION walkin_trained_ids() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT w.id FROM formation_walkin w WHERE w.session_id IN (SELECT session_trained_ids())
$body$;

-- Tables

CREATE CONSTRAINT TRIGGER attendance_enrolled AFTER INSERT OR UPDATE ON formation_attendance DEFERRABLE
  INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION attendance_check();
CREATE TRIGGER hours_present_kept AFTER INSERT OR DELETE OR UPDATE ON formation_attendance FOR EACH ROW EXECUTE FUNCTION hours_present_keep();
ALTER TABLE formation_attendance ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON formation_attendance FOR SELECT
  USING ((SELECT scope_sees_all_cases()) OR enrolment_id IN (SELECT enrolment_visible_ids()));
CREATE POLICY insert_rows ON formation_attendance FOR INSERT
  WITH CHECK (((SELECT scope_manages_cases()) OR (recorded_by_id = (SELECT scope_user_id()) AND enrolment_id IN
    (SELECT enrolment_trained_ids()))) AND (can_see_enrolment(enrolment_id) AND can_see_halfday(half_day_id)));
CREATE POLICY update_rows ON formation_attendance FOR UPDATE
  USING ((SELECT scope_manages_cases()) OR enrolment_id IN (SELECT enrolment_trained_ids()))
  WITH CHECK (((SELECT scope_manages_cases()) OR enrolment_id IN (SELECT enrolment_trained_ids())) AND
    (can_see_enrolment(enrolment_id) AND can_see_halfday(half_day_id)));
CREATE POLICY delete_rows ON formation_attendance FOR DELETE USING (false);

CREATE TRIGGER countersignature_check BEFORE INSERT ON formation_countersignature FOR EACH ROW EXECUTE FUNCTION
  countersignature_check();
CREATE TRIGGER countersignature_frozen BEFORE UPDATE OR DELETE ON formation_countersignature FOR EACH ROW
  EXECUTE FUNCTION countersignature_frozen();
ALTER TABLE formation_countersignature ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON formation_countersignature FOR SELECT
  USING ((SELECT scope_sees_all_cases()) OR half_day_id IN (SELECT halfday_trained_ids()));
CREATE POLICY insert_rows ON formation_countersignature FOR INSERT
  WITH CHECK ((signed_by_id = (SELECT scope_user_id()) AND ((SELECT scope_manages_cases()) OR half_day_id IN
    (SELECT halfday_trained_ids()))) AND (can_see_halfday(half_day_id)));
CREATE POLICY update_rows ON formation_countersignature FOR UPDATE
  USING (false)
  WITH CHECK ((false) AND (can_see_halfday(half_day_id)));
CREATE POLICY delete_rows ON formation_countersignature FOR DELETE USING (false);

ALTER TABLE formation_excuse ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON formation_excuse FOR SELECT
  USING ((SELECT scope_sees_all_cases()) OR enrolment_id IN (SELECT enrolment_visible_ids()));
CREATE POLICY insert_rows ON formation_excuse FOR INSERT
  WITH CHECK ((told_by_id = (SELECT scope_user_id()) AND ((SELECT scope_manages_cases()) OR enrolment_id IN
    (SELECT enrolment_visible_ids()))) AND (can_see_halfday(half_day_id) AND can_see_enrolment(enrolment_id)));
CREATE POLICY update_rows ON formation_excuse FOR UPDATE
  USING (false)
  WITH CHECK ((false) AND (can_see_halfday(half_day_id) AND can_see_enrolment(enrolment_id)));
CREATE POLICY delete_rows ON formation_excuse FOR DELETE USING (false);

CREATE TRIGGER signature_check BEFORE INSERT ON formation_signature FOR EACH ROW EXECUTE FUNCTION
  signature_check();
CREATE TRIGGER signature_frozen BEFORE UPDATE ON formation_signature FOR EACH ROW EXECUTE FUNCTION
  signature_frozen();
ALTER TABLE formation_signature ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON formation_signature FOR SELECT
  USING ((SELECT scope_sees_all_cases()) OR half_day_id IN (SELECT halfday_trained_ids()) OR enrolment_id IN
    (SELECT enrolment_visible_ids()));
CREATE POLICY insert_rows ON formation_signature FOR INSERT
  WITH CHECK ((way = 'device' AND ((SELECT scope_manages_cases()) OR half_day_id IN (SELECT
    halfday_trained_ids()))) AND (can_see_halfday(half_day_id) AND (enrolment_id IS NULL OR
    can_see_enrolment(enrolment_id)) AND (walk_in_id IS NULL OR can_see_walkin(walk_in_id))));
CREATE POLICY update_rows ON formation_signature FOR UPDATE
  USING ((SELECT scope_manages_cases()) OR half_day_id IN (SELECT halfday_trained_ids()))
  WITH CHECK (((SELECT scope_manages_cases()) OR half_day_id IN (SELECT halfday_trained_ids())) AND
    (can_see_halfday(half_day_id) AND (enrolment_id IS NULL OR can_see_enrolment(enrolment_id)) AND (walk_in_id
    IS NULL OR can_see_walkin(walk_in_id))));
CREATE POLICY delete_rows ON formation_signature FOR DELETE USING (false);

ALTER TABLE formation_walkin ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON formation_walkin FOR SELECT
  USING ((SELECT scope_sees_all_cases()) OR session_id IN (SELECT session_trained_ids()));
CREATE POLICY insert_rows ON formation_walkin FOR INSERT
  WITH CHECK ((false) AND (can_see_session(session_id) AND (enrolment_id IS NULL OR
    can_see_enrolment(enrolment_id))));
CREATE POLICY update_rows ON formation_walkin FOR UPDATE
  USING ((SELECT scope_manages_cases()) OR session_id IN (SELECT session_trained_ids()))
  WITH CHECK (((SELECT scope_manages_cases()) OR session_id IN (SELECT session_trained_ids())) AND
    (can_see_session(session_id) AND (enrolment_id IS NULL OR can_see_enrolment(enrolment_id))));
CREATE POLICY delete_rows ON formation_walkin FOR DELETE USING (false);

-- Kinds of the journal and of retention
SELECT journal_kind_register('walkin', 'formation_walkin');
SELECT retention_kind_register(
  'walkin', 'walkin', 'formation_walkin', 'personne venue à une session sans inscription', 'sa venue, tant que personne n’a décidé', 'destroy',
  $starts$SELECT w.id AS object_id, '' AS reference, CASE WHEN w.state = 'pending' THEN w.asked_at::date END AS starts_on,
     ARRAY[w.id] AS together FROM formation_walkin w$starts$,
  'walkin_forget', 6, 'Une session se clôt en quelques jours ; ensuite le nom de qui n’a pas été retenu ne sert plus.',
  'RGPD, article 5 : pas plus longtemps que nécessaire', 61
);
