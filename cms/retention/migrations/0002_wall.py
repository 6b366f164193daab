"""Who reads what is kept and what leaves, and the functions that alone write it.

An app makes a kind known by `retention_kind_register`, with the SQL of its starting points and the function that erases
one object. Those texts are read when they are needed: no view stands in the way of a later change of a column.
"""

from django.db import migrations

from cms.access.wall import policies

PLPGSQL = "LANGUAGE plpgsql {} SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$\n#variable_conflict use_column"
WRITES, READS = PLPGSQL.format("VOLATILE"), PLPGSQL.format("STABLE")

READERS = "(SELECT scope_manages_cases()) OR (SELECT journal_controls()) OR (SELECT scope_system()) IS NOT NULL"
TABLES = [
    policies(f"retention_{name}", select=READERS, insert="false", update="false")
    for name in ("kind", "ruleversion", "legalhold", "run", "row", "done", "warning")
]

ONE_RUN = (
    """CREATE UNIQUE INDEX retention_run_one_at_a_time ON retention_run ((true))
         WHERE finished_at IS NULL AND dismissed_at IS NULL""",
    "DROP INDEX retention_run_one_at_a_time",
)

REGISTER = (
    """
CREATE FUNCTION retention_kind_register(
    p_kind text, p_object_kind text, p_table text, p_label text, p_starting_point text, p_deed text, p_starts text,
    p_forget text, p_months integer, p_reason text, p_basis text, p_position integer
) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF to_regclass(p_table) IS NULL OR to_regprocedure(format('%s(uuid)', p_forget)) IS NULL THEN
        RAISE EXCEPTION 'retention: table % or function % is missing', p_table, p_forget;
    END IF;
    INSERT INTO retention_kind (kind, object_kind, table_name, label, starting_point, deed, starts, forget, months,
                                reason, basis, position)
    VALUES (p_kind, p_object_kind, p_table, p_label, p_starting_point, p_deed, p_starts, p_forget, p_months,
            p_reason, p_basis, p_position);
    EXECUTE format('REVOKE ALL ON FUNCTION %s(uuid) FROM PUBLIC, havre_app', p_forget);
END $$;
""",
    "DROP FUNCTION retention_kind_register(text, text, text, text, text, text, text, text, integer, text, text, integer)",
)

# The rule in force of each kind: the last one that two people signed, else the one it came with, whose law is to verify.
RULES = (
    f"""
CREATE FUNCTION retention_rules() RETURNS TABLE (
    kind text, months integer, reason text, basis text, is_basis_verified boolean, in_force_at timestamptz
) {READS}
BEGIN
    RETURN QUERY SELECT k.kind::text, coalesce(v.months, k.months)::integer, coalesce(v.reason, k.reason)::text,
        coalesce(v.basis, k.basis)::text, coalesce(v.is_basis_verified, false), v.in_force_at
    FROM retention_kind k LEFT JOIN LATERAL (
        SELECT * FROM retention_ruleversion r WHERE r.kind_id = k.kind AND r.in_force_at IS NOT NULL
        ORDER BY r.in_force_at DESC LIMIT 1) v ON true ORDER BY k.position;
END $$;
""",
    "DROP FUNCTION retention_rules()",
)

# One statement over every kind, or over one object. Not for the application: its doors below say who may ask.
# An object that was erased comes back only if something happened to it since.
DUE = (
    f"""
CREATE FUNCTION retention_due(p_object_kind text, p_object_id uuid) RETURNS TABLE (
    kind text, object_kind text, object_id uuid, reference text, starts_on date, months integer, due_on date,
    is_held boolean, forgotten_at timestamptz, together uuid[]
) {READS}
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
END $$;
""",
    "DROP FUNCTION retention_due(text, uuid)",
)

READER = (
    "public.scope_manages_cases() OR public.journal_controls() OR public.scope_system() IN ('retention', 'figures')"
)

# What the page of a file says. Asks the object's own `can_see_<kind>`, unless the actor reads every date.
OF = (
    f"""
CREATE FUNCTION retention_of(p_object_kind text, p_object_id uuid) RETURNS TABLE (
    label text, deed text, starting_point text, starts_on date, months integer, due_on date, is_held boolean,
    forgotten_at timestamptz, reason text, basis text, is_basis_verified boolean
) {READS}
DECLARE
    v_may boolean := {READER};
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
END $$;
""",
    "DROP FUNCTION retention_of(text, uuid)",
)

