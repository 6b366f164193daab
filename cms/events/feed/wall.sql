-- cms/events/feed: who may read its table, and the triggers that write it. docs/events.md.
-- Loaded by a migration, which may load it again: docs/wall.md.

-- Functions

-- One event a change, in the transaction of the change. Two changes of one object wait for one another here, so that
-- ids follow the order in which they are committed. What repeats the last event of the transaction says nothing more.
CREATE OR REPLACE FUNCTION event_write(p_kind text, p_object text, p_object_id text, p_is_public boolean) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('event/' || p_object || '/' || p_object_id, 0));
  IF p_kind IS DISTINCT FROM (SELECT e.kind FROM events_event e WHERE e.object = p_object AND e.object_id = p_object_id
      AND e.position IS NULL AND e.at = now() ORDER BY e.id DESC LIMIT 1) THEN
    INSERT INTO events_event (key, kind, object, object_id, at, is_public)
      VALUES (gen_random_uuid(), p_kind, p_object, p_object_id, now(), p_is_public);
  END IF;
END
$body$;
REVOKE EXECUTE ON FUNCTION event_write(text, text, text, boolean) FROM PUBLIC;

-- Arguments: the nature of the object; the column that holds its id; the verb of an insertion.
CREATE OR REPLACE FUNCTION event_mark() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
DECLARE
  v_row jsonb := to_jsonb(CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END);
BEGIN
  -- The same words under another key change nothing.
  IF scope_system() = 'vault' OR (TG_OP = 'UPDATE' AND NEW IS NOT DISTINCT FROM OLD) THEN
    RETURN NULL;
  END IF;
  PERFORM event_write(TG_ARGV[0] || CASE TG_OP WHEN 'INSERT' THEN '.' || coalesce(TG_ARGV[2], 'created')
    WHEN 'UPDATE' THEN '.changed' ELSE '.erased' END, TG_ARGV[0], v_row ->> coalesce(TG_ARGV[1], 'id'), false);
  RETURN NULL;
END
$body$;

