-- cms/retention: who may read and write its tables, and what the database holds true.
-- Loaded by a migration, which may load it again: docs/wall.md.

-- Functions

CREATE OR REPLACE FUNCTION account_forget(row_id uuid) RETURNS uuid[]
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $body$
BEGIN
  DELETE FROM account_emailaddress WHERE user_id = $1;
  DELETE FROM mfa_authenticator WHERE user_id = $1;
  DELETE FROM users_secret WHERE user_id = $1;
  DELETE FROM access_apitoken WHERE user_id = $1;
  DELETE FROM access_draft WHERE user_id = $1;
  DELETE FROM access_signin WHERE user_id = $1;
  DELETE FROM socialaccount_socialaccount WHERE user_id = $1;
  DELETE FROM wagtailusers_userprofile WHERE user_id = $1;
  UPDATE users_user SET email = 'x-' || left(replace(gen_random_uuid()::text, '-', ''), 12) || '@anonyme.invalid',
    first_name = 'Ancien', last_name = 'membre', position = '', phone = '', password = '!', is_active = false,
    last_login = NULL WHERE id = $1;
  RETURN ARRAY[$1];
END
$body$;

CREATE OR REPLACE FUNCTION obligation_forget(row_id uuid) RETURNS uuid[]
LANGUAGE sql SET search_path = pg_catalog, public, pg_temp AS $body$
  WITH messages AS (DELETE FROM notify_sending WHERE obligation_id = $1),
       gone AS (DELETE FROM notify_obligation WHERE id = $1 RETURNING id) SELECT coalesce(array_agg(id), '{}') FROM gone
$body$;

CREATE OR REPLACE FUNCTION retention_rules() RETURNS TABLE(kind text, months integer, reason text, basis text,
  is_basis_verified boolean, in_force_at timestamp with time zone)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
#variable_conflict use_column
BEGIN
    RETURN QUERY SELECT k.kind::text, coalesce(v.months, k.months)::integer, coalesce(v.reason, k.reason)::text,
        coalesce(v.basis, k.basis)::text, coalesce(v.is_basis_verified, false), v.in_force_at
    FROM retention_kind k LEFT JOIN LATERAL (
        SELECT * FROM retention_ruleversion r WHERE r.kind_id = k.kind AND r.in_force_at IS NOT NULL
        ORDER BY r.in_force_at DESC LIMIT 1) v ON true ORDER BY k.position;
END
$body$;

CREATE OR REPLACE FUNCTION retention_due(p_object_kind text, p_object_id uuid) RETURNS TABLE(kind text, object_kind
  text, object_id uuid, reference text, starts_on date, months integer, due_on date, is_held boolean, forgotten_at
  timestamp with time zone, together uuid[])
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
#variable_conflict use_column
DECLARE
    v_union text := (SELECT string_agg(format(
        'SELECT %L::text AS kind, %L::text AS object_kind, s.object_id, s.reference::text, s.starts_on::date, s.together'
        ' FROM (%s) AS s WHERE ($2 IS NULL OR s.object_id = $2)', k.kind, k.object_kind, k.starts), ' UNION ALL ')
        FROM retention_kind k WHERE p_object_kind IS NULL OR k.object_kind = p_object_kind);
BEGIN
    IF v_union IS NULL THEN
        RETURN;
    END IF;
    RETURN QUERY EXECUTE format($sql$
        SELECT s.kind, s.object_kind, s.object_id, s.reference, s.starts_on, r.months,
            (s.starts_on + make_interval(months => r.months))::date,
            EXISTS (SELECT FROM retention_legalhold h WHERE h.lifted_at IS NULL AND h.object_id = ANY (s.together)),
            (SELECT max(d.at) FROM retention_done d WHERE d.kind = s.kind AND d.object_id = s.object_id
               AND (d.at AT TIME ZONE 'Europe/Paris')::date >= s.starts_on),
            s.together
        FROM (%s) AS s JOIN retention_rules() r USING (kind) $sql$, v_union) USING p_object_kind, p_object_id;
END
$body$;

CREATE OR REPLACE FUNCTION retention_erases() RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT public.acts_as_owner() AND coalesce(scope_system() = 'retention', false)
$body$;

