-- cases/proposals: who may read and write its tables, and what the database holds true.
-- Loaded by a migration, which may load it again: docs/wall.md.

-- Functions

CREATE OR REPLACE FUNCTION orientation_visible_ids() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT scope_granted_ids('orientation', 10)
$body$;

CREATE OR REPLACE FUNCTION can_see_orientation(row_id uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT (SELECT scope_sees_all_cases()) OR $1 IN (SELECT orientation_visible_ids())
$body$;

CREATE OR REPLACE FUNCTION case_refusals(case_id uuid) RETURNS TABLE(actor_id uuid, kind text, action text, number
  bigint, last_at timestamp with time zone)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT l.actor_id, o.kind, l.action, count(*), max(l.at)
     FROM case_objects($1) o JOIN journal_line l ON l.object_id = o.id AND l.object_kind = o.kind
    WHERE l.outcome = 'refused' GROUP BY 1, 2, 3 ORDER BY 5 DESC LIMIT 1000
$body$;

CREATE OR REPLACE FUNCTION orientation_check() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM cases_sollicitation s WHERE s.id = NEW.sollicitation_id AND s.case_id = NEW.case_id) THEN
    RAISE EXCEPTION 'orientation_same_case' USING ERRCODE = 'check_violation', CONSTRAINT = 'orientation_same_case';
  END IF;
  RETURN NULL;
END
$body$;

-- Sheets that the actor reads: those of a structure that they direct, or for whose direction they answer.
CREATE OR REPLACE FUNCTION proposal_sheet_ids(level integer) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT scope_granted_ids('proposal', $1)
  UNION SELECT g.object_id FROM access_grant g WHERE g.object_kind = 'proposal' AND g.level >= $1
    AND g.role = 'structure_director' AND g.partner_id = ANY ((SELECT scope_partners_as('structure_delegate'))::uuid[])
    AND g.starts_at <= statement_timestamp() AND (g.ends_at IS NULL OR g.ends_at > statement_timestamp())
$body$;

