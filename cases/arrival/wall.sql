-- cases/arrival: who may read and write its tables, and what the database holds true.
-- Loaded by a migration, which may load it again: docs/wall.md.

-- Functions

CREATE OR REPLACE FUNCTION linking_visible_ids() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT scope_granted_ids('linking', 10)
$body$;

CREATE OR REPLACE FUNCTION can_see_linking(row_id uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT (SELECT scope_sees_all_cases()) OR $1 IN (SELECT linking_visible_ids())
$body$;

-- Whether the structure itself said yes: its agreement to the linking, or its answer to the sheet, then kept.
CREATE OR REPLACE FUNCTION linking_accepted(row_id uuid) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT EXISTS (SELECT 1 FROM cases_linking l WHERE l.id = $1 AND (
    EXISTS (SELECT 1 FROM cases_linkingagreement a WHERE a.linking_id = l.id AND a.party = 'structure'
      AND a.reply = 'agreed')
    OR EXISTS (SELECT 1 FROM cases_proposal p WHERE p.orientation_id = l.orientation_id
      AND p.partner_id = l.partner_id AND p.confirmed_at IS NOT NULL AND p.withdrawn_at IS NULL)))
$body$;

-- Who may hold a minor: the ASE, the PJJ, a court (Code civil 375-3, 375-5). Police, gendarmerie, associations and
-- hospitals ask, and entrust nobody. The families are those of `FAMILIES_ENTRUSTING`.
CREATE OR REPLACE FUNCTION may_entrust(p_partner uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT EXISTS (SELECT 1 FROM partners_partner p LEFT JOIN values_value v ON v.id = p.requester_type_id
    WHERE p.id = $1 AND (p.kind = 'ase' OR v.extra ->> 'family' IN ('ASE', 'PJJ', 'JUSTICE')))
$body$;

-- The linkings of the minors who are entrusted to a service of the actor: it agrees for the service that holds them.
CREATE OR REPLACE FUNCTION linking_entrusted_ids() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT l.id FROM cases_linking l WHERE l.guardian_id = ANY ((SELECT scope_partners_as('requester'))::uuid[])
    AND may_entrust(l.guardian_id) AND l.cancelled_at IS NULL AND l.id IN (SELECT scope_granted_ids('linking', 10))
$body$;

-- The linkings that a service of the actor asked for, whoever holds the minor.
CREATE OR REPLACE FUNCTION linking_asked_ids() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT l.id FROM cases_linking l WHERE l.requester_id = ANY ((SELECT scope_partners_as('requester'))::uuid[])
    AND l.cancelled_at IS NULL AND l.id IN (SELECT scope_granted_ids('linking', 10))
$body$;

CREATE OR REPLACE FUNCTION linking_has_guardian(row_id uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT EXISTS (SELECT 1 FROM cases_linking l WHERE l.id = $1 AND may_entrust(l.guardian_id))
$body$;

CREATE OR REPLACE FUNCTION linking_check() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
BEGIN
  IF (NEW.orientation_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM cases_orientation o WHERE o.id = NEW.orientation_id AND o.case_id = NEW.case_id))
    OR (NEW.placement_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM cases_placement p WHERE p.id = NEW.placement_id AND p.case_id = NEW.case_id
          AND p.partner_id = NEW.partner_id))
  THEN
    RAISE EXCEPTION 'linking_same_case' USING ERRCODE = 'check_violation', CONSTRAINT = 'linking_same_case';
  END IF;
  RETURN NULL;
END
$body$;

CREATE OR REPLACE FUNCTION linking_freeze() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $body$
BEGIN
  IF (NEW.case_id, NEW.partner_id, NEW.orientation_id, NEW.requester_id, NEW.opened_at)
       IS DISTINCT FROM (OLD.case_id, OLD.partner_id, OLD.orientation_id, OLD.requester_id, OLD.opened_at)
    OR OLD.cancelled_at IS NOT NULL
    OR (OLD.placement_id IS NOT NULL AND (NEW.placement_id, NEW.waived_at)
       IS DISTINCT FROM (OLD.placement_id, OLD.waived_at))
    OR (OLD.waived_at IS NOT NULL AND (NEW.waived_at, NEW.waived_by_id, NEW.waiver_reason_id)
       IS DISTINCT FROM (OLD.waived_at, OLD.waived_by_id, OLD.waiver_reason_id))
    OR (NEW.waived_by_id IS DISTINCT FROM OLD.waived_by_id AND NEW.waived_by_id IS DISTINCT FROM public.scope_user_id())
    OR (OLD.financed_on IS NOT NULL AND NEW.financed_on IS NULL)
    OR (NEW.guardian_id IS DISTINCT FROM OLD.guardian_id AND EXISTS (
      SELECT 1 FROM public.cases_linkingagreement a
        WHERE a.linking_id = OLD.id AND a.party = 'requester' AND a.reply = 'agreed'))
  THEN
    RAISE EXCEPTION 'linking_frozen' USING ERRCODE = 'check_violation', CONSTRAINT = 'linking_frozen';
  END IF;
  RETURN NEW;
END
$body$;

CREATE OR REPLACE FUNCTION linking_housed_ids() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT l.id FROM cases_linking l WHERE l.partner_id = ANY ((SELECT scope_partners_as('structure_director'))::uuid[])
    AND l.cancelled_at IS NULL AND l.id IN (SELECT scope_granted_ids('linking', 20))
$body$;

-- What is not there yet. A linking is held to the points that were asked the day it opened; an agreement holds for the
-- version that was read. The decision of the magistrate or of the ASE is that of the legal frame in force, until its
-- term.
CREATE OR REPLACE FUNCTION linking_missing(row_id uuid) RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT coalesce(array_agg(m.code), '{}') FROM (
      SELECT 'agreement:' || p.party AS code FROM unnest(ARRAY['requester', 'structure', 'network']) AS p(party)
        WHERE NOT EXISTS (SELECT 1 FROM cases_linkingagreement a
          WHERE a.linking_id = $1 AND a.party = p.party AND a.reply = 'agreed'
            AND a.version_id IS NOT DISTINCT FROM linkingversion_latest($1))
      UNION ALL
      SELECT 'check:' || v.code FROM cases_linking l JOIN values_value v ON v.list_code = 'protocole_securite'
        WHERE l.id = $1 AND (v.extra ->> 'is_required')::boolean
          AND (v.active_from IS NULL OR v.active_from <= (l.opened_at AT TIME ZONE 'Europe/Paris')::date)
          AND (v.active_to IS NULL OR v.active_to >= (l.opened_at AT TIME ZONE 'Europe/Paris')::date)
          AND NOT EXISTS (SELECT 1 FROM cases_linkingcheck c WHERE c.linking_id = l.id AND c.item_id = v.id)
      UNION ALL
      SELECT 'finance' FROM cases_linking l WHERE l.id = $1 AND l.financed_on IS NULL
      UNION ALL
      SELECT 'decision' FROM cases_linking l WHERE l.id = $1 AND NOT EXISTS (
        SELECT 1 FROM cases_legalframe f WHERE f.case_id = l.case_id AND f.replaced_at IS NULL
          AND f.decider_id IS NOT NULL
          AND (f.ends_on IS NULL OR f.ends_on >= (now() AT TIME ZONE 'Europe/Paris')::date))
    ) AS m WHERE can_see_linking($1)
$body$;

-- Who pays for a minor: who agreed to pay for this stay, else for the latest one. `cases_linking` alone says it.
CREATE OR REPLACE FUNCTION minor_payer(p_case uuid, p_placement uuid) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT l.payer_id FROM cases_linking l
    WHERE l.case_id = coalesce((SELECT s.case_id FROM cases_placement s WHERE s.id = $2), $1)
      AND l.cancelled_at IS NULL AND l.financed_on IS NOT NULL AND (can_see_case(l.case_id) OR can_see_placement($2))
    ORDER BY coalesce(l.placement_id = $2, false) DESC, l.opened_at DESC LIMIT 1
$body$;

CREATE OR REPLACE FUNCTION linking_paid_ids() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT l.id FROM cases_linking l JOIN partners_partner p ON p.kind = 'ase' AND p.ase_authority_id = l.payer_id
    WHERE p.id = ANY ((SELECT scope_partners_as('requester'))::uuid[]) AND l.cancelled_at IS NULL
      AND l.id IN (SELECT scope_granted_ids('linking', 10))
$body$;

-- The authority knows which minor it pays for; nothing else of the file is told.
CREATE OR REPLACE FUNCTION linking_reference(row_id uuid) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT c.reference FROM cases_linking l JOIN cases_case c ON c.id = l.case_id
    WHERE l.id = $1 AND ((SELECT scope_sees_all_cases()) OR l.id IN (SELECT linking_paid_ids()))
$body$;

CREATE OR REPLACE FUNCTION payer_agreement_holds(p_linking uuid, p_payer text, p_cents integer, p_ends_on date)
  RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT EXISTS (SELECT 1 FROM cases_linking l WHERE l.id = $1 AND l.payer_id = $2 AND l.daily_price_cents = $3
    AND l.finance_ends_on IS NOT DISTINCT FROM $4)
$body$;

-- Tables

ALTER TABLE cases_journey ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON cases_journey FOR SELECT
  USING ((SELECT scope_sees_all_cases()) OR id IN (SELECT scope_granted_ids('journey', 20)));
CREATE POLICY insert_rows ON cases_journey FOR INSERT
  WITH CHECK (((SELECT scope_manages_cases())) AND (can_see_linking(linking_id)));
CREATE POLICY update_rows ON cases_journey FOR UPDATE
  USING ((SELECT scope_manages_cases()))
  WITH CHECK (((SELECT scope_manages_cases())) AND (can_see_linking(linking_id)));
CREATE POLICY delete_rows ON cases_journey FOR DELETE USING (false);

CREATE CONSTRAINT TRIGGER linking_coherent AFTER INSERT OR UPDATE ON cases_linking DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NOT vault_reseals()) EXECUTE FUNCTION linking_check();
CREATE TRIGGER linking_frozen BEFORE UPDATE ON cases_linking FOR EACH ROW WHEN (NOT vault_reseals())
  EXECUTE FUNCTION linking_freeze();