CREATE OR REPLACE FUNCTION retention_find(p_reference text) RETURNS TABLE(object_kind text, object_id uuid)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
#variable_conflict use_column
BEGIN
    IF NOT public.journal_controls() THEN
        RETURN;
    END IF;
    RETURN QUERY SELECT DISTINCT d.object_kind, d.object_id FROM retention_due(NULL, NULL) d
    WHERE d.reference = p_reference AND d.reference <> '' AND d.forgotten_at IS NULL;
END
$body$;

CREATE OR REPLACE FUNCTION retention_hold_lift(p_id uuid, p_request_id text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
#variable_conflict use_column
DECLARE
    v_row retention_legalhold;
BEGIN
    IF NOT public.journal_controls() THEN
        RAISE EXCEPTION 'retention: not a person who may lift a hold' USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE retention_legalhold SET lifted_by_id = scope_user_id(), lifted_at = clock_timestamp()
    WHERE id = p_id AND lifted_at IS NULL RETURNING * INTO v_row;
    IF FOUND THEN
        PERFORM journal_append('retention.hold.lift', v_row.object_kind, v_row.object_id, 'done', '', '{}'::jsonb,
                               p_request_id);
    END IF;
END
$body$;

CREATE OR REPLACE FUNCTION retention_hold_place(p_kind text, p_id uuid, p_reference text, p_reason text,
  p_request_id text) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
#variable_conflict use_column
DECLARE
    v_id uuid := gen_random_uuid();
BEGIN
    IF NOT public.journal_controls() THEN
        RAISE EXCEPTION 'retention: not a person who may hold an object' USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('retention_hold'));
    IF NOT EXISTS (SELECT FROM retention_due(p_kind, p_id) d WHERE d.forgotten_at IS NULL) THEN
        RAISE EXCEPTION 'retention_nothing_held' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'retention_nothing_held';
    END IF;
    INSERT INTO retention_legalhold (id, object_kind, object_id, reference, reason, placed_by_id, placed_at)
    VALUES (v_id, p_kind, p_id, p_reference, p_reason, scope_user_id(), clock_timestamp());
    PERFORM journal_append('retention.hold.place', p_kind, p_id, 'done', p_reason, '{}'::jsonb, p_request_id);
    RETURN v_id;
END
$body$;

CREATE OR REPLACE FUNCTION retention_kind_register(p_kind text, p_object_kind text, p_table text, p_label text,
  p_starting_point text, p_deed text, p_starts text, p_forget text, p_months integer, p_reason text, p_basis text,
  p_position integer) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $body$
BEGIN
    IF to_regclass(p_table) IS NULL OR to_regprocedure(format('%s(uuid)', p_forget)) IS NULL THEN
        RAISE EXCEPTION 'retention: table % or function % is missing', p_table, p_forget;
    END IF;
    INSERT INTO retention_kind (kind, object_kind, table_name, label, starting_point, deed, starts, forget, months,
                                reason, basis, position)
    VALUES (p_kind, p_object_kind, p_table, p_label, p_starting_point, p_deed, p_starts, p_forget, p_months,
            p_reason, p_basis, p_position)
    ON CONFLICT (kind) DO UPDATE SET
        (object_kind, table_name, label, starting_point, deed, starts, forget, months, reason, basis, position) =
        (excluded.object_kind, excluded.table_name, excluded.label, excluded.starting_point, excluded.deed,
         excluded.starts, excluded.forget, excluded.months, excluded.reason, excluded.basis, excluded.position);
    EXECUTE format('REVOKE ALL ON FUNCTION %s(uuid) FROM PUBLIC, havre_app', p_forget);
END
$body$;

