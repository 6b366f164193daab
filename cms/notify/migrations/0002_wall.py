"""Row security of the on-call. Anybody may ring, through a function of the owner: a gendarme sees neither the rota nor
who is called. The job that rings sees these tables and no row about a minor.
"""

from django.db import migrations

from cms.access.wall import definer, optional, policies

MANAGES = "(SELECT scope_manages_cases())"
ME = "(SELECT scope_user_id())"
JOB = "coalesce((SELECT scope_system()) = 'notify', false)"

CALLED = definer(
    "ring_called_ids()", "SETOF uuid", "SELECT s.ring_id FROM notify_ringstep s WHERE s.person_id = scope_user_id()"
)
SEES_RING = definer(
    "can_see_ring(row_id uuid)",
    "boolean",
    "SELECT scope_manages_cases() OR coalesce(scope_system() = 'notify', false) OR $1 IN (SELECT ring_called_ids())",
)
SEES_DUTY = definer(
    "can_see_duty(row_id uuid)",
    "boolean",
    """SELECT scope_manages_cases()
         OR EXISTS (SELECT 1 FROM notify_duty d WHERE d.id = $1 AND d.person_id = scope_user_id())""",
)
# Whoever sends an urgent request rings, and learns only whether it rang already.
OPEN = definer(
    "ring_open(p_id uuid, p_kind text, p_object_id uuid)",
    "boolean",
    """WITH new AS (
         INSERT INTO notify_ring (id, kind, object_id, opened_at, rung)
         SELECT $1, $2, $3, clock_timestamp(), -1 WHERE scope_user_id() IS NOT NULL OR scope_system() IS NOT NULL
         ON CONFLICT (kind, object_id) WHERE closed_at IS NULL DO NOTHING RETURNING 1)
       SELECT EXISTS (SELECT 1 FROM new)""",
    volatility="VOLATILE",
)

TABLES = [
    policies("notify_duty", select=f"{MANAGES} OR {JOB} OR person_id = {ME}", insert=MANAGES, update=MANAGES),
    policies(
        "notify_dutyswap",
        select=MANAGES,
        insert=f"{MANAGES} AND proposed_by_id = {ME} AND answered_at IS NULL",
        update=MANAGES,
        check=f"can_see_duty(duty_id) AND {optional('can_see_duty', 'in_exchange_id')}",
    ),
    policies(
        "notify_ring",
        select=f"{MANAGES} OR {JOB} OR id IN (SELECT ring_called_ids())",
        insert="false",
        update=f"{MANAGES} OR {JOB} OR id IN (SELECT ring_called_ids())",
    ),
    policies(
        "notify_ringstep",
        select=f"{MANAGES} OR {JOB} OR person_id = {ME}",
        insert=JOB,
        update=f"{JOB} OR person_id = {ME}",
        check="can_see_ring(ring_id)",
    ),
]

# Row security cannot say which columns change: a person answers a call, and the job alone climbs the ladder.
FREEZE = (
    """
CREATE OR REPLACE FUNCTION ring_freeze() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  expected notify_ring := OLD;
BEGIN
  IF current_user <> 'havre_app' OR coalesce(public.scope_system() = 'notify', false) THEN
    RETURN NEW;
  END IF;
  IF public.scope_manages_cases() THEN
    expected.closed_at := NEW.closed_at;
  END IF;
  IF OLD.acknowledged_at IS NULL AND NEW.acknowledged_by_id = public.scope_user_id() THEN
    expected.acknowledged_at := NEW.acknowledged_at;
    expected.acknowledged_by_id := NEW.acknowledged_by_id;
  END IF;
  IF OLD.closed_at IS NOT NULL OR NEW IS DISTINCT FROM expected THEN
    RAISE EXCEPTION 'ring_frozen' USING ERRCODE = 'check_violation', CONSTRAINT = 'ring_frozen';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER ring_frozen BEFORE UPDATE ON notify_ring FOR EACH ROW EXECUTE FUNCTION ring_freeze();
""",
    "DROP TRIGGER ring_frozen ON notify_ring; DROP FUNCTION ring_freeze();",
)

# Minute after minute the job asks for what rings: a few rows among years of them.
OPEN_RINGS = (
    "CREATE INDEX notify_ring_open ON notify_ring (opened_at) WHERE closed_at IS NULL",
    "DROP INDEX notify_ring_open",
)

KINDS = [
    (f"SELECT journal_kind_register('{kind}', 'notify_{kind}')", migrations.RunSQL.noop) for kind in ("duty", "ring")
]


class Migration(migrations.Migration):
    dependencies = [("notify", "0001_initial"), ("access", "0002_scope"), ("journal", "0002_functions")]

    operations = [
        migrations.RunSQL(*pair) for pair in [CALLED, SEES_RING, SEES_DUTY, OPEN, *TABLES, FREEZE, OPEN_RINGS, *KINDS]
    ]