CREATE OR REPLACE FUNCTION can_see_proposal(row_id uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT (SELECT scope_sees_all_cases()) OR $1 IN (SELECT proposal_sheet_ids(10))
$body$;

CREATE OR REPLACE FUNCTION proposal_contact(row_id uuid) RETURNS TABLE(name text, phone text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT u.first_name || ' ' || u.last_name, u.phone::text FROM cases_proposal p
      JOIN cases_orientation o ON o.id = p.orientation_id JOIN cases_sollicitation s ON s.id = o.sollicitation_id
      JOIN users_user u ON u.id = coalesce(s.taken_by_id, o.decided_by_id)
    WHERE p.id = $1 AND p.id IN (SELECT proposal_sheet_ids(20))
$body$;

-- Whether the structure of a sheet may not accept it on a day: it is suspended, and two people did not let this minor
-- enter it. The structure reads neither the minor nor what was decided.
CREATE OR REPLACE FUNCTION proposal_suspended(row_id uuid, day date) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT EXISTS (SELECT 1 FROM cases_proposal p JOIN cases_orientation o ON o.id = p.orientation_id
      JOIN partners_suspension s ON s.partner_id = p.partner_id AND s.starts_on <= $2
        AND (s.ends_on IS NULL OR s.ends_on >= $2)
    WHERE p.id = $1 AND can_see_proposal(p.id) AND NOT 'suspended' = ANY (stay_derogated(o.case_id, p.partner_id)))
$body$;

CREATE OR REPLACE FUNCTION proposal_freeze() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $body$
DECLARE
  expected cases_proposal := OLD;
BEGIN
  IF public.scope_manages_cases() THEN
    expected := NEW;
    expected.sheet := OLD.sheet;
    expected.note := OLD.note;
    expected.sent_at := OLD.sent_at;
    expected.partner_id := OLD.partner_id;
    expected.orientation_id := OLD.orientation_id;
  ELSIF OLD.answer_id IS NULL AND OLD.withdrawn_at IS NULL AND NEW.answered_by_id = public.scope_user_id() THEN
    expected.answer_id := NEW.answer_id;
    expected.refusal_reason_id := NEW.refusal_reason_id;
    expected.available_from := NEW.available_from;
    expected.condition := NEW.condition;
    expected.answered_at := NEW.answered_at;
    expected.answered_by_id := NEW.answered_by_id;
  END IF;
  IF NEW IS DISTINCT FROM expected THEN
    RAISE EXCEPTION 'proposal_frozen' USING ERRCODE = 'check_violation', CONSTRAINT = 'proposal_frozen';
  END IF;
  RETURN NEW;
END
$body$;

-- A sheet made anonymous for good loses the words around it: the note of the coordination, the condition that the
-- structure set.
CREATE OR REPLACE FUNCTION proposal_words_forget() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $body$
BEGIN
  NEW.note := NULL;
  NEW.condition := NULL;
  RETURN NEW;
END
$body$;

-- 7 is the default of the setting `cases.sheet_days`.
CREATE OR REPLACE FUNCTION sheet_days() RETURNS interval
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT make_interval(days => coalesce((SELECT (s.value #>> '{}')::integer FROM values_settingversion s
    WHERE s.key = 'cases.sheet_days' ORDER BY s.changed_at DESC LIMIT 1), 7))
$body$;

CREATE OR REPLACE FUNCTION proposal_grants_follow() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
DECLARE
  refused CONSTANT timestamptz := CASE WHEN NEW.answer_id = 'reponse:REFUS' THEN NEW.answered_at END;
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO access_grant (id, object_kind, object_id, partner_id, role, level, starts_at, reason, given_by_id)
      VALUES (gen_random_uuid(), 'proposal', NEW.id, NEW.partner_id, 'structure_director', 10, NEW.sent_at,
              'Fiche anonyme envoyée', scope_user_id());
    RETURN NULL;
  END IF;
  IF NEW.withdrawn_at IS NULL AND NEW.answer_id IN ('reponse:ACC', 'reponse:ACC-COND', 'reponse:ATTENTE')
     AND OLD.answer_id IS NULL THEN
    INSERT INTO access_grant (id, object_kind, object_id, partner_id, role, level, starts_at, reason, given_by_id)
      VALUES (gen_random_uuid(), 'proposal', NEW.id, NEW.partner_id, 'structure_director', 20, NEW.answered_at,
              'Structure intéressée', scope_user_id());
  END IF;
  IF refused IS NOT NULL OR NEW.withdrawn_at IS NOT NULL THEN
    UPDATE access_grant g
      SET ends_at = greatest(g.starts_at, least(g.ends_at, CASE WHEN g.level >= 20 THEN NEW.withdrawn_at
        ELSE least(refused, NEW.withdrawn_at) + sheet_days() END))
      WHERE g.object_kind = 'proposal' AND g.object_id = NEW.id;
  END IF;
  RETURN NULL;
END
$body$;

-- Tables

ALTER TABLE cases_orientation DROP CONSTRAINT IF EXISTS orientation_day_of_decision;
ALTER TABLE cases_orientation ADD CONSTRAINT orientation_day_of_decision CHECK (decided_on = (decided_at AT TIME ZONE 'Europe/Paris')::date);
CREATE CONSTRAINT TRIGGER orientation_coherent AFTER INSERT OR UPDATE ON cases_orientation DEFERRABLE INITIALLY
  DEFERRED FOR EACH ROW EXECUTE FUNCTION orientation_check();
ALTER TABLE cases_orientation ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON cases_orientation FOR SELECT
  USING ((SELECT scope_sees_all_cases()) OR id IN (SELECT orientation_visible_ids()));
CREATE POLICY insert_rows ON cases_orientation FOR INSERT
  WITH CHECK (((SELECT scope_manages_cases())) AND (can_see_case(case_id) AND
    can_see_sollicitation(sollicitation_id)));
CREATE POLICY update_rows ON cases_orientation FOR UPDATE
  USING ((SELECT scope_manages_cases()))
  WITH CHECK (((SELECT scope_manages_cases())) AND (can_see_case(case_id) AND
    can_see_sollicitation(sollicitation_id)));
CREATE POLICY delete_rows ON cases_orientation FOR DELETE USING (false);

ALTER TABLE cases_proposal DROP CONSTRAINT IF EXISTS proposal_sheet_is_anonymous;
ALTER TABLE cases_proposal ADD CONSTRAINT proposal_sheet_is_anonymous CHECK (sheet - ARRAY[
      'age', 'age_precision', 'sex', 'forms', 'urgency', 'adhesion', 'containment', 'is_unaccompanied', 'needs',
      'legal_frame', 'languages', 'tonight', 'arrival_from', 'wished_stay'
    ] = '{}'::jsonb);
CREATE TRIGGER proposal_frozen BEFORE UPDATE ON cases_proposal FOR EACH ROW WHEN (NOT retention_erases() AND NOT
  vault_reseals()) EXECUTE FUNCTION proposal_freeze();
CREATE TRIGGER proposal_words_forgotten BEFORE UPDATE OF sheet ON cases_proposal FOR EACH ROW WHEN (NEW.sheet =
  '{}'::jsonb) EXECUTE FUNCTION proposal_words_forget();
CREATE TRIGGER proposal_grants AFTER UPDATE ON cases_proposal FOR EACH ROW WHEN (OLD.answer_id IS DISTINCT FROM
  NEW.answer_id OR OLD.withdrawn_at IS DISTINCT FROM NEW.withdrawn_at) EXECUTE FUNCTION
  proposal_grants_follow();
CREATE TRIGGER proposal_sheet AFTER INSERT ON cases_proposal FOR EACH ROW EXECUTE FUNCTION
  proposal_grants_follow();
ALTER TABLE cases_proposal ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON cases_proposal FOR SELECT
  USING ((SELECT scope_sees_all_cases()) OR (partner_id = ANY ((SELECT scope_partners_as('structure_director', 'structure_delegate'))::uuid[]) AND id IN
    (SELECT proposal_sheet_ids(10))));
CREATE POLICY insert_rows ON cases_proposal FOR INSERT
  WITH CHECK (((SELECT scope_manages_cases())) AND (can_see_partner(partner_id) AND
    (can_see_orientation(orientation_id) OR partner_id = ANY ((SELECT scope_partners_as('structure_director', 'structure_delegate'))::uuid[]))));
CREATE POLICY update_rows ON cases_proposal FOR UPDATE
  USING ((SELECT scope_manages_cases()) OR partner_id = ANY ((SELECT scope_partners_as('structure_director', 'structure_delegate'))::uuid[]))
  WITH CHECK (((SELECT scope_manages_cases()) OR partner_id = ANY ((SELECT scope_partners_as('structure_director', 'structure_delegate'))::uuid[])) AND
    (can_see_partner(partner_id) AND (can_see_orientation(orientation_id) OR partner_id = ANY ((SELECT scope_partners_as('structure_director', 'structure_delegate'))::uuid[]))));
CREATE POLICY delete_rows ON cases_proposal FOR DELETE USING (false);

-- Kinds of the journal and of retention
SELECT journal_kind_register('orientation', 'cases_orientation');
SELECT journal_kind_register('proposal', 'cases_proposal');
