-- referentiel/visits: who may read and write its tables, and what the database holds true.
-- Loaded by a migration, which may load it again: docs/wall.md.

-- Functions

CREATE OR REPLACE FUNCTION can_see_visit(visit uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT scope_sees_all_cases() OR EXISTS (SELECT 1 FROM referentiel_visit v WHERE v.id = $1
    AND v.sent_at IS NOT NULL AND v.partner_id = ANY ((SELECT scope_partners_as('structure_director', 'structure_educator'))::uuid[]))
$body$;

-- Confirmed marks that take their structure out of the search and stop every arrival: the latest of its exigence, below
-- 3, on an exigence that is imperative in the version in force, without a derogation in force.
CREATE OR REPLACE FUNCTION failing_mark_ids(p_at timestamptz) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  WITH the AS (SELECT ($1 AT TIME ZONE 'Europe/Paris')::date AS day),
  in_force AS (
    SELECT DISTINCT ON (v.document_id) v.id FROM documents_documentversion v
      JOIN documents_document d ON d.id = v.document_id AND d.kind = 'referentiel'
    WHERE v.effective_on <= (SELECT day FROM the) ORDER BY v.document_id, v.effective_on DESC, v.sequence DESC)
  SELECT m.id FROM referentiel_confirmedmark m
  WHERE m.decided_at <= $1 AND m.level = 'imperative' AND m.value IN ('1', '2')
    AND NOT EXISTS (SELECT 1 FROM referentiel_confirmedmark n WHERE n.partner_id = m.partner_id AND n.code = m.code
      AND n.decided_at > m.decided_at AND n.decided_at <= $1)
    AND EXISTS (SELECT 1 FROM documents_clauseversion c WHERE c.code = m.code
      AND c.version_id IN (SELECT id FROM in_force) AND c.content ->> 'level' = 'imperative')
    AND NOT EXISTS (SELECT 1 FROM referentiel_derogation g WHERE g.partner_id = m.partner_id AND g.code = m.code
      AND g.agreed_at IS NOT NULL AND g.revoked_at IS NULL
      AND (SELECT day FROM the) BETWEEN g.starts_on AND g.ends_on)
$body$;

-- What was already confirmed, by silence for instance, is no longer to be discussed.
CREATE OR REPLACE FUNCTION observes_exigence(visit uuid, code text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT EXISTS (SELECT 1 FROM referentiel_visit v JOIN referentiel_visitmark m ON m.visit_id = v.id
    WHERE v.id = $1 AND m.code = $2 AND v.state IN ('sent', 'unanswered') AND v.partner_id = ANY ((SELECT scope_partners_as('structure_director', 'structure_educator'))::uuid[])
      AND NOT EXISTS (SELECT 1 FROM referentiel_confirmedmark c WHERE c.visit_id = v.id AND c.code = $2))
$body$;

CREATE OR REPLACE FUNCTION sees_observations(visit uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT EXISTS (SELECT 1 FROM referentiel_visit v WHERE v.id = $1
    AND ((scope_sees_all_cases() AND v.answered_at IS NOT NULL) OR (v.sent_at IS NOT NULL AND v.partner_id = ANY ((SELECT scope_partners_as('structure_director', 'structure_educator'))::uuid[]))))
$body$;

CREATE OR REPLACE FUNCTION visit_forget(row_id uuid) RETURNS uuid[]
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $body$
BEGIN
  DELETE FROM referentiel_confirmedmark WHERE visit_id = $1;
  DELETE FROM referentiel_observation WHERE visit_id = $1;
  DELETE FROM referentiel_visitmark WHERE visit_id = $1;
  DELETE FROM referentiel_visit WHERE id = $1;
  RETURN ARRAY[$1];
END
$body$;

CREATE OR REPLACE FUNCTION visit_guard() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $body$
DECLARE
  expected referentiel_visit := OLD;
BEGIN
  IF OLD.state IN ('closed', 'cancelled') AND NEW IS DISTINCT FROM OLD THEN
    RAISE EXCEPTION 'visit_frozen' USING ERRCODE = 'check_violation', CONSTRAINT = 'visit_frozen';
  END IF;
  IF NEW.state <> OLD.state AND (OLD.state || '>' || NEW.state) <> ALL (ARRAY['draft>sent', 'draft>cancelled',
      'sent>answered', 'sent>unanswered', 'sent>cancelled', 'unanswered>answered', 'unanswered>closed',
      'answered>closed']) THEN
    RAISE EXCEPTION 'visit_step' USING ERRCODE = 'check_violation', CONSTRAINT = 'visit_step';
  END IF;
  IF (NEW.partner_id, NEW.version_id, NEW.assessment_id, NEW.kind, NEW.opened_by_id, NEW.opened_at)
      IS DISTINCT FROM (OLD.partner_id, OLD.version_id, OLD.assessment_id, OLD.kind, OLD.opened_by_id, OLD.opened_at) THEN
    RAISE EXCEPTION 'visit_frozen' USING ERRCODE = 'check_violation', CONSTRAINT = 'visit_frozen';
  END IF;
  -- The structure sends its observations, and changes nothing else; nobody answers in its place.
  IF NEW.state = 'answered' AND OLD.state <> 'answered' THEN
    IF NOT OLD.partner_id = ANY (public.scope_partners_as('structure_director')) THEN
      RAISE EXCEPTION 'visit_answer' USING ERRCODE = 'check_violation', CONSTRAINT = 'visit_answer';
    END IF;
    expected.state := NEW.state;
    expected.answered_at := NEW.answered_at;
    expected.answered_by_id := public.scope_user_id();
    expected.reply_by := NEW.reply_by;
    IF NEW IS DISTINCT FROM expected THEN
      RAISE EXCEPTION 'visit_answer' USING ERRCODE = 'check_violation', CONSTRAINT = 'visit_answer';
    END IF;
  ELSIF public.scope_user_id() IS NOT NULL AND NOT public.scope_manages_cases() THEN
    RAISE EXCEPTION 'visit_answer' USING ERRCODE = 'check_violation', CONSTRAINT = 'visit_answer';
  END IF;
  IF NEW.state = 'unanswered' AND OLD.state <> 'unanswered' AND coalesce(public.scope_system() <> 'notify', true) THEN
    RAISE EXCEPTION 'visit_step' USING ERRCODE = 'check_violation', CONSTRAINT = 'visit_step';
  END IF;
  IF NEW.state = 'closed' AND OLD.state <> 'closed' AND EXISTS (
      SELECT 1 FROM public.referentiel_visitmark m WHERE m.visit_id = NEW.id AND NOT EXISTS (
        SELECT 1 FROM public.referentiel_confirmedmark c WHERE c.visit_id = m.visit_id AND c.code = m.code)) THEN
    RAISE EXCEPTION 'visit_undecided' USING ERRCODE = 'check_violation', CONSTRAINT = 'visit_undecided';
  END IF;
  RETURN NEW;
END
$body$;

CREATE OR REPLACE FUNCTION visit_is_in(visit uuid, states text[]) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT EXISTS (SELECT 1 FROM referentiel_visit v WHERE v.id = $1 AND v.state = ANY ($2))
$body$;

CREATE OR REPLACE FUNCTION visit_is_of(visit uuid, partner uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT EXISTS (SELECT 1 FROM referentiel_visit v WHERE v.id = $1 AND v.partner_id = $2)
$body$;

CREATE OR REPLACE FUNCTION visits_silence(p_day date, p_reply_days integer) RETURNS TABLE(visit_id uuid, confirmed
  integer)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
#variable_conflict use_column
BEGIN
  IF coalesce(scope_system() <> 'notify', true) THEN
    RAISE EXCEPTION 'standards: done by their own job alone' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN QUERY
    WITH gone AS (
      UPDATE referentiel_visit v SET state = 'unanswered', silent_at = clock_timestamp(), reply_by = p_day + p_reply_days
      WHERE v.state = 'sent' AND v.answer_by < p_day RETURNING v.id, v.partner_id
    ), held AS (
      INSERT INTO referentiel_confirmedmark (id, visit_id, partner_id, code, level, value, origin, reply, decided_at)
      SELECT gen_random_uuid(), g.id, g.partner_id, m.code, m.level, m.value, 'silence', '', clock_timestamp()
      FROM gone g JOIN referentiel_visitmark m ON m.visit_id = g.id WHERE m.level = 'standard'
      RETURNING visit_id
    )
    SELECT g.id, (SELECT count(*)::integer FROM held h WHERE h.visit_id = g.id) FROM gone g;
END
$body$;

-- Tables

ALTER TABLE referentiel_confirmedmark ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON referentiel_confirmedmark FOR SELECT
  USING ((SELECT scope_sees_all_cases()) OR can_see_visit(visit_id));
CREATE POLICY insert_rows ON referentiel_confirmedmark FOR INSERT
  WITH CHECK ((decided_by_id = (SELECT scope_user_id()) AND (SELECT scope_manages_cases()) AND
    visit_is_in(visit_id, ARRAY['answered', 'unanswered'])) AND (can_see_visit(visit_id) AND
    can_see_partner(partner_id) AND visit_is_of(visit_id, partner_id)));
CREATE POLICY update_rows ON referentiel_confirmedmark FOR UPDATE
  USING (false)
  WITH CHECK ((false) AND (can_see_visit(visit_id) AND can_see_partner(partner_id) AND visit_is_of(visit_id,
    partner_id)));
CREATE POLICY delete_rows ON referentiel_confirmedmark FOR DELETE USING (false);

ALTER TABLE referentiel_observation ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON referentiel_observation FOR SELECT USING (sees_observations(visit_id));
CREATE POLICY insert_rows ON referentiel_observation FOR INSERT
  WITH CHECK ((observes_exigence(visit_id, code)) AND (can_see_visit(visit_id) AND written_by_id = (SELECT
    scope_user_id())));
CREATE POLICY update_rows ON referentiel_observation FOR UPDATE
  USING (observes_exigence(visit_id, code))
  WITH CHECK ((observes_exigence(visit_id, code)) AND (can_see_visit(visit_id) AND written_by_id = (SELECT
    scope_user_id())));
CREATE POLICY delete_rows ON referentiel_observation FOR DELETE USING (false);

CREATE TRIGGER visit_guarded BEFORE UPDATE ON referentiel_visit FOR EACH ROW EXECUTE FUNCTION visit_guard();
ALTER TABLE referentiel_visit ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON referentiel_visit FOR SELECT
  USING ((SELECT scope_sees_all_cases()) OR (sent_at IS NOT NULL AND partner_id = ANY ((SELECT
    scope_partners_as('structure_director', 'structure_educator'))::uuid[])));
CREATE POLICY insert_rows ON referentiel_visit FOR INSERT
  WITH CHECK ((opened_by_id = (SELECT scope_user_id()) AND (SELECT scope_manages_cases()) AND state = 'draft') AND
    (can_see_partner(partner_id) AND can_see_documentversion(version_id) AND (assessment_id IS NULL OR
    (can_see_assessment(assessment_id) AND assessment_is_of(assessment_id, partner_id)))));
CREATE POLICY update_rows ON referentiel_visit FOR UPDATE
  USING ((SELECT scope_manages_cases()) OR (sent_at IS NOT NULL AND partner_id = ANY ((SELECT
    scope_partners_as('structure_director', 'structure_educator'))::uuid[])))
  WITH CHECK (((SELECT scope_manages_cases()) OR (sent_at IS NOT NULL AND partner_id = ANY ((SELECT
    scope_partners_as('structure_director', 'structure_educator'))::uuid[]))) AND (can_see_partner(partner_id)
    AND can_see_documentversion(version_id) AND (assessment_id IS NULL OR (can_see_assessment(assessment_id) AND
    assessment_is_of(assessment_id, partner_id)))));
CREATE POLICY delete_rows ON referentiel_visit FOR DELETE USING (false);

ALTER TABLE referentiel_visitmark ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON referentiel_visitmark FOR SELECT
  USING ((SELECT scope_sees_all_cases()) OR can_see_visit(visit_id));
CREATE POLICY insert_rows ON referentiel_visitmark FOR INSERT
  WITH CHECK ((marked_by_id = (SELECT scope_user_id()) AND (SELECT scope_manages_cases()) AND
    visit_is_in(visit_id, ARRAY['draft'])) AND (can_see_visit(visit_id) AND marked_by_id = (SELECT
    scope_user_id())));
CREATE POLICY update_rows ON referentiel_visitmark FOR UPDATE
  USING ((SELECT scope_manages_cases()) AND visit_is_in(visit_id, ARRAY['draft']))
  WITH CHECK (((SELECT scope_manages_cases()) AND visit_is_in(visit_id, ARRAY['draft'])) AND
    (can_see_visit(visit_id) AND marked_by_id = (SELECT scope_user_id())));
CREATE POLICY delete_rows ON referentiel_visitmark FOR DELETE
  USING ((SELECT scope_manages_cases()) AND visit_is_in(visit_id, ARRAY['draft']));

-- Kinds of the journal and of retention
SELECT journal_kind_register('visit', 'referentiel_visit');
SELECT retention_kind_register(
  'visit', 'visit', 'referentiel_visit', 'visite du référentiel', 'la clôture de la visite ; rien tant qu’une cotation suspend les arrivées', 'destroy',
  $starts$SELECT v.id AS object_id, '' AS reference,
  CASE WHEN v.state NOT IN ('closed', 'cancelled') OR EXISTS (
         SELECT FROM referentiel_confirmedmark m WHERE m.visit_id = v.id AND m.level = 'imperative' AND m.value IN ('1', '2')
           AND NOT EXISTS (SELECT FROM referentiel_confirmedmark n WHERE n.partner_id = m.partner_id AND n.code = m.code
             AND n.decided_at > m.decided_at)) THEN NULL
       ELSE (coalesce(v.closed_at, v.cancelled_at) AT TIME ZONE 'Europe/Paris')::date END AS starts_on,
  array_remove(ARRAY[v.id, v.partner_id, v.assessment_id], NULL) AS together
FROM referentiel_visit v$starts$,
  'visit_forget', 60, 'Cinq ans : le temps de la convention et de la visite suivante.',
  'RGPD, article 5 : pas plus longtemps que nécessaire', 93
);
