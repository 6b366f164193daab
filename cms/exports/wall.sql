-- cms/exports: who may read and write its tables, and what the database holds true.
-- Loaded by a migration, which may load it again: docs/wall.md.

-- Functions

CREATE OR REPLACE FUNCTION can_see_export(row_id uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT EXISTS (SELECT FROM exports_export e WHERE e.id = $1 AND e.author_id = (SELECT scope_user_id()))
$body$;

-- Tables

ALTER TABLE exports_export ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON exports_export FOR SELECT
  USING (author_id = (SELECT scope_user_id()) OR (SELECT scope_system()) = 'exports' OR (SELECT scope_system()) =
    'files');
CREATE POLICY insert_rows ON exports_export FOR INSERT WITH CHECK (author_id = (SELECT scope_user_id()));
CREATE POLICY update_rows ON exports_export FOR UPDATE
  USING (author_id = (SELECT scope_user_id()) OR (SELECT scope_system()) = 'exports')
  WITH CHECK (author_id = (SELECT scope_user_id()) OR (SELECT scope_system()) = 'exports');
CREATE POLICY delete_rows ON exports_export FOR DELETE USING (false);

-- Kinds of the journal and of retention
SELECT journal_kind_register('export', 'exports_export');