ALTER TABLE cases_linking ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON cases_linking FOR SELECT
  USING ((SELECT scope_sees_all_cases()) OR id IN (SELECT linking_visible_ids()));
CREATE POLICY insert_rows ON cases_linking FOR INSERT
  WITH CHECK (((SELECT scope_manages_cases()) AND placement_id IS NULL AND waived_at IS NULL AND cancelled_at IS
    NULL) AND (can_see_case(case_id) AND can_see_partner(partner_id) AND (requester_id IS NULL OR
    can_see_partner(requester_id)) AND (guardian_id IS NULL OR (can_see_partner(guardian_id) AND
    may_entrust(guardian_id))) AND (orientation_id IS NULL OR can_see_orientation(orientation_id)) AND
    (placement_id IS NULL OR can_see_placement(placement_id))));
CREATE POLICY update_rows ON cases_linking FOR UPDATE
  USING ((SELECT scope_manages_cases()))
  WITH CHECK (((SELECT scope_manages_cases())) AND (can_see_case(case_id) AND can_see_partner(partner_id) AND
    (requester_id IS NULL OR can_see_partner(requester_id)) AND (guardian_id IS NULL OR
    (can_see_partner(guardian_id) AND may_entrust(guardian_id))) AND (orientation_id IS NULL OR
    can_see_orientation(orientation_id)) AND (placement_id IS NULL OR can_see_placement(placement_id))));
