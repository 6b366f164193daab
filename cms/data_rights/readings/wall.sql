-- cms/data_rights/readings: who read how much, and whose readings are stopped.
-- Loaded by a migration, which may load it again: docs/wall.md.

-- Functions

-- Who read, was refused and took out how much: counted once, for the alert, the brake and the page of the day. Lines of
-- the brake are no reading. Planned anew each time: one person is one short walk of the index, all are another.
CREATE OR REPLACE FUNCTION readings_counted(p_person uuid, p_from timestamp with time zone, p_to timestamp with time
  zone, p_files text[]) RETURNS TABLE(person_id uuid, files bigint, refused bigint, exports bigint, readings bigint,
  refusals bigint, slowed_files bigint, slowed_refused bigint, slowed_exports bigint, last_at timestamp with time zone)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
  SET plan_cache_mode = force_custom_plan AS $body$
BEGIN
  IF p_person IS DISTINCT FROM scope_user_id() AND scope_system() IS DISTINCT FROM 'notify'
     AND NOT (scope_has_role('direction') OR scope_has_role('dpo')) THEN
    RETURN;
  END IF;
  RETURN QUERY SELECT l.actor_id,
      count(DISTINCT l.object_id) FILTER (WHERE l.outcome = 'read' AND l.object_kind = ANY (p_files)
        AND l.action = l.object_kind || '.read'),
      count(DISTINCT l.object_id) FILTER (WHERE l.outcome = 'refused' AND l.object_id <> l.actor_id),
      count(*) FILTER (WHERE l.outcome <> 'refused' AND l.action LIKE '%.export'),
      count(*) FILTER (WHERE l.outcome = 'read'),
      count(*) FILTER (WHERE l.outcome = 'refused'),
      count(*) FILTER (WHERE l.action = 'rights.readings.brake' AND l.details -> 'measures' ? 'files'),
      count(*) FILTER (WHERE l.action = 'rights.readings.brake' AND l.details -> 'measures' ? 'refused'),
      count(*) FILTER (WHERE l.action = 'rights.readings.brake' AND l.details -> 'measures' ? 'exports'),
      max(l.at) FILTER (WHERE l.action <> 'rights.readings.brake')
    FROM journal_line l
    WHERE l.at >= p_from AND l.at < p_to AND l.actor_id IS NOT NULL
      AND (p_person IS NULL OR l.actor_id = p_person)
      AND (l.outcome IN ('read', 'refused') OR l.action LIKE '%.export')
    GROUP BY l.actor_id;
END
$body$;

CREATE OR REPLACE FUNCTION readingstop_guard() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $body$
BEGIN
  IF OLD.lifted_at IS NOT NULL OR (NEW.id, NEW.account_id, NEW.measures, NEW.at)
     IS DISTINCT FROM (OLD.id, OLD.account_id, OLD.measures, OLD.at) THEN
    RAISE EXCEPTION 'rights: a stop of readings is lifted once, and nothing else of it changes'
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END
$body$;

-- Tables

CREATE TRIGGER readingstop_guard BEFORE UPDATE ON rights_readingstop FOR EACH ROW WHEN (NOT vault_reseals())
  EXECUTE FUNCTION readingstop_guard();
ALTER TABLE rights_readingstop ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON rights_readingstop FOR SELECT
  USING (((SELECT scope_has_role('direction')) OR (SELECT scope_has_role('dpo'))) OR (SELECT scope_system()) =
    'notify' OR account_id = (SELECT scope_user_id()));
CREATE POLICY insert_rows ON rights_readingstop FOR INSERT
  WITH CHECK ((SELECT scope_system()) = 'notify' AND lifted_at IS NULL);
CREATE POLICY update_rows ON rights_readingstop FOR UPDATE
  USING ((SELECT scope_has_role('direction')) AND account_id <> (SELECT scope_user_id()))
  WITH CHECK ((SELECT scope_has_role('direction')) AND account_id <> (SELECT scope_user_id()) AND lifted_by_id =
    (SELECT scope_user_id()));
CREATE POLICY delete_rows ON rights_readingstop FOR DELETE USING (false);

-- Kinds of the journal and of retention
SELECT journal_kind_register('reading_stop', 'rights_readingstop');
