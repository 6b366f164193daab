-- cms/events/software: who may read and write its tables, and what the database holds true.
-- Loaded by a migration, which may load it again: docs/wall.md.

-- Functions

CREATE OR REPLACE FUNCTION can_see_software(row_id uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT EXISTS (SELECT FROM events_softwareaccount s WHERE s.id = $1
    AND (s.asked_by_id = scope_user_id() OR scope_tells_software()))
$body$;

-- Tables

-- What was agreed to never changes: another permission is another request.
CREATE TRIGGER softwareaccount_guard BEFORE UPDATE ON events_softwareaccount FOR EACH ROW EXECUTE FUNCTION
  two_people_guard();
ALTER TABLE events_softwareaccount ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON events_softwareaccount FOR SELECT
  USING (asked_by_id = (SELECT scope_user_id()) OR (SELECT scope_tells_software()));
CREATE POLICY insert_rows ON events_softwareaccount FOR INSERT
  WITH CHECK (asked_by_id = (SELECT scope_user_id()) AND agreed_at IS NULL AND dismissed_at IS NULL AND revoked_at
    IS NULL AND (SELECT scope_is_inside()));
CREATE POLICY update_rows ON events_softwareaccount FOR UPDATE
  USING (asked_by_id = (SELECT scope_user_id()) OR (SELECT scope_tells_software()))
  WITH CHECK ((SELECT scope_manages_cases()) OR agreed_by_id IS DISTINCT FROM (SELECT scope_user_id()));
CREATE POLICY delete_rows ON events_softwareaccount FOR DELETE USING (false);
SELECT token_opens('{}', '{}', 'events_softwareaccount');

-- Kinds of the journal and of retention
SELECT journal_kind_register('software', 'events_softwareaccount');