LIST = (
    f"""
CREATE FUNCTION retention_list(p_until date) RETURNS TABLE (
    kind text, label text, object_kind text, object_id uuid, reference text, due_on date, is_held boolean
) {READS}
BEGIN
    IF ({READER}) IS NOT TRUE THEN
        RETURN;
    END IF;
    RETURN QUERY SELECT d.kind, k.label::text, d.object_kind, d.object_id, d.reference, d.due_on, d.is_held
    FROM retention_due(NULL, NULL) d JOIN retention_kind k USING (kind)
    WHERE d.forgotten_at IS NULL AND d.due_on <= p_until ORDER BY d.due_on, k.position, d.reference;
END $$;
""",
    "DROP FUNCTION retention_list(date)",
)

# How many objects of a kind would leave under another duration: today, and until a day.
SIMULATE = (
    f"""
CREATE FUNCTION retention_simulate(p_kind text, p_months integer, p_until date, OUT now_due bigint, OUT due bigint)
{READS}
DECLARE
    v_today date := (now() AT TIME ZONE 'Europe/Paris')::date;
BEGIN
    IF ({READER}) IS NOT TRUE THEN
        RETURN;
    END IF;
    SELECT count(*) FILTER (WHERE s.ends_on <= v_today), count(*) INTO now_due, due FROM (
        SELECT (d.starts_on + make_interval(months => p_months))::date AS ends_on
        FROM retention_due((SELECT k.object_kind FROM retention_kind k WHERE k.kind = p_kind), NULL) d
        WHERE d.kind = p_kind AND NOT d.is_held AND d.forgotten_at IS NULL) AS s WHERE s.ends_on <= p_until;
END $$;
""",
    "DROP FUNCTION retention_simulate(text, integer, date)",
)

FIND = (
    f"""
CREATE FUNCTION retention_find(p_reference text) RETURNS TABLE (object_kind text, object_id uuid) {READS}
BEGIN
    IF NOT public.journal_controls() THEN
        RETURN;
    END IF;
    RETURN QUERY SELECT DISTINCT d.object_kind, d.object_id FROM retention_due(NULL, NULL) d
    WHERE d.reference = p_reference AND d.reference <> '' AND d.forgotten_at IS NULL;
END $$;
""",
    "DROP FUNCTION retention_find(text)",
)

# Which agreement the actor may still give: a person gives one, whatever the roles held.
ROLE = (
    f"""
CREATE FUNCTION retention_role(p_direction uuid, p_dpo uuid) RETURNS text {READS}
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
END $$;
""",
    "DROP FUNCTION retention_role(uuid, uuid)",
)

RULE = (
    f"""
CREATE FUNCTION retention_rule_propose(
    p_kind text, p_months integer, p_reason text, p_basis text, p_is_verified boolean, p_request_id text
) RETURNS uuid {WRITES}
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
END $$;

CREATE FUNCTION retention_rule_sign(p_id uuid, p_request_id text) RETURNS void {WRITES}
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
END $$;

CREATE FUNCTION retention_rule_dismiss(p_id uuid, p_request_id text) RETURNS void {WRITES}
BEGIN
    IF NOT public.journal_controls() THEN
        RAISE EXCEPTION 'retention: not a person who may decide' USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE retention_ruleversion SET dismissed_at = clock_timestamp(), dismissed_by_id = scope_user_id()
    WHERE id = p_id AND in_force_at IS NULL AND dismissed_at IS NULL;
    IF FOUND THEN
        PERFORM journal_append('retention.rule.dismiss', 'retention_rule', p_id, 'done', '', '{{}}'::jsonb, p_request_id);
    END IF;
END $$;
""",
    """DROP FUNCTION retention_rule_dismiss(uuid, text); DROP FUNCTION retention_rule_sign(uuid, text);
    DROP FUNCTION retention_rule_propose(text, integer, text, text, boolean, text)""",
)

