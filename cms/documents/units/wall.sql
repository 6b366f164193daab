-- cms/documents/units: who may read and write its tables, and what the database holds true.
-- Loaded by a migration, which may load it again: docs/wall.md.

-- Functions

CREATE OR REPLACE FUNCTION can_see_authorisedunit(unit uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT scope_sees_all_cases() OR scope_reminds() OR EXISTS (SELECT 1 FROM documents_authorisedunit u
    WHERE u.partner_id = $1 AND u.partner_id = ANY ((SELECT scope_partner_ids())::uuid[]))
$body$;

CREATE OR REPLACE FUNCTION unit_contact_forget(row_id uuid) RETURNS uuid[]
LANGUAGE sql SET search_path = pg_catalog, public, pg_temp AS $body$
  WITH gone AS (UPDATE documents_authorisedunit SET contact_name = 'Ancien contact', contact_position = '–',
      contact_phone = '' WHERE partner_id = $1 AND contact_name <> 'Ancien contact' RETURNING partner_id)
  SELECT coalesce(array_agg(partner_id), '{}') FROM gone
$body$;

-- Tables

ALTER TABLE documents_authorisedunit ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON documents_authorisedunit FOR SELECT
  USING ((SELECT scope_sees_all_cases()) OR (SELECT scope_reminds()) OR partner_id = ANY ((SELECT
    scope_partner_ids())::uuid[]));
CREATE POLICY insert_rows ON documents_authorisedunit FOR INSERT
  WITH CHECK (((SELECT scope_manages_cases())) AND (can_see_partner(partner_id)));
CREATE POLICY update_rows ON documents_authorisedunit FOR UPDATE
  USING ((SELECT scope_manages_cases()))
  WITH CHECK (((SELECT scope_manages_cases())) AND (can_see_partner(partner_id)));
CREATE POLICY delete_rows ON documents_authorisedunit FOR DELETE USING (false);

ALTER TABLE documents_unitreview ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON documents_unitreview FOR SELECT
  USING ((SELECT scope_sees_all_cases()) OR unit_id = ANY ((SELECT scope_partner_ids())::uuid[]));
CREATE POLICY insert_rows ON documents_unitreview FOR INSERT
  WITH CHECK (((SELECT scope_manages_cases()) AND recorded_by_id = (SELECT scope_user_id())) AND
    (can_see_authorisedunit(unit_id)));
CREATE POLICY update_rows ON documents_unitreview FOR UPDATE
  USING (false)
  WITH CHECK ((false) AND (can_see_authorisedunit(unit_id)));
CREATE POLICY delete_rows ON documents_unitreview FOR DELETE USING (false);

-- Kinds of the journal and of retention
SELECT retention_kind_register(
  'unit_contact', 'partner', 'partners_partner', 'contact d’une unité sortie du carnet', 'la sortie de l’unité', 'anonymise',
  $starts$SELECT u.partner_id AS object_id, '' AS reference,
     CASE WHEN u.contact_name <> 'Ancien contact' THEN p.closed_on END AS starts_on, ARRAY[u.partner_id] AS together
   FROM documents_authorisedunit u JOIN partners_partner p ON p.id = u.partner_id$starts$,
  'unit_contact_forget', 12, 'Une unité partie n’est plus à appeler : un an suffit pour régler ce qui restait.',
  'RGPD, article 5 : pas plus longtemps que nécessaire', 92
);
