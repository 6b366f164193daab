-- cms/sessions: who may read and write its tables, and what the database holds true.
-- Loaded by a migration, which may load it again: docs/wall.md.

-- Functions

-- Answers nothing about a digest that it does not know. The day is noted once: reading does not write at each call.
CREATE OR REPLACE FUNCTION api_token_use(digest text) RETURNS TABLE(user_id uuid, held character varying[], is_live
  boolean)
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  UPDATE access_apitoken t SET last_used_on = (now() AT TIME ZONE 'Europe/Paris')::date
  WHERE t.digest = $1 AND t.revoked_at IS NULL AND t.expires_at > statement_timestamp()
    AND t.last_used_on IS DISTINCT FROM (now() AT TIME ZONE 'Europe/Paris')::date;
  SELECT t.user_id, t.held, t.revoked_at IS NULL AND t.expires_at > statement_timestamp() AND u.is_active
  FROM access_apitoken t JOIN users_user u ON u.id = t.user_id WHERE t.digest = $1
$body$;

-- Answers whoever holds the address, without a scope.
CREATE OR REPLACE FUNCTION display_find(wanted text) RETURNS SETOF access_displaytoken
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT d.* FROM access_displaytoken d WHERE d.token_hash = $1
$body$;

CREATE OR REPLACE FUNCTION drafts_forget(moment timestamp with time zone) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  WITH gone AS (
      DELETE FROM access_draft WHERE scope_system() = 'housekeeping'
        AND saved_at <= $1 - make_interval(hours => setting_integer('access.draft_hours', 72))
      RETURNING 1)
    SELECT count(*) FROM gone
$body$;

