-- cms/documents/kinds: who may read and write its tables, and what the database holds true.
-- Loaded by a migration, which may load it again: docs/wall.md.

-- Functions

CREATE OR REPLACE FUNCTION document_decided(document uuid, step text, signer text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT EXISTS (SELECT FROM documents_kinddecision k WHERE k.document_id = $1 AND k.step = $2 AND k.signed_by = $3
    AND k.agreed_at IS NOT NULL AND k.undone_at IS NULL)
$body$;

CREATE OR REPLACE FUNCTION document_is_signed(document uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT EXISTS (SELECT FROM documents_acknowledgement a JOIN documents_documentversion v ON v.id = a.version_id
    WHERE v.document_id = $1)
$body$;

-- Nobody binds partners alone, nor takes away alone what they signed, nor publishes alone what two people publish; nobody
-- takes back an agreement without saying so. Who signs a document that comes with the product is code: figures read it.
CREATE OR REPLACE FUNCTION document_guard() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $body$
BEGIN
  IF public.acts_as_owner() OR public.scope_is_reference() THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'INSERT' THEN
    IF NEW.is_builtin OR NEW.signed_by <> 'nobody' OR NEW.retired_on IS NOT NULL THEN
      RAISE EXCEPTION 'document_by_two' USING ERRCODE = 'check_violation', CONSTRAINT = 'document_by_two';
    END IF;
    RETURN NEW;
  END IF;
  IF (NEW.id, NEW.kind, NEW.is_builtin) IS DISTINCT FROM (OLD.id, OLD.kind, OLD.is_builtin)
     OR (OLD.is_builtin AND (NEW.title, NEW.signed_by) IS DISTINCT FROM (OLD.title, OLD.signed_by))
     OR (NEW.signed_from IS DISTINCT FROM OLD.signed_from AND NEW.signed_by = OLD.signed_by) THEN
    RAISE EXCEPTION 'document_as_made' USING ERRCODE = 'check_violation', CONSTRAINT = 'document_as_made';
  END IF;
  IF (NEW.signed_by <> OLD.signed_by AND NEW.signed_by <> 'nobody'
        AND NOT (OLD.signed_by = 'nobody' AND document_decided(NEW.id, 'sign', NEW.signed_by)))
     OR (NEW.signed_by <> OLD.signed_by AND NEW.signed_by = 'nobody' AND document_decided(NEW.id, 'sign', OLD.signed_by))
     OR (OLD.is_validated AND NOT NEW.is_validated AND NOT document_decided(NEW.id, 'alone', ''))
     OR (NEW.is_validated AND NOT OLD.is_validated AND document_decided(NEW.id, 'alone', ''))
     OR (NEW.retired_on IS NOT NULL AND OLD.retired_on IS NULL AND document_is_signed(NEW.id)
        AND NOT document_decided(NEW.id, 'retire', ''))
     OR (NEW.retired_on IS NULL AND OLD.retired_on IS NOT NULL AND document_decided(NEW.id, 'retire', '')) THEN
    RAISE EXCEPTION 'document_by_two' USING ERRCODE = 'check_violation', CONSTRAINT = 'document_by_two';
  END IF;
  RETURN NEW;
END
$body$;

-- Tables

-- What the network publishes has a title, which every version bears: everybody reads it.
CREATE TRIGGER document_guard BEFORE INSERT OR UPDATE ON documents_document FOR EACH ROW EXECUTE FUNCTION
  document_guard();
ALTER TABLE documents_document ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON documents_document FOR SELECT USING (true);
CREATE POLICY insert_rows ON documents_document FOR INSERT
  WITH CHECK ((SELECT scope_manages_cases()) OR (SELECT scope_is_reference()));
CREATE POLICY update_rows ON documents_document FOR UPDATE
  USING ((SELECT scope_manages_cases()) OR (SELECT scope_is_reference()))
  WITH CHECK ((SELECT scope_manages_cases()) OR (SELECT scope_is_reference()));
CREATE POLICY delete_rows ON documents_document FOR DELETE USING (false);

CREATE TRIGGER kinddecision_guard BEFORE UPDATE ON documents_kinddecision FOR EACH ROW EXECUTE FUNCTION
  two_people_guard('agreed_count');
ALTER TABLE documents_kinddecision ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON documents_kinddecision FOR SELECT USING ((SELECT scope_manages_cases()));
CREATE POLICY insert_rows ON documents_kinddecision FOR INSERT
  WITH CHECK ((SELECT scope_manages_cases()) AND asked_by_id = (SELECT scope_user_id()) AND agreed_at IS NULL AND
    dismissed_at IS NULL AND undone_at IS NULL);
CREATE POLICY update_rows ON documents_kinddecision FOR UPDATE
  USING ((SELECT scope_manages_cases()))
  WITH CHECK ((SELECT scope_manages_cases()));
CREATE POLICY delete_rows ON documents_kinddecision FOR DELETE USING (false);

-- Tokens: titles are read with whatever names a document; decisions by none, and nothing is written.
SELECT token_opens('{partner.read,request.read,case.read,proposal.read,stay.read,incident.read,training.read,document.read,figures.read,event.read,place.confirm,request.create,training.plan,training.record}',
  '{}', 'documents_document');
SELECT token_opens('{}', '{}', 'documents_kinddecision');

-- Kinds of the journal and of retention
SELECT journal_kind_register('document', 'documents_document');
