-- referentiel/assessments: who may read and write its tables, and what the database holds true.
-- Loaded by a migration, which may load it again: docs/wall.md.

-- Functions

CREATE OR REPLACE FUNCTION assessment_forget(row_id uuid) RETURNS uuid[]
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $body$
DECLARE
  v_proofs uuid[] := (SELECT coalesce(array_agg(e.id), '{}') FROM referentiel_evidence e WHERE e.assessment_id = $1);
BEGIN
  DELETE FROM files_attachment WHERE object_id = ANY (v_proofs);
  DELETE FROM referentiel_evidence WHERE id = ANY (v_proofs);
  DELETE FROM referentiel_planstep WHERE assessment_id = $1;
  DELETE FROM referentiel_mark WHERE assessment_id = $1;
  DELETE FROM referentiel_assessment WHERE id = $1;
  RETURN v_proofs || $1;
END
$body$;

CREATE OR REPLACE FUNCTION assessment_freeze() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $body$
BEGIN
  IF OLD.submitted_at IS NOT NULL AND NEW IS DISTINCT FROM OLD THEN
    RAISE EXCEPTION 'assessment_frozen' USING ERRCODE = 'check_violation', CONSTRAINT = 'assessment_frozen';
  END IF;
  RETURN NEW;
END
$body$;

