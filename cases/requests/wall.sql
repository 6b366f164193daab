-- cases/requests: who may read and write its tables, and what the database holds true.
-- Loaded by a migration, which may load it again: docs/wall.md.

-- Functions

-- What is told in words goes back to the service that asks for care, never to who only transmitted it.
CREATE OR REPLACE FUNCTION sollicitation_asked_ids() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT s.id FROM cases_sollicitation s WHERE s.requester_id = ANY ((SELECT scope_partners_as('requester'))::uuid[])
$body$;

CREATE OR REPLACE FUNCTION can_add_files_sollicitation(row_id uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT $1 IN (SELECT sollicitation_asked_ids())
    AND EXISTS (SELECT 1 FROM cases_sollicitation s WHERE s.id = $1 AND s.state <> 'closed')
$body$;

CREATE OR REPLACE FUNCTION can_reply_sollicitation(row_id uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT $1 IN (SELECT sollicitation_asked_ids())
    AND EXISTS (SELECT 1 FROM cases_sollicitation s WHERE s.id = $1 AND s.state <> 'closed')
$body$;

-- An attachment tells as much as words: who only transmitted, or sees the request through a grant, reads none.
CREATE OR REPLACE FUNCTION can_see_files_sollicitation(row_id uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT scope_sees_all_cases() OR $1 IN (SELECT sollicitation_asked_ids())
$body$;

CREATE OR REPLACE FUNCTION sollicitation_visible_ids() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT s.id FROM cases_sollicitation s WHERE s.requester_id = ANY ((SELECT scope_partners_as('requester'))::uuid[])
    UNION SELECT s.id FROM cases_sollicitation s
      WHERE s.submitted_by_id = (SELECT scope_user_id()) AND s.requester_id = ANY ((SELECT scope_partner_ids())::uuid[])
    UNION SELECT scope_granted_ids('sollicitation', 10)
$body$;

CREATE OR REPLACE FUNCTION can_see_sollicitation(row_id uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT (SELECT scope_sees_all_cases()) OR $1 IN (SELECT sollicitation_visible_ids())
$body$;

-- Data protection sees no partner: it learns that a service asked and that a structure houses, not which.
CREATE OR REPLACE FUNCTION case_natures(case_id uuid) RETURNS TABLE(partner_id uuid, kind text, since date, until date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT CASE WHEN scope_manages_cases() THEN n.partner_id END, n.kind, n.since, n.until FROM (
      SELECT s.requester_id AS partner_id, 'sollicitation' AS kind, min(s.received_on) AS since, NULL::date AS until
        FROM cases_sollicitation s WHERE s.case_id = $1 GROUP BY 1
      UNION ALL SELECT p.partner_id, 'placement', p.arrived_on, p.ended_on
        FROM cases_placement p WHERE p.case_id = $1
    ) n WHERE (scope_manages_cases() OR scope_has_role('dpo')) ORDER BY n.since
$body$;

CREATE OR REPLACE FUNCTION sollicitation_asked_open_ids() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT s.id FROM cases_sollicitation s
    WHERE s.requester_id = ANY ((SELECT scope_partners_as('requester'))::uuid[]) AND s.state <> 'closed'
$body$;

CREATE OR REPLACE FUNCTION sollicitation_check() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
BEGIN
  IF NEW.relance_of_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM cases_sollicitation s WHERE s.id = NEW.relance_of_id AND s.requester_id = NEW.requester_id) THEN
    RAISE EXCEPTION 'sollicitation_relance_same_service' USING ERRCODE = 'check_violation', CONSTRAINT = 'sollicitation_relance_same_service';
  END IF;
  IF EXISTS (
    SELECT 1 FROM cases_orientation o JOIN cases_sollicitation s ON s.id = o.sollicitation_id
    WHERE s.id = NEW.id AND o.case_id IS DISTINCT FROM s.case_id) THEN
    RAISE EXCEPTION 'sollicitation_case_of_orientations' USING ERRCODE = 'check_violation', CONSTRAINT = 'sollicitation_case_of_orientations';
  END IF;
  RETURN NULL;
END
$body$;

CREATE OR REPLACE FUNCTION sollicitation_forget(row_id uuid) RETURNS uuid[]
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $body$
DECLARE
  v_all uuid[] := ARRAY[$1];
BEGIN
  DELETE FROM cases_sollicitationdetail WHERE sollicitation_id = $1;
  UPDATE cases_sollicitation SET reference = 'X-' || left(replace(gen_random_uuid()::text, '-', ''), 12), birth_year = NULL, birth_month = NULL, current_place_id = NULL,
    safe_until = NULL, group_id = NULL, idempotency_key = NULL, taken_by_id = NULL WHERE id = $1;

  DELETE FROM files_attachment WHERE object_id = ANY (v_all);
  DELETE FROM access_grant WHERE object_id = ANY (v_all);
  DELETE FROM access_reveal WHERE object_id = ANY (v_all);
  DELETE FROM access_alert WHERE object_id = ANY (v_all);

  RETURN v_all;
END
$body$;

CREATE OR REPLACE FUNCTION sollicitation_grids_forget() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
BEGIN
  DELETE FROM cases_filledgrid WHERE sollicitation_id = (to_jsonb(OLD) ->> TG_ARGV[0])::uuid;
  RETURN NULL;
END
$body$;

CREATE OR REPLACE FUNCTION sollicitation_messages_forget() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
BEGIN
  DELETE FROM cases_sollicitationmessage WHERE sollicitation_id = OLD.sollicitation_id;
  RETURN NULL;
END
$body$;

CREATE OR REPLACE FUNCTION sollicitation_unmet_told() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
BEGIN
  IF EXISTS (
      SELECT 1 FROM cases_orientation o JOIN cases_proposal p ON p.orientation_id = o.id
      WHERE o.sollicitation_id = NEW.id AND o.decision_id = 'decision:RESEAU' AND o.cancelled_at IS NULL)
    AND NOT EXISTS (
      SELECT 1 FROM cases_orientation o JOIN cases_proposal p ON p.orientation_id = o.id
      WHERE o.sollicitation_id = NEW.id AND o.decision_id = 'decision:RESEAU' AND o.cancelled_at IS NULL
        AND p.answer_id IN ('reponse:ACC', 'reponse:ACC-COND', 'reponse:ATTENTE'))
    AND NOT EXISTS (SELECT 1 FROM cases_unmetneed u WHERE u.sollicitation_id = NEW.id)
  THEN
    RAISE EXCEPTION 'sollicitation_unmet_told' USING ERRCODE = 'check_violation', CONSTRAINT = 'sollicitation_unmet_told';
  END IF;
  RETURN NULL;
END
$body$;

CREATE OR REPLACE FUNCTION sollicitation_shelters_forget() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
BEGIN
  DELETE FROM cases_shelter WHERE sollicitation_id = OLD.sollicitation_id;
  RETURN NULL;
END
$body$;

-- What was known that night goes with the reference: it tells of the health of somebody.
CREATE OR REPLACE FUNCTION sollicitation_tonight_forget() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $body$
BEGIN
  NEW.language_id := NULL;
  NEW.accepts_leaving := NULL;
  NEW.has_phone := NULL;
  NEW.needs_care := NULL;
  NEW.has_treatment := NULL;
  NEW.uses_substances := NULL;
  NEW.is_pregnant := NULL;
  NEW.is_exploiter_near := NULL;
  NEW.parquet_told := '';
  NEW.placement_order := '';
  RETURN NEW;
END
$body$;

CREATE OR REPLACE FUNCTION sollicitation_words_forget(row_id uuid) RETURNS uuid[]
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $body$
BEGIN
  DELETE FROM cases_sollicitationdetail WHERE sollicitation_id = $1;
  RETURN ARRAY[$1];
END
$body$;

-- Forms and words are written with the sollicitation or the incident itself, not later by somebody who sees it.
CREATE OR REPLACE FUNCTION sollicitation_written_ids() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT s.id FROM cases_sollicitation s WHERE s.submitted_by_id = (SELECT scope_user_id())
    AND s.requester_id = ANY ((SELECT scope_partners_as('requester', 'transmitter'))::uuid[])
    AND s.case_id IS NULL AND s.state = 'received'
$body$;

CREATE OR REPLACE FUNCTION sollicitation_extra_forget() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
BEGIN
  DELETE FROM cases_extraanswer WHERE sollicitation_id = OLD.sollicitation_id AND is_sealed;
  RETURN NULL;
END
$body$;

-- Tables

ALTER TABLE cases_sollicitation DROP CONSTRAINT IF EXISTS sollicitation_day_of_reception;
ALTER TABLE cases_sollicitation ADD CONSTRAINT sollicitation_day_of_reception CHECK (received_on = (received_at AT TIME ZONE 'Europe/Paris')::date);
CREATE CONSTRAINT TRIGGER sollicitation_coherent AFTER INSERT OR UPDATE ON cases_sollicitation DEFERRABLE
  INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION sollicitation_check();
CREATE TRIGGER sollicitation_grids_forgotten AFTER UPDATE OF reference ON cases_sollicitation FOR EACH ROW WHEN
  (starts_with(NEW.reference, 'X-')) EXECUTE FUNCTION sollicitation_grids_forget('id');
CREATE TRIGGER sollicitation_tonight_forgotten BEFORE UPDATE OF reference ON cases_sollicitation FOR EACH ROW WHEN
  (starts_with(NEW.reference, 'X-')) EXECUTE FUNCTION sollicitation_tonight_forget();
CREATE CONSTRAINT TRIGGER sollicitation_unmet_told AFTER UPDATE OF state ON cases_sollicitation DEFERRABLE
  INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.state <> 'closed' AND NEW.state = 'closed' AND NEW.outcome_id NOT IN
  ('decision:RESEAU', 'decision:DROIT-COMMUN')) EXECUTE FUNCTION sollicitation_unmet_told();
ALTER TABLE cases_sollicitation ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON cases_sollicitation FOR SELECT
  USING ((SELECT scope_sees_all_cases()) OR id IN (SELECT sollicitation_visible_ids()));
CREATE POLICY insert_rows ON cases_sollicitation FOR INSERT
  WITH CHECK (((SELECT scope_manages_cases()) OR (submitted_by_id = (SELECT scope_user_id()) AND requester_id =
    ANY ((SELECT scope_partners_as('requester', 'transmitter'))::uuid[]) AND case_id IS NULL)) AND (can_see_partner(requester_id)
    AND (case_id IS NULL OR can_see_case(case_id)) AND (relance_of_id IS NULL OR
    can_see_sollicitation(relance_of_id))));
CREATE POLICY update_rows ON cases_sollicitation FOR UPDATE
  USING ((SELECT scope_manages_cases()))
  WITH CHECK (((SELECT scope_manages_cases())) AND (can_see_partner(requester_id) AND (case_id IS NULL OR
    can_see_case(case_id)) AND (relance_of_id IS NULL OR can_see_sollicitation(relance_of_id))));
CREATE POLICY delete_rows ON cases_sollicitation FOR DELETE USING (false);

CREATE TRIGGER sollicitation_extra_forgotten AFTER DELETE ON cases_sollicitationdetail FOR EACH ROW EXECUTE
  FUNCTION sollicitation_extra_forget();
CREATE TRIGGER sollicitation_grids_forgotten AFTER DELETE ON cases_sollicitationdetail FOR EACH ROW EXECUTE
  FUNCTION sollicitation_grids_forget('sollicitation_id');
CREATE TRIGGER sollicitation_messages_forgotten AFTER DELETE ON cases_sollicitationdetail FOR EACH ROW EXECUTE
  FUNCTION sollicitation_messages_forget();
CREATE TRIGGER sollicitation_shelters_forgotten AFTER DELETE ON cases_sollicitationdetail FOR EACH ROW EXECUTE
  FUNCTION sollicitation_shelters_forget();
ALTER TABLE cases_sollicitationdetail ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON cases_sollicitationdetail FOR SELECT
  USING ((SELECT scope_sees_all_cases()) OR sollicitation_id IN (SELECT sollicitation_asked_ids()));
CREATE POLICY insert_rows ON cases_sollicitationdetail FOR INSERT
  WITH CHECK (((SELECT scope_manages_cases()) OR sollicitation_id IN (SELECT sollicitation_written_ids())) AND
    (can_see_sollicitation(sollicitation_id)));
CREATE POLICY update_rows ON cases_sollicitationdetail FOR UPDATE
  USING ((SELECT scope_manages_cases()))
  WITH CHECK (((SELECT scope_manages_cases())) AND (can_see_sollicitation(sollicitation_id)));
CREATE POLICY delete_rows ON cases_sollicitationdetail FOR DELETE USING (false);

ALTER TABLE cases_sollicitationform ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON cases_sollicitationform FOR SELECT
  USING ((SELECT scope_sees_all_cases()) OR sollicitation_id IN (SELECT sollicitation_visible_ids()));
CREATE POLICY insert_rows ON cases_sollicitationform FOR INSERT
  WITH CHECK (((SELECT scope_manages_cases()) OR sollicitation_id IN (SELECT sollicitation_written_ids())) AND
    (can_see_sollicitation(sollicitation_id)));
CREATE POLICY update_rows ON cases_sollicitationform FOR UPDATE
  USING ((SELECT scope_manages_cases()))
  WITH CHECK (((SELECT scope_manages_cases())) AND (can_see_sollicitation(sollicitation_id)));
CREATE POLICY delete_rows ON cases_sollicitationform FOR DELETE USING ((SELECT scope_manages_cases()));

ALTER TABLE cases_sollicitationmessage ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON cases_sollicitationmessage FOR SELECT
  USING ((SELECT scope_sees_all_cases()) OR sollicitation_id IN (SELECT sollicitation_asked_ids()));
CREATE POLICY insert_rows ON cases_sollicitationmessage FOR INSERT
  WITH CHECK ((((SELECT scope_manages_cases()) AND written_by_id = (SELECT scope_user_id()) AND kind <> 'reply')
    OR (kind = 'reply' AND written_by_id = (SELECT scope_user_id()) AND
    can_reply_sollicitation(sollicitation_id))) AND (can_see_sollicitation(sollicitation_id)));
CREATE POLICY update_rows ON cases_sollicitationmessage FOR UPDATE
  USING (false)
  WITH CHECK ((false) AND (can_see_sollicitation(sollicitation_id)));
CREATE POLICY delete_rows ON cases_sollicitationmessage FOR DELETE USING (false);

-- Kinds of the journal and of retention
SELECT journal_kind_register('sollicitation', 'cases_sollicitation');
SELECT retention_kind_register(
  'sollicitation', 'sollicitation', 'cases_sollicitation', 'demande sans suite, jamais rattachée à un dossier', 'la clôture de la demande, ou sa dernière relance', 'anonymise',
  $starts$SELECT q.id AS object_id, q.reference,
  CASE WHEN q.state = 'closed' THEN greatest(q.received_on, (q.closed_at AT TIME ZONE 'Europe/Paris')::date, r.last_on) END AS starts_on,
  ARRAY[q.id] || coalesce(r.ids, '{}') AS together
FROM cases_sollicitation q
LEFT JOIN LATERAL (SELECT array_agg(x.id) AS ids, max(x.received_on) AS last_on
  FROM cases_sollicitation x WHERE x.relance_of_id = q.id) r ON true
WHERE q.case_id IS NULL$starts$,
  'sollicitation_forget', 12, 'La demande n’a pas eu de suite : un an suffit pour y revenir si le service rappelle.',
  'CNIL, référentiel protection de l’enfance, délibération 2022-008', 30
);
SELECT retention_kind_register(
  'sollicitation_words', 'sollicitation', 'cases_sollicitation', 'récit et personne à rappeler, dans une demande rattachée à un dossier', 'la clôture de la demande ou du dossier, la plus tardive', 'destroy',
  $starts$SELECT q.id AS object_id, q.reference,
  CASE WHEN q.state = 'closed' OR c.closed_on IS NOT NULL
       THEN greatest(q.received_on, (q.closed_at AT TIME ZONE 'Europe/Paris')::date, c.closed_on) END AS starts_on,
  ARRAY[q.id, c.id] AS together
FROM cases_sollicitationdetail d JOIN cases_sollicitation q ON q.id = d.sollicitation_id JOIN cases_case c ON c.id = q.case_id$starts$,
  'sollicitation_words_forget', 12, 'Le récit sert à décider : une fois la demande close depuis un an, le dossier suffit.',
  'RGPD, article 5 : pas plus longtemps que nécessaire', 40
);
