-- cms/documents/signatures: who may read and write its tables, and what the database holds true.
-- Loaded by a migration, which may load it again: docs/wall.md.

-- Functions

CREATE OR REPLACE FUNCTION can_see_acknowledgement(acknowledgement uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT scope_sees_all_cases() OR EXISTS (SELECT 1 FROM documents_acknowledgement a
    WHERE a.id = $1 AND (a.partner_id = ANY ((SELECT scope_partner_ids())::uuid[]) OR a.signed_by_id = (SELECT scope_user_id())))
$body$;

CREATE OR REPLACE FUNCTION reading_forget(row_id uuid) RETURNS uuid[]
LANGUAGE sql SET search_path = pg_catalog, public, pg_temp AS $body$
  WITH gone AS (DELETE FROM documents_reading WHERE id = $1 RETURNING id) SELECT coalesce(array_agg(id), '{}') FROM gone
$body$;

-- Tables

CREATE TRIGGER documents_acknowledgement_frozen BEFORE UPDATE OR DELETE ON documents_acknowledgement FOR EACH
  ROW EXECUTE FUNCTION documents_refuse_change();
ALTER TABLE documents_acknowledgement ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON documents_acknowledgement FOR SELECT
  USING ((SELECT scope_sees_all_cases()) OR partner_id = ANY ((SELECT scope_partner_ids())::uuid[]) OR signed_by_id =
    (SELECT scope_user_id()));
CREATE POLICY insert_rows ON documents_acknowledgement FOR INSERT
  WITH CHECK (((signed_by_id = (SELECT scope_user_id()) AND recorded_by_id IS NULL AND partner_id = ANY ((SELECT scope_partners_as('structure_director', 'requester'))::uuid[])) OR (signed_by_id IS NULL AND recorded_by_id =
    (SELECT scope_user_id()) AND (SELECT scope_manages_cases()))) AND (can_see_partner(partner_id) AND
    can_see_documentversion(version_id) AND (previous_id IS NULL OR can_see_acknowledgement(previous_id))));
CREATE POLICY update_rows ON documents_acknowledgement FOR UPDATE
  USING (false)
  WITH CHECK ((false) AND (can_see_partner(partner_id) AND can_see_documentversion(version_id) AND (previous_id IS
    NULL OR can_see_acknowledgement(previous_id))));
CREATE POLICY delete_rows ON documents_acknowledgement FOR DELETE USING (false);

CREATE TRIGGER documents_reading_frozen BEFORE UPDATE ON documents_reading FOR EACH ROW EXECUTE FUNCTION
  documents_refuse_change();
ALTER TABLE documents_reading ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON documents_reading FOR SELECT
  USING (user_id = (SELECT scope_user_id()) OR (SELECT scope_sees_all_cases()) OR user_id IN (SELECT
    directed_user_ids()));
CREATE POLICY insert_rows ON documents_reading FOR INSERT
  WITH CHECK ((user_id = (SELECT scope_user_id()) AND cardinality(scope_partners_as('structure_director',
    'structure_educator')) > 0) AND (can_see_documentversion(version_id)));
CREATE POLICY update_rows ON documents_reading FOR UPDATE
  USING (false)
  WITH CHECK ((false) AND (can_see_documentversion(version_id)));
CREATE POLICY delete_rows ON documents_reading FOR DELETE USING (false);

-- Kinds of the journal and of retention
SELECT journal_kind_register('acknowledgement', 'documents_acknowledgement');
SELECT journal_kind_register('reading', 'documents_reading');
SELECT retention_kind_register(
  'reading', 'reading', 'documents_reading', 'lecture d’un chapitre par une personne', 'l’entrée en vigueur de la version majeure suivante', 'destroy',
  $starts$SELECT r.id AS object_id, '' AS reference,
  (SELECT min(n.effective_on) FROM documents_documentversion n WHERE n.document_id = v.document_id AND n.is_major
     AND n.sequence > v.sequence AND n.effective_on <= current_date) AS starts_on, ARRAY[r.id] AS together
FROM documents_reading r JOIN documents_documentversion v ON v.id = r.version_id$starts$,
  'reading_forget', 24, 'La lecture prépare la signature ; une fois la version remplacée, seule la signature fait preuve.',
  'RGPD, article 5 : pas plus longtemps que nécessaire', 90
);
