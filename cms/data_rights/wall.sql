-- cms/data_rights: who may read and write its tables, and what the database holds true.
-- Loaded by a migration, which may load it again: docs/wall.md.

-- Functions

CREATE OR REPLACE FUNCTION alert_is_of_another(row_id uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT EXISTS (SELECT FROM access_alert a WHERE a.id = $1 AND a.raised_by_id <> scope_user_id())
$body$;

CREATE OR REPLACE FUNCTION can_see_alert(row_id uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT (scope_has_role('direction') OR scope_has_role('dpo'))
    AND EXISTS (SELECT FROM access_alert a WHERE a.id = $1)
$body$;

CREATE OR REPLACE FUNCTION can_see_rights_request(row_id uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT EXISTS (SELECT FROM rights_rightsrequest r WHERE r.id = $1
    AND (scope_has_role('direction') OR scope_has_role('dpo')
         OR (scope_has_role('coordination') AND r.is_with_coordination)))
$body$;

-- Data protection sees no file, and may ask whose reference it is: it may tie a request to it as well.
CREATE OR REPLACE FUNCTION can_see_rights_case(row_id uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT (scope_manages_cases() OR scope_has_role('dpo')) AND EXISTS (SELECT FROM cases_case c WHERE c.id = $1)
$body$;

-- A name tells which child is followed: the number of one's own searches is counted where nobody may lower it.
CREATE OR REPLACE FUNCTION name_searches_recent() RETURNS integer
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT count(*)::integer FROM journal_line l WHERE l.actor_id = (SELECT scope_user_id())
    AND l.at > clock_timestamp() - interval '1 hour' AND l.action = 'case.search'
$body$;

CREATE OR REPLACE FUNCTION rights_request_forget(row_id uuid) RETURNS uuid[]
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $body$
BEGIN
  DELETE FROM rights_rightsdetail WHERE request_id = $1;
  DELETE FROM rights_rightsstep WHERE request_id = $1;
  DELETE FROM rights_filecopy WHERE request_id = $1;
  DELETE FROM files_attachment WHERE object_id = $1;
  UPDATE rights_rightsrequest SET case_id = NULL,
    reference = 'X-' || left(replace(gen_random_uuid()::text, '-', ''), 12) WHERE id = $1;
  RETURN ARRAY[$1];
END
$body$;

-- Tables

ALTER TABLE rights_accessreview ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON rights_accessreview FOR SELECT
  USING (((SELECT scope_has_role('direction')) OR (SELECT scope_has_role('dpo'))));
CREATE POLICY insert_rows ON rights_accessreview FOR INSERT
  WITH CHECK (signed_by_id = (SELECT scope_user_id()) AND (SELECT scope_has_role('dpo')));
CREATE POLICY update_rows ON rights_accessreview FOR UPDATE USING (false) WITH CHECK (false);
CREATE POLICY delete_rows ON rights_accessreview FOR DELETE USING (false);

ALTER TABLE rights_alertreceipt DROP CONSTRAINT IF EXISTS rights_alertreceipt_alert_id_b2e740f3_fk_access_alert_id;
ALTER TABLE rights_alertreceipt ADD CONSTRAINT rights_alertreceipt_alert_id_b2e740f3_fk_access_alert_id FOREIGN
  KEY (alert_id) REFERENCES access_alert(id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE rights_alertreceipt ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON rights_alertreceipt FOR SELECT
  USING (((SELECT scope_has_role('direction')) OR (SELECT scope_has_role('dpo'))));
CREATE POLICY insert_rows ON rights_alertreceipt FOR INSERT
  WITH CHECK ((by_id = (SELECT scope_user_id()) AND ((SELECT scope_has_role('direction')) OR (SELECT
    scope_has_role('dpo'))) AND alert_is_of_another(alert_id)) AND (can_see_alert(alert_id)));
CREATE POLICY update_rows ON rights_alertreceipt FOR UPDATE
  USING (false)
  WITH CHECK ((false) AND (can_see_alert(alert_id)));
CREATE POLICY delete_rows ON rights_alertreceipt FOR DELETE USING (false);

CREATE TRIGGER filecopy_guard BEFORE UPDATE ON rights_filecopy FOR EACH ROW EXECUTE FUNCTION
  two_people_guard();
ALTER TABLE rights_filecopy ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON rights_filecopy FOR SELECT USING (can_see_rights_request(request_id));
CREATE POLICY insert_rows ON rights_filecopy FOR INSERT
  WITH CHECK ((asked_by_id = (SELECT scope_user_id()) AND agreed_at IS NULL AND (SELECT scope_manages_cases())) AND
    (can_see_rights_request(request_id)));
CREATE POLICY update_rows ON rights_filecopy FOR UPDATE
  USING ((SELECT scope_has_role('direction')) OR (SELECT scope_has_role('dpo')))
  WITH CHECK (((SELECT scope_has_role('direction')) OR (SELECT scope_has_role('dpo'))) AND
    (can_see_rights_request(request_id)));
CREATE POLICY delete_rows ON rights_filecopy FOR DELETE USING (false);

ALTER TABLE rights_nightcheck ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON rights_nightcheck FOR SELECT
  USING (((SELECT scope_has_role('direction')) OR (SELECT scope_has_role('dpo'))) OR (SELECT scope_system()) =
    'journal');
CREATE POLICY insert_rows ON rights_nightcheck FOR INSERT
  WITH CHECK ((SELECT scope_system()) = 'journal');
CREATE POLICY update_rows ON rights_nightcheck FOR UPDATE USING (false) WITH CHECK (false);
CREATE POLICY delete_rows ON rights_nightcheck FOR DELETE USING (false);

ALTER TABLE rights_rightsdetail ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON rights_rightsdetail FOR SELECT USING (can_see_rights_request(request_id));
CREATE POLICY insert_rows ON rights_rightsdetail FOR INSERT
  WITH CHECK (can_see_rights_request(request_id));
CREATE POLICY update_rows ON rights_rightsdetail FOR UPDATE
  USING (can_see_rights_request(request_id))
  WITH CHECK (can_see_rights_request(request_id));
CREATE POLICY delete_rows ON rights_rightsdetail FOR DELETE USING (false);

ALTER TABLE rights_rightsrequest ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON rights_rightsrequest FOR SELECT
  USING (((SELECT scope_has_role('direction')) OR (SELECT scope_has_role('dpo'))) OR ((SELECT
    scope_has_role('coordination')) AND is_with_coordination));
CREATE POLICY insert_rows ON rights_rightsrequest FOR INSERT
  WITH CHECK (((((SELECT scope_has_role('direction')) OR (SELECT scope_has_role('dpo'))) OR (SELECT
    scope_has_role('coordination'))) AND registered_by_id = (SELECT scope_user_id())) AND ((case_id IS NULL OR
    can_see_rights_case(case_id))));
CREATE POLICY update_rows ON rights_rightsrequest FOR UPDATE
  USING (((SELECT scope_has_role('direction')) OR (SELECT scope_has_role('dpo'))) OR ((SELECT
    scope_has_role('coordination')) AND is_with_coordination))
  WITH CHECK ((((SELECT scope_has_role('direction')) OR (SELECT scope_has_role('dpo'))) OR ((SELECT
    scope_has_role('coordination')) AND is_with_coordination)) AND ((case_id IS NULL OR
    can_see_rights_case(case_id))));
CREATE POLICY delete_rows ON rights_rightsrequest FOR DELETE USING (false);

ALTER TABLE rights_rightsstep ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON rights_rightsstep FOR SELECT USING (can_see_rights_request(request_id));
CREATE POLICY insert_rows ON rights_rightsstep FOR INSERT
  WITH CHECK ((by_id = (SELECT scope_user_id())) AND (can_see_rights_request(request_id)));
CREATE POLICY update_rows ON rights_rightsstep FOR UPDATE
  USING (false)
  WITH CHECK ((false) AND (can_see_rights_request(request_id)));
CREATE POLICY delete_rows ON rights_rightsstep FOR DELETE USING (false);

-- Kinds of the journal and of retention
SELECT journal_kind_register('access_review', 'rights_accessreview');
SELECT journal_kind_register('rights_request', 'rights_rightsrequest');
SELECT retention_kind_register(
  'rights_request', 'rights_request', 'rights_rightsrequest', 'demande de droits', 'la réponse donnée', 'anonymise',
  $starts$SELECT r.id AS object_id, r.reference, r.closed_on AS starts_on, array_remove(ARRAY[r.id, r.case_id], NULL) AS together
FROM rights_rightsrequest r$starts$,
  'rights_request_forget', 60, 'Cinq ans pour montrer que la réponse a été donnée, et à temps ; les mots partent, les dates restent pour le bilan.',
  'Code civil, article 2224 (prescription de cinq ans)', 60
);
