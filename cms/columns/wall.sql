-- cms/columns: who may read and write its tables, and what the database holds true.
-- Loaded by a migration, which may load it again: docs/wall.md.

-- Functions

CREATE OR REPLACE FUNCTION can_see_saved_view(row_id uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT EXISTS (SELECT FROM columns_savedview v WHERE v.id = $1 AND (v.author_id = scope_user_id()
    OR (v.removed_at IS NULL AND v.shared_with::text[] && scope_roles())
    OR (cardinality(v.shared_with) > 0 AND scope_manages_cases())))
$body$;

-- Tables

ALTER TABLE columns_savedview ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON columns_savedview FOR SELECT
  USING (author_id = (SELECT scope_user_id()) OR (removed_at IS NULL AND shared_with::text[] && (SELECT scope_roles()))
    OR (cardinality(shared_with) > 0 AND (SELECT scope_manages_cases())));
-- To share is for whoever manages cases: what others open first is not anybody's to choose.
CREATE POLICY insert_rows ON columns_savedview FOR INSERT
  WITH CHECK (author_id = (SELECT scope_user_id())
    AND (cardinality(shared_with) = 0 OR (SELECT scope_manages_cases())));
CREATE POLICY update_rows ON columns_savedview FOR UPDATE
  USING (author_id = (SELECT scope_user_id()) OR (cardinality(shared_with) > 0 AND (SELECT scope_manages_cases())))
  WITH CHECK ((author_id = (SELECT scope_user_id()) AND cardinality(shared_with) = 0)
    OR (cardinality(shared_with) > 0 AND (SELECT scope_manages_cases())));
CREATE POLICY delete_rows ON columns_savedview FOR DELETE USING (false);

ALTER TABLE columns_viewdefault ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON columns_viewdefault FOR SELECT USING (user_id = (SELECT scope_user_id()));
CREATE POLICY insert_rows ON columns_viewdefault FOR INSERT
  WITH CHECK (user_id = (SELECT scope_user_id()) AND (view_id IS NULL OR can_see_saved_view(view_id)));
CREATE POLICY update_rows ON columns_viewdefault FOR UPDATE USING (user_id = (SELECT scope_user_id()))
  WITH CHECK (user_id = (SELECT scope_user_id()) AND (view_id IS NULL OR can_see_saved_view(view_id)));
CREATE POLICY delete_rows ON columns_viewdefault FOR DELETE USING (false);

-- Kinds of the journal and of retention
SELECT journal_kind_register('saved_view', 'columns_savedview');
