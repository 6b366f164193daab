-- cms/sessions/calls: who may read and write its tables, and what the database holds true.
-- Loaded by a migration, which may load it again: docs/wall.md.

-- Functions

CREATE OR REPLACE FUNCTION calls_forget(moment timestamp with time zone) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  WITH gone AS (
      DELETE FROM access_idempotentcall WHERE scope_system() = 'housekeeping' AND at <= $1 - interval '48 hours'
      RETURNING 1)
    SELECT count(*) FROM gone
$body$;

-- Tables

ALTER TABLE access_idempotentcall ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON access_idempotentcall FOR SELECT USING (user_id = (SELECT scope_user_id()));
CREATE POLICY insert_rows ON access_idempotentcall FOR INSERT WITH CHECK (user_id = (SELECT scope_user_id()));
CREATE POLICY update_rows ON access_idempotentcall FOR UPDATE USING (false) WITH CHECK (false);
CREATE POLICY delete_rows ON access_idempotentcall FOR DELETE USING (false);
