-- cms/sessions: who may read and write its tables, and what the database holds true.
-- Loaded by a migration, which may load it again: docs/wall.md.

-- Functions

-- What the holder of a secret sends is hashed here: whoever reads a digest holds nothing.
CREATE OR REPLACE FUNCTION secret_digest(secret text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT encode(sha256(convert_to(secret, 'UTF8')), 'hex')
$body$;

-- Enters the scope of a person, for whoever shows a secret of theirs: that of a connexion (kept in the session that the
-- cookie opens), an API token, the address of a display. What no secret of the database proves is sealed by the process,
-- and bears the name of its reason. No roles where the connexion has ended meanwhile: nobody is entered. What a request
-- ends, it ends under its own name: a connexion that has just ended still serves.
CREATE OR REPLACE FUNCTION scope_open(actor uuid, door text, proof text, OUT roles text[], OUT memberships text[],
  OUT kept text[]) RETURNS record
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
DECLARE
  v_digest text := secret_digest(proof);
  v_opens boolean := CASE door
    WHEN 'session' THEN EXISTS (SELECT FROM access_signinsecret s JOIN access_signin i ON i.id = s.sign_in_id
      WHERE s.digest = v_digest AND i.user_id = actor
        AND (i.ended_at IS NULL OR i.ended_at > now() - interval '10 seconds'))
    WHEN 'token' THEN EXISTS (SELECT FROM access_apitoken t WHERE t.digest = v_digest AND t.user_id = actor
      AND t.revoked_at IS NULL AND t.expires_at > now())
    WHEN 'display' THEN EXISTS (SELECT FROM access_displaytoken d WHERE d.token_hash = v_digest
      AND d.opened_by_id = actor AND d.closed_at IS NULL AND d.ends_at > now())
    WHEN 'job' THEN login_is_trusted()
    ELSE door IN ('sign_in', 'password', 'draft', 'preview', 'invitation')
      AND seal_holds('person|' || door || '|' || actor, proof) END;
BEGIN
  kept := scope_kept();
  IF v_opens THEN
    SELECT h.roles, h.memberships INTO roles, memberships FROM scope_hold(actor) h;
  ELSIF door = 'session' THEN
    PERFORM scope_set(NULL, '', '{}', '{}');
  ELSE
    RAISE EXCEPTION 'scope: nobody is entered by this door' USING ERRCODE = 'insufficient_privilege';
  END IF;
END
$body$;

-- A connexion begins: the process says for whom, under its seal, once password, factor or another site were checked.
CREATE OR REPLACE FUNCTION sign_in_open(key uuid, owner uuid, device text, at timestamp with time zone, secret text,
  seal text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
BEGIN
  IF NOT (CASE WHEN seal = '' THEN login_is_trusted()
          ELSE seal_holds('sign_in|' || owner || '|' || secret_digest(secret), seal) END) THEN
    RAISE EXCEPTION 'sign_in: nobody vouches for this connexion' USING ERRCODE = 'insufficient_privilege';
  END IF;
  INSERT INTO access_signin (id, user_id, device, started_at, seen_at, ending) VALUES (key, owner, device, at, at, '');
  INSERT INTO access_signinsecret (digest, sign_in_id) VALUES (secret_digest(secret), key);
END
$body$;

-- Ends one's own connexion. False when it had ended already.
CREATE OR REPLACE FUNCTION sign_in_end(key uuid, why text, moment timestamp with time zone) RETURNS boolean
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  WITH ended AS (
      UPDATE access_signin SET ended_at = $3, ending = $2
      WHERE id = $1 AND user_id = (SELECT scope_user_id()) AND ended_at IS NULL RETURNING 1)
    SELECT EXISTS (SELECT FROM ended)
$body$;

-- Answers nothing about a token that it does not know. The day is noted once: reading does not write at each call.
CREATE OR REPLACE FUNCTION api_token_use(token text) RETURNS TABLE(user_id uuid, held character varying[], is_live
  boolean)
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  UPDATE access_apitoken t SET last_used_on = (now() AT TIME ZONE 'Europe/Paris')::date
  WHERE t.digest = secret_digest($1) AND t.revoked_at IS NULL AND t.expires_at > statement_timestamp()
    AND t.last_used_on IS DISTINCT FROM (now() AT TIME ZONE 'Europe/Paris')::date;
  SELECT t.user_id, t.held, t.revoked_at IS NULL AND t.expires_at > statement_timestamp() AND u.is_active
  FROM access_apitoken t JOIN users_user u ON u.id = t.user_id WHERE t.digest = secret_digest($1)
$body$;

-- Ends every token of an account. Whoever acts may ask it, as for connexions: ending opens nothing.
CREATE OR REPLACE FUNCTION api_tokens_end(owner uuid, moment timestamp with time zone) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  WITH ended AS (
      UPDATE access_apitoken t SET revoked_at = $2 WHERE t.user_id = $1 AND t.revoked_at IS NULL AND t.expires_at > $2
        AND (scope_user_id() IS NOT NULL OR scope_system() IS NOT NULL)
      RETURNING 1)
    SELECT count(*) FROM ended
$body$;

-- Answers whoever holds the address, without a scope.
CREATE OR REPLACE FUNCTION display_find(wanted text) RETURNS SETOF access_displaytoken
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT d.* FROM access_displaytoken d WHERE d.token_hash = secret_digest($1)
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
CREATE TRIGGER credential_guard BEFORE INSERT OR UPDATE OR DELETE ON access_apitoken FOR EACH ROW
  EXECUTE FUNCTION credential_guard('revoked_at');

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

-- The secret of each connexion, as a digest: functions of the owner alone read it.
CREATE TABLE IF NOT EXISTS access_signinsecret (
  digest text PRIMARY KEY,
  sign_in_id uuid NOT NULL UNIQUE REFERENCES access_signin (id) ON DELETE CASCADE);
REVOKE ALL ON access_signinsecret FROM PUBLIC, havre_app;
ALTER TABLE access_signinsecret ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON access_signinsecret FOR SELECT USING (false);
CREATE POLICY insert_rows ON access_signinsecret FOR INSERT WITH CHECK (false);
CREATE POLICY update_rows ON access_signinsecret FOR UPDATE USING (false) WITH CHECK (false);
CREATE POLICY delete_rows ON access_signinsecret FOR DELETE USING (false);

ALTER TABLE access_signin ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON access_signin FOR SELECT USING (user_id = (SELECT scope_user_id()));
CREATE POLICY insert_rows ON access_signin FOR INSERT WITH CHECK (false);
CREATE POLICY update_rows ON access_signin FOR UPDATE USING (false) WITH CHECK (false);
CREATE POLICY delete_rows ON access_signin FOR DELETE USING (false);

-- Kinds of the journal and of retention
SELECT journal_kind_register('display', 'access_displaytoken');
