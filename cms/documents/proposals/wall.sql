-- cms/documents/proposals: who may read and write its tables, and what the database holds true.
-- Loaded by a migration, which may load it again: docs/wall.md.

-- Functions

CREATE OR REPLACE FUNCTION documents_proposal_step() RETURNS trigger
LANGUAGE plpgsql AS $body$
BEGIN
  IF (NEW.document_id, NEW.number, NEW.is_major, NEW.change_note, NEW.effective_on, NEW.content_hash, NEW.proposed_by_id, NEW.proposed_at, NEW.validator_id, NEW.scheduled_on) IS DISTINCT FROM (OLD.document_id, OLD.number, OLD.is_major, OLD.change_note, OLD.effective_on, OLD.content_hash, OLD.proposed_by_id, OLD.proposed_at, OLD.validator_id, OLD.scheduled_on)
     OR (OLD.state, NEW.state) NOT IN (('proposed', 'validated'), ('proposed', 'returned'), ('proposed', 'withdrawn'),
      ('validated', 'withdrawn'), ('validated', 'published'), ('validated', 'returned'), ('proposed', 'lapsed'), ('validated', 'lapsed')) THEN
    RAISE EXCEPTION 'Une version proposée ne change pas : elle se valide, se reprend, se retire ou se publie'
      USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.state IN ('validated', 'returned') AND NEW.validator_id IS DISTINCT FROM scope_user_id() THEN
    RAISE EXCEPTION 'La personne désignée valide, et elle seule' USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.state = 'lapsed' AND NOT scope_reminds() THEN
    RAISE EXCEPTION 'Seul le jour prévu, passé, fait tomber une version proposée' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END
$body$;

-- Tables

CREATE TRIGGER documents_versionproposal_step BEFORE UPDATE ON documents_versionproposal FOR EACH ROW EXECUTE
  FUNCTION documents_proposal_step();
ALTER TABLE documents_versionproposal ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON documents_versionproposal FOR SELECT
  USING (((SELECT scope_manages_cases()) OR (SELECT scope_has_role('editor'))) OR ((SELECT scope_reminds()) AND
    scheduled_on IS NOT NULL));
CREATE POLICY insert_rows ON documents_versionproposal FOR INSERT
  WITH CHECK ((((SELECT scope_manages_cases()) OR (SELECT scope_has_role('editor'))) AND proposed_by_id = (SELECT
    scope_user_id()) AND state = 'proposed') AND ((version_id IS NULL OR can_see_documentversion(version_id))));
CREATE POLICY update_rows ON documents_versionproposal FOR UPDATE
  USING (((SELECT scope_manages_cases()) OR (SELECT scope_has_role('editor'))) OR ((SELECT scope_reminds()) AND
    scheduled_on IS NOT NULL))
  WITH CHECK ((((SELECT scope_manages_cases()) OR (SELECT scope_has_role('editor'))) OR (((SELECT scope_reminds())
    AND scheduled_on IS NOT NULL) AND state = 'lapsed')) AND (version_id IS NULL OR
    can_see_documentversion(version_id)));
CREATE POLICY delete_rows ON documents_versionproposal FOR DELETE USING (false);

-- Kinds of the journal and of retention
SELECT journal_kind_register('version_proposal', 'documents_versionproposal');