# The lock is the one that an execution takes: a hold is placed before an object leaves or after, never meanwhile.
HOLD = (
    f"""
CREATE FUNCTION retention_hold_place(p_kind text, p_id uuid, p_reference text, p_reason text, p_request_id text)
RETURNS uuid {WRITES}
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
    PERFORM journal_append('retention.hold.place', p_kind, p_id, 'done', p_reason, '{{}}'::jsonb, p_request_id);
    RETURN v_id;
END $$;

CREATE FUNCTION retention_hold_lift(p_id uuid, p_request_id text) RETURNS void {WRITES}
DECLARE
    v_row retention_legalhold;
BEGIN
    IF NOT public.journal_controls() THEN
        RAISE EXCEPTION 'retention: not a person who may lift a hold' USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE retention_legalhold SET lifted_by_id = scope_user_id(), lifted_at = clock_timestamp()
    WHERE id = p_id AND lifted_at IS NULL RETURNING * INTO v_row;
    IF FOUND THEN
        PERFORM journal_append('retention.hold.lift', v_row.object_kind, v_row.object_id, 'done', '', '{{}}'::jsonb,
                               p_request_id);
    END IF;
END $$;
""",
    """DROP FUNCTION retention_hold_lift(uuid, text);
    DROP FUNCTION retention_hold_place(text, uuid, text, text, text)""",
)

ALONE = """IF public.scope_system() IS DISTINCT FROM 'retention' THEN
        RAISE EXCEPTION 'retention: done by its own job alone' USING ERRCODE = 'insufficient_privilege';
    END IF;"""

RUN = (
    f"""
CREATE FUNCTION retention_run_prepare() RETURNS uuid {WRITES}
DECLARE
    v_id uuid := gen_random_uuid();
    v_count integer;
BEGIN
    {ALONE}
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
END $$;

CREATE FUNCTION retention_run_sign(p_id uuid, p_archives text, p_request_id text) RETURNS void {WRITES}
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
END $$;

CREATE FUNCTION retention_run_dismiss(p_id uuid, p_request_id text) RETURNS void {WRITES}
BEGIN
    IF NOT public.journal_controls() THEN
        RAISE EXCEPTION 'retention: not a person who may decide' USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE retention_run SET dismissed_at = clock_timestamp(), dismissed_by_id = scope_user_id()
    WHERE id = p_id AND dismissed_at IS NULL AND (direction_at IS NULL OR dpo_at IS NULL);
    IF FOUND THEN
        PERFORM journal_append('retention.run.dismiss', 'retention_run', p_id, 'done', '', '{{}}'::jsonb, p_request_id);
    END IF;
END $$;
""",
    """DROP FUNCTION retention_run_dismiss(uuid, text); DROP FUNCTION retention_run_sign(uuid, text, text);
    DROP FUNCTION retention_run_prepare()""",
)

# One object, in the transaction of the caller. The date and the hold are asked once the rows are locked: what happened
# between the signature and now keeps the object.
EXECUTE = (
    f"""
CREATE FUNCTION retention_row_execute(p_id uuid) RETURNS text {WRITES}
DECLARE
    v_row retention_row;
    v_run retention_run;
    v_kind retention_kind;
    v_due record;
    v_outcome text;
    v_ids uuid[];
BEGIN
    {ALONE}
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
        PERFORM journal_append('retention.object.forget', v_row.object_kind, forgotten, 'done', v_row.kind_id, '{{}}'::jsonb, '')
        FROM unnest(v_ids) AS forgotten;
        UPDATE retention_row SET reference = '' WHERE object_id = ANY (v_ids);
        UPDATE retention_legalhold SET reference = '' WHERE object_id = ANY (v_due.together);
    END IF;
    UPDATE retention_row SET outcome = v_outcome, at = clock_timestamp() WHERE id = p_id;
    RETURN v_outcome;
END $$;

CREATE FUNCTION retention_run_finish(p_id uuid) RETURNS void {WRITES}
BEGIN
    {ALONE}
    UPDATE retention_run r SET finished_at = clock_timestamp() WHERE r.id = p_id AND r.finished_at IS NULL
        AND NOT EXISTS (SELECT FROM retention_row w WHERE w.run_id = r.id AND w.outcome = '');
    IF FOUND THEN
        PERFORM journal_append('retention.run.finish', 'retention_run', p_id, 'done', '', (
            SELECT jsonb_object_agg(outcome, n) FROM (
                SELECT outcome, count(*) AS n FROM retention_row WHERE run_id = p_id GROUP BY outcome) AS counted), '');
    END IF;
END $$;

-- What two people signed before the backup that was restored. For the owner's connection alone.
CREATE FUNCTION retention_replay(p_kind text, p_object_id uuid, p_at timestamptz) RETURNS boolean {WRITES}
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
    PERFORM journal_append('retention.object.replay', v_kind.object_kind, p_object_id, 'done', p_kind, '{{}}'::jsonb, '');
    RETURN true;
END $$;
""",
    """DROP FUNCTION retention_replay(text, uuid, timestamptz); DROP FUNCTION retention_run_finish(uuid);
    DROP FUNCTION retention_row_execute(uuid)""",
)