CREATE POLICY delete_rows ON cases_linking FOR DELETE USING (false);

ALTER TABLE cases_linkingagreement ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON cases_linkingagreement FOR SELECT
  USING ((SELECT scope_sees_all_cases()) OR linking_id IN (SELECT linking_visible_ids()));
CREATE POLICY insert_rows ON cases_linkingagreement FOR INSERT
  WITH CHECK ((given_by_id = (SELECT scope_user_id()) AND (((SELECT scope_manages_cases()) AND (party <> 'requester'
    OR linking_has_guardian(linking_id))) OR (way = 'online' AND reply = 'agreed' AND ((party = 'structure' AND
    linking_id IN (SELECT linking_housed_ids())) OR (party = 'requester' AND linking_id IN
    (SELECT linking_entrusted_ids())))))) AND version_id IS NOT DISTINCT FROM linkingversion_latest(linking_id) AND
    (can_see_linking(linking_id) AND (version_id IS NULL OR can_see_linkingversion(version_id))));
CREATE POLICY update_rows ON cases_linkingagreement FOR UPDATE
  USING (false)
  WITH CHECK ((false) AND (can_see_linking(linking_id) AND can_see_linkingversion(version_id)));
CREATE POLICY delete_rows ON cases_linkingagreement FOR DELETE USING (false);

ALTER TABLE cases_linkingcheck ENABLE ROW LEVEL SECURITY;
-- The protocol holds places and people to keep away: the parties that sign it read it, not who asked nor who pays.
CREATE POLICY select_rows ON cases_linkingcheck FOR SELECT
  USING ((SELECT scope_sees_all_cases()) OR linking_id IN (SELECT linking_housed_ids()) OR linking_id IN
    (SELECT linking_entrusted_ids()));
CREATE POLICY insert_rows ON cases_linkingcheck FOR INSERT
  WITH CHECK (((SELECT scope_manages_cases())) AND (can_see_linking(linking_id)));
CREATE POLICY update_rows ON cases_linkingcheck FOR UPDATE
  USING ((SELECT scope_manages_cases()))
  WITH CHECK (((SELECT scope_manages_cases())) AND (can_see_linking(linking_id)));
CREATE POLICY delete_rows ON cases_linkingcheck FOR DELETE USING ((SELECT scope_manages_cases()));

ALTER TABLE cases_payeragreement ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON cases_payeragreement FOR SELECT
  USING ((SELECT scope_sees_all_cases()) OR linking_id IN (SELECT linking_visible_ids()));
CREATE POLICY insert_rows ON cases_payeragreement FOR INSERT
  WITH CHECK ((given_by_id = (SELECT scope_user_id()) AND (reply <> 'agreed' OR payer_agreement_holds(linking_id,
    payer_id, daily_price_cents, ends_on)) AND ((SELECT scope_manages_cases()) OR (way = 'online' AND
    reply = 'agreed' AND linking_id IN (SELECT linking_paid_ids())))) AND (can_see_linking(linking_id)));
CREATE POLICY update_rows ON cases_payeragreement FOR UPDATE
  USING (false)
  WITH CHECK ((false) AND (can_see_linking(linking_id)));
CREATE POLICY delete_rows ON cases_payeragreement FOR DELETE USING (false);

-- Kinds of the journal and of retention
SELECT journal_kind_register('journey', 'cases_journey');
SELECT journal_kind_register('linking', 'cases_linking');
