-- cms/documents/visibility: who may read and write its tables, and what the database holds true.
-- Loaded by a migration, which may load it again: docs/wall.md.

-- Functions

CREATE OR REPLACE FUNCTION visibility_widens(before_level text, before_roles text[], before_older boolean,
  level text, roles text[], with_older boolean) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT CASE WHEN $1 <> $4
    THEN array_position(ARRAY['roles', 'network', 'public'], $4) > array_position(ARRAY['roles', 'network', 'public'], $1)
    ELSE ($6 AND NOT $3) OR NOT $5 <@ $2 END
$body$;

-- Pages that the scope may not read: a page is closed by its own decision, or by that of a page above it.
CREATE OR REPLACE FUNCTION pages_closed() RETURNS integer[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT coalesce(array_agg(DISTINCT p.id), '{}') FROM visibility_holding() h
    JOIN wagtailcore_page a ON a.id = h.page_id
    JOIN wagtailcore_page p ON starts_with(p.path, a.path)
    WHERE NOT visibility_opens(h.level, h.roles)
$body$;

-- The last time that what is read without account was decided, for the date of what is answered.
CREATE OR REPLACE FUNCTION visibility_moved_at() RETURNS timestamptz
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT max(h.since) FROM visibility_holding() h
$body$;

-- One decision at a time, so that each reads the one before; nobody widens alone.
CREATE OR REPLACE FUNCTION visibility_insert_guard() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
DECLARE
  v_before record;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('documents.visibility', 0));
  SELECT h.* INTO v_before FROM visibility_holding() h
    WHERE h.document_id IS NOT DISTINCT FROM NEW.document_id AND h.page_id IS NOT DISTINCT FROM NEW.page_id;
  IF NOT NEW.is_widening AND visibility_widens(
      coalesce(v_before.level, CASE WHEN NEW.page_id IS NULL THEN 'network' ELSE 'public' END),
      coalesce(v_before.roles, '{}'), coalesce(v_before.with_older, false), NEW.level, NEW.roles, NEW.with_older) THEN
    RAISE EXCEPTION 'visibility_two_people_wide' USING ERRCODE = 'check_violation', CONSTRAINT = 'visibility_two_people_wide';
  END IF;
  RETURN NEW;
END
$body$;

-- Tables

CREATE TRIGGER visibility_insert_guard BEFORE INSERT ON documents_visibility FOR EACH ROW EXECUTE FUNCTION
  visibility_insert_guard();
CREATE TRIGGER visibility_guard BEFORE UPDATE ON documents_visibility FOR EACH ROW EXECUTE FUNCTION
  two_people_guard();
ALTER TABLE documents_visibility ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON documents_visibility FOR SELECT
  USING ((SELECT scope_manages_cases()) OR (SELECT scope_has_role('editor')) OR (SELECT scope_has_role('trainer')));
CREATE POLICY insert_rows ON documents_visibility FOR INSERT
  WITH CHECK (asked_by_id = (SELECT scope_user_id()) AND agreed_at IS NULL AND dismissed_at IS NULL AND ((SELECT
    scope_manages_cases()) OR (SELECT scope_has_role('editor')) OR ((SELECT scope_has_role('trainer')) AND
    document_is_curriculum(document_id))));
CREATE POLICY update_rows ON documents_visibility FOR UPDATE
  USING ((SELECT scope_manages_cases()) OR (SELECT scope_has_role('editor')) OR (SELECT scope_has_role('trainer')))
  WITH CHECK ((SELECT scope_manages_cases()) OR ((SELECT scope_has_role('editor')) AND agreed_at IS NULL) OR
    ((SELECT scope_has_role('trainer')) AND agreed_at IS NULL AND
    document_is_curriculum(document_id)));
CREATE POLICY delete_rows ON documents_visibility FOR DELETE USING (false);

-- Kinds of the journal and of retention
SELECT journal_kind_register('visibility', 'documents_visibility');
