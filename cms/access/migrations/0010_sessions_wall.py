"""Row security of connexions, drafts and displays, and the functions that stand before any scope."""

from django.db import migrations

from cms.access.wall import definer, policies

OWN = "user_id = (SELECT scope_user_id())"

SETTING = definer(
    "setting_integer(key text, fallback integer)",
    "integer",
    """SELECT coalesce((SELECT (v.value #>> '{}')::integer FROM values_settingversion v
       WHERE v.key = $1 ORDER BY v.changed_at DESC LIMIT 1), $2)""",
)

# Called before any scope: who may enter one depends on its answer. It tells nothing but the state of an id that is drawn
# at random and kept on the server. A row about to be written is read again under its lock.
TOUCH = (
    """
CREATE OR REPLACE FUNCTION sign_in_touch(
    wanted uuid, owner uuid, moment timestamptz, is_activity boolean, idle integer, absolute integer,
    OUT state text, OUT has_just_ended boolean, OUT ends_at timestamptz, OUT is_final boolean)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
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
END $$;
""",
    "DROP FUNCTION sign_in_touch(uuid, uuid, timestamptz, boolean, integer, integer);",
)

SIGN_INS_END = definer(
    "sign_ins_end(owner uuid, kept uuid, why text, moment timestamptz)",
    "bigint",
    """WITH ended AS (
         UPDATE access_signin SET ended_at = $4, ending = $3
         WHERE user_id = $1 AND ended_at IS NULL AND id IS DISTINCT FROM $2
           AND (scope_user_id() IS NOT NULL OR scope_system() IS NOT NULL)
         RETURNING 1)
       SELECT count(*) FROM ended""",
    volatility="VOLATILE",
)
SIGN_INS_FORGET = definer(
    "sign_ins_forget(moment timestamptz)",
    "bigint",
    """WITH gone AS (
         DELETE FROM access_signin WHERE scope_system() = 'housekeeping' AND started_at <= $1 - interval '30 days'
         RETURNING 1)
       SELECT count(*) FROM gone""",
    volatility="VOLATILE",
)
DRAFTS_FORGET = definer(
    "drafts_forget(moment timestamptz)",
    "bigint",
    """WITH gone AS (
         DELETE FROM access_draft WHERE scope_system() = 'housekeeping' AND saved_at <= $1 - interval '72 hours'
         RETURNING 1)
       SELECT count(*) FROM gone""",
    volatility="VOLATILE",
)
# Answers whoever holds the address, without a scope.
DISPLAY_FIND = definer(
    "display_find(wanted text)",
    "SETOF access_displaytoken",
    "SELECT d.* FROM access_displaytoken d WHERE d.token_hash = $1",
)

SIGN_IN = policies("access_signin", select=OWN, insert=OWN, update=OWN)
DRAFT = policies("access_draft", select=OWN, insert=OWN, update=OWN, delete=OWN)
OPENER = "opened_by_id = (SELECT scope_user_id())"
DISPLAY = policies(
    "access_displaytoken",
    select=f"{OPENER} OR (SELECT scope_manages_cases())",
    insert=OPENER,
    update=f"{OPENER} OR (SELECT scope_manages_cases())",
)
KINDS = ("SELECT journal_kind_register('display', 'access_displaytoken')", migrations.RunSQL.noop)


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0009_sessions"),
        ("journal", "0003_months"),
        ("values", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(*pair)
        for pair in [
            SETTING,
            TOUCH,
            SIGN_INS_END,
            SIGN_INS_FORGET,
            DRAFTS_FORGET,
            DISPLAY_FIND,
            SIGN_IN,
            DRAFT,
            DISPLAY,
            KINDS,
        ]
    ]
