-- cms/values: who may read and write its tables, and what the database holds true.
-- Loaded by a migration, which may load it again: docs/wall.md.

-- Functions

CREATE OR REPLACE FUNCTION setting_integer(key text, fallback integer) RETURNS integer
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT coalesce((SELECT (v.value #>> '{}')::integer FROM values_settingversion v
    WHERE v.key = $1 ORDER BY v.changed_at DESC LIMIT 1), $2)
$body$;
