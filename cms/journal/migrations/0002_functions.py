from django.db import migrations

# Each function runs as its owner: havre_app may call the doors, and has no right on the tables themselves.
APPEND = """
CREATE OR REPLACE FUNCTION journal_append(
    p_action text, p_object_kind text, p_object_id uuid, p_outcome text,
    p_reason text, p_details jsonb, p_request_id text
) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_user uuid := nullif(current_setting('app.user_id', true), '')::uuid;
    v_system text := coalesce(current_setting('app.system', true), '');
BEGIN
    IF v_user IS NULL AND v_system = '' AND NOT starts_with(p_action, 'auth.') THEN
        RAISE EXCEPTION 'journal: no actor for action %', p_action USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO journal_line
        (actor_id, actor_system, action, object_kind, object_id, outcome, reason, details, request_id)
    VALUES
        (v_user, v_system, p_action, p_object_kind, p_object_id, p_outcome, p_reason, p_details, p_request_id);
END $$;
"""

KIND_REGISTER = """
CREATE OR REPLACE FUNCTION journal_kind_register(p_kind text, p_table text)
RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF to_regclass(p_table) IS NULL THEN
        RAISE EXCEPTION 'journal: no table % for kind %', p_table, p_kind;
    END IF;
    INSERT INTO journal_kind VALUES (p_kind, p_table)
    ON CONFLICT (kind) DO UPDATE SET table_name = excluded.table_name;
END $$;
"""

# It returns nothing whether or not the row exists: an answer here would tell what row security hides.
REFUSE = """
CREATE OR REPLACE FUNCTION journal_refuse(p_kind text, p_id uuid, p_action text, p_request_id text)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
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
END $$;
"""

# The journal is for the direction and for data protection. Whoever may see an object may also know who did what on it:
# this answers no free text, and asks the object's own `can_see_<kind>`; a kind without one tells nothing.
ABOUT = """
CREATE OR REPLACE FUNCTION journal_about(p_kind text, p_id uuid, p_limit integer)
RETURNS TABLE (at timestamptz, actor_id uuid, actor_system text, action text, outcome text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
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
END $$;
"""

# A JSON array leaves no doubt on where a value ends; the time is written in UTC so that no session setting changes it.
CANONICAL = """
CREATE OR REPLACE FUNCTION journal_canonical(line journal_line)
RETURNS text LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT jsonb_build_array(
        'journal1', line.seq, line.id, to_char(line.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
        line.actor_id, line.actor_system, line.action, line.object_kind, line.object_id,
        line.outcome, line.reason, line.details, line.request_id
    )::text
$$;
"""

# Under another isolation level the snapshot may predate the last seal, and two lines would take one rank.
SEAL = """
CREATE OR REPLACE FUNCTION journal_seal()
RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
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
END $$;
"""

# Attaching a ready table locks the default partition alone, where CREATE TABLE … PARTITION OF would stop every append.
# A month whose lines already fell in the default partition stays there.
PARTITION_ENSURE = """
CREATE OR REPLACE FUNCTION journal_partition_ensure(p_day date)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$
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
END $$;
"""

GUARD = """
CREATE OR REPLACE FUNCTION journal_line_guard()
RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
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
END $$;
"""

TRIGGERS = """
CREATE TRIGGER journal_no_change BEFORE UPDATE OR DELETE ON journal_line
    FOR EACH ROW EXECUTE FUNCTION journal_line_guard();
CREATE TRIGGER journal_no_truncate BEFORE TRUNCATE ON journal_line
    FOR EACH STATEMENT EXECUTE FUNCTION journal_line_guard();
CREATE TRIGGER journal_no_truncate BEFORE TRUNCATE ON journal_line_default
    FOR EACH STATEMENT EXECUTE FUNCTION journal_line_guard();
"""

# Default privileges may already have given havre_app rights on new tables and functions: take them back by name.
RIGHTS = """
ALTER TABLE journal_line ENABLE ROW LEVEL SECURITY;
ALTER TABLE journal_line_default ENABLE ROW LEVEL SECURITY;
ALTER TABLE journal_kind ENABLE ROW LEVEL SECURITY;
CREATE POLICY journal_line_read ON journal_line FOR SELECT TO havre_app USING (
    nullif(current_setting('app.system', true), '') IS NOT NULL
    OR coalesce(nullif(current_setting('app.roles', true), '')::text[] && ARRAY['direction', 'dpo'], false)
);

REVOKE ALL ON journal_line, journal_line_default, journal_kind FROM PUBLIC, havre_app;
REVOKE ALL ON SEQUENCE journal_line_id_seq FROM PUBLIC, havre_app;
GRANT SELECT ON journal_line TO havre_app;

REVOKE ALL ON FUNCTION
    journal_append(text, text, uuid, text, text, jsonb, text), journal_refuse(text, uuid, text, text),
    journal_seal(), journal_canonical(journal_line), journal_partition_ensure(date),
    journal_kind_register(text, text), journal_line_guard(), journal_about(text, uuid, integer)
FROM PUBLIC, havre_app;
GRANT EXECUTE ON FUNCTION
    journal_append(text, text, uuid, text, text, jsonb, text), journal_refuse(text, uuid, text, text),
    journal_seal(), journal_canonical(journal_line), journal_partition_ensure(date),
    journal_about(text, uuid, integer)
TO havre_app;
"""

PARTITIONS = """
SELECT journal_partition_ensure(current_date);
SELECT journal_partition_ensure((date_trunc('month', current_date) + interval '1 month')::date);
"""

TRIGGERS_REVERSE = """
DROP TRIGGER journal_no_change ON journal_line;
DROP TRIGGER journal_no_truncate ON journal_line;
DROP TRIGGER journal_no_truncate ON journal_line_default;
"""

RIGHTS_REVERSE = """
REVOKE SELECT ON journal_line FROM havre_app;
DROP POLICY journal_line_read ON journal_line;
"""

# Months that hold lines are not dropped by going back: their triggers are, with the function that they call.
GUARD_REVERSE = "DROP FUNCTION journal_line_guard() CASCADE"


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]

    operations = [
        migrations.RunSQL(APPEND, "DROP FUNCTION journal_append(text, text, uuid, text, text, jsonb, text)"),
        migrations.RunSQL(KIND_REGISTER, "DROP FUNCTION journal_kind_register(text, text)"),
        migrations.RunSQL(REFUSE, "DROP FUNCTION journal_refuse(text, uuid, text, text)"),
        migrations.RunSQL(ABOUT, "DROP FUNCTION journal_about(text, uuid, integer)"),
        migrations.RunSQL(CANONICAL, "DROP FUNCTION journal_canonical(journal_line)"),
        migrations.RunSQL(SEAL, "DROP FUNCTION journal_seal()"),
        migrations.RunSQL(GUARD, GUARD_REVERSE),
        migrations.RunSQL(PARTITION_ENSURE, "DROP FUNCTION journal_partition_ensure(date)"),
        migrations.RunSQL(TRIGGERS, TRIGGERS_REVERSE),
        migrations.RunSQL(RIGHTS, RIGHTS_REVERSE),
        migrations.RunSQL(PARTITIONS, migrations.RunSQL.noop),
    ]
