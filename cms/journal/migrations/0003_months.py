"""A month of the journal leaves whole, once two people agreed, and what is kept of it holds the chain together."""

import uuid

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

# The number of months kept is a setting, known further up: its migration replaces this answer.
MONTHS_KEPT = """
CREATE OR REPLACE FUNCTION journal_months_kept() RETURNS integer LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$ SELECT 12 $$;
"""

CONTROLS = """
CREATE OR REPLACE FUNCTION journal_controls() RETURNS boolean LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT nullif(current_setting('app.user_id', true), '') IS NOT NULL
       AND coalesce(nullif(current_setting('app.roles', true), '')::text[] && ARRAY['direction', 'dpo'], false)
$$;
"""

# Lines of a month, wherever they stand: a line that found no partition fell in the default one.
OBSTACLE = """
CREATE OR REPLACE FUNCTION journal_month_obstacle(p_month date)
RETURNS text LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$
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
END $$;
"""

PREPARE = """
CREATE OR REPLACE FUNCTION journal_month_prepare()
RETURNS uuid LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$
DECLARE
    v_month date := (SELECT date_trunc('month', min(at))::date FROM journal_line);
    v_id uuid;
BEGIN
    IF current_setting('app.system', true) IS DISTINCT FROM 'journal' THEN
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
END $$;
"""

# One person answers for one role: the constraint of the table refuses a second agreement by the same.
APPROVE = """
CREATE OR REPLACE FUNCTION journal_month_approve(p_id uuid, p_request_id text)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_user uuid := nullif(current_setting('app.user_id', true), '')::uuid;
    v_roles text[] := coalesce(nullif(current_setting('app.roles', true), '')::text[], '{}');
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
END $$;
"""

# The lock is awaited a few seconds only: behind it every line written would wait too. The next night tries again.
DROP = """
CREATE OR REPLACE FUNCTION journal_month_drop(p_id uuid)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' SET lock_timeout = '5s' AS $$
DECLARE
    v_row journal_month;
    v_from timestamptz;
    v_to timestamptz;
    v_name text;
    v_found record;
BEGIN
    IF current_setting('app.system', true) IS DISTINCT FROM 'journal' THEN
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
END $$;
"""

HOLD = """
CREATE OR REPLACE FUNCTION journal_hold_place(p_from date, p_reason text, p_request_id text)
RETURNS uuid LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_id uuid := gen_random_uuid();
BEGIN
    IF NOT journal_controls() THEN
        RAISE EXCEPTION 'journal: not a person who may hold a month' USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO journal_hold (id, from_month, reason, placed_by_id, placed_at)
    VALUES (v_id, date_trunc('month', p_from::timestamp)::date, p_reason,
            current_setting('app.user_id')::uuid, clock_timestamp());
    PERFORM journal_append('journal.hold.place', 'journal_hold', v_id, 'done', p_reason,
                           jsonb_build_object('month', to_char(p_from, 'YYYY-MM')), p_request_id);
    RETURN v_id;
END $$;

CREATE OR REPLACE FUNCTION journal_hold_lift(p_id uuid, p_request_id text)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT journal_controls() THEN
        RAISE EXCEPTION 'journal: not a person who may lift a hold' USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE journal_hold SET lifted_by_id = current_setting('app.user_id')::uuid, lifted_at = clock_timestamp()
    WHERE id = p_id AND lifted_at IS NULL;
    IF FOUND THEN
        PERFORM journal_append('journal.hold.lift', 'journal_hold', p_id, 'done', '', '{}'::jsonb, p_request_id);
    END IF;
END $$;
"""

READS = """nullif(current_setting('app.system', true), '') IS NOT NULL
    OR coalesce(nullif(current_setting('app.roles', true), '')::text[] && ARRAY['direction', 'dpo'], false)"""

RIGHTS = f"""
ALTER TABLE journal_month ENABLE ROW LEVEL SECURITY;
ALTER TABLE journal_cut ENABLE ROW LEVEL SECURITY;
ALTER TABLE journal_hold ENABLE ROW LEVEL SECURITY;
CREATE POLICY journal_month_read ON journal_month FOR SELECT TO havre_app USING ({READS});
CREATE POLICY journal_cut_read ON journal_cut FOR SELECT TO havre_app USING ({READS});
CREATE POLICY journal_hold_read ON journal_hold FOR SELECT TO havre_app USING ({READS});
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
SELECT journal_kind_register('journal_month', 'journal_month');
SELECT journal_kind_register('journal_hold', 'journal_hold');
"""

REVERSE = """
DELETE FROM journal_kind WHERE kind IN ('journal_month', 'journal_hold');
DROP FUNCTION journal_hold_lift(uuid, text); DROP FUNCTION journal_hold_place(date, text, text);
DROP FUNCTION journal_month_drop(uuid); DROP FUNCTION journal_month_approve(uuid, text);
DROP FUNCTION journal_month_prepare(); DROP FUNCTION journal_month_obstacle(date);
DROP FUNCTION journal_controls(); DROP FUNCTION journal_months_kept();
"""