-- Whether everybody reads a page, from its path: neither it nor a page above it is kept to some.
CREATE OR REPLACE FUNCTION event_page_is_public(p_id integer, p_path text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT NOT EXISTS (SELECT FROM visibility_holding() h LEFT JOIN wagtailcore_page a ON a.id = h.page_id
      WHERE h.level <> 'public' AND (h.page_id = $1 OR starts_with($2, a.path)))
    AND NOT EXISTS (SELECT FROM wagtailcore_pageviewrestriction r JOIN wagtailcore_page a ON a.id = r.page_id
      WHERE starts_with($2, a.path))
$body$;

CREATE OR REPLACE FUNCTION event_page_mark() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
DECLARE
  v_page wagtailcore_page;
  v_was boolean := TG_OP <> 'INSERT' AND OLD.live;
  v_is boolean := TG_OP <> 'DELETE' AND NEW.live;
  v_kinds text[] := '{}';
BEGIN
  IF TG_OP = 'DELETE' THEN v_page := OLD; ELSE v_page := NEW; END IF;
  IF NOT EXISTS (SELECT FROM django_content_type t WHERE t.id = v_page.content_type_id AND t.app_label = 'home') THEN
    RETURN NULL;
  END IF;
  IF v_is AND (NOT v_was OR NEW.last_published_at IS DISTINCT FROM OLD.last_published_at) THEN
    v_kinds := ARRAY['published'];
  END IF;
  IF v_was AND NOT v_is THEN v_kinds := ARRAY['unpublished']; END IF;
  IF v_was AND v_is AND NEW.url_path <> OLD.url_path THEN v_kinds := v_kinds || ARRAY['moved']; END IF;
  FOR i IN 1 .. cardinality(v_kinds) LOOP
    PERFORM event_write('content.page.' || v_kinds[i], 'page', v_page.id::text,
      event_page_is_public(v_page.id, v_page.path));
  END LOOP;
  RETURN NULL;
END
$body$;

CREATE OR REPLACE FUNCTION event_version_mark() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
BEGIN
  PERFORM event_write('content.version.published', 'version', NEW.id::text, NEW.id = ANY (versions_public()));
  RETURN NULL;
END
$body$;

-- Told to everybody when everybody could read before, or can now: a copy outside must go, or may come.
CREATE OR REPLACE FUNCTION event_visibility_mark() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
DECLARE
  v_before text;
BEGIN
  IF NEW.is_widening AND (NEW.agreed_at IS NULL OR (TG_OP = 'UPDATE' AND OLD.agreed_at IS NOT NULL)) THEN
    RETURN NULL;
  END IF;
  SELECT v.level INTO v_before FROM documents_visibility v
    WHERE v.document_id IS NOT DISTINCT FROM NEW.document_id AND v.page_id IS NOT DISTINCT FROM NEW.page_id
      AND v.id <> NEW.id AND (v.agreed_at IS NOT NULL OR NOT v.is_widening)
    ORDER BY coalesce(v.agreed_at, v.asked_at) DESC LIMIT 1;
  PERFORM event_write('content.visibility_changed', CASE WHEN NEW.page_id IS NULL THEN 'document' ELSE 'page' END,
    coalesce(NEW.page_id::text, NEW.document_id::text),
    'public' IN (NEW.level, coalesce(v_before, CASE WHEN NEW.page_id IS NULL THEN 'network' ELSE 'public' END)));
  RETURN NULL;
END
$body$;

-- Give what was committed its place in the feed, one transaction at a time: a reader who has read up to a place misses
-- nothing before it. What comes into force by the day alone is told first. Answers how much of it moved what is public.
CREATE OR REPLACE FUNCTION events_ready() RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
DECLARE
  v_today date := (now() AT TIME ZONE 'Europe/Paris')::date;
  v_moved bigint;
BEGIN
  -- Somebody else is at it: what they number is read next time.
  IF NOT pg_try_advisory_xact_lock(hashtextextended('events.position', 0)) THEN
    RETURN 0;
  END IF;
  PERFORM event_write('content.version.in_force', 'version', v.id::text, v.id = ANY (versions_public()))
    FROM documents_documentversion v WHERE v.effective_on BETWEEN v_today - 30 AND v_today
      AND NOT EXISTS (SELECT FROM events_event e WHERE e.object_id = v.id::text AND e.object = 'version'
        AND e.kind = 'content.version.in_force');
  WITH placed AS (UPDATE events_event e SET position = waiting.place
    FROM (SELECT n.id, nextval('events_position') AS place
      FROM (SELECT w.id FROM events_event w WHERE w.position IS NULL ORDER BY w.id) AS n) AS waiting
    WHERE e.id = waiting.id RETURNING e.is_public)
  SELECT count(*) INTO v_moved FROM placed p WHERE p.is_public;
  RETURN v_moved;
END
$body$;

CREATE OR REPLACE FUNCTION event_position(p_key uuid) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT e.position FROM events_event e WHERE e.key = $1
$body$;

CREATE OR REPLACE FUNCTION events_forget(p_before timestamptz) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
DECLARE
  v_gone bigint;
BEGIN
  IF scope_system() IS DISTINCT FROM 'events' THEN
    RAISE EXCEPTION 'events are forgotten by their job alone' USING ERRCODE = 'insufficient_privilege';
  END IF;
  DELETE FROM events_event WHERE at < $1 AND position IS NOT NULL;
  GET DIAGNOSTICS v_gone = ROW_COUNT;
  RETURN v_gone;
END
$body$;

-- Objects of one nature that the scope sees: it runs as whoever asks, so that the policies of their tables answer.
CREATE OR REPLACE FUNCTION event_objects(object text) RETURNS SETOF text
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT t.id::text FROM documents_documentversion t WHERE $1 = 'version'
  UNION ALL SELECT t.id::text FROM formation_session t WHERE $1 = 'session'
  UNION ALL SELECT t.id::text FROM partners_partner t WHERE $1 = 'partner'
  UNION ALL SELECT t.id::text FROM partners_convention t WHERE $1 = 'convention'
  UNION ALL SELECT t.partner_id::text FROM cases_placeconfirmation t WHERE $1 = 'places'
  UNION ALL SELECT t.id::text FROM cases_sollicitation t WHERE $1 = 'request'
  UNION ALL SELECT t.id::text FROM cases_case t WHERE $1 = 'situation'
  UNION ALL SELECT t.id::text FROM cases_proposal t WHERE $1 = 'proposal'
  UNION ALL SELECT t.id::text FROM cases_placement t WHERE $1 = 'stay'
  UNION ALL SELECT t.id::text FROM cases_incident t WHERE $1 = 'incident' AND NOT t.is_confidential
$body$;

-- Tables

-- Whoever may see an object now sees what happened to it. What was erased is told to those who saw every file.
ALTER TABLE events_event ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON events_event FOR SELECT USING (
  (SELECT scope_system()) = 'events'
  OR ((is_public OR (SELECT scope_is_inside())) AND (
    kind = 'content.visibility_changed'
    OR (object = 'page' AND object_id <> ALL ((SELECT pages_closed())::text[]))
    OR (object = 'version' AND object_id IN (SELECT event_objects('version')))))
  OR ((SELECT scope_is_inside()) AND (
    (kind LIKE '%.erased' AND (SELECT scope_manages_cases()))
    OR (object = 'session' AND object_id IN (SELECT event_objects('session')))
    OR (object = 'partner' AND object_id IN (SELECT event_objects('partner')))
    OR (object = 'convention' AND object_id IN (SELECT event_objects('convention')))
    OR (object = 'places' AND object_id IN (SELECT event_objects('places')))
    OR (object = 'request' AND object_id IN (SELECT event_objects('request')))
    OR (object = 'situation' AND object_id IN (SELECT event_objects('situation')))
    OR (object = 'proposal' AND object_id IN (SELECT event_objects('proposal')))
    OR (object = 'stay' AND object_id IN (SELECT event_objects('stay')))
    OR (object = 'incident' AND object_id IN (SELECT event_objects('incident'))))));
CREATE POLICY insert_rows ON events_event FOR INSERT WITH CHECK (false);
CREATE POLICY update_rows ON events_event FOR UPDATE USING (false) WITH CHECK (false);
CREATE POLICY delete_rows ON events_event FOR DELETE USING (false);

-- Triggers of the feed stand on tables of other capabilities, as those of the figures do.
CREATE TRIGGER events_mark AFTER INSERT OR UPDATE OR DELETE ON wagtailcore_page FOR EACH ROW EXECUTE FUNCTION
  event_page_mark();
CREATE TRIGGER events_mark AFTER INSERT ON documents_documentversion FOR EACH ROW EXECUTE FUNCTION event_version_mark();
CREATE TRIGGER events_mark AFTER INSERT OR UPDATE ON documents_visibility FOR EACH ROW EXECUTE FUNCTION
  event_visibility_mark();
CREATE TRIGGER events_mark AFTER INSERT OR UPDATE OR DELETE ON partners_partner FOR EACH ROW EXECUTE FUNCTION
  event_mark('partner');
CREATE TRIGGER events_mark AFTER INSERT OR UPDATE OR DELETE ON partners_convention FOR EACH ROW EXECUTE FUNCTION
  event_mark('convention');
CREATE TRIGGER events_mark AFTER INSERT ON cases_placeconfirmation FOR EACH ROW EXECUTE FUNCTION
  event_mark('places', 'partner_id', 'confirmed');
CREATE TRIGGER events_mark AFTER INSERT OR UPDATE OR DELETE ON formation_session FOR EACH ROW EXECUTE FUNCTION
  event_mark('session');
CREATE TRIGGER events_mark AFTER INSERT OR UPDATE OR DELETE ON cases_sollicitation FOR EACH ROW EXECUTE FUNCTION
  event_mark('request');
CREATE TRIGGER events_mark AFTER INSERT OR UPDATE OR DELETE ON cases_case FOR EACH ROW EXECUTE FUNCTION
  event_mark('situation');
CREATE TRIGGER events_mark AFTER INSERT OR UPDATE OR DELETE ON cases_proposal FOR EACH ROW EXECUTE FUNCTION
  event_mark('proposal');
CREATE TRIGGER events_mark AFTER INSERT OR UPDATE OR DELETE ON cases_placement FOR EACH ROW EXECUTE FUNCTION
  event_mark('stay');
CREATE TRIGGER events_mark AFTER INSERT OR UPDATE OR DELETE ON cases_incident FOR EACH ROW EXECUTE FUNCTION
  event_mark('incident');