CREATE OR REPLACE FUNCTION retention_list(p_until date) RETURNS TABLE(kind text, label text, object_kind text,
  object_id uuid, reference text, due_on date, is_held boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
#variable_conflict use_column
BEGIN
    IF (public.scope_manages_cases() OR public.journal_controls() OR public.scope_system() IN ('retention', 'figures')) IS NOT TRUE THEN
        RETURN;
    END IF;
    RETURN QUERY SELECT d.kind, k.label::text, d.object_kind, d.object_id, d.reference, d.due_on, d.is_held
    FROM retention_due(NULL, NULL) d JOIN retention_kind k USING (kind)
    WHERE d.forgotten_at IS NULL AND d.due_on <= p_until ORDER BY d.due_on, k.position, d.reference;
END
$body$;

CREATE OR REPLACE FUNCTION retention_of(p_object_kind text, p_object_id uuid) RETURNS TABLE(label text, deed text,
  starting_point text, starts_on date, months integer, due_on date, is_held boolean, forgotten_at timestamp with
  time zone, reason text, basis text, is_basis_verified boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
#variable_conflict use_column
DECLARE
    v_may boolean := public.scope_manages_cases() OR public.journal_controls() OR public.scope_system() IN ('retention', 'figures');
BEGIN
    IF v_may IS NOT TRUE THEN
        IF to_regprocedure(format('public.%I(uuid)', 'can_see_' || p_object_kind)) IS NULL THEN
            RETURN;
        END IF;
        EXECUTE format('SELECT public.%I($1)', 'can_see_' || p_object_kind) INTO v_may USING p_object_id;
        IF v_may IS NOT TRUE THEN
            RETURN;
        END IF;
    END IF;
    RETURN QUERY SELECT k.label::text, k.deed::text, k.starting_point::text, d.starts_on, d.months, d.due_on, d.is_held,
        d.forgotten_at, r.reason, r.basis, r.is_basis_verified
    FROM retention_due(p_object_kind, p_object_id) d
    JOIN retention_kind k USING (kind) JOIN retention_rules() r USING (kind) ORDER BY k.position;
END
$body$;

-- What two people signed before the backup that was restored. For the owner's connection alone.
CREATE OR REPLACE FUNCTION retention_replay(p_kind text, p_object_id uuid, p_at timestamp with time zone) RETURNS
  boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
#variable_conflict use_column
DECLARE
    v_kind retention_kind;
    v_ids uuid[];
BEGIN
    SELECT * INTO STRICT v_kind FROM retention_kind WHERE kind = p_kind;
    IF EXISTS (SELECT FROM retention_done d WHERE d.kind = p_kind AND d.object_id = p_object_id AND d.at >= p_at) THEN
        RETURN false;
    END IF;
    EXECUTE format('SELECT public.%I($1)', v_kind.forget) INTO v_ids USING p_object_id;
    INSERT INTO retention_done (kind, object_kind, object_id, at)
    SELECT p_kind, v_kind.object_kind, forgotten, p_at
    FROM (SELECT unnest(v_ids) UNION SELECT p_object_id) AS f(forgotten);
    PERFORM journal_append('retention.object.replay', v_kind.object_kind, p_object_id, 'done', p_kind, '{}'::jsonb, '');
    RETURN true;
END
$body$;

CREATE OR REPLACE FUNCTION retention_role(p_direction uuid, p_dpo uuid) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
#variable_conflict use_column
DECLARE
    v_user uuid := public.scope_user_id();
    v_role text;
BEGIN
    IF NOT public.journal_controls() THEN
        RAISE EXCEPTION 'retention: not a person who may agree' USING ERRCODE = 'insufficient_privilege';
    END IF;
    v_role := CASE WHEN v_user IN (p_direction, p_dpo) THEN NULL
                   WHEN p_direction IS NULL AND public.scope_has_role('direction') THEN 'direction'
                   WHEN p_dpo IS NULL AND public.scope_has_role('dpo') THEN 'dpo' END;
    IF v_role IS NULL THEN
        RAISE EXCEPTION 'retention_not_yours' USING ERRCODE = 'check_violation', CONSTRAINT = 'retention_not_yours';
    END IF;
    RETURN v_role;
END
$body$;

CREATE OR REPLACE FUNCTION retention_row_execute(p_id uuid) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
#variable_conflict use_column
DECLARE
    v_row retention_row;
    v_run retention_run;
    v_kind retention_kind;
    v_due record;
    v_outcome text;
    v_ids uuid[];
BEGIN
    IF public.scope_system() IS DISTINCT FROM 'retention' THEN
        RAISE EXCEPTION 'retention: done by its own job alone' USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT * INTO STRICT v_row FROM retention_row WHERE id = p_id FOR UPDATE;
    SELECT * INTO STRICT v_run FROM retention_run WHERE id = v_row.run_id FOR SHARE;
    SELECT * INTO STRICT v_kind FROM retention_kind WHERE kind = v_row.kind_id;
    IF v_run.direction_at IS NULL OR v_run.dpo_at IS NULL OR v_run.direction_by_id = v_run.dpo_by_id
       OR v_run.dismissed_at IS NOT NULL THEN
        RAISE EXCEPTION 'retention: two people have not signed this run' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF v_row.outcome <> '' THEN
        RETURN v_row.outcome;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('retention_hold'));
    SELECT * INTO v_due FROM retention_due(v_row.object_kind, v_row.object_id) d WHERE d.kind = v_row.kind_id;
    EXECUTE format('SELECT count(*) FROM (SELECT FROM public.%I WHERE id = ANY ($1) FOR UPDATE) AS held',
                   v_kind.table_name) USING v_due.together;
    SELECT * INTO v_due FROM retention_due(v_row.object_kind, v_row.object_id) d WHERE d.kind = v_row.kind_id;
    v_outcome := CASE WHEN v_due.kind IS NULL OR v_due.forgotten_at IS NOT NULL THEN 'gone'
                      WHEN v_due.is_held THEN 'held'
                      WHEN v_due.due_on IS NULL OR v_due.due_on > (now() AT TIME ZONE 'Europe/Paris')::date
                      THEN 'postponed' ELSE 'done' END;
    IF v_outcome = 'done' THEN
        EXECUTE format('SELECT public.%I($1)', v_kind.forget) INTO v_ids USING v_row.object_id;
        INSERT INTO retention_done (kind, object_kind, object_id, at, run_id)
        SELECT v_row.kind_id, v_row.object_kind, forgotten, clock_timestamp(), v_run.id FROM unnest(v_ids) AS forgotten;
        PERFORM journal_append('retention.object.forget', v_row.object_kind, forgotten, 'done', v_row.kind_id, '{}'::jsonb, '')
        FROM unnest(v_ids) AS forgotten;
        UPDATE retention_row w SET reference = '' WHERE w.reference <> '' AND w.object_id = ANY (v_due.together || v_ids)
          AND NOT EXISTS (SELECT FROM retention_due(w.object_kind, w.object_id) d WHERE d.reference = w.reference);
        UPDATE retention_legalhold SET reference = '' WHERE object_id = ANY (v_due.together);
    END IF;
    UPDATE retention_row SET outcome = v_outcome, at = clock_timestamp() WHERE id = p_id;
    RETURN v_outcome;
END
$body$;

CREATE OR REPLACE FUNCTION retention_rule_dismiss(p_id uuid, p_request_id text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
#variable_conflict use_column
BEGIN
    IF NOT public.journal_controls() THEN
        RAISE EXCEPTION 'retention: not a person who may decide' USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE retention_ruleversion SET dismissed_at = clock_timestamp(), dismissed_by_id = scope_user_id()
    WHERE id = p_id AND in_force_at IS NULL AND dismissed_at IS NULL;
    IF FOUND THEN
        PERFORM journal_append('retention.rule.dismiss', 'retention_rule', p_id, 'done', '', '{}'::jsonb, p_request_id);
    END IF;
END
$body$;

CREATE OR REPLACE FUNCTION retention_rule_propose(p_kind text, p_months integer, p_reason text, p_basis text,
  p_is_verified boolean, p_request_id text) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
#variable_conflict use_column
DECLARE
    v_id uuid := gen_random_uuid();
    v_role text := retention_role(NULL, NULL);
BEGIN
    INSERT INTO retention_ruleversion (id, kind_id, months, reason, basis, is_basis_verified, proposed_at,
        direction_by_id, direction_at, dpo_by_id, dpo_at)
    VALUES (v_id, p_kind, p_months, p_reason, p_basis, p_is_verified, clock_timestamp(),
        CASE WHEN v_role = 'direction' THEN scope_user_id() END, CASE WHEN v_role = 'direction' THEN clock_timestamp() END,
        CASE WHEN v_role = 'dpo' THEN scope_user_id() END, CASE WHEN v_role = 'dpo' THEN clock_timestamp() END);
    PERFORM journal_append('retention.rule.propose', 'retention_rule', v_id, 'done', v_role, jsonb_build_object(
        'kind', p_kind, 'months', jsonb_build_array((SELECT r.months FROM retention_rules() r WHERE r.kind = p_kind),
        p_months)), p_request_id);
    RETURN v_id;
END
$body$;

CREATE OR REPLACE FUNCTION retention_rule_sign(p_id uuid, p_request_id text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
#variable_conflict use_column
DECLARE
    v_row retention_ruleversion;
    v_role text;
BEGIN
    SELECT * INTO STRICT v_row FROM retention_ruleversion WHERE id = p_id FOR UPDATE;
    v_role := retention_role(v_row.direction_by_id, v_row.dpo_by_id);
    IF v_row.in_force_at IS NOT NULL OR v_row.dismissed_at IS NOT NULL THEN
        RAISE EXCEPTION 'retention_not_yours' USING ERRCODE = 'check_violation', CONSTRAINT = 'retention_not_yours';
    END IF;
    UPDATE retention_ruleversion SET in_force_at = clock_timestamp(),
        direction_by_id = CASE WHEN v_role = 'direction' THEN scope_user_id() ELSE direction_by_id END,
        direction_at = CASE WHEN v_role = 'direction' THEN clock_timestamp() ELSE direction_at END,
        dpo_by_id = CASE WHEN v_role = 'dpo' THEN scope_user_id() ELSE dpo_by_id END,
        dpo_at = CASE WHEN v_role = 'dpo' THEN clock_timestamp() ELSE dpo_at END WHERE id = p_id;
    PERFORM journal_append('retention.rule.sign', 'retention_rule', p_id, 'done', v_role,
        jsonb_build_object('kind', v_row.kind_id, 'months', v_row.months), p_request_id);
END
$body$;

CREATE OR REPLACE FUNCTION retention_run_dismiss(p_id uuid, p_request_id text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
#variable_conflict use_column
BEGIN
    IF NOT public.journal_controls() THEN
        RAISE EXCEPTION 'retention: not a person who may decide' USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE retention_run SET dismissed_at = clock_timestamp(), dismissed_by_id = scope_user_id()
    WHERE id = p_id AND dismissed_at IS NULL AND (direction_at IS NULL OR dpo_at IS NULL);
    IF FOUND THEN
        PERFORM journal_append('retention.run.dismiss', 'retention_run', p_id, 'done', '', '{}'::jsonb, p_request_id);
    END IF;
END
$body$;

CREATE OR REPLACE FUNCTION retention_run_finish(p_id uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
#variable_conflict use_column
BEGIN
    IF public.scope_system() IS DISTINCT FROM 'retention' THEN
        RAISE EXCEPTION 'retention: done by its own job alone' USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE retention_run r SET finished_at = clock_timestamp() WHERE r.id = p_id AND r.finished_at IS NULL
        AND NOT EXISTS (SELECT FROM retention_row w WHERE w.run_id = r.id AND w.outcome = '');
    IF FOUND THEN
        PERFORM journal_append('retention.run.finish', 'retention_run', p_id, 'done', '', (
            SELECT jsonb_object_agg(outcome, n) FROM (
                SELECT outcome, count(*) AS n FROM retention_row WHERE run_id = p_id GROUP BY outcome) AS counted), '');
    END IF;
END
$body$;

CREATE OR REPLACE FUNCTION retention_run_prepare() RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
#variable_conflict use_column
DECLARE
    v_id uuid := gen_random_uuid();
    v_count integer;
BEGIN
    IF public.scope_system() IS DISTINCT FROM 'retention' THEN
        RAISE EXCEPTION 'retention: done by its own job alone' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF EXISTS (SELECT FROM retention_run WHERE finished_at IS NULL AND dismissed_at IS NULL) THEN
        RETURN NULL;
    END IF;
    INSERT INTO retention_run (id, prepared_at, row_count, archives) VALUES (v_id, clock_timestamp(), 0, '');
    INSERT INTO retention_row (id, run_id, kind_id, object_kind, object_id, reference, due_on, outcome)
    SELECT gen_random_uuid(), v_id, d.kind, d.object_kind, d.object_id, d.reference, d.due_on, ''
    FROM retention_due(NULL, NULL) d
    WHERE d.due_on <= (now() AT TIME ZONE 'Europe/Paris')::date AND NOT d.is_held AND d.forgotten_at IS NULL;
    GET DIAGNOSTICS v_count = ROW_COUNT;
    IF v_count = 0 THEN
        DELETE FROM retention_run WHERE id = v_id;
        RETURN NULL;
    END IF;
    UPDATE retention_run SET row_count = v_count WHERE id = v_id;
    PERFORM journal_append('retention.run.prepare', 'retention_run', v_id, 'done', '',
                           jsonb_build_object('count', v_count), '');
    RETURN v_id;
END
$body$;

CREATE OR REPLACE FUNCTION retention_run_sign(p_id uuid, p_archives text, p_request_id text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
#variable_conflict use_column
DECLARE
    v_row retention_run;
    v_role text;
BEGIN
    SELECT * INTO STRICT v_row FROM retention_run WHERE id = p_id FOR UPDATE;
    v_role := retention_role(v_row.direction_by_id, v_row.dpo_by_id);
    IF v_row.finished_at IS NOT NULL OR v_row.dismissed_at IS NOT NULL THEN
        RAISE EXCEPTION 'retention_not_yours' USING ERRCODE = 'check_violation', CONSTRAINT = 'retention_not_yours';
    END IF;
    IF v_role = 'direction' THEN
        UPDATE retention_run SET direction_by_id = scope_user_id(), direction_at = clock_timestamp(),
            archives = p_archives WHERE id = p_id;
    ELSE
        UPDATE retention_run SET dpo_by_id = scope_user_id(), dpo_at = clock_timestamp() WHERE id = p_id;
    END IF;
    PERFORM journal_append('retention.run.sign', 'retention_run', p_id, 'done', v_role,
                           jsonb_build_object('count', v_row.row_count), p_request_id);
END
$body$;

CREATE OR REPLACE FUNCTION retention_simulate(p_kind text, p_months integer, p_until date, OUT now_due bigint, OUT
  due bigint) RETURNS record
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
#variable_conflict use_column
DECLARE
    v_today date := (now() AT TIME ZONE 'Europe/Paris')::date;
BEGIN
    IF (public.scope_manages_cases() OR public.journal_controls() OR public.scope_system() IN ('retention', 'figures')) IS NOT TRUE THEN
        RETURN;
    END IF;
    SELECT count(*) FILTER (WHERE s.ends_on <= v_today), count(*) INTO now_due, due FROM (
        SELECT (d.starts_on + make_interval(months => p_months))::date AS ends_on
        FROM retention_due((SELECT k.object_kind FROM retention_kind k WHERE k.kind = p_kind), NULL) d
        WHERE d.kind = p_kind AND NOT d.is_held AND d.forgotten_at IS NULL) AS s WHERE s.ends_on <= p_until;
END
$body$;

CREATE OR REPLACE FUNCTION retention_warn() RETURNS TABLE(days integer, label text, n bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
#variable_conflict use_column
DECLARE
    v_today date := (now() AT TIME ZONE 'Europe/Paris')::date;
BEGIN
    IF public.scope_system() IS DISTINCT FROM 'retention' THEN
        RAISE EXCEPTION 'retention: done by its own job alone' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN QUERY WITH told AS (
        INSERT INTO retention_warning (id, kind, object_id, due_on, days, at)
        SELECT gen_random_uuid(), d.kind, d.object_id, d.due_on,
               CASE WHEN d.due_on <= v_today + 30 THEN 30 ELSE 90 END, clock_timestamp()
        FROM retention_due(NULL, NULL) d
        WHERE d.due_on <= v_today + 90 AND NOT d.is_held AND d.forgotten_at IS NULL
        ON CONFLICT (kind, object_id, due_on, days) DO NOTHING
        RETURNING retention_warning.kind AS told_kind, retention_warning.days AS told_days)
    SELECT t.told_days::integer, k.label::text, count(*) FROM told t JOIN retention_kind k ON k.kind = t.told_kind
    GROUP BY t.told_days, k.label, k.position ORDER BY t.told_days, k.position;
END
$body$;

CREATE OR REPLACE FUNCTION reveal_forget(row_id uuid) RETURNS uuid[]
LANGUAGE sql SET search_path = pg_catalog, public, pg_temp AS $body$
  WITH gone AS (DELETE FROM access_reveal WHERE id = $1 RETURNING id) SELECT coalesce(array_agg(id), '{}') FROM gone
$body$;

CREATE OR REPLACE FUNCTION ring_forget(row_id uuid) RETURNS uuid[]
LANGUAGE sql SET search_path = pg_catalog, public, pg_temp AS $body$
  WITH steps AS (DELETE FROM notify_ringstep WHERE ring_id = $1),
       gone AS (DELETE FROM notify_ring WHERE id = $1 RETURNING id) SELECT coalesce(array_agg(id), '{}') FROM gone
$body$;

REVOKE ALL ON FUNCTION retention_kind_register(text, text, text, text, text, text, text, text, integer, text, text, integer),
    retention_due(text, uuid), retention_role(uuid, uuid), retention_replay(text, uuid, timestamptz) FROM PUBLIC, havre_app;

-- Tables

ALTER TABLE retention_done ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON retention_done FOR SELECT
  USING ((SELECT scope_manages_cases()) OR (SELECT journal_controls()) OR (SELECT scope_system()) IS NOT NULL);
CREATE POLICY insert_rows ON retention_done FOR INSERT WITH CHECK (false);
CREATE POLICY update_rows ON retention_done FOR UPDATE USING (false) WITH CHECK (false);
CREATE POLICY delete_rows ON retention_done FOR DELETE USING (false);

ALTER TABLE retention_kind ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON retention_kind FOR SELECT
  USING ((SELECT scope_manages_cases()) OR (SELECT journal_controls()) OR (SELECT scope_system()) IS NOT NULL);
CREATE POLICY insert_rows ON retention_kind FOR INSERT WITH CHECK (false);
CREATE POLICY update_rows ON retention_kind FOR UPDATE USING (false) WITH CHECK (false);
CREATE POLICY delete_rows ON retention_kind FOR DELETE USING (false);

ALTER TABLE retention_legalhold ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON retention_legalhold FOR SELECT
  USING ((SELECT scope_manages_cases()) OR (SELECT journal_controls()) OR (SELECT scope_system()) IS NOT NULL);
CREATE POLICY insert_rows ON retention_legalhold FOR INSERT WITH CHECK (false);
CREATE POLICY update_rows ON retention_legalhold FOR UPDATE USING (false) WITH CHECK (false);
CREATE POLICY delete_rows ON retention_legalhold FOR DELETE USING (false);

ALTER TABLE retention_row ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON retention_row FOR SELECT
  USING ((SELECT scope_manages_cases()) OR (SELECT journal_controls()) OR (SELECT scope_system()) IS NOT NULL);
CREATE POLICY insert_rows ON retention_row FOR INSERT WITH CHECK (false);
CREATE POLICY update_rows ON retention_row FOR UPDATE USING (false) WITH CHECK (false);
CREATE POLICY delete_rows ON retention_row FOR DELETE USING (false);

ALTER TABLE retention_ruleversion ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON retention_ruleversion FOR SELECT
  USING ((SELECT scope_manages_cases()) OR (SELECT journal_controls()) OR (SELECT scope_system()) IS NOT NULL);
CREATE POLICY insert_rows ON retention_ruleversion FOR INSERT WITH CHECK (false);
CREATE POLICY update_rows ON retention_ruleversion FOR UPDATE USING (false) WITH CHECK (false);
CREATE POLICY delete_rows ON retention_ruleversion FOR DELETE USING (false);

CREATE UNIQUE INDEX IF NOT EXISTS retention_run_one_at_a_time ON retention_run ((true))
  WHERE finished_at IS NULL AND dismissed_at IS NULL;
ALTER TABLE retention_run ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON retention_run FOR SELECT
  USING ((SELECT scope_manages_cases()) OR (SELECT journal_controls()) OR (SELECT scope_system()) IS NOT NULL);
CREATE POLICY insert_rows ON retention_run FOR INSERT WITH CHECK (false);
CREATE POLICY update_rows ON retention_run FOR UPDATE USING (false) WITH CHECK (false);
CREATE POLICY delete_rows ON retention_run FOR DELETE USING (false);

ALTER TABLE retention_warning ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON retention_warning FOR SELECT
  USING ((SELECT scope_manages_cases()) OR (SELECT journal_controls()) OR (SELECT scope_system()) IS NOT NULL);
CREATE POLICY insert_rows ON retention_warning FOR INSERT WITH CHECK (false);
CREATE POLICY update_rows ON retention_warning FOR UPDATE USING (false) WITH CHECK (false);
CREATE POLICY delete_rows ON retention_warning FOR DELETE USING (false);

-- Kinds of the journal and of retention
SELECT journal_kind_register('retention_rule', 'retention_ruleversion');
SELECT journal_kind_register('retention_run', 'retention_run');
SELECT retention_kind_register(
  'account', 'user', 'users_user', 'compte d’une personne partie', 'la fin du dernier rattachement, ou la dernière connexion', 'anonymise',
  $starts$SELECT u.id AS object_id, '' AS reference,
  CASE WHEN EXISTS (SELECT FROM users_user_groups g WHERE g.user_id = u.id)
         OR EXISTS (SELECT FROM partners_membership m WHERE m.user_id = u.id
                    AND (m.ends_on IS NULL OR m.ends_on >= current_date)) THEN NULL
       ELSE greatest((u.date_joined AT TIME ZONE 'Europe/Paris')::date, (u.last_login AT TIME ZONE 'Europe/Paris')::date,
                     (SELECT max(m.ends_on) FROM partners_membership m WHERE m.user_id = u.id)) END AS starts_on,
  ARRAY[u.id] AS together
FROM users_user u$starts$,
  'account_forget', 24, 'Deux ans après un départ, le compte ne sert plus ; ce que la personne a écrit reste, sous le nom « Ancien membre ».',
  'CNIL, référentiel protection de l’enfance, délibération 2022-008', 70
);
SELECT retention_kind_register(
  'reveal', 'reveal', 'access_reveal', 'motif d’ouverture d’une identité ou d’une adresse', 'la fin de l’ouverture', 'destroy',
  $starts$SELECT r.id AS object_id, '' AS reference, (r.ends_at AT TIME ZONE 'Europe/Paris')::date AS starts_on,
     ARRAY[r.id, r.object_id] AS together FROM access_reveal r$starts$,
  'reveal_forget', 12, 'Une année suffit au contrôle des ouvertures ; le journal en garde la trace aussi longtemps que lui.',
  'CNIL, délibération 2021-122 sur la journalisation', 80
);
SELECT retention_kind_register(
  'ring', 'ring', 'notify_ring', 'appels de l’astreinte', 'la fin de l’appel', 'destroy',
  $starts$SELECT r.id AS object_id, '' AS reference, (r.closed_at AT TIME ZONE 'Europe/Paris')::date AS starts_on,
     ARRAY[r.id, r.object_id] AS together FROM notify_ring r$starts$,
  'ring_forget', 12, 'Une année d’appels suffit pour savoir si l’astreinte répond, et rendre compte d’une nuit.',
  'RGPD, article 5 : pas plus longtemps que nécessaire', 85
);
SELECT retention_kind_register(
  'obligation', 'obligation', 'notify_obligation', 'notifications', 'la fin de ce qui attendait', 'destroy',
  $starts$SELECT o.id AS object_id, '' AS reference, (o.closed_at AT TIME ZONE 'Europe/Paris')::date AS starts_on,
     ARRAY[o.id, o.object_id] AS together FROM notify_obligation o$starts$,
  'obligation_forget', 6, 'Six mois suffisent pour savoir qui a été prévenu, et quand.',
  'RGPD, article 5 : pas plus longtemps que nécessaire', 86
);
