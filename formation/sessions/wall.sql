-- formation/sessions: who may read and write its tables, and what the database holds true.
-- Loaded by a migration, which may load it again: docs/wall.md.

-- Functions

CREATE OR REPLACE FUNCTION session_trained_ids() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT t.session_id FROM formation_sessiontrainer t WHERE t.trainer_id = (SELECT scope_user_id()) AND scope_has_role('trainer')
$body$;

CREATE OR REPLACE FUNCTION can_add_files_session(row_id uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT $1 IN (SELECT session_trained_ids())
    AND EXISTS (SELECT 1 FROM formation_session s WHERE s.id = $1 AND s.state <> 'cancelled')
$body$;

CREATE OR REPLACE FUNCTION enrolment_visible_ids() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT e.id FROM formation_enrolment e WHERE e.session_id IN (SELECT session_trained_ids())
    OR e.employer_id = ANY ((SELECT scope_partners_as('structure_director'))::uuid[])
    OR e.professional_id IN (SELECT p.id FROM formation_professional p WHERE p.user_id = (SELECT scope_user_id()))
$body$;

CREATE OR REPLACE FUNCTION can_see_enrolment(enrolment uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT (SELECT scope_sees_all_cases()) OR $1 IN (SELECT enrolment_visible_ids())
$body$;

-- The paper sheet that was signed, scanned back: for who runs the session.
CREATE OR REPLACE FUNCTION can_see_files_session(row_id uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT scope_sees_all_cases() OR $1 IN (SELECT session_trained_ids())
$body$;

-- Sessions in which one was enrolled: what is left of the others to who left the network is nothing.
CREATE OR REPLACE FUNCTION session_own_ids() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT e.session_id FROM formation_enrolment e WHERE e.id IN (SELECT enrolment_own_ids())
$body$;

CREATE OR REPLACE FUNCTION can_see_halfday(halfday uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT (SELECT scope_is_inside()) OR EXISTS (SELECT 1 FROM formation_halfday h
    WHERE h.id = $1 AND h.session_id IN (SELECT session_own_ids()))
$body$;

CREATE OR REPLACE FUNCTION can_see_session(session uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT (SELECT scope_is_inside()) OR $1 IN (SELECT session_own_ids())
$body$;

CREATE OR REPLACE FUNCTION session_places_taken(session uuid) RETURNS integer
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT count(*)::integer FROM formation_enrolment e WHERE e.session_id = $1 AND e.cancelled_at IS NULL
$body$;

CREATE OR REPLACE FUNCTION session_places_left(session uuid) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
DECLARE places integer;
BEGIN
  SELECT s.capacity INTO places FROM formation_session s WHERE s.id = $1 FOR NO KEY UPDATE;
  RETURN places - session_places_taken($1);
END
$body$;

CREATE OR REPLACE FUNCTION enrol_own(p_session uuid) RETURNS TABLE(enrolment_id uuid, waiting_id uuid, is_new boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
#variable_conflict use_column
DECLARE
  me uuid := scope_user_id();
  person uuid := professional_own(NULL, NULL, NULL, NULL);
  places integer := session_places_left(p_session);
BEGIN
  IF me IS NULL OR person IS NULL OR scope_has_left() OR NOT EXISTS (
    SELECT 1 FROM formation_session s WHERE s.id = p_session AND s.state = 'planned'
      AND NOT EXISTS (SELECT 1 FROM formation_sessiontrainer t WHERE t.session_id = s.id AND t.trainer_id = me)) THEN
    RAISE EXCEPTION 'own: not a session to enrol in' USING ERRCODE = 'insufficient_privilege';
  END IF;
  SELECT e.id INTO enrolment_id FROM formation_enrolment e
    WHERE e.session_id = p_session AND e.professional_id = person AND e.cancelled_at IS NULL;
  IF enrolment_id IS NOT NULL THEN
    is_new := false;
    RETURN NEXT;
    RETURN;
  END IF;
  IF places < 1 THEN
    INSERT INTO formation_waitingentry (id, session_id, professional_id, asked_by_id, asked_at)
      VALUES (gen_random_uuid(), p_session, person, me, clock_timestamp()) ON CONFLICT DO NOTHING RETURNING id INTO waiting_id;
    is_new := waiting_id IS NOT NULL;
    RETURN NEXT;
    RETURN;
  END IF;
  INSERT INTO formation_enrolment (id, session_id, professional_id, profession_id, employer_id, employer_type_id,
      enrolled_at, result)
    SELECT gen_random_uuid(), p_session, p.id, p.profession_id, p.employer_id, p.employer_type_id, clock_timestamp(), ''
    FROM formation_professional p WHERE p.id = person
    ON CONFLICT (session_id, professional_id) DO UPDATE SET cancelled_at = NULL, enrolled_at = excluded.enrolled_at,
      profession_id = excluded.profession_id, employer_id = excluded.employer_id,
      employer_type_id = excluded.employer_type_id
    RETURNING id INTO enrolment_id;
  UPDATE formation_waitingentry w SET enrolment_id = enrol_own.enrolment_id
    WHERE w.session_id = p_session AND w.professional_id = person AND w.left_at IS NULL AND w.enrolment_id IS NULL;
  INSERT INTO formation_sessionnotice (id, enrolment_id, kind, sequence, asked_at, tries)
    SELECT gen_random_uuid(), enrol_own.enrolment_id, 'invited', s.sequence, clock_timestamp(), 0 FROM formation_session s
    WHERE s.id = p_session AND s.starts_on > (now() AT TIME ZONE s.time_zone)::date ON CONFLICT DO NOTHING;
  is_new := true;
  RETURN NEXT;
END
$body$;

CREATE OR REPLACE FUNCTION enrolment_own_ids() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT e.id FROM formation_enrolment e JOIN formation_professional p ON p.id = e.professional_id
    WHERE p.user_id = (SELECT scope_user_id())
$body$;

CREATE OR REPLACE FUNCTION enrol_own_end(p_enrolment uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
BEGIN
  UPDATE formation_enrolment e SET cancelled_at = clock_timestamp() FROM formation_session s
    WHERE e.id = p_enrolment AND e.id IN (SELECT enrolment_own_ids()) AND e.cancelled_at IS NULL
      AND s.id = e.session_id AND s.state = 'planned'
      AND NOT EXISTS (SELECT 1 FROM formation_attendance a WHERE a.enrolment_id = e.id)
      AND NOT EXISTS (SELECT 1 FROM formation_signature g WHERE g.enrolment_id = e.id);
  RETURN FOUND;
END
$body$;

CREATE OR REPLACE FUNCTION enrolment_check() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
BEGIN
  IF NEW.cancelled_at IS NULL AND session_places_left(NEW.session_id) < 0 THEN
    RAISE EXCEPTION 'session full' USING ERRCODE = 'check_violation', CONSTRAINT = 'enrolment_within_capacity';
  END IF;
  RETURN NULL;
END
$body$;

CREATE OR REPLACE FUNCTION enrolment_facts_check() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $body$
BEGIN
  IF public.acts_as_owner() OR coalesce(scope_manages_cases(), false) THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'UPDATE' AND (NEW.session_id, NEW.professional_id) IS DISTINCT FROM (OLD.session_id, OLD.professional_id)
  THEN
    RAISE EXCEPTION 'enrolment: of one person in one session' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF TG_OP = 'UPDATE' AND (NEW.employer_id, NEW.employer_type_id, NEW.profession_id) IS NOT DISTINCT FROM
     (OLD.employer_id, OLD.employer_type_id, OLD.profession_id) THEN
    RETURN NEW;
  END IF;
  IF NOT enrolment_facts_match(NEW.professional_id, NEW.employer_id, NEW.employer_type_id, NEW.profession_id) THEN
    RAISE EXCEPTION 'enrolment: as the person is' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END
$body$;

CREATE OR REPLACE FUNCTION enrolment_trained_ids() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT e.id FROM formation_enrolment e WHERE e.session_id IN (SELECT session_trained_ids())
$body$;

CREATE OR REPLACE FUNCTION halfday_check() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM formation_session s WHERE s.id = NEW.session_id AND NEW.day BETWEEN s.starts_on AND s.ends_on) THEN
    RAISE EXCEPTION 'outside the session' USING ERRCODE = 'check_violation', CONSTRAINT = 'halfday_within_session';
  END IF;
  RETURN NULL;
END
$body$;

CREATE OR REPLACE FUNCTION halfday_times() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
DECLARE zone text;
BEGIN
  SELECT s.time_zone INTO zone FROM formation_session s WHERE s.id = NEW.session_id;
  NEW.starts_at := coalesce(NEW.starts_at, CASE NEW.period WHEN 'morning' THEN time '09:00' ELSE time '14:00' END);
  NEW.begins_at := (NEW.day + NEW.starts_at) AT TIME ZONE zone;
  NEW.ends_at := NEW.begins_at + make_interval(mins => round(NEW.hours * 60)::integer);
  RETURN NEW;
END
$body$;

CREATE OR REPLACE FUNCTION halfday_trained_ids() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT h.id FROM formation_halfday h WHERE h.session_id IN (SELECT session_trained_ids())
$body$;

CREATE OR REPLACE FUNCTION hours_present_guard() RETURNS trigger
LANGUAGE plpgsql AS $body$
BEGIN
  IF NOT public.acts_as_owner() THEN
    NEW.hours_present := CASE TG_OP WHEN 'UPDATE' THEN OLD.hours_present ELSE 0 END;
  END IF;
  RETURN NEW;
END
$body$;

CREATE OR REPLACE FUNCTION notice_done(p_id uuid, p_is_sent boolean) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  UPDATE formation_sessionnotice SET tries = tries + 1, sent_at = CASE WHEN $2 THEN clock_timestamp() END
  WHERE id = $1 AND coalesce(scope_system() = 'training', false)
$body$;

CREATE OR REPLACE FUNCTION notice_said(p_id uuid) RETURNS TABLE(kind text, session_id uuid, enrolment_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT n.kind::text, e.session_id, e.id FROM formation_sessionnotice n
     JOIN formation_enrolment e ON e.id = n.enrolment_id
    WHERE n.id = $1 AND coalesce(scope_system() = 'training', false)
      AND (e.cancelled_at IS NULL OR n.kind = 'cancelled')
$body$;

CREATE OR REPLACE FUNCTION notices_owed() RETURNS TABLE(id uuid, kind text, sequence integer, session_id uuid,
  email text, enrolment_id uuid)
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT n.id, n.kind::text, n.sequence::integer, e.session_id, p.email::text, e.id
  FROM formation_sessionnotice n JOIN formation_enrolment e ON e.id = n.enrolment_id
  JOIN formation_professional p ON p.id = e.professional_id
  WHERE coalesce(scope_system() = 'training', false) AND n.sent_at IS NULL AND n.tries < 5 AND p.email <> ''
    AND (e.cancelled_at IS NULL OR n.kind = 'cancelled')
  ORDER BY n.asked_at LIMIT 200 FOR UPDATE OF n SKIP LOCKED
$body$;

CREATE OR REPLACE FUNCTION session_has_trainer(session uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT EXISTS (SELECT 1 FROM formation_sessiontrainer t WHERE t.session_id = $1)
$body$;

CREATE OR REPLACE FUNCTION session_hours_guard() RETURNS trigger
LANGUAGE plpgsql AS $body$
BEGIN
  IF NOT public.acts_as_owner() THEN
    NEW.total_hours := CASE TG_OP WHEN 'UPDATE' THEN OLD.total_hours ELSE 0 END;
  END IF;
  RETURN NEW;
END
$body$;

CREATE OR REPLACE FUNCTION session_hours_keep() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    UPDATE formation_session SET total_hours = total_hours - OLD.hours WHERE id = OLD.session_id;
  END IF;
  IF TG_OP <> 'DELETE' THEN
    UPDATE formation_session SET total_hours = total_hours + NEW.hours WHERE id = NEW.session_id;
  END IF;
  IF TG_OP = 'UPDATE' AND (NEW.hours, NEW.begins_at, NEW.ends_at) IS DISTINCT FROM (OLD.hours, OLD.begins_at, OLD.ends_at) THEN
    UPDATE formation_enrolment e SET hours_present = e.hours_present + hours_worth(NEW, a) - hours_worth(OLD, a)
      FROM formation_attendance a WHERE a.half_day_id = NEW.id AND e.id = a.enrolment_id;
  END IF;
  RETURN NULL;
END
$body$;

CREATE OR REPLACE FUNCTION trainer_overlap(p_trainer uuid, p_session uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT EXISTS (SELECT 1 FROM formation_halfday mine
    JOIN formation_halfday other ON other.session_id <> mine.session_id
      AND tstzrange(other.begins_at, other.ends_at) && tstzrange(mine.begins_at, mine.ends_at)
    JOIN formation_sessiontrainer t ON t.session_id = other.session_id AND t.trainer_id = $1
    JOIN formation_session s ON s.id = other.session_id AND s.state = 'planned'
    WHERE mine.session_id = $2)
$body$;

CREATE OR REPLACE FUNCTION trainer_overlap_check() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
DECLARE taught uuid;
BEGIN
  FOR taught IN SELECT t.trainer_id FROM formation_sessiontrainer t JOIN formation_session s ON s.id = t.session_id
      WHERE t.session_id = NEW.session_id AND s.state = 'planned' ORDER BY 1 LOOP
    PERFORM pg_advisory_xact_lock(hashtext('trainer'), hashtext(taught::text));
    IF trainer_overlap(taught, NEW.session_id) THEN
      RAISE EXCEPTION 'trainer elsewhere' USING ERRCODE = 'check_violation', CONSTRAINT = 'trainer_in_one_place';
    END IF;
  END LOOP;
  RETURN NULL;
END
$body$;

CREATE OR REPLACE FUNCTION waiting_count(p_session uuid) RETURNS integer
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT count(*)::integer FROM formation_waitingentry w
  WHERE w.session_id = $1 AND w.left_at IS NULL AND w.enrolment_id IS NULL
$body$;

CREATE OR REPLACE FUNCTION waiting_promote(p_session uuid) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
DECLARE
  entry formation_waitingentry;
  given uuid;
BEGIN
  IF scope_user_id() IS NULL OR session_places_left(p_session) < 1
     OR NOT EXISTS (SELECT 1 FROM formation_session s WHERE s.id = p_session AND s.state = 'planned') THEN
    RETURN NULL;
  END IF;
  SELECT * INTO entry FROM formation_waitingentry w
    WHERE w.session_id = p_session AND w.left_at IS NULL AND w.enrolment_id IS NULL
    ORDER BY w.asked_at, w.id LIMIT 1 FOR UPDATE;
  IF entry.id IS NULL THEN
    RETURN NULL;
  END IF;
  INSERT INTO formation_enrolment (id, session_id, professional_id, profession_id, employer_id, employer_type_id,
      enrolled_at, result)
    SELECT gen_random_uuid(), p_session, p.id, p.profession_id, p.employer_id, p.employer_type_id, clock_timestamp(), ''
    FROM formation_professional p WHERE p.id = entry.professional_id
    ON CONFLICT (session_id, professional_id) DO UPDATE SET cancelled_at = NULL, enrolled_at = excluded.enrolled_at
    RETURNING id INTO given;
  UPDATE formation_waitingentry SET enrolment_id = given WHERE id = entry.id;
  INSERT INTO formation_sessionnotice (id, enrolment_id, kind, sequence, asked_at, tries)
    SELECT gen_random_uuid(), given, 'promoted', s.sequence, clock_timestamp(), 0
    FROM formation_session s WHERE s.id = p_session ON CONFLICT DO NOTHING;
  RETURN given;
END
$body$;

-- Tables

ALTER TABLE formation_enrolment ALTER COLUMN hours_present SET DEFAULT 0;
CREATE TRIGGER enrolment_capacity AFTER INSERT OR UPDATE OF cancelled_at ON formation_enrolment FOR EACH ROW
  EXECUTE FUNCTION enrolment_check();
CREATE TRIGGER enrolment_facts BEFORE INSERT OR UPDATE ON formation_enrolment FOR EACH ROW EXECUTE FUNCTION
  enrolment_facts_check();
CREATE TRIGGER hours_present_guarded BEFORE INSERT OR UPDATE OF hours_present ON formation_enrolment FOR EACH
  ROW EXECUTE FUNCTION hours_present_guard();
ALTER TABLE formation_enrolment ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON formation_enrolment FOR SELECT
  USING ((SELECT scope_sees_all_cases()) OR id IN (SELECT enrolment_visible_ids()));
CREATE POLICY insert_rows ON formation_enrolment FOR INSERT
  WITH CHECK (((SELECT scope_manages_cases()) OR session_id IN (SELECT session_trained_ids()) OR employer_id = ANY ((SELECT scope_partners_as('structure_director'))::uuid[])) AND (can_see_session(session_id) AND
    can_see_professional(professional_id) AND ((employer_id IS NULL OR can_see_partner(employer_id)) OR
    session_id IN (SELECT session_trained_ids()))));
CREATE POLICY update_rows ON formation_enrolment FOR UPDATE
  USING ((SELECT scope_manages_cases()) OR session_id IN (SELECT session_trained_ids()) OR employer_id = ANY ((SELECT scope_partners_as('structure_director'))::uuid[]))
  WITH CHECK (((SELECT scope_manages_cases()) OR session_id IN (SELECT session_trained_ids()) OR employer_id = ANY ((SELECT scope_partners_as('structure_director'))::uuid[])) AND (can_see_session(session_id) AND
    can_see_professional(professional_id) AND ((employer_id IS NULL OR can_see_partner(employer_id)) OR
    session_id IN (SELECT session_trained_ids()))));
CREATE POLICY delete_rows ON formation_enrolment FOR DELETE USING (false);

CREATE TRIGGER halfday_times BEFORE INSERT OR UPDATE OF day, period, hours, starts_at, session_id ON
  formation_halfday FOR EACH ROW EXECUTE FUNCTION halfday_times();
CREATE CONSTRAINT TRIGGER halfday_within AFTER INSERT OR UPDATE ON formation_halfday DEFERRABLE INITIALLY
  DEFERRED FOR EACH ROW EXECUTE FUNCTION halfday_check();
CREATE TRIGGER session_hours_kept AFTER INSERT OR DELETE OR UPDATE OF hours, session_id, day, period, starts_at ON formation_halfday FOR
  EACH ROW EXECUTE FUNCTION session_hours_keep();
CREATE CONSTRAINT TRIGGER trainer_in_one_place AFTER INSERT OR UPDATE ON formation_halfday DEFERRABLE INITIALLY
  DEFERRED FOR EACH ROW EXECUTE FUNCTION trainer_overlap_check();
ALTER TABLE formation_halfday ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON formation_halfday FOR SELECT
  USING ((SELECT scope_is_inside()) OR session_id IN (SELECT session_own_ids()));
CREATE POLICY insert_rows ON formation_halfday FOR INSERT
  WITH CHECK (((SELECT scope_manages_cases()) OR session_id IN (SELECT session_trained_ids())) AND
    (can_see_session(session_id)));
CREATE POLICY update_rows ON formation_halfday FOR UPDATE
  USING ((SELECT scope_manages_cases()) OR session_id IN (SELECT session_trained_ids()))
  WITH CHECK (((SELECT scope_manages_cases()) OR session_id IN (SELECT session_trained_ids())) AND
    (can_see_session(session_id)));
CREATE POLICY delete_rows ON formation_halfday FOR DELETE USING (false);

ALTER TABLE formation_session ALTER COLUMN total_hours SET DEFAULT 0;
CREATE TRIGGER session_hours_guarded BEFORE INSERT OR UPDATE OF total_hours ON formation_session FOR EACH ROW
  EXECUTE FUNCTION session_hours_guard();
ALTER TABLE formation_session ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON formation_session FOR SELECT
  USING ((SELECT scope_is_inside()) OR id IN (SELECT session_own_ids()));
CREATE POLICY insert_rows ON formation_session FOR INSERT
  WITH CHECK ((SELECT scope_manages_cases()) OR (SELECT scope_has_role('trainer')));
CREATE POLICY update_rows ON formation_session FOR UPDATE
  USING ((SELECT scope_manages_cases()) OR id IN (SELECT session_trained_ids()))
  WITH CHECK ((SELECT scope_manages_cases()) OR id IN (SELECT session_trained_ids()));
CREATE POLICY delete_rows ON formation_session FOR DELETE USING (false);

ALTER TABLE formation_sessionnotice ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON formation_sessionnotice FOR SELECT
  USING ((SELECT scope_sees_all_cases()) OR enrolment_id IN (SELECT enrolment_visible_ids()));
CREATE POLICY insert_rows ON formation_sessionnotice FOR INSERT
  WITH CHECK (((SELECT scope_manages_cases()) OR enrolment_id IN (SELECT enrolment_trained_ids()) OR ((SELECT
    scope_has_role('structure_director')) AND enrolment_id IN (SELECT enrolment_visible_ids()))) AND
    (can_see_enrolment(enrolment_id)));
CREATE POLICY update_rows ON formation_sessionnotice FOR UPDATE
  USING (false)
  WITH CHECK ((false) AND (can_see_enrolment(enrolment_id)));
CREATE POLICY delete_rows ON formation_sessionnotice FOR DELETE USING (false);

CREATE CONSTRAINT TRIGGER trainer_in_one_place AFTER INSERT ON formation_sessiontrainer DEFERRABLE INITIALLY
  DEFERRED FOR EACH ROW EXECUTE FUNCTION trainer_overlap_check();
ALTER TABLE formation_sessiontrainer ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON formation_sessiontrainer FOR SELECT
  USING ((SELECT scope_is_inside()) OR session_id IN (SELECT session_own_ids()));
CREATE POLICY insert_rows ON formation_sessiontrainer FOR INSERT
  WITH CHECK (((SELECT scope_manages_cases()) OR session_id IN (SELECT session_trained_ids()) OR ((SELECT
    scope_has_role('trainer')) AND trainer_id = (SELECT scope_user_id()) AND NOT
    session_has_trainer(session_id))) AND (can_see_session(session_id)));
CREATE POLICY update_rows ON formation_sessiontrainer FOR UPDATE
  USING (false)
  WITH CHECK ((false) AND (can_see_session(session_id)));
CREATE POLICY delete_rows ON formation_sessiontrainer FOR DELETE USING ((SELECT scope_manages_cases()));

ALTER TABLE formation_waitingentry ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON formation_waitingentry FOR SELECT
  USING ((SELECT scope_sees_all_cases()) OR session_id IN (SELECT session_trained_ids()) OR professional_id IN
    (SELECT professional_visible_ids()));
CREATE POLICY insert_rows ON formation_waitingentry FOR INSERT
  WITH CHECK ((asked_by_id = (SELECT scope_user_id()) AND ((SELECT scope_manages_cases()) OR session_id IN (SELECT
    session_trained_ids()) OR (SELECT scope_has_role('structure_director')))) AND (can_see_session(session_id)
    AND can_see_professional(professional_id) AND (enrolment_id IS NULL OR can_see_enrolment(enrolment_id))));
CREATE POLICY update_rows ON formation_waitingentry FOR UPDATE
  USING ((SELECT scope_manages_cases()) OR session_id IN (SELECT session_trained_ids()) OR ((SELECT
    scope_has_role('structure_director')) AND professional_id IN (SELECT professional_visible_ids())))
  WITH CHECK (((SELECT scope_manages_cases()) OR session_id IN (SELECT session_trained_ids()) OR ((SELECT
    scope_has_role('structure_director')) AND professional_id IN (SELECT professional_visible_ids()))) AND
    (can_see_session(session_id) AND can_see_professional(professional_id) AND (enrolment_id IS NULL OR
    can_see_enrolment(enrolment_id))));
CREATE POLICY delete_rows ON formation_waitingentry FOR DELETE USING (false);

-- Kinds of the journal and of retention
SELECT journal_kind_register('enrolment', 'formation_enrolment');
SELECT journal_kind_register('halfday', 'formation_halfday');
SELECT journal_kind_register('session', 'formation_session');