# Answers the kinds newly told, with their number, so that a mail gives counts and nothing else.
WARN = (
    f"""
CREATE FUNCTION retention_warn() RETURNS TABLE (days integer, label text, n bigint) {WRITES}
DECLARE
    v_today date := (now() AT TIME ZONE 'Europe/Paris')::date;
BEGIN
    {ALONE}
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
END $$;
""",
    "DROP FUNCTION retention_warn()",
)

INNER = """retention_kind_register(text, text, text, text, text, text, text, text, integer, text, text, integer),
    retention_due(text, uuid), retention_role(uuid, uuid), retention_replay(text, uuid, timestamptz)"""
RIGHTS = (
    f"""
REVOKE ALL ON FUNCTION {INNER} FROM PUBLIC, havre_app;
SELECT journal_kind_register('retention_rule', 'retention_ruleversion');
SELECT journal_kind_register('retention_run', 'retention_run');
""",
    "DELETE FROM journal_kind WHERE kind IN ('retention_rule', 'retention_run')",
)

# True inside a function of the owner that the job called: triggers that freeze rows let what it erases through.
ERASES = (
    """
CREATE FUNCTION retention_erases() RETURNS boolean LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT current_user <> 'havre_app' AND coalesce(scope_system() = 'retention', false) $$;
""",
    "DROP FUNCTION retention_erases()",
)

REVEALS = (
    """
CREATE FUNCTION reveal_forget(row_id uuid) RETURNS uuid[] LANGUAGE sql SET search_path = pg_catalog, public, pg_temp AS $$
  WITH gone AS (DELETE FROM access_reveal WHERE id = $1 RETURNING id) SELECT coalesce(array_agg(id), '{}') FROM gone
$$;
SELECT journal_kind_register('reveal', 'access_reveal');
SELECT retention_kind_register('reveal', 'reveal', 'access_reveal', 'motif d’ouverture d’une identité ou d’une adresse',
  'la fin de l’ouverture', 'destroy',
  'SELECT r.id AS object_id, '''' AS reference, (r.ends_at AT TIME ZONE ''Europe/Paris'')::date AS starts_on,
     ARRAY[r.id, r.object_id] AS together FROM access_reveal r',
  'reveal_forget', 12, 'Une année suffit au contrôle des ouvertures ; le journal en garde la trace aussi longtemps que lui.',
  'CNIL, délibération 2021-122 sur la journalisation', 80);
""",
    """DELETE FROM retention_kind WHERE kind = 'reveal'; DELETE FROM journal_kind WHERE kind = 'reveal';
    DROP FUNCTION reveal_forget(uuid)""",
)


class Migration(migrations.Migration):
    dependencies = [
        ("retention", "0001_initial"),
        ("access", "0005_journal_months"),
        ("journal", "0003_months"),
    ]

    operations = [
        migrations.RunSQL(*pair)
        for pair in [
            *TABLES,
            ONE_RUN,
            REGISTER,
            RULES,
            DUE,
            OF,
            LIST,
            SIMULATE,
            FIND,
            ROLE,
            RULE,
            HOLD,
            RUN,
            EXECUTE,
            WARN,
            RIGHTS,
            ERASES,
            REVEALS,
        ]
    ]
