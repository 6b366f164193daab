-- cms/partners/book: who may read and write its tables, and what the database holds true.
-- Loaded by a migration, which may load it again: docs/wall.md.

-- Functions

CREATE OR REPLACE FUNCTION partner_visible_ids() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT unnest(scope_partner_ids()) UNION SELECT scope_granted_ids('partner', 10)
    UNION SELECT p.id FROM partners_partner p WHERE p.kind <> 'structure'
      AND (scope_user_id() IS NOT NULL OR scope_system() IS NOT NULL)
$body$;

CREATE OR REPLACE FUNCTION can_see_partner(partner uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT (SELECT scope_sees_all_cases()) OR (SELECT scope_is_reference()) OR $1 IN (SELECT partner_visible_ids())
$body$;

CREATE OR REPLACE FUNCTION can_see_place(row_id uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT (SELECT scope_sees_all_cases()) OR (SELECT scope_is_reference()) OR EXISTS (SELECT 1 FROM partners_place t
    WHERE t.id = $1 AND t.partner_id = ANY ((SELECT scope_partner_ids())::uuid[]))
$body$;

CREATE OR REPLACE FUNCTION contact_forget(row_id uuid) RETURNS uuid[]
LANGUAGE sql SET search_path = pg_catalog, public, pg_temp AS $body$
  WITH gone AS (DELETE FROM partners_contact WHERE id = $1 RETURNING id) SELECT coalesce(array_agg(id), '{}') FROM gone
$body$;

CREATE OR REPLACE FUNCTION place_check() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
BEGIN
  IF NEW.ends_on IS NOT NULL AND NOT NEW.is_extra AND EXISTS (
    SELECT 1 FROM cases_placement p WHERE p.place_id = NEW.id AND (p.ended_on IS NULL OR p.ended_on > NEW.ends_on)) THEN
    RAISE EXCEPTION 'place_closed_when_free' USING ERRCODE = 'check_violation', CONSTRAINT = 'place_closed_when_free';
  END IF;
  RETURN NULL;
END
$body$;

-- 3 is the default of the setting `partners.extra_place_days`.
CREATE OR REPLACE FUNCTION extra_place_days() RETURNS integer
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT coalesce((SELECT (s.value #>> '{}')::integer FROM values_settingversion s
    WHERE s.key = 'partners.extra_place_days' ORDER BY s.changed_at DESC LIMIT 1), 3)
$body$;

-- An extra place begins today, for a few days, in a structure that takes minors in today. It never becomes a lasting one.
CREATE OR REPLACE FUNCTION place_extra_guard() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
DECLARE
  today CONSTANT date := (statement_timestamp() AT TIME ZONE 'Europe/Paris')::date;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF (NEW.is_extra, NEW.partner_id) IS DISTINCT FROM (OLD.is_extra, OLD.partner_id)
      OR (NEW.is_extra AND NEW.ends_on > OLD.ends_on) THEN
      RAISE EXCEPTION 'place_extra_bounded' USING ERRCODE = 'check_violation', CONSTRAINT = 'place_extra_bounded';
    END IF;
    RETURN NEW;
  END IF;
  IF NEW.is_extra AND (NEW.starts_on <> today OR coalesce(NEW.ends_on > today + extra_place_days(), true)) THEN
    RAISE EXCEPTION 'place_extra_bounded' USING ERRCODE = 'check_violation', CONSTRAINT = 'place_extra_bounded';
  END IF;
  IF NEW.is_extra AND (
    EXISTS (SELECT 1 FROM partners_suspension s WHERE s.partner_id = NEW.partner_id AND s.starts_on <= today
      AND (s.ends_on IS NULL OR s.ends_on >= today))
    OR NOT EXISTS (SELECT 1 FROM partners_convention c WHERE c.partner_id = NEW.partner_id AND c.signed_on <= today
      AND c.starts_on <= today AND (c.ends_on IS NULL OR c.ends_on >= today)
      AND (c.denounced_on IS NULL OR c.denounced_on > today))
    OR NOT EXISTS (SELECT 1 FROM partners_partner p WHERE p.id = NEW.partner_id AND p.kind = 'structure'
      AND (p.closed_on IS NULL OR p.closed_on > today))) THEN
    RAISE EXCEPTION 'place_extra_allowed' USING ERRCODE = 'check_violation', CONSTRAINT = 'place_extra_allowed';
  END IF;
  RETURN NEW;
END
$body$;

-- Tables

ALTER TABLE partners_contact ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON partners_contact FOR SELECT
  USING ((SELECT scope_sees_all_cases()) OR (SELECT scope_is_reference()) OR partner_id = ANY ((SELECT
    scope_partner_ids())::uuid[]));
CREATE POLICY insert_rows ON partners_contact FOR INSERT
  WITH CHECK (((SELECT scope_manages_cases()) OR (SELECT scope_is_reference())) AND (can_see_partner(partner_id)));
CREATE POLICY update_rows ON partners_contact FOR UPDATE
  USING ((SELECT scope_manages_cases()) OR (SELECT scope_is_reference()))
  WITH CHECK (((SELECT scope_manages_cases()) OR (SELECT scope_is_reference())) AND (can_see_partner(partner_id)));
CREATE POLICY delete_rows ON partners_contact FOR DELETE
  USING ((SELECT scope_manages_cases()) OR (SELECT scope_is_reference()));

ALTER TABLE partners_partner ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON partners_partner FOR SELECT
  USING ((SELECT scope_sees_all_cases()) OR (SELECT scope_is_reference()) OR id IN (SELECT partner_visible_ids()));
CREATE POLICY insert_rows ON partners_partner FOR INSERT
  WITH CHECK ((SELECT scope_manages_cases()) OR (SELECT scope_is_reference()));
CREATE POLICY update_rows ON partners_partner FOR UPDATE
  USING ((SELECT scope_manages_cases()) OR (SELECT scope_is_reference()))
  WITH CHECK ((SELECT scope_manages_cases()) OR (SELECT scope_is_reference()));
CREATE POLICY delete_rows ON partners_partner FOR DELETE USING (false);

ALTER TABLE partners_partneridentity ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON partners_partneridentity FOR SELECT
  USING ( partner_id IN (SELECT reveal_live_ids('partner', 'address')) OR (((SELECT scope_manages_cases()) OR
    (SELECT scope_is_reference())) AND partner_id = (SELECT sealed_row_of('partner'))));
CREATE POLICY insert_rows ON partners_partneridentity FOR INSERT
  WITH CHECK (((SELECT scope_manages_cases()) OR (SELECT scope_is_reference())) AND (can_see_partner(partner_id)));
CREATE POLICY update_rows ON partners_partneridentity FOR UPDATE
  USING ((SELECT scope_manages_cases()) OR (SELECT scope_is_reference()))
  WITH CHECK (((SELECT scope_manages_cases()) OR (SELECT scope_is_reference())) AND (can_see_partner(partner_id)));
CREATE POLICY delete_rows ON partners_partneridentity FOR DELETE USING (false);

CREATE CONSTRAINT TRIGGER place_coherent AFTER INSERT OR UPDATE ON partners_place DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION place_check();
CREATE TRIGGER place_extra BEFORE INSERT OR UPDATE ON partners_place FOR EACH ROW EXECUTE FUNCTION
  place_extra_guard();
ALTER TABLE partners_place ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON partners_place FOR SELECT
  USING ((SELECT scope_sees_all_cases()) OR (SELECT scope_is_reference()) OR partner_id = ANY ((SELECT
    scope_partner_ids())::uuid[]));
CREATE POLICY insert_rows ON partners_place FOR INSERT
  WITH CHECK (((SELECT scope_manages_cases()) OR (SELECT scope_is_reference()) OR (is_extra AND partner_id = ANY
    ((SELECT scope_partners_as('structure_director'))::uuid[]))) AND (can_see_partner(partner_id)));
CREATE POLICY update_rows ON partners_place FOR UPDATE
  USING ((SELECT scope_manages_cases()) OR (SELECT scope_is_reference()))
  WITH CHECK (((SELECT scope_manages_cases()) OR (SELECT scope_is_reference())) AND (can_see_partner(partner_id)));
CREATE POLICY delete_rows ON partners_place FOR DELETE USING (false);

ALTER TABLE partners_structureprofile ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON partners_structureprofile FOR SELECT
  USING ((SELECT scope_sees_all_cases()) OR (SELECT scope_is_reference()) OR partner_id = ANY ((SELECT
    scope_partner_ids())::uuid[]));
CREATE POLICY insert_rows ON partners_structureprofile FOR INSERT
  WITH CHECK (((SELECT scope_manages_cases()) OR (SELECT scope_is_reference())) AND (can_see_partner(partner_id)));
CREATE POLICY update_rows ON partners_structureprofile FOR UPDATE
  USING ((SELECT scope_manages_cases()) OR (SELECT scope_is_reference()))
  WITH CHECK (((SELECT scope_manages_cases()) OR (SELECT scope_is_reference())) AND (can_see_partner(partner_id)));
CREATE POLICY delete_rows ON partners_structureprofile FOR DELETE USING (false);

ALTER TABLE partners_structureprofile_contraindications ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON partners_structureprofile_contraindications FOR SELECT
  USING ((SELECT scope_sees_all_cases()) OR (SELECT scope_is_reference()) OR structureprofile_id = ANY ((SELECT
    scope_partner_ids())::uuid[]));
CREATE POLICY insert_rows ON partners_structureprofile_contraindications FOR INSERT
  WITH CHECK (((SELECT scope_manages_cases()) OR (SELECT scope_is_reference())) AND
    (can_see_partner(structureprofile_id)));
CREATE POLICY update_rows ON partners_structureprofile_contraindications FOR UPDATE
  USING ((SELECT scope_manages_cases()) OR (SELECT scope_is_reference()))
  WITH CHECK (((SELECT scope_manages_cases()) OR (SELECT scope_is_reference())) AND
    (can_see_partner(structureprofile_id)));
CREATE POLICY delete_rows ON partners_structureprofile_contraindications FOR DELETE
  USING ((SELECT scope_manages_cases()) OR (SELECT scope_is_reference()));

ALTER TABLE partners_structureprofile_forms ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON partners_structureprofile_forms FOR SELECT
  USING ((SELECT scope_sees_all_cases()) OR (SELECT scope_is_reference()) OR structureprofile_id = ANY ((SELECT
    scope_partner_ids())::uuid[]));
CREATE POLICY insert_rows ON partners_structureprofile_forms FOR INSERT
  WITH CHECK (((SELECT scope_manages_cases()) OR (SELECT scope_is_reference())) AND
    (can_see_partner(structureprofile_id)));
CREATE POLICY update_rows ON partners_structureprofile_forms FOR UPDATE
  USING ((SELECT scope_manages_cases()) OR (SELECT scope_is_reference()))
  WITH CHECK (((SELECT scope_manages_cases()) OR (SELECT scope_is_reference())) AND
    (can_see_partner(structureprofile_id)));
CREATE POLICY delete_rows ON partners_structureprofile_forms FOR DELETE
  USING ((SELECT scope_manages_cases()) OR (SELECT scope_is_reference()));

ALTER TABLE partners_structureprofile_languages ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON partners_structureprofile_languages FOR SELECT
  USING ((SELECT scope_sees_all_cases()) OR (SELECT scope_is_reference()) OR structureprofile_id = ANY ((SELECT
    scope_partner_ids())::uuid[]));
CREATE POLICY insert_rows ON partners_structureprofile_languages FOR INSERT
  WITH CHECK (((SELECT scope_manages_cases()) OR (SELECT scope_is_reference())) AND
    (can_see_partner(structureprofile_id)));
CREATE POLICY update_rows ON partners_structureprofile_languages FOR UPDATE
  USING ((SELECT scope_manages_cases()) OR (SELECT scope_is_reference()))
  WITH CHECK (((SELECT scope_manages_cases()) OR (SELECT scope_is_reference())) AND
    (can_see_partner(structureprofile_id)));
CREATE POLICY delete_rows ON partners_structureprofile_languages FOR DELETE
  USING ((SELECT scope_manages_cases()) OR (SELECT scope_is_reference()));

ALTER TABLE partners_structureprofile_sexes ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON partners_structureprofile_sexes FOR SELECT
  USING ((SELECT scope_sees_all_cases()) OR (SELECT scope_is_reference()) OR structureprofile_id = ANY ((SELECT
    scope_partner_ids())::uuid[]));
CREATE POLICY insert_rows ON partners_structureprofile_sexes FOR INSERT
  WITH CHECK (((SELECT scope_manages_cases()) OR (SELECT scope_is_reference())) AND
    (can_see_partner(structureprofile_id)));
CREATE POLICY update_rows ON partners_structureprofile_sexes FOR UPDATE
  USING ((SELECT scope_manages_cases()) OR (SELECT scope_is_reference()))
  WITH CHECK (((SELECT scope_manages_cases()) OR (SELECT scope_is_reference())) AND
    (can_see_partner(structureprofile_id)));
CREATE POLICY delete_rows ON partners_structureprofile_sexes FOR DELETE
  USING ((SELECT scope_manages_cases()) OR (SELECT scope_is_reference()));

ALTER TABLE partners_suspension ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON partners_suspension FOR SELECT
  USING ((SELECT scope_sees_all_cases()) OR (SELECT scope_is_reference()) OR partner_id = ANY ((SELECT
    scope_partner_ids())::uuid[]));
CREATE POLICY insert_rows ON partners_suspension FOR INSERT
  WITH CHECK (((SELECT scope_manages_cases()) OR (SELECT scope_is_reference())) AND (can_see_partner(partner_id)));
CREATE POLICY update_rows ON partners_suspension FOR UPDATE
  USING ((SELECT scope_manages_cases()) OR (SELECT scope_is_reference()))
  WITH CHECK (((SELECT scope_manages_cases()) OR (SELECT scope_is_reference())) AND (can_see_partner(partner_id)));
CREATE POLICY delete_rows ON partners_suspension FOR DELETE USING (false);

-- Kinds of the journal and of retention
SELECT journal_kind_register('contact', 'partners_contact');
SELECT journal_kind_register('partner', 'partners_partner');
SELECT retention_kind_register(
  'contact', 'contact', 'partners_contact', 'contact d’un partenaire sorti du carnet', 'la sortie du partenaire', 'destroy',
  $starts$SELECT c.id AS object_id, '' AS reference, p.closed_on AS starts_on, ARRAY[c.id, p.id] AS together
FROM partners_contact c JOIN partners_partner p ON p.id = c.partner_id$starts$,
  'contact_forget', 12, 'Un partenaire parti n’est plus à appeler : un an suffit pour régler ce qui restait.',
  'RGPD, article 5 : pas plus longtemps que nécessaire', 75
);
