-- dashboards/tables: who may read and write its tables, and what the database holds true.
-- Loaded by a migration, which may load it again: docs/wall.md.

-- Functions

CREATE OR REPLACE FUNCTION can_see_saved_table(row_id uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT scope_manages_cases() AND EXISTS (SELECT FROM dashboards_savedtable t WHERE t.id = $1
    AND (t.author_id = (SELECT scope_user_id()) OR (t.is_shared AND t.removed_at IS NULL)))
$body$;

-- Tables

ALTER TABLE dashboards_savedtable ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON dashboards_savedtable FOR SELECT
  USING ((SELECT scope_manages_cases()) AND author_id = (SELECT scope_user_id()) OR ((SELECT
    scope_manages_cases()) AND is_shared AND removed_at IS NULL));
CREATE POLICY insert_rows ON dashboards_savedtable FOR INSERT
  WITH CHECK ((SELECT scope_manages_cases()) AND author_id = (SELECT scope_user_id()));
CREATE POLICY update_rows ON dashboards_savedtable FOR UPDATE
  USING ((SELECT scope_manages_cases()) AND author_id = (SELECT scope_user_id()))
  WITH CHECK ((SELECT scope_manages_cases()) AND author_id = (SELECT scope_user_id()));
CREATE POLICY delete_rows ON dashboards_savedtable FOR DELETE USING (false);

-- Kinds of the journal and of retention
SELECT journal_kind_register('saved_table', 'dashboards_savedtable');
