-- cms/documents/versions: who may read and write its tables, and what the database holds true.
-- Loaded by a migration, which may load it again: docs/wall.md.

-- Functions

-- Who left keeps what they signed and what they were trained on, as their receipts and attestations name it.
CREATE OR REPLACE FUNCTION version_own_ids() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT a.version_id FROM documents_acknowledgement a WHERE a.signed_by_id = scope_user_id()
$body$;

-- Sessions are known further up: `formation/sessions` says which are one's own.
CREATE OR REPLACE FUNCTION clause_own_ids() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT s.clause_id FROM formation_session s WHERE s.id IN (SELECT session_own_ids())
$body$;

CREATE OR REPLACE FUNCTION can_see_documentversion(version uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT ((SELECT scope_is_inside()) OR $1 IN (SELECT version_own_ids()))
    AND EXISTS (SELECT 1 FROM documents_documentversion v WHERE v.id = $1)
$body$;

CREATE OR REPLACE FUNCTION documents_refuse_change() RETURNS trigger
LANGUAGE plpgsql AS $body$
BEGIN
  RAISE EXCEPTION 'Une version publiée et une prise de connaissance ne se modifient pas' USING ERRCODE = 'restrict_violation';
END
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
  USING ((SELECT scope_is_inside()) OR id IN (SELECT clause_own_ids()));
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
  USING ((SELECT scope_is_inside()) OR id IN (SELECT version_own_ids()));
CREATE POLICY insert_rows ON documents_documentversion FOR INSERT
  WITH CHECK ((SELECT scope_manages_cases()) OR (SELECT scope_is_reference()) OR (SELECT
    scope_has_role('editor')));
CREATE POLICY update_rows ON documents_documentversion FOR UPDATE USING (false) WITH CHECK (false);
CREATE POLICY delete_rows ON documents_documentversion FOR DELETE USING (false);
CREATE POLICY trainer_inserts ON documents_documentversion FOR INSERT
  WITH CHECK ( (SELECT scope_has_role('trainer')) AND EXISTS (SELECT 1 FROM documents_document d WHERE d.id =
    document_id AND d.kind = 'curriculum'));

-- Kinds of the journal and of retention
SELECT journal_kind_register('version', 'documents_documentversion');
