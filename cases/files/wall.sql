-- cases/files: who may read and write its tables, and what the database holds true.
-- Loaded by a migration, which may load it again: docs/wall.md.

-- Functions

CREATE OR REPLACE FUNCTION case_visible_ids() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT scope_granted_ids('case', 30)
$body$;

CREATE OR REPLACE FUNCTION can_see_case(row_id uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT (SELECT scope_sees_all_cases()) OR $1 IN (SELECT case_visible_ids())
$body$;

-- Whether a file is one of test: said of any, since whoever reads what hangs on it may not see it.
CREATE OR REPLACE FUNCTION case_is_test(row_id uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT coalesce((SELECT c.is_test FROM cases_case c WHERE c.id = $1), false)
$body$;

-- Who may say who a minor is: the service that asked and the guardian, once a structure is kept and until the stay
-- ends; the team, while it houses the minor. It gives nothing to read.
CREATE OR REPLACE FUNCTION identity_open_ids() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT l.case_id FROM cases_linking l LEFT JOIN cases_placement p ON p.id = l.placement_id
    WHERE l.id IN (SELECT linking_asked_ids() UNION SELECT linking_entrusted_ids()) AND p.ended_on IS NULL
  UNION
  SELECT p.case_id FROM cases_placement p WHERE p.ended_on IS NULL AND p.case_id IN (SELECT scope_granted_ids('case', 30))
    AND p.partner_id = ANY ((SELECT scope_partners_as('structure_director', 'structure_educator'))::uuid[])
$body$;

CREATE OR REPLACE FUNCTION can_see_case_to_name(row_id uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT $1 IN (SELECT identity_open_ids())
$body$;

CREATE OR REPLACE FUNCTION can_add_portraits_case(row_id uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT $1 IN (SELECT identity_open_ids())
$body$;

-- Which parts of an identity are there, never what they say: for whoever may add to it, and the coordination; null for
-- anybody else.
CREATE OR REPLACE FUNCTION identity_known(case_id uuid) RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT CASE WHEN can_see_case($1) OR $1 IN (SELECT identity_open_ids()) THEN
    (SELECT coalesce(array_agg(DISTINCT k.code), '{}') FROM (
      SELECT unnest(g.parts) AS code FROM cases_identitygiven g WHERE g.case_id = $1
      UNION ALL SELECT unnest(i.parts) FROM cases_caseidentity i WHERE i.case_id = $1
      UNION ALL SELECT 'portrait' FROM files_attachment a WHERE a.object_kind = 'case' AND a.object_id = $1
        AND a.is_portrait AND a.removed_at IS NULL AND a.destroyed_at IS NULL
    ) AS k) END
$body$;

-- Whether somebody said who a minor is and nobody took it over, for the coordination: nothing is opened.
CREATE OR REPLACE FUNCTION identity_waits(case_id uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT (SELECT scope_manages_cases())
    AND EXISTS (SELECT 1 FROM cases_identitygiven g WHERE g.case_id = $1 AND g.taken_at IS NULL)
$body$;

CREATE OR REPLACE FUNCTION case_forget(row_id uuid) RETURNS uuid[]
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $body$
DECLARE
  v_cases uuid[] := (SELECT array_agg(x.id) FROM cases_case x
    WHERE x.person_key = (SELECT c.person_key FROM cases_case c WHERE c.id = $1));
  v_key uuid := gen_random_uuid();
  v_requests uuid[] := (SELECT coalesce(array_agg(s.id), '{}') FROM cases_sollicitation s WHERE s.case_id = ANY (v_cases));
  v_orientations uuid[] := (SELECT coalesce(array_agg(o.id), '{}') FROM cases_orientation o WHERE o.case_id = ANY (v_cases));
  v_all uuid[];
BEGIN
  v_all := v_cases || v_requests || v_orientations
    || (SELECT coalesce(array_agg(p.id), '{}') FROM cases_proposal p WHERE p.orientation_id = ANY (v_orientations))
    || (SELECT coalesce(array_agg(p.id), '{}') FROM cases_placement p WHERE p.case_id = ANY (v_cases));
  DELETE FROM cases_caseidentity WHERE case_id = ANY (v_cases);
  DELETE FROM cases_identitygiven WHERE case_id = ANY (v_cases);
  UPDATE cases_runawayreturn SET told = NULL WHERE absence_id IN (SELECT a.id FROM cases_absence a
    JOIN cases_placement p ON p.id = a.placement_id WHERE p.case_id = ANY (v_cases));
  DELETE FROM cases_casename WHERE case_id = ANY (v_cases);
  DELETE FROM cases_extraanswer WHERE case_id = ANY (v_cases) AND is_sealed;
  DELETE FROM cases_casesound WHERE case_id = ANY (v_cases);
  DELETE FROM cases_casemerge WHERE kept_id = ANY (v_cases) OR merged_id = ANY (v_cases);
  DELETE FROM cases_caseapart WHERE first_id = ANY (v_cases) OR second_id = ANY (v_cases);
  DELETE FROM cases_keepaway WHERE case_id = ANY (v_cases);
  DELETE FROM cases_stayderogation WHERE case_id = ANY (v_cases);
  DELETE FROM cases_caseneed WHERE case_id = ANY (v_cases);
  DELETE FROM cases_caselanguage WHERE case_id = ANY (v_cases);
  DELETE FROM cases_legalframe WHERE case_id = ANY (v_cases);
  DELETE FROM cases_circuitstep
    WHERE circuit_id IN (SELECT c.id FROM cases_circuit c WHERE c.case_id = ANY (v_cases));
  DELETE FROM cases_circuit WHERE case_id = ANY (v_cases);
  DELETE FROM cases_stayreview WHERE placement_id IN (SELECT p.id FROM cases_placement p WHERE p.case_id = ANY (v_cases));
  UPDATE cases_afterstay SET words = NULL
    WHERE placement_id IN (SELECT p.id FROM cases_placement p WHERE p.case_id = ANY (v_cases));
  DELETE FROM access_grant WHERE object_id IN (
    SELECT l.id FROM cases_linking l WHERE l.case_id = ANY (v_cases)
    UNION ALL SELECT j.id FROM cases_journey j JOIN cases_linking l ON l.id = j.linking_id WHERE l.case_id = ANY (v_cases));
  DELETE FROM cases_journey WHERE linking_id IN (SELECT l.id FROM cases_linking l WHERE l.case_id = ANY (v_cases));
  DELETE FROM cases_linkingcheck WHERE linking_id IN (SELECT l.id FROM cases_linking l WHERE l.case_id = ANY (v_cases));
  DELETE FROM cases_linkingagreement
    WHERE linking_id IN (SELECT l.id FROM cases_linking l WHERE l.case_id = ANY (v_cases));
  DELETE FROM cases_linkingversion
    WHERE linking_id IN (SELECT l.id FROM cases_linking l WHERE l.case_id = ANY (v_cases));
  DELETE FROM cases_payeragreement
    WHERE linking_id IN (SELECT l.id FROM cases_linking l WHERE l.case_id = ANY (v_cases));
  DELETE FROM cases_linking WHERE case_id = ANY (v_cases);
  DELETE FROM cases_sollicitationdetail WHERE sollicitation_id = ANY (v_requests);
  DELETE FROM cases_matching WHERE orientation_id = ANY (v_orientations);
  UPDATE cases_case SET reference = 'X-' || left(replace(gen_random_uuid()::text, '-', ''), 12), birth_year = NULL, birth_month = NULL, person_key = v_key
    WHERE id = ANY (v_cases);
  UPDATE cases_sollicitation SET reference = 'X-' || left(replace(gen_random_uuid()::text, '-', ''), 12), birth_year = NULL, birth_month = NULL, current_place_id = NULL,
    safe_until = NULL, group_id = NULL, idempotency_key = NULL, taken_by_id = NULL WHERE id = ANY (v_requests);
  DELETE FROM cases_proposalmessage
    WHERE proposal_id IN (SELECT p.id FROM cases_proposal p WHERE p.orientation_id = ANY (v_orientations));
  UPDATE cases_proposal SET sheet = '{}'::jsonb WHERE orientation_id = ANY (v_orientations);
  UPDATE cases_placement SET place_id = NULL, legal_frame_ends_on = NULL WHERE case_id = ANY (v_cases);

  DELETE FROM files_attachment WHERE object_id = ANY (v_all);
  DELETE FROM access_grant WHERE object_id = ANY (v_all);
  DELETE FROM access_reveal WHERE object_id = ANY (v_all);
  DELETE FROM access_alert WHERE object_id = ANY (v_all);

  RETURN v_cases;
END
$body$;

-- A refusal on a stay or on a sheet is a refusal on the file: the journal names the stay, this names its file.
CREATE OR REPLACE FUNCTION case_objects(case_id uuid) RETURNS TABLE(kind text, id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT o.kind, o.id FROM (
      SELECT 'case' AS kind, $1 AS id
      UNION ALL SELECT 'sollicitation', s.id FROM cases_sollicitation s WHERE s.case_id = $1
      UNION ALL SELECT 'orientation', o.id FROM cases_orientation o WHERE o.case_id = $1
      UNION ALL SELECT 'proposal', p.id FROM cases_proposal p
                  JOIN cases_orientation o ON o.id = p.orientation_id WHERE o.case_id = $1
      UNION ALL SELECT 'placement', p.id FROM cases_placement p WHERE p.case_id = $1
      UNION ALL SELECT 'incident', i.id FROM cases_incident i
                  WHERE i.placement_id IN (SELECT p.id FROM cases_placement p WHERE p.case_id = $1)
         OR EXISTS (SELECT 1 FROM cases_incidentchild h LEFT JOIN cases_placement p ON p.id = h.placement_id
                     WHERE h.incident_id = i.id AND $1 IN (h.case_id, p.case_id))
    ) o WHERE (scope_manages_cases() OR scope_has_role('dpo')) AND EXISTS (SELECT FROM cases_case c WHERE c.id = $1)
$body$;

CREATE OR REPLACE FUNCTION case_of_reference(reference text) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT c.id FROM cases_case c WHERE c.reference = $1 AND (scope_manages_cases() OR scope_has_role('dpo'))
$body$;

CREATE OR REPLACE FUNCTION case_reference(row_id uuid) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT c.reference FROM cases_case c WHERE c.id = $1 AND (scope_manages_cases() OR scope_has_role('dpo'))
$body$;

-- To the coordination the journal is closed: of one file it reads when, who, what and how it ended.
CREATE OR REPLACE FUNCTION case_traces(case_id uuid, line_limit integer) RETURNS TABLE(at timestamp with time zone,
  actor_id uuid, actor_system text, action text, outcome text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT l.at, l.actor_id, l.actor_system, l.action, l.outcome
     FROM case_objects($1) o JOIN journal_line l ON l.object_id = o.id AND l.object_kind = o.kind
    WHERE scope_manages_cases() ORDER BY l.at DESC, l.id DESC LIMIT least($2, 1000)
$body$;

-- Tables

CREATE TRIGGER people_to_avoid_forgotten AFTER UPDATE OF reference ON cases_case FOR EACH ROW WHEN
  (starts_with(NEW.reference, 'X-')) EXECUTE FUNCTION people_to_avoid_forget();
ALTER TABLE cases_case ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON cases_case FOR SELECT
  USING ((SELECT scope_sees_all_cases()) OR id IN (SELECT case_visible_ids()));
CREATE POLICY insert_rows ON cases_case FOR INSERT WITH CHECK ((SELECT scope_manages_cases()));
CREATE POLICY update_rows ON cases_case FOR UPDATE
  USING ((SELECT scope_manages_cases()))
  WITH CHECK ((SELECT scope_manages_cases()));
CREATE POLICY delete_rows ON cases_case FOR DELETE USING (false);

ALTER TABLE cases_caseform ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON cases_caseform FOR SELECT
  USING ((SELECT scope_sees_all_cases()) OR case_id IN (SELECT case_visible_ids()));
CREATE POLICY insert_rows ON cases_caseform FOR INSERT
  WITH CHECK (((SELECT scope_manages_cases())) AND (can_see_case(case_id)));
CREATE POLICY update_rows ON cases_caseform FOR UPDATE
  USING ((SELECT scope_manages_cases()))
  WITH CHECK (((SELECT scope_manages_cases())) AND (can_see_case(case_id)));
CREATE POLICY delete_rows ON cases_caseform FOR DELETE USING ((SELECT scope_manages_cases()));

ALTER TABLE cases_caseidentity ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON cases_caseidentity FOR SELECT
  USING ( case_id IN (SELECT reveal_live_ids('case', 'identity')) OR ((SELECT scope_manages_cases()) AND case_id =
    (SELECT sealed_row_of('case'))));
CREATE POLICY insert_rows ON cases_caseidentity FOR INSERT
  WITH CHECK (((SELECT scope_manages_cases())) AND (can_see_case(case_id)));
CREATE POLICY update_rows ON cases_caseidentity FOR UPDATE
  USING ((SELECT scope_manages_cases()))
  WITH CHECK (((SELECT scope_manages_cases())) AND (can_see_case(case_id)));
CREATE POLICY delete_rows ON cases_caseidentity FOR DELETE USING (false);

ALTER TABLE cases_casename ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON cases_casename FOR SELECT USING ((SELECT scope_manages_cases()));
CREATE POLICY insert_rows ON cases_casename FOR INSERT
  WITH CHECK (((SELECT scope_manages_cases())) AND (can_see_case(case_id)));
CREATE POLICY update_rows ON cases_casename FOR UPDATE USING (false) WITH CHECK ((false) AND (can_see_case(case_id)));
CREATE POLICY delete_rows ON cases_casename FOR DELETE USING ((SELECT scope_manages_cases()));

ALTER TABLE cases_identitygiven ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON cases_identitygiven FOR SELECT
  USING (case_id IN (SELECT reveal_live_ids('case', 'identity')) OR ((SELECT scope_manages_cases()) AND case_id =
    (SELECT sealed_row_of('case'))) OR (given_by_id = (SELECT scope_user_id()) AND case_id IN (SELECT
    identity_open_ids())));
CREATE POLICY insert_rows ON cases_identitygiven FOR INSERT
  WITH CHECK ((given_by_id = (SELECT scope_user_id()) AND taken_at IS NULL AND partner_id = ANY
    ((SELECT scope_partner_ids())::uuid[])) AND (can_see_partner(partner_id) AND can_see_case_to_name(case_id)));
CREATE POLICY update_rows ON cases_identitygiven FOR UPDATE
  USING ((SELECT scope_manages_cases()))
  WITH CHECK (((SELECT scope_manages_cases())) AND (can_see_case(case_id) AND can_see_partner(partner_id)));
CREATE POLICY delete_rows ON cases_identitygiven FOR DELETE USING (false);

-- Kinds of the journal and of retention
SELECT journal_kind_register('case', 'cases_case');
SELECT retention_kind_register(
  'case', 'case', 'cases_case', 'dossier d’un mineur orienté ou accueilli', 'le dernier fait du dossier : demande, orientation, séjour, incident ou clôture', 'anonymise',
  $starts$SELECT f.object_id, f.reference, f.starts_on, f.together FROM (SELECT c.id AS object_id, c.reference, o.n IS NOT NULL OR p.n IS NOT NULL AS is_followed,
  CASE WHEN coalesce(s.waits, false) OR coalesce(p.lasts, false) OR coalesce(i.waits, false) THEN NULL
       ELSE greatest(k.last_on, s.last_on, o.last_on, p.last_on, i.last_on) END AS starts_on,
  k.ids || coalesce(s.ids, '{}') || coalesce(o.ids, '{}') || coalesce(p.ids, '{}') || coalesce(i.ids, '{}')
    AS together
FROM cases_case c
JOIN LATERAL (SELECT array_agg(x.id) AS ids, max(greatest(x.opened_on, x.closed_on)) AS last_on
  FROM cases_case x WHERE x.person_key = c.person_key) k ON true
LEFT JOIN LATERAL (SELECT array_agg(x.id) AS ids, bool_or(x.state IN ('received', 'in_charge')) AS waits,
    max(greatest(x.received_on, (x.closed_at AT TIME ZONE 'Europe/Paris')::date)) AS last_on
  FROM cases_sollicitation x WHERE x.case_id = ANY (k.ids)) s ON true
LEFT JOIN LATERAL (SELECT array_agg(x.id) AS ids, nullif(count(*), 0) AS n,
    max(greatest(x.decided_on, (x.cancelled_at AT TIME ZONE 'Europe/Paris')::date)) AS last_on
  FROM cases_orientation x WHERE x.case_id = ANY (k.ids)) o ON true
LEFT JOIN LATERAL (SELECT array_agg(x.id) AS ids, nullif(count(*), 0) AS n, bool_or(x.ended_on IS NULL) AS lasts,
    max(greatest(x.arrived_on, x.ended_on)) AS last_on
  FROM cases_placement x WHERE x.case_id = ANY (k.ids)) p ON true
LEFT JOIN LATERAL (SELECT array_agg(x.id) AS ids, bool_or(x.state <> 'closed') AS waits,
    max(greatest(x.declared_on, (x.closed_at AT TIME ZONE 'Europe/Paris')::date)) AS last_on
  FROM cases_incident x WHERE x.placement_id = ANY (p.ids) OR EXISTS (
    SELECT 1 FROM cases_incidentchild h
     WHERE h.incident_id = x.id AND (h.placement_id = ANY (p.ids) OR h.case_id = ANY (k.ids)))) i ON true) AS f WHERE f.is_followed$starts$,
  'case_forget', 24, 'Deux ans après le dernier contact, le réseau n’a plus à savoir de qui il s’agit ; les chiffres restent.',
  'CNIL, référentiel protection de l’enfance, délibération 2022-008', 10
);
SELECT retention_kind_register(
  'case_unfollowed', 'case', 'cases_case', 'dossier d’un mineur sans orientation ni séjour', 'le dernier fait du dossier', 'anonymise',
  $starts$SELECT f.object_id, f.reference, f.starts_on, f.together FROM (SELECT c.id AS object_id, c.reference, o.n IS NOT NULL OR p.n IS NOT NULL AS is_followed,
  CASE WHEN coalesce(s.waits, false) OR coalesce(p.lasts, false) OR coalesce(i.waits, false) THEN NULL
       ELSE greatest(k.last_on, s.last_on, o.last_on, p.last_on, i.last_on) END AS starts_on,
  k.ids || coalesce(s.ids, '{}') || coalesce(o.ids, '{}') || coalesce(p.ids, '{}') || coalesce(i.ids, '{}')
    AS together
FROM cases_case c
JOIN LATERAL (SELECT array_agg(x.id) AS ids, max(greatest(x.opened_on, x.closed_on)) AS last_on
  FROM cases_case x WHERE x.person_key = c.person_key) k ON true
LEFT JOIN LATERAL (SELECT array_agg(x.id) AS ids, bool_or(x.state IN ('received', 'in_charge')) AS waits,
    max(greatest(x.received_on, (x.closed_at AT TIME ZONE 'Europe/Paris')::date)) AS last_on
  FROM cases_sollicitation x WHERE x.case_id = ANY (k.ids)) s ON true
LEFT JOIN LATERAL (SELECT array_agg(x.id) AS ids, nullif(count(*), 0) AS n,
    max(greatest(x.decided_on, (x.cancelled_at AT TIME ZONE 'Europe/Paris')::date)) AS last_on
  FROM cases_orientation x WHERE x.case_id = ANY (k.ids)) o ON true
LEFT JOIN LATERAL (SELECT array_agg(x.id) AS ids, nullif(count(*), 0) AS n, bool_or(x.ended_on IS NULL) AS lasts,
    max(greatest(x.arrived_on, x.ended_on)) AS last_on
  FROM cases_placement x WHERE x.case_id = ANY (k.ids)) p ON true
LEFT JOIN LATERAL (SELECT array_agg(x.id) AS ids, bool_or(x.state <> 'closed') AS waits,
    max(greatest(x.declared_on, (x.closed_at AT TIME ZONE 'Europe/Paris')::date)) AS last_on
  FROM cases_incident x WHERE x.placement_id = ANY (p.ids) OR EXISTS (
    SELECT 1 FROM cases_incidentchild h
     WHERE h.incident_id = x.id AND (h.placement_id = ANY (p.ids) OR h.case_id = ANY (k.ids)))) i ON true) AS f WHERE NOT f.is_followed$starts$,
  'case_forget', 12, 'Le réseau n’a pas accompagné ce mineur : un an suffit pour répondre à une nouvelle demande.',
  'CNIL, référentiel protection de l’enfance, délibération 2022-008', 20
);
