-- cms/journal: who may read and write its tables, and what the database holds true.
-- Loaded by a migration, which may load it again: docs/wall.md.

-- Functions

-- The journal is for the direction and for data protection. Whoever may see an object may also know who did what on
-- it: this answers no free text, and asks the object's own `can_see_<kind>`; a kind without one tells nothing.
CREATE OR REPLACE FUNCTION journal_about(p_kind text, p_id uuid, p_limit integer) RETURNS TABLE(at timestamp with
  time zone, actor_id uuid, actor_system text, action text, outcome text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
DECLARE
    v_may boolean := false;
BEGIN
    IF NOT EXISTS (SELECT FROM journal_kind k WHERE k.kind = p_kind)
       OR to_regprocedure(format('public.%I(uuid)', 'can_see_' || p_kind)) IS NULL THEN
        RETURN;
    END IF;
    EXECUTE format('SELECT public.%I($1)', 'can_see_' || p_kind) INTO v_may USING p_id;
    IF v_may IS NOT TRUE OR NOT public.scope_manages_cases() THEN
        RETURN;
    END IF;
    RETURN QUERY SELECT l.at, l.actor_id, l.actor_system, l.action, l.outcome FROM journal_line l
        WHERE l.object_kind = p_kind AND l.object_id = p_id
        ORDER BY l.at DESC, l.id DESC LIMIT least(p_limit, 1000);
END
$body$;

CREATE OR REPLACE FUNCTION journal_append(p_action text, p_object_kind text, p_object_id uuid, p_outcome text,
  p_reason text, p_details jsonb, p_request_id text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
DECLARE
    v_user uuid := public.scope_user_id();
    v_system text := coalesce(public.scope_system(), '');
BEGIN
    IF v_user IS NULL AND v_system = '' AND NOT starts_with(p_action, 'auth.') THEN
        RAISE EXCEPTION 'journal: no actor for action %', p_action USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO journal_line
        (actor_id, actor_system, action, object_kind, object_id, outcome, reason, details, request_id)
    VALUES
        (v_user, v_system, p_action, p_object_kind, p_object_id, p_outcome, p_reason, p_details, p_request_id);
END
$body$;

-- A function, since policies are written here before `cms/wall` is loaded.
CREATE OR REPLACE FUNCTION journal_is_read() RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT public.scope_system() IS NOT NULL OR public.scope_roles() && ARRAY['direction', 'dpo']
$body$;

-- A JSON array leaves no doubt on where a value ends; the time is written in UTC so that no session setting changes
-- it.
CREATE OR REPLACE FUNCTION journal_canonical(line journal_line) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT jsonb_build_array(
      'journal1', line.seq, line.id, to_char(line.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
      line.actor_id, line.actor_system, line.action, line.object_kind, line.object_id,
      line.outcome, line.reason, line.details, line.request_id
  )::text
$body$;

CREATE OR REPLACE FUNCTION journal_controls() RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT public.scope_user_id() IS NOT NULL AND public.scope_roles() && ARRAY['direction', 'dpo']
$body$;

CREATE OR REPLACE FUNCTION journal_hold_lift(p_id uuid, p_request_id text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
BEGIN
    IF NOT journal_controls() THEN
        RAISE EXCEPTION 'journal: not a person who may lift a hold' USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE journal_hold SET lifted_by_id = public.scope_user_id(), lifted_at = clock_timestamp()
    WHERE id = p_id AND lifted_at IS NULL;
    IF FOUND THEN
        PERFORM journal_append('journal.hold.lift', 'journal_hold', p_id, 'done', '', '{}'::jsonb, p_request_id);
    END IF;
END
$body$;

CREATE OR REPLACE FUNCTION journal_hold_place(p_from date, p_reason text, p_request_id text) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
DECLARE
    v_id uuid := gen_random_uuid();
BEGIN
    IF NOT journal_controls() THEN
        RAISE EXCEPTION 'journal: not a person who may hold a month' USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO journal_hold (id, from_month, reason, placed_by_id, placed_at)
    VALUES (v_id, date_trunc('month', p_from::timestamp)::date, p_reason,
            public.scope_user_id(), clock_timestamp());
    PERFORM journal_append('journal.hold.place', 'journal_hold', v_id, 'done', p_reason,
                           jsonb_build_object('month', to_char(p_from, 'YYYY-MM')), p_request_id);
    RETURN v_id;
END
$body$;

CREATE OR REPLACE FUNCTION journal_kind_register(p_kind text, p_table text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $body$
BEGIN
    IF to_regclass(p_table) IS NULL THEN
        RAISE EXCEPTION 'journal: no table % for kind %', p_table, p_kind;
    END IF;
    INSERT INTO journal_kind VALUES (p_kind, p_table)
    ON CONFLICT (kind) DO UPDATE SET table_name = excluded.table_name;
END
$body$;

CREATE OR REPLACE FUNCTION journal_line_guard() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $body$
DECLARE
    v_unsealed journal_line;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        v_unsealed := NEW;
        v_unsealed.seq := NULL;
        v_unsealed.previous_hash := NULL;
        v_unsealed.hash := NULL;
        IF OLD.hash IS NULL AND NEW.hash IS NOT NULL AND v_unsealed IS NOT DISTINCT FROM OLD THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'journal: a line is never changed nor removed (%)', TG_OP
        USING ERRCODE = 'insufficient_privilege';
END
$body$;

-- The number of months kept is a setting, known further up: its migration replaces this answer.
CREATE OR REPLACE FUNCTION journal_months_kept() RETURNS integer
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT coalesce((SELECT (value #>> '{}')::integer FROM values_settingversion
                   WHERE key = 'journal.months_kept' ORDER BY changed_at DESC LIMIT 1), 12)
$body$;

-- Lines of a month, wherever they stand: a line that found no partition fell in the default one.
CREATE OR REPLACE FUNCTION journal_month_obstacle(p_month date) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET TimeZone = 'UTC' AS $body$
DECLARE
    v_from timestamptz := date_trunc('month', p_month::timestamptz);
    v_to timestamptz := v_from + interval '1 month';
BEGIN
    IF v_to > date_trunc('month', now()) - make_interval(months => least(36, greatest(6, journal_months_kept()))) THEN
        RETURN 'recent';
    ELSIF EXISTS (SELECT FROM journal_line WHERE at < v_from) THEN
        RETURN 'older';
    ELSIF NOT EXISTS (SELECT FROM journal_line WHERE at >= v_from AND at < v_to) THEN
        RETURN 'empty';
    ELSIF EXISTS (SELECT FROM journal_line WHERE hash IS NULL AND at >= v_from AND at < v_to) THEN
        RETURN 'unsealed';
    ELSIF EXISTS (SELECT FROM journal_hold WHERE lifted_at IS NULL AND from_month < v_to::date) THEN
        RETURN 'held';
    -- The next sealing takes its rank and its hash from the last sealed line: that one stays.
    ELSIF (SELECT at < v_to FROM journal_line WHERE seq IS NOT NULL ORDER BY seq DESC LIMIT 1) THEN
        RETURN 'last';
    END IF;
    RETURN '';
END
$body$;

-- One person answers for one role: the constraint of the table refuses a second agreement by the same.
CREATE OR REPLACE FUNCTION journal_month_approve(p_id uuid, p_request_id text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
DECLARE
    v_user uuid := public.scope_user_id();
    v_roles text[] := public.scope_roles();
    v_row journal_month;
    v_role text;
BEGIN
    IF NOT journal_controls() THEN
        RAISE EXCEPTION 'journal: not a person who may agree' USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT * INTO STRICT v_row FROM journal_month WHERE id = p_id FOR UPDATE;
    v_role := CASE WHEN 'direction' = ANY (v_roles) AND v_row.direction_at IS NULL THEN 'direction'
                   WHEN 'dpo' = ANY (v_roles) AND v_row.dpo_at IS NULL THEN 'dpo' END;
    IF v_role IS NULL OR v_row.dropped_at IS NOT NULL OR journal_month_obstacle(v_row.month) <> '' THEN
        RAISE EXCEPTION 'journal: this month is not waiting for this agreement' USING ERRCODE = 'check_violation';
    END IF;
    IF v_role = 'direction' THEN
        UPDATE journal_month SET direction_by_id = v_user, direction_at = clock_timestamp() WHERE id = p_id;
    ELSE
        UPDATE journal_month SET dpo_by_id = v_user, dpo_at = clock_timestamp() WHERE id = p_id;
    END IF;
    PERFORM journal_append('journal.month.approve', 'journal_month', p_id, 'done', v_role,
                           jsonb_build_object('month', to_char(v_row.month, 'YYYY-MM')), p_request_id);
END
$body$;

-- The lock is awaited a few seconds only: behind it every line written would wait too. The next night tries again.
CREATE OR REPLACE FUNCTION journal_month_drop(p_id uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET TimeZone = 'UTC' SET lock_timeout = '5s' AS $body$
DECLARE
    v_row journal_month;
    v_from timestamptz;
    v_to timestamptz;
    v_name text;
    v_found record;
BEGIN
    IF public.scope_system() IS DISTINCT FROM 'journal' THEN
        RAISE EXCEPTION 'journal: months are dropped by the journal alone' USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('journal_seal'));
    PERFORM pg_advisory_xact_lock(hashtext('journal_partition'));
    SELECT * INTO STRICT v_row FROM journal_month WHERE id = p_id FOR UPDATE;
    v_from := v_row.month::timestamptz;
    v_to := v_from + interval '1 month';
    v_name := 'journal_line_' || to_char(v_row.month, 'YYYY_MM');
    IF v_row.dropped_at IS NOT NULL OR v_row.direction_at IS NULL OR v_row.dpo_at IS NULL
       OR journal_month_obstacle(v_row.month) <> '' THEN
        RAISE EXCEPTION 'journal: % may not be dropped', v_name USING ERRCODE = 'check_violation';
    END IF;
    SELECT min(seq) AS first_seq, max(seq) AS last_seq, count(*) AS line_count,
           (array_agg(hash ORDER BY seq DESC))[1] AS closing_hash INTO v_found
    FROM journal_line WHERE at >= v_from AND at < v_to;
    IF (v_found.first_seq, v_found.last_seq, v_found.line_count, v_found.closing_hash)
       IS DISTINCT FROM (v_row.first_seq, v_row.last_seq, v_row.line_count, v_row.closing_hash) THEN
        RAISE EXCEPTION 'journal: % is not what was agreed on', v_name USING ERRCODE = 'check_violation';
    END IF;
    -- Ranks follow the sealing and not the clock: a month is one run of ranks, or several with others between them.
    INSERT INTO journal_cut (id, month_id, first_seq, last_seq, previous_hash, hash)
    SELECT gen_random_uuid(), p_id, min(seq), max(seq),
           (array_agg(previous_hash ORDER BY seq))[1], (array_agg(hash ORDER BY seq DESC))[1]
    FROM (SELECT seq, previous_hash, hash, seq - row_number() OVER (ORDER BY seq) AS run
          FROM journal_line WHERE at >= v_from AND at < v_to) AS lines
    GROUP BY run;
    IF to_regclass('public.' || v_name) IS NOT NULL THEN
        EXECUTE format('ALTER TABLE journal_line DETACH PARTITION public.%I', v_name);
        EXECUTE format('DROP TABLE public.%I', v_name);
    END IF;
    IF EXISTS (SELECT FROM journal_line_default WHERE at >= v_from AND at < v_to) THEN
        ALTER TABLE journal_line_default DISABLE TRIGGER journal_no_change;
        DELETE FROM journal_line_default WHERE at >= v_from AND at < v_to;
        ALTER TABLE journal_line_default ENABLE TRIGGER journal_no_change;
    END IF;
    UPDATE journal_month SET dropped_at = clock_timestamp() WHERE id = p_id;
    PERFORM journal_append('journal.month.drop', 'journal_month', p_id, 'done', '', jsonb_build_object(
        'month', to_char(v_row.month, 'YYYY-MM'), 'count', v_row.line_count,
        'cuts', (SELECT jsonb_agg(jsonb_build_array(first_seq, last_seq, encode(hash, 'hex')) ORDER BY first_seq)
                 FROM journal_cut WHERE month_id = p_id)), '');
END
$body$;

CREATE OR REPLACE FUNCTION journal_month_prepare() RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET TimeZone = 'UTC' AS $body$
DECLARE
    v_month date := (SELECT date_trunc('month', min(at))::date FROM journal_line);
    v_id uuid;
BEGIN
    IF public.scope_system() IS DISTINCT FROM 'journal' THEN
        RAISE EXCEPTION 'journal: months are prepared by the journal alone' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF v_month IS NULL OR journal_month_obstacle(v_month) <> '' THEN
        RETURN NULL;
    END IF;
    INSERT INTO journal_month (id, month, first_seq, last_seq, line_count, closing_hash, prepared_at)
    SELECT gen_random_uuid(), v_month, min(seq), max(seq), count(*),
           (array_agg(hash ORDER BY seq DESC))[1], clock_timestamp()
    FROM journal_line WHERE at >= v_month::timestamptz AND at < v_month::timestamptz + interval '1 month'
    ON CONFLICT (month) DO NOTHING RETURNING id INTO v_id;
    IF v_id IS NOT NULL THEN
        PERFORM journal_append('journal.month.prepare', 'journal_month', v_id, 'done', '',
                               jsonb_build_object('month', to_char(v_month, 'YYYY-MM')), '');
    END IF;
    RETURN v_id;
END
$body$;

-- Attaching a ready table locks the default partition alone, where CREATE TABLE … PARTITION OF would stop every
-- append. A month whose lines already fell in the default partition stays there.
CREATE OR REPLACE FUNCTION journal_partition_ensure(p_day date) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET TimeZone = 'UTC' AS $body$
DECLARE
    v_from timestamptz := date_trunc('month', p_day::timestamptz);
    v_to timestamptz := v_from + interval '1 month';
    v_name text := 'journal_line_' || to_char(v_from, 'YYYY_MM');
BEGIN
    IF v_from NOT BETWEEN now() - interval '2 months' AND now() + interval '3 months' THEN
        RAISE EXCEPTION 'journal: no partition is prepared for %', p_day;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('journal_partition'));
    IF to_regclass('public.' || v_name) IS NOT NULL
       OR EXISTS (SELECT FROM journal_line_default WHERE at >= v_from AND at < v_to) THEN
        RETURN;
    END IF;
    EXECUTE format('CREATE TABLE public.%I (LIKE journal_line INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', v_name);
    EXECUTE format('REVOKE ALL ON public.%I FROM PUBLIC, havre_app', v_name);
    EXECUTE format('ALTER TABLE public.%I ENABLE ROW LEVEL SECURITY', v_name);
    EXECUTE format('CREATE TRIGGER journal_no_truncate BEFORE TRUNCATE ON public.%I '
                   'FOR EACH STATEMENT EXECUTE FUNCTION journal_line_guard()', v_name);
    EXECUTE format('ALTER TABLE journal_line ATTACH PARTITION public.%I FOR VALUES FROM (%L) TO (%L)',
                   v_name, v_from, v_to);
END
$body$;

-- It returns nothing whether or not the row exists: an answer here would tell what row security hides.
CREATE OR REPLACE FUNCTION journal_refuse(p_kind text, p_id uuid, p_action text, p_request_id text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
DECLARE
    v_table text;
    v_exists boolean;
BEGIN
    SELECT table_name INTO v_table FROM journal_kind WHERE kind = p_kind;
    IF v_table IS NULL THEN
        RAISE EXCEPTION 'journal: kind % is not registered', p_kind;
    END IF;
    EXECUTE format('SELECT EXISTS (SELECT FROM %s WHERE id = $1)', v_table::regclass) INTO v_exists USING p_id;
    IF v_exists THEN
        PERFORM journal_append(p_action, p_kind, p_id, 'refused', '', '{}'::jsonb, p_request_id);
    END IF;
END
$body$;

-- Under another isolation level the snapshot may predate the last seal, and two lines would take one rank.
CREATE OR REPLACE FUNCTION journal_seal() RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
DECLARE
    v_line journal_line;
    v_seq bigint;
    v_hash bytea;
    v_count integer := 0;
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'journal: sealing needs a read committed transaction';
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('journal_seal'));
    SELECT seq, hash INTO v_seq, v_hash FROM journal_line WHERE seq IS NOT NULL ORDER BY seq DESC LIMIT 1;
    v_seq := coalesce(v_seq, 0);
    v_hash := coalesce(v_hash, decode(repeat('00', 32), 'hex'));
    FOR v_line IN SELECT * FROM journal_line WHERE hash IS NULL ORDER BY at, id LOOP
        v_seq := v_seq + 1;
        v_line.seq := v_seq;
        v_line.previous_hash := v_hash;
        v_hash := sha256(v_hash || convert_to(journal_canonical(v_line), 'UTF8'));
        UPDATE journal_line SET seq = v_seq, previous_hash = v_line.previous_hash, hash = v_hash
        WHERE id = v_line.id AND at = v_line.at;
        v_count := v_count + 1;
    END LOOP;
    RETURN v_count;
END
$body$;

REVOKE ALL ON journal_line, journal_line_default, journal_kind FROM PUBLIC, havre_app;

REVOKE ALL ON SEQUENCE journal_line_id_seq FROM PUBLIC, havre_app;

GRANT SELECT ON journal_line TO havre_app;

REVOKE ALL ON FUNCTION
    journal_append(text, text, uuid, text, text, jsonb, text), journal_refuse(text, uuid, text, text),
    journal_seal(), journal_canonical(journal_line), journal_partition_ensure(date),
    journal_kind_register(text, text), journal_line_guard(), journal_about(text, uuid, integer), journal_is_read()
FROM PUBLIC, havre_app;

GRANT EXECUTE ON FUNCTION
    journal_append(text, text, uuid, text, text, jsonb, text), journal_refuse(text, uuid, text, text),
    journal_seal(), journal_canonical(journal_line), journal_partition_ensure(date),
    journal_about(text, uuid, integer), journal_is_read()
TO havre_app;

REVOKE ALL ON journal_month, journal_cut, journal_hold FROM PUBLIC, havre_app;

GRANT SELECT ON journal_month, journal_cut, journal_hold TO havre_app;

REVOKE ALL ON FUNCTION
    journal_months_kept(), journal_controls(), journal_month_obstacle(date), journal_month_prepare(),
    journal_month_approve(uuid, text), journal_month_drop(uuid), journal_hold_place(date, text, text),
    journal_hold_lift(uuid, text)
FROM PUBLIC, havre_app;

GRANT EXECUTE ON FUNCTION
    journal_months_kept(), journal_controls(), journal_month_obstacle(date), journal_month_prepare(),
    journal_month_approve(uuid, text), journal_month_drop(uuid), journal_hold_place(date, text, text),
    journal_hold_lift(uuid, text)
TO havre_app;

-- Tables

ALTER TABLE journal_cut ENABLE ROW LEVEL SECURITY;
CREATE POLICY journal_cut_read ON journal_cut FOR SELECT TO havre_app
  USING ((SELECT journal_is_read()));

ALTER TABLE journal_hold ENABLE ROW LEVEL SECURITY;
CREATE POLICY journal_hold_read ON journal_hold FOR SELECT TO havre_app
  USING ((SELECT journal_is_read()));

ALTER TABLE journal_kind ENABLE ROW LEVEL SECURITY;

CREATE TRIGGER journal_no_change BEFORE UPDATE OR DELETE ON journal_line FOR EACH ROW EXECUTE FUNCTION
  journal_line_guard();
CREATE TRIGGER journal_no_truncate BEFORE TRUNCATE ON journal_line FOR EACH STATEMENT EXECUTE FUNCTION
  journal_line_guard();
ALTER TABLE journal_line ENABLE ROW LEVEL SECURITY;
CREATE POLICY journal_line_read ON journal_line FOR SELECT TO havre_app
  USING ((SELECT journal_is_read()));

CREATE TRIGGER journal_no_truncate BEFORE TRUNCATE ON journal_line_default FOR EACH STATEMENT EXECUTE FUNCTION
  journal_line_guard();
ALTER TABLE journal_line_default ENABLE ROW LEVEL SECURITY;

ALTER TABLE journal_month ENABLE ROW LEVEL SECURITY;
CREATE POLICY journal_month_read ON journal_month FOR SELECT TO havre_app
  USING ((SELECT journal_is_read()));

-- Kinds of the journal and of retention
SELECT journal_kind_register('journal_hold', 'journal_hold');
SELECT journal_kind_register('journal_month', 'journal_month');

SELECT journal_partition_ensure(current_date);
SELECT journal_partition_ensure((date_trunc('month', current_date) + interval '1 month')::date);