CREATE OR REPLACE FUNCTION assessment_is_of(assessment uuid, partner uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT EXISTS (SELECT 1 FROM referentiel_assessment a WHERE a.id = $1 AND a.partner_id = $2)
$body$;

CREATE OR REPLACE FUNCTION follows_assessment(assessment uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT EXISTS (SELECT 1 FROM referentiel_assessment a WHERE a.id = $1
    AND a.partner_id = ANY ((SELECT scope_partners_as('structure_director', 'structure_educator'))::uuid[]))
$body$;

CREATE OR REPLACE FUNCTION writes_assessment(assessment uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT EXISTS (SELECT 1 FROM referentiel_assessment a WHERE a.id = $1 AND a.submitted_at IS NULL
    AND a.partner_id = ANY ((SELECT scope_partners_as('structure_director', 'structure_educator'))::uuid[]))
$body$;

CREATE OR REPLACE FUNCTION can_add_files_evidence(evidence uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT EXISTS (SELECT 1 FROM referentiel_evidence e WHERE e.id = $1 AND (writes_assessment(e.assessment_id) OR (e.replaces_id IS NOT NULL AND follows_assessment(e.assessment_id))))
$body$;

CREATE OR REPLACE FUNCTION can_see_assessment(assessment uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT scope_sees_all_cases() OR EXISTS (SELECT 1 FROM referentiel_assessment a WHERE a.id = $1
    AND a.partner_id = ANY ((SELECT scope_partners_as('structure_director', 'structure_educator'))::uuid[]))
$body$;

CREATE OR REPLACE FUNCTION can_see_campaign(campaign uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT (scope_user_id() IS NOT NULL OR scope_system() IS NOT NULL)
    AND EXISTS (SELECT 1 FROM referentiel_campaign c WHERE c.id = $1)
$body$;

CREATE OR REPLACE FUNCTION can_see_evidence(evidence uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT EXISTS (SELECT 1 FROM referentiel_evidence e WHERE e.id = $1 AND can_see_assessment(e.assessment_id))
$body$;

CREATE OR REPLACE FUNCTION evidence_is_of(evidence uuid, assessment uuid, code text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT EXISTS (SELECT 1 FROM referentiel_evidence e
    WHERE e.id = $1 AND e.assessment_id = $2 AND e.code = $3)
$body$;

CREATE OR REPLACE FUNCTION plan_step_freeze() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $body$
DECLARE
  expected referentiel_planstep := OLD;
BEGIN
  expected.done_on := NEW.done_on;
  IF NEW IS DISTINCT FROM expected AND NOT public.writes_assessment(OLD.assessment_id) THEN
    RAISE EXCEPTION 'assessment_frozen' USING ERRCODE = 'check_violation', CONSTRAINT = 'assessment_frozen';
  END IF;
  RETURN NEW;
END
$body$;

-- A proof counts while its assessment is the structure's last.
CREATE OR REPLACE FUNCTION standards_owed(day date, visit_first integer, proof_first integer, derogation_first
  integer) RETURNS TABLE(about text, object_id uuid, due_on date, person_id uuid, partner_id uuid, role text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  WITH coordination AS (
      SELECT u.id, g.name FROM users_user u JOIN users_user_groups ug ON ug.user_id = u.id
      JOIN auth_group g ON g.id = ug.group_id WHERE u.is_active AND g.name IN ('coordination', 'direction')
    ), directors AS (
      SELECT DISTINCT m.partner_id, u.id FROM partners_membership m JOIN users_user u ON u.id = m.user_id
      WHERE u.is_active AND m.role = 'structure_director' AND m.starts_on <= $1 AND (m.ends_on IS NULL OR m.ends_on >= $1)
        AND (m.revoked_at IS NULL OR m.revoked_at > statement_timestamp())
    ), last AS (
      SELECT DISTINCT ON (a.partner_id) a.id, a.partner_id FROM referentiel_assessment a
      JOIN referentiel_campaign c ON c.id = a.campaign_id ORDER BY a.partner_id, c.year DESC
    ), theirs AS (
      SELECT 'answer' AS about, v.id, v.answer_by AS due_on, v.partner_id FROM referentiel_visit v WHERE v.state = 'sent'
      UNION ALL SELECT 'silence', v.id, v.answer_by, v.partner_id FROM referentiel_visit v WHERE v.state = 'unanswered'
      UNION ALL SELECT 'evidence', e.id, e.valid_until, l.partner_id
      FROM referentiel_evidence e JOIN last l ON l.id = e.assessment_id
      WHERE e.valid_until <= $1 + $3 AND NOT EXISTS (SELECT 1 FROM referentiel_evidence n WHERE n.replaces_id = e.id)
    ), ours AS (
      SELECT 'reply' AS about, v.id, v.reply_by AS due_on, v.opened_by_id AS owner_id FROM referentiel_visit v
      WHERE v.state IN ('answered', 'unanswered') AND v.reply_by <= $1 + $2
      UNION ALL SELECT 'derogation', d.id, d.ends_on, d.asked_by_id FROM referentiel_derogation d
      WHERE d.agreed_at IS NOT NULL AND d.revoked_at IS NULL AND d.ends_on BETWEEN $1 AND $1 + $4
    )
    SELECT t.about, t.id, t.due_on, p.id, p.partner_id, 'structure_director'
      FROM theirs t JOIN directors p ON p.partner_id = t.partner_id
     WHERE coalesce(scope_system() = 'notify', false)
    UNION SELECT o.about, o.id, o.due_on, p.id, NULL::uuid, p.name::text FROM ours o JOIN coordination p
        ON p.id = o.owner_id OR (p.name = 'coordination'
          AND NOT EXISTS (SELECT 1 FROM coordination k WHERE k.id = o.owner_id))
     WHERE coalesce(scope_system() = 'notify', false)
    ORDER BY 3, 2
$body$;

-- Tables

CREATE TRIGGER assessment_frozen BEFORE UPDATE ON referentiel_assessment FOR EACH ROW EXECUTE FUNCTION
  assessment_freeze();
ALTER TABLE referentiel_assessment ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON referentiel_assessment FOR SELECT
  USING ((SELECT scope_sees_all_cases()) OR partner_id = ANY ((SELECT scope_partners_as('structure_director',
    'structure_educator'))::uuid[]));
CREATE POLICY insert_rows ON referentiel_assessment FOR INSERT
  WITH CHECK ((started_by_id = (SELECT scope_user_id()) AND partner_id = ANY ((SELECT
    scope_partners_as('structure_director', 'structure_educator'))::uuid[])) AND (can_see_partner(partner_id)
    AND can_see_campaign(campaign_id) AND can_see_documentversion(version_id)));
CREATE POLICY update_rows ON referentiel_assessment FOR UPDATE
  USING (partner_id = ANY ((SELECT scope_partners_as('structure_director', 'structure_educator'))::uuid[]))
  WITH CHECK ((partner_id = ANY ((SELECT scope_partners_as('structure_director', 'structure_educator'))::uuid[]))
    AND (can_see_partner(partner_id) AND can_see_campaign(campaign_id) AND can_see_documentversion(version_id)));
CREATE POLICY delete_rows ON referentiel_assessment FOR DELETE USING (false);

ALTER TABLE referentiel_campaign ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON referentiel_campaign FOR SELECT
  USING ((SELECT scope_is_inside()));
CREATE POLICY insert_rows ON referentiel_campaign FOR INSERT
  WITH CHECK (opened_by_id = (SELECT scope_user_id()) AND (SELECT scope_manages_cases()));
CREATE POLICY update_rows ON referentiel_campaign FOR UPDATE USING (false) WITH CHECK (false);
CREATE POLICY delete_rows ON referentiel_campaign FOR DELETE USING (false);

ALTER TABLE referentiel_evidence ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON referentiel_evidence FOR SELECT
  USING ((SELECT scope_sees_all_cases()) OR can_see_assessment(assessment_id));
CREATE POLICY insert_rows ON referentiel_evidence FOR INSERT
  WITH CHECK ( (added_by_id = (SELECT scope_user_id()) AND (writes_assessment(assessment_id) OR (replaces_id IS
    NOT NULL AND follows_assessment(assessment_id)))) AND (can_see_assessment(assessment_id) AND ((replaces_id
    IS NULL OR can_see_evidence(replaces_id))) AND (replaces_id IS NULL OR evidence_is_of(replaces_id,
    assessment_id, code))));
CREATE POLICY update_rows ON referentiel_evidence FOR UPDATE
  USING (false)
  WITH CHECK ((false) AND (can_see_assessment(assessment_id)));
CREATE POLICY delete_rows ON referentiel_evidence FOR DELETE USING (false);

ALTER TABLE referentiel_mark ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON referentiel_mark FOR SELECT
  USING ((SELECT scope_sees_all_cases()) OR can_see_assessment(assessment_id));
CREATE POLICY insert_rows ON referentiel_mark FOR INSERT
  WITH CHECK ((marked_by_id = (SELECT scope_user_id()) AND writes_assessment(assessment_id)) AND
    (can_see_assessment(assessment_id)));
CREATE POLICY update_rows ON referentiel_mark FOR UPDATE
  USING (writes_assessment(assessment_id))
  WITH CHECK ((writes_assessment(assessment_id)) AND (can_see_assessment(assessment_id)));
CREATE POLICY delete_rows ON referentiel_mark FOR DELETE USING (writes_assessment(assessment_id));

CREATE TRIGGER plan_step_frozen BEFORE UPDATE ON referentiel_planstep FOR EACH ROW EXECUTE FUNCTION
  plan_step_freeze();
ALTER TABLE referentiel_planstep ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON referentiel_planstep FOR SELECT
  USING ((SELECT scope_sees_all_cases()) OR can_see_assessment(assessment_id));
CREATE POLICY insert_rows ON referentiel_planstep FOR INSERT
  WITH CHECK ((writes_assessment(assessment_id)) AND (can_see_assessment(assessment_id)));
CREATE POLICY update_rows ON referentiel_planstep FOR UPDATE
  USING (follows_assessment(assessment_id))
  WITH CHECK ((follows_assessment(assessment_id)) AND (can_see_assessment(assessment_id)));
CREATE POLICY delete_rows ON referentiel_planstep FOR DELETE USING (writes_assessment(assessment_id));

-- Kinds of the journal and of retention
SELECT journal_kind_register('assessment', 'referentiel_assessment');
SELECT journal_kind_register('campaign', 'referentiel_campaign');
SELECT journal_kind_register('evidence', 'referentiel_evidence');
SELECT retention_kind_register(
  'assessment', 'assessment', 'referentiel_assessment', 'auto-évaluation et ses preuves', 'la fin de la campagne', 'destroy',
  $starts$SELECT a.id AS object_id, '' AS reference,
  CASE WHEN EXISTS (SELECT FROM referentiel_visit v WHERE v.assessment_id = a.id) THEN NULL ELSE c.closes_on END AS starts_on,
  ARRAY[a.id, a.partner_id] AS together
FROM referentiel_assessment a JOIN referentiel_campaign c ON c.id = a.campaign_id$starts$,
  'assessment_forget', 60, 'Cinq ans : deux visites et leurs suites peuvent s’y comparer.',
  'RGPD, article 5 : pas plus longtemps que nécessaire', 92
);
