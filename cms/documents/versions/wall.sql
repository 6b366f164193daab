-- cms/documents/versions: who may read and write its tables, and what the database holds true.
-- Loaded by a migration, which may load it again: docs/wall.md.

-- Functions

-- What holds for each document and page that somebody decided of: what narrows holds at once, what widens once agreed.
CREATE OR REPLACE FUNCTION visibility_holding() RETURNS TABLE (document_id uuid, page_id integer, level text,
  roles text[], with_older boolean, since timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT DISTINCT ON (v.document_id, v.page_id) v.document_id, v.page_id, v.level::text, v.roles::text[], v.with_older,
      coalesce(v.agreed_at, v.asked_at)
    FROM documents_visibility v WHERE v.agreed_at IS NOT NULL OR NOT v.is_widening
    ORDER BY v.document_id, v.page_id, coalesce(v.agreed_at, v.asked_at) DESC
$body$;

-- Who publishes, and system actors, read whatever is kept to some roles.
CREATE OR REPLACE FUNCTION visibility_opens(level text, roles text[]) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT CASE $1 WHEN 'public' THEN true WHEN 'network' THEN scope_is_inside()
    ELSE scope_is_inside() AND (scope_system() IS NOT NULL
      OR scope_roles() && ($2 || ARRAY['coordination', 'direction', 'editor'])) END
$body$;

-- Documents that the scope may not read: nobody decides of most of them, and the network reads those.
CREATE OR REPLACE FUNCTION documents_closed() RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT coalesce(array_agg(h.document_id), '{}') FROM visibility_holding() h
    WHERE h.document_id IS NOT NULL AND NOT visibility_opens(h.level, h.roles)
$body$;

CREATE OR REPLACE FUNCTION versions_closed() RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT coalesce(array_agg(v.id), '{}') FROM documents_documentversion v WHERE v.document_id = ANY (documents_closed())
$body$;

-- Versions of a document that would be read without account, once public at some moment: the one in force on that day
-- and those that follow, from their date of effect; the earlier ones when they were asked for.
CREATE OR REPLACE FUNCTION versions_shown(document uuid, since timestamptz, with_older boolean) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT v.id FROM documents_documentversion v
    WHERE v.document_id = $1 AND v.effective_on <= (now() AT TIME ZONE 'Europe/Paris')::date
      AND ($3 OR NOT EXISTS (SELECT 1 FROM documents_documentversion n WHERE n.document_id = v.document_id
        AND n.effective_on <= ($2 AT TIME ZONE 'Europe/Paris')::date AND n.published_at <= $2
        AND (n.effective_on, n.sequence) > (v.effective_on, v.sequence)))
$body$;

CREATE OR REPLACE FUNCTION versions_public() RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT coalesce(array_agg(s.id), '{}') FROM visibility_holding() h
    CROSS JOIN LATERAL versions_shown(h.document_id, h.since, h.with_older) AS s (id)
    WHERE h.document_id IS NOT NULL AND h.level = 'public'
$body$;

-- Who left keeps what they signed and what they were trained on, as their receipts and attestations name it.
CREATE OR REPLACE FUNCTION version_own_ids() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT a.version_id FROM documents_acknowledgement a WHERE a.signed_by_id = (SELECT scope_user_id())
$body$;

-- Sessions are known further up: `formation/sessions` says which are one's own.
CREATE OR REPLACE FUNCTION clause_own_ids() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT s.clause_id FROM formation_session s WHERE s.id IN (SELECT session_own_ids())
$body$;

CREATE OR REPLACE FUNCTION can_see_documentversion(version uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT EXISTS (SELECT 1 FROM documents_documentversion v WHERE v.id = $1 AND (
    ((SELECT scope_is_inside()) AND v.document_id <> ALL ((SELECT documents_closed())::uuid[]))
    OR v.id = ANY ((SELECT versions_public())::uuid[]) OR v.id IN (SELECT version_own_ids())))
$body$;

CREATE OR REPLACE FUNCTION documents_refuse_change() RETURNS trigger
LANGUAGE plpgsql AS $body$
BEGIN
  RAISE EXCEPTION 'Une version publiée et une prise de connaissance ne se modifient pas' USING ERRCODE = 'restrict_violation';
END
$body$;

CREATE OR REPLACE FUNCTION document_is_curriculum(document uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT EXISTS (SELECT 1 FROM documents_document d WHERE d.id = $1 AND d.kind = 'curriculum')
$body$;

CREATE OR REPLACE FUNCTION version_is_curriculum(version uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT EXISTS (SELECT 1 FROM documents_documentversion v JOIN documents_document d ON d.id = v.document_id
    WHERE v.id = $1 AND d.kind = 'curriculum')
$body$;

-- Tables

CREATE TRIGGER documents_clauseversion_frozen BEFORE UPDATE OR DELETE ON documents_clauseversion FOR EACH ROW
  EXECUTE FUNCTION documents_refuse_change();
ALTER TABLE documents_clauseversion ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON documents_clauseversion FOR SELECT
  USING (((SELECT scope_is_inside()) AND version_id <> ALL ((SELECT versions_closed())::uuid[])) OR version_id = ANY
    ((SELECT versions_public())::uuid[]) OR id IN (SELECT clause_own_ids()));
CREATE POLICY insert_rows ON documents_clauseversion FOR INSERT
  WITH CHECK (((SELECT scope_manages_cases()) OR (SELECT scope_is_reference()) OR (SELECT
    scope_has_role('editor'))) AND (can_see_documentversion(version_id)));
CREATE POLICY update_rows ON documents_clauseversion FOR UPDATE
  USING (false)
  WITH CHECK ((false) AND (can_see_documentversion(version_id)));
CREATE POLICY delete_rows ON documents_clauseversion FOR DELETE USING (false);
CREATE POLICY trainer_inserts ON documents_clauseversion FOR INSERT
  WITH CHECK ( (SELECT scope_has_role('trainer')) AND version_is_curriculum(version_id));

CREATE TRIGGER documents_documentversion_frozen BEFORE UPDATE OR DELETE ON documents_documentversion FOR EACH
  ROW EXECUTE FUNCTION documents_refuse_change();
ALTER TABLE documents_documentversion ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON documents_documentversion FOR SELECT
  USING (((SELECT scope_is_inside()) AND document_id <> ALL ((SELECT documents_closed())::uuid[])) OR id = ANY
    ((SELECT versions_public())::uuid[]) OR id IN (SELECT version_own_ids()));
CREATE POLICY insert_rows ON documents_documentversion FOR INSERT
  WITH CHECK ((SELECT scope_manages_cases()) OR (SELECT scope_is_reference()) OR (SELECT
    scope_has_role('editor')));
CREATE POLICY update_rows ON documents_documentversion FOR UPDATE USING (false) WITH CHECK (false);
CREATE POLICY delete_rows ON documents_documentversion FOR DELETE USING (false);
CREATE POLICY trainer_inserts ON documents_documentversion FOR INSERT
  WITH CHECK ( (SELECT scope_has_role('trainer')) AND document_is_curriculum(document_id));

-- Kinds of the journal and of retention
SELECT journal_kind_register('version', 'documents_documentversion');
