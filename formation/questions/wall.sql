-- formation/questions: who may read and write its tables, and what the database holds true.
-- Loaded by a migration, which may load it again: docs/wall.md.

-- Functions

CREATE OR REPLACE FUNCTION answers_asked(p_id uuid) RETURNS TABLE(enrolment_id uuid, walk_in_id uuid, session_id
  uuid, has_before boolean, has_after boolean, was_there boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  WITH who AS (
    SELECT e.id AS enrolment_id, NULL::uuid AS walk_in_id, e.session_id FROM formation_enrolment e
      WHERE e.cancelled_at IS NULL
        AND e.id = coalesce((SELECT w.enrolment_id FROM formation_walkin w WHERE w.id = $1), $1)
    UNION ALL SELECT NULL, w.id, w.session_id FROM formation_walkin w WHERE w.id = $1 AND w.state = 'pending'),
  sheets AS (SELECT a.moment FROM formation_answersheet a, who
    WHERE a.enrolment_id = who.enrolment_id OR a.walk_in_id = who.walk_in_id)
  SELECT who.enrolment_id, who.walk_in_id, who.session_id,
    EXISTS (SELECT 1 FROM sheets WHERE moment = 'before'), EXISTS (SELECT 1 FROM sheets WHERE moment = 'after'),
    NOT EXISTS (SELECT 1 FROM formation_attendance t WHERE t.enrolment_id = who.enrolment_id)
      OR EXISTS (SELECT 1 FROM formation_attendance t
                 WHERE t.enrolment_id = who.enrolment_id AND t.status IN ('present', 'left_early'))
  FROM who WHERE coalesce(scope_system() = 'signing', false)
$body$;

CREATE OR REPLACE FUNCTION answers_closed(p_session uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT s.state = 'held' AND (
    (now() AT TIME ZONE s.time_zone)::date > s.ends_on + setting_integer('formation.answer_days', 7)
    OR NOT EXISTS (SELECT 1 FROM formation_enrolment e WHERE e.session_id = s.id AND e.cancelled_at IS NULL
      AND NOT EXISTS (SELECT 1 FROM formation_answersheet a WHERE a.enrolment_id = e.id AND a.moment = 'after')))
  FROM formation_session s WHERE s.id = $1
$body$;

CREATE OR REPLACE FUNCTION answers_give(p_id uuid, p_moment text, p_answers jsonb, p_knowledge integer,
  p_confidence integer, p_way text, p_at timestamp with time zone, p_marks integer[], p_comment text) RETURNS
  boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
DECLARE asked record;
BEGIN
  -- With the actor that signs alone: without it nothing is asked, and nothing written.
  SELECT * INTO asked FROM answers_asked(p_id);
  IF asked.session_id IS NULL OR (p_marks IS NULL) <> (p_moment = 'before') THEN
    RAISE EXCEPTION 'answers: not how they are given' USING ERRCODE = 'insufficient_privilege';
  END IF;
  INSERT INTO formation_answersheet (id, enrolment_id, walk_in_id, moment, answers, knowledge, confidence, way, answered_at)
    VALUES (gen_random_uuid(), asked.enrolment_id, asked.walk_in_id, p_moment, p_answers, p_knowledge, p_confidence,
      p_way, p_at) ON CONFLICT DO NOTHING;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  IF p_marks IS NOT NULL THEN
    INSERT INTO formation_satisfaction (id, session_id, aims, useful, teaching, recommended, comment)
      VALUES (gen_random_uuid(), asked.session_id, p_marks[1], p_marks[2], p_marks[3], p_marks[4], p_comment);
  END IF;
  RETURN true;
END
$body$;

CREATE OR REPLACE FUNCTION answersheet_check() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
DECLARE begins timestamptz; ends timestamptz; last_begins timestamptz;
BEGIN
  SELECT min(h.begins_at), max(h.ends_at), max(h.begins_at) INTO begins, ends, last_begins
  FROM formation_halfday h JOIN formation_session s ON s.id = h.session_id AND s.state <> 'cancelled'
  WHERE h.session_id = coalesce(
    (SELECT e.session_id FROM formation_enrolment e WHERE e.id = NEW.enrolment_id AND e.cancelled_at IS NULL),
    (SELECT w.session_id FROM formation_walkin w WHERE w.id = NEW.walk_in_id));
  -- Wider than the settings, which the service reads: what no setting may allow.
  IF begins IS NULL OR (NEW.moment = 'before' AND NEW.answered_at > begins + interval '4 hours')
     OR (NEW.moment = 'after' AND NEW.answered_at NOT BETWEEN last_begins - interval '4 hours' AND ends + interval '61 days')
  THEN
    RAISE EXCEPTION 'not the moment' USING ERRCODE = 'check_violation', CONSTRAINT = 'answersheet_moment';
  END IF;
  RETURN NEW;
END
$body$;

CREATE OR REPLACE FUNCTION answersheet_frozen() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $body$
BEGIN
  IF (NEW.moment, NEW.knowledge, NEW.confidence, NEW.way, NEW.answered_at, NEW.walk_in_id) IS DISTINCT FROM
     (OLD.moment, OLD.knowledge, OLD.confidence, OLD.way, OLD.answered_at, OLD.walk_in_id)
     OR (NEW.enrolment_id IS DISTINCT FROM OLD.enrolment_id AND OLD.enrolment_id IS NOT NULL)
     OR (NEW.answers <> OLD.answers AND NOT (NEW.answers = '{}'::jsonb
         AND (public.acts_as_owner() OR NEW.enrolment_id IS NULL))) THEN
    RAISE EXCEPTION 'answers: written once' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END
$body$;

CREATE OR REPLACE FUNCTION opinions_forget(row_id uuid) RETURNS uuid[]
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $body$
BEGIN
  UPDATE formation_satisfaction SET comment = '' WHERE session_id = $1;
  RETURN ARRAY[$1];
END
$body$;

CREATE OR REPLACE FUNCTION satisfaction_of(p_sessions uuid[]) RETURNS TABLE(session_id uuid, answers integer, marks
  jsonb, comments text[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT f.session_id, count(*)::integer,
    jsonb_build_object('aims', array_agg(f.aims ORDER BY f.aims), 'useful', array_agg(f.useful ORDER BY f.useful),
      'teaching', array_agg(f.teaching ORDER BY f.teaching),
      'recommended', array_agg(f.recommended ORDER BY f.recommended)),
    array_remove(array_agg(nullif(f.comment, '') ORDER BY md5(f.id::text)), NULL)
  FROM formation_satisfaction f
  WHERE f.session_id = ANY ($1) AND answers_closed(f.session_id)
    AND (scope_sees_all_cases() OR f.session_id IN (SELECT session_trained_ids()))
  GROUP BY f.session_id HAVING count(*) >= 5
$body$;

CREATE OR REPLACE FUNCTION walkin_forget(row_id uuid) RETURNS uuid[]
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $body$
BEGIN
  DELETE FROM formation_answersheet WHERE walk_in_id = $1 AND enrolment_id IS NULL;
  DELETE FROM formation_signature WHERE walk_in_id = $1 AND enrolment_id IS NULL;
  DELETE FROM formation_walkin WHERE id = $1;
  RETURN ARRAY[$1];
END
$body$;

-- Tables

CREATE TRIGGER answersheet_check BEFORE INSERT ON formation_answersheet FOR EACH ROW EXECUTE FUNCTION
  answersheet_check();
CREATE TRIGGER answersheet_frozen BEFORE UPDATE ON formation_answersheet FOR EACH ROW EXECUTE FUNCTION
  answersheet_frozen();
ALTER TABLE formation_answersheet ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON formation_answersheet FOR SELECT
  USING ((SELECT scope_sees_all_cases()) OR enrolment_id IN (SELECT enrolment_own_ids()) OR enrolment_id IN
    (SELECT enrolment_trained_ids()) OR walk_in_id IN (SELECT walkin_trained_ids()));
CREATE POLICY insert_rows ON formation_answersheet FOR INSERT
  WITH CHECK ((false) AND ((enrolment_id IS NULL OR can_see_enrolment(enrolment_id)) AND (walk_in_id IS NULL OR
    can_see_walkin(walk_in_id))));
CREATE POLICY update_rows ON formation_answersheet FOR UPDATE
  USING ((SELECT scope_manages_cases()) OR walk_in_id IN (SELECT walkin_trained_ids()))
  WITH CHECK (((SELECT scope_manages_cases()) OR walk_in_id IN (SELECT walkin_trained_ids())) AND ((enrolment_id
    IS NULL OR can_see_enrolment(enrolment_id)) AND (walk_in_id IS NULL OR can_see_walkin(walk_in_id))));
CREATE POLICY delete_rows ON formation_answersheet FOR DELETE USING (false);

ALTER TABLE formation_satisfaction ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON formation_satisfaction FOR SELECT
  USING (coalesce((SELECT scope_system()) = 'figures', false));
CREATE POLICY insert_rows ON formation_satisfaction FOR INSERT WITH CHECK ((false) AND (can_see_session(session_id)));
CREATE POLICY update_rows ON formation_satisfaction FOR UPDATE
  USING (false)
  WITH CHECK ((false) AND (can_see_session(session_id)));
CREATE POLICY delete_rows ON formation_satisfaction FOR DELETE USING (false);

-- Kinds of the journal and of retention
SELECT retention_kind_register(
  'opinions', 'session', 'formation_session', 'mots libres des avis sur une session', 'le dernier jour de la session', 'anonymise',
  $starts$SELECT s.id AS object_id, '' AS reference, s.ends_on AS starts_on, ARRAY[s.id] AS together FROM formation_session s
     WHERE EXISTS (SELECT 1 FROM formation_satisfaction f WHERE f.session_id = s.id AND f.comment <> '')$starts$,
  'opinions_forget', 24, 'Ces mots servent à améliorer les sessions suivantes ; les notes restent, sans personne.',
  'RGPD, article 5 : pas plus longtemps que nécessaire', 62
);