def uuid_key():
    return models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)


class Migration(migrations.Migration):
    dependencies = [("journal", "0002_functions")]

    operations = [
        migrations.CreateModel(
            name="JournalMonth",
            fields=[
                ("id", uuid_key()),
                ("month", models.DateField(unique=True, verbose_name="mois")),
                ("first_seq", models.BigIntegerField(verbose_name="premier rang")),
                ("last_seq", models.BigIntegerField(verbose_name="dernier rang")),
                ("line_count", models.BigIntegerField(verbose_name="nombre de lignes")),
                ("closing_hash", models.BinaryField(verbose_name="empreinte de la dernière ligne")),
                ("prepared_at", models.DateTimeField(verbose_name="préparé le")),
                ("direction_by_id", models.UUIDField(null=True, verbose_name="accord de la direction par")),
                ("direction_at", models.DateTimeField(null=True, verbose_name="accord de la direction le")),
                ("dpo_by_id", models.UUIDField(null=True, verbose_name="accord de la protection des données par")),
                ("dpo_at", models.DateTimeField(null=True, verbose_name="accord de la protection des données le")),
                ("dropped_at", models.DateTimeField(null=True, verbose_name="retiré le")),
            ],
            options={
                "verbose_name": "mois du journal",
                "verbose_name_plural": "mois du journal",
                "db_table": "journal_month",
                "ordering": ["-month"],
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(direction_by_id=None) | Q(dpo_by_id=None) | ~Q(direction_by_id=F("dpo_by_id")),
                        name="journal_month_two_people",
                    ),
                    models.CheckConstraint(
                        condition=Q(direction_by_id=None, direction_at=None)
                        | Q(direction_by_id__isnull=False, direction_at__isnull=False),
                        name="journal_month_direction_whole",
                    ),
                    models.CheckConstraint(
                        condition=Q(dpo_by_id=None, dpo_at=None) | Q(dpo_by_id__isnull=False, dpo_at__isnull=False),
                        name="journal_month_dpo_whole",
                    ),
                    models.CheckConstraint(
                        condition=Q(dropped_at=None)
                        | Q(dropped_at__gte=F("direction_at")) & Q(dropped_at__gte=F("dpo_at")),
                        name="journal_month_dropped_once_agreed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="JournalCut",
            fields=[
                ("id", uuid_key()),
                ("first_seq", models.BigIntegerField(unique=True, verbose_name="premier rang")),
                ("last_seq", models.BigIntegerField(unique=True, verbose_name="dernier rang")),
                ("previous_hash", models.BinaryField(verbose_name="empreinte qui précède")),
                ("hash", models.BinaryField(verbose_name="empreinte de la dernière ligne")),
                (
                    "month",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cuts",
                        to="journal.journalmonth",
                        verbose_name="mois",
                    ),
                ),
            ],
            options={
                "verbose_name": "suite de lignes retirées",
                "verbose_name_plural": "suites de lignes retirées",
                "db_table": "journal_cut",
                "ordering": ["first_seq"],
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(condition=Q(last_seq__gte=F("first_seq")), name="journal_cut_in_order")
                ],
            },
        ),
        migrations.CreateModel(
            name="JournalHold",
            fields=[
                ("id", uuid_key()),
                ("from_month", models.DateField(verbose_name="à partir du mois")),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("justice", "Procédure ou réquisition judiciaire"),
                            ("control", "Contrôle d’une autorité"),
                            ("breach", "Violation de données en cours d’examen"),
                            ("request", "Demande d’une personne sur les accès à son dossier"),
                        ],
                        max_length=20,
                        verbose_name="motif",
                    ),
                ),
                ("placed_by_id", models.UUIDField(verbose_name="posée par")),
                ("placed_at", models.DateTimeField(verbose_name="posée le")),
                ("lifted_by_id", models.UUIDField(null=True, verbose_name="levée par")),
                ("lifted_at", models.DateTimeField(null=True, verbose_name="levée le")),
            ],
            options={
                "verbose_name": "conservation forcée du journal",
                "verbose_name_plural": "conservations forcées du journal",
                "db_table": "journal_hold",
                "ordering": ["-placed_at"],
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(reason__in=["justice", "control", "breach", "request"]),
                        name="journal_hold_reason_known",
                    ),
                    models.CheckConstraint(
                        condition=Q(lifted_by_id=None, lifted_at=None)
                        | Q(lifted_by_id__isnull=False, lifted_at__isnull=False),
                        name="journal_hold_lifted_whole",
                    ),
                ],
            },
        ),
        migrations.RunSQL("\n".join([MONTHS_KEPT, CONTROLS, OBSTACLE, PREPARE, APPROVE, DROP, HOLD, RIGHTS]), REVERSE),
    ]