-- Sessions of the browsers (`cms/sessions/store.py`). The row bears a digest of the key that the cookie holds: forty
-- figures, which is the width of Django's column.
CREATE OR REPLACE FUNCTION session_digest(key text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT left(encode(sha256(convert_to(key, 'UTF8')), 'hex'), 40)
$body$;

CREATE OR REPLACE FUNCTION session_read(key text, moment timestamp with time zone) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT s.session_data FROM django_session s WHERE s.session_key = session_digest($1) AND s.expire_date > $2
$body$;

CREATE OR REPLACE FUNCTION session_exists(key text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT EXISTS (SELECT FROM django_session s WHERE s.session_key = session_digest($1))
$body$;

-- False where a new row finds one, or a known one is gone: somebody signed out meanwhile.
CREATE OR REPLACE FUNCTION session_write(key text, data text, until timestamp with time zone, creates boolean) RETURNS
  boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
BEGIN
  IF creates THEN
    INSERT INTO django_session (session_key, session_data, expire_date) VALUES (session_digest(key), data, until)
    ON CONFLICT (session_key) DO NOTHING;
  ELSE
    UPDATE django_session SET session_data = data, expire_date = until WHERE session_key = session_digest(key);
  END IF;
  RETURN FOUND;
END
$body$;

CREATE OR REPLACE FUNCTION session_drop(key text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
BEGIN
  DELETE FROM django_session WHERE session_key = session_digest(key);
  RETURN FOUND;
END
$body$;

CREATE OR REPLACE FUNCTION sessions_clear(moment timestamp with time zone) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  WITH gone AS (DELETE FROM django_session WHERE expire_date < least($1, now()) RETURNING 1) SELECT count(*) FROM gone
$body$;

CREATE OR REPLACE FUNCTION sign_in_touch(wanted uuid, owner uuid, moment timestamp with time zone, is_activity
  boolean, idle integer, absolute integer, OUT state text, OUT has_just_ended boolean, OUT ends_at timestamp with
  time zone, OUT is_final boolean) RETURNS record
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
DECLARE
    line public.access_signin;
    idle_for interval := make_interval(mins => setting_integer('access.idle_minutes', idle));
    last_for interval := make_interval(hours => setting_integer('access.session_hours', absolute));
BEGIN
    has_just_ended := false;
    is_final := false;
    SELECT * INTO line FROM access_signin s WHERE s.id = wanted AND s.user_id = owner;
    IF NOT FOUND THEN
        state := 'unknown';
        RETURN;
    END IF;
    IF line.ended_at IS NULL AND (
        moment >= least(line.seen_at + idle_for, line.started_at + last_for)
        OR (is_activity AND moment >= line.seen_at + interval '1 minute')
    ) THEN
        SELECT * INTO line FROM access_signin s WHERE s.id = wanted FOR UPDATE;
        IF line.ended_at IS NULL AND moment >= least(line.seen_at + idle_for, line.started_at + last_for) THEN
            has_just_ended := true;
            line.ended_at := moment;
            line.ending := CASE WHEN moment >= line.started_at + last_for THEN 'absolute' ELSE 'idle' END;
            UPDATE access_signin s SET ended_at = line.ended_at, ending = line.ending WHERE s.id = wanted;
        ELSIF line.ended_at IS NULL AND is_activity AND moment >= line.seen_at + interval '1 minute' THEN
            line.seen_at := moment;
            UPDATE access_signin s SET seen_at = line.seen_at WHERE s.id = wanted;
        END IF;
    END IF;
    IF line.ended_at IS NOT NULL THEN
        state := line.ending;
        RETURN;
    END IF;
    state := 'live';
    ends_at := least(line.seen_at + idle_for, line.started_at + last_for);
    is_final := line.started_at + last_for <= line.seen_at + idle_for;
END
$body$;

CREATE OR REPLACE FUNCTION sign_ins_end(owner uuid, kept uuid, why text, moment timestamp with time zone) RETURNS
  bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  WITH ended AS (
      UPDATE access_signin SET ended_at = $4, ending = $3
      WHERE user_id = $1 AND ended_at IS NULL AND id IS DISTINCT FROM $2
        AND (scope_user_id() IS NOT NULL OR scope_system() IS NOT NULL)
      RETURNING 1)
    SELECT count(*) FROM ended
$body$;

CREATE OR REPLACE FUNCTION sign_ins_forget(moment timestamp with time zone) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  WITH gone AS (
      DELETE FROM access_signin WHERE scope_system() = 'housekeeping' AND started_at <= $1 - interval '30 days'
      RETURNING 1)
    SELECT count(*) FROM gone
$body$;

-- Tables

ALTER TABLE access_apitoken ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON access_apitoken FOR SELECT USING (user_id = (SELECT scope_user_id()));
CREATE POLICY insert_rows ON access_apitoken FOR INSERT WITH CHECK (user_id = (SELECT scope_user_id()));
CREATE POLICY update_rows ON access_apitoken FOR UPDATE
  USING (user_id = (SELECT scope_user_id()))
  WITH CHECK (user_id = (SELECT scope_user_id()));
CREATE POLICY delete_rows ON access_apitoken FOR DELETE USING (false);

ALTER TABLE access_displaytoken ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON access_displaytoken FOR SELECT
  USING (opened_by_id = (SELECT scope_user_id()) OR (SELECT scope_manages_cases()));
CREATE POLICY insert_rows ON access_displaytoken FOR INSERT
  WITH CHECK (opened_by_id = (SELECT scope_user_id()));
CREATE POLICY update_rows ON access_displaytoken FOR UPDATE
  USING (opened_by_id = (SELECT scope_user_id()) OR (SELECT scope_manages_cases()))
  WITH CHECK (opened_by_id = (SELECT scope_user_id()) OR (SELECT scope_manages_cases()));
CREATE POLICY delete_rows ON access_displaytoken FOR DELETE USING (false);

ALTER TABLE access_draft ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON access_draft FOR SELECT USING (user_id = (SELECT scope_user_id()));
CREATE POLICY insert_rows ON access_draft FOR INSERT WITH CHECK (user_id = (SELECT scope_user_id()));
CREATE POLICY update_rows ON access_draft FOR UPDATE
  USING (user_id = (SELECT scope_user_id()))
  WITH CHECK (user_id = (SELECT scope_user_id()));
CREATE POLICY delete_rows ON access_draft FOR DELETE USING (user_id = (SELECT scope_user_id()));

ALTER TABLE access_signin ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON access_signin FOR SELECT USING (user_id = (SELECT scope_user_id()));
CREATE POLICY insert_rows ON access_signin FOR INSERT WITH CHECK (user_id = (SELECT scope_user_id()));
CREATE POLICY update_rows ON access_signin FOR UPDATE
  USING (user_id = (SELECT scope_user_id()))
  WITH CHECK (user_id = (SELECT scope_user_id()));
CREATE POLICY delete_rows ON access_signin FOR DELETE USING (false);

-- Kinds of the journal and of retention
SELECT journal_kind_register('display', 'access_displaytoken');
