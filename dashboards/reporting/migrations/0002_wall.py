"""Who reads and writes what no longer changes, and what the State reads: releases, its own questions, committees.

What was agreed to by two people is held by a trigger, so that no service, screen or shell changes it.
"""

from django.db import migrations

from cms.access.wall import definer, policies

ME = "(SELECT scope_user_id())"
SEES = "(SELECT scope_sees_all_cases())"
MANAGES = "(SELECT scope_manages_cases())"
STATE = "(SELECT scope_has_role('state_reader'))"
OWN = "partner_id = ANY (scope_partners_as('state_reader'))"
UNDECIDED = "agreed_by_id IS NULL AND dismissed_by_id IS NULL"
MINE = f"(agreed_by_id IS NULL OR agreed_by_id = {ME}) AND (dismissed_by_id IS NULL OR dismissed_by_id = {ME})"

SEEN = definer(
    "can_see_closedperiod(period uuid)",
    "boolean",
    "SELECT scope_sees_all_cases() AND EXISTS (SELECT FROM reporting_closedperiod c WHERE c.id = period)",
)
# The rows of a period are written with it, before anybody agrees.
FILLED = definer(
    "can_fill_closedperiod(period uuid)",
    "boolean",
    """SELECT EXISTS (SELECT FROM reporting_closedperiod c WHERE c.id = period AND c.asked_by_id = scope_user_id()
       AND c.agreed_at IS NULL AND c.dismissed_at IS NULL)""",
)

GUARD = (
    """
CREATE FUNCTION reporting_decided_guard() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_free text[] := ARRAY['agreed_by_id', 'agreed_at', 'dismissed_by_id', 'dismissed_at'];
BEGIN
  IF TG_OP = 'DELETE' OR OLD.agreed_at IS NOT NULL OR OLD.dismissed_at IS NOT NULL
     OR to_jsonb(NEW) - v_free <> to_jsonb(OLD) - v_free THEN
    RAISE EXCEPTION 'reporting_decided' USING ERRCODE = 'check_violation', CONSTRAINT = 'reporting_decided';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER closedperiod_guard BEFORE UPDATE OR DELETE ON reporting_closedperiod
  FOR EACH ROW EXECUTE FUNCTION reporting_decided_guard();
CREATE TRIGGER release_guard BEFORE UPDATE OR DELETE ON reporting_release
  FOR EACH ROW EXECUTE FUNCTION reporting_decided_guard();
""",
    """
DROP TRIGGER release_guard ON reporting_release; DROP TRIGGER closedperiod_guard ON reporting_closedperiod;
DROP FUNCTION reporting_decided_guard();
""",
)

# A question is answered once, by the side that was asked, and never reworded.
ANSWER = (
    """
CREATE FUNCTION statequestion_guard() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_free text[] := ARRAY['answer', 'answered_by_id', 'answered_at'];
BEGIN
  IF TG_OP = 'DELETE' OR OLD.answered_at IS NOT NULL OR to_jsonb(NEW) - v_free <> to_jsonb(OLD) - v_free THEN
    RAISE EXCEPTION 'statequestion_answered' USING ERRCODE = 'check_violation', CONSTRAINT = 'statequestion_answered';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER statequestion_guard BEFORE UPDATE OR DELETE ON reporting_statequestion
  FOR EACH ROW EXECUTE FUNCTION statequestion_guard();
""",
    "DROP TRIGGER statequestion_guard ON reporting_statequestion; DROP FUNCTION statequestion_guard();",
)

TABLES = [
    policies(
        "reporting_closedperiod",
        select=SEES,
        insert=f"{MANAGES} AND asked_by_id = {ME} AND {UNDECIDED}",
        update=MANAGES,
        check=MINE,
    ),
    policies(
        "reporting_closedrows",
        select=SEES,
        insert=MANAGES,
        update="false",
        check="can_see_closedperiod(period_id) AND can_fill_closedperiod(period_id)",
    ),
    policies(
        "reporting_revision",
        select=SEES,
        insert=f"{MANAGES} AND noted_by_id = {ME}",
        update="false",
        check="can_see_closedperiod(period_id)",
    ),
    policies(
        "reporting_release",
        select=f"{SEES} OR (agreed_at IS NOT NULL AND {STATE})",
        insert=f"{MANAGES} AND asked_by_id = {ME} AND {UNDECIDED}",
        update=MANAGES,
        check=f"{MINE} AND can_see_closedperiod(period_id)",
    ),
    policies(
        "reporting_target",
        select=SEES,
        insert=f"{MANAGES} AND set_by_id = {ME}",
        update=MANAGES,
        delete=MANAGES,
    ),
    policies(
        "reporting_statequestion",
        select=f"{SEES} OR {OWN}",
        insert=f"asked_by_id = {ME} AND answered_by_id IS NULL "
        f"AND (({MANAGES} AND side = 'network') OR ({OWN} AND side = 'state'))",
        update=f"({MANAGES} AND side = 'state') OR ({OWN} AND side = 'network')",
        check=f"(answered_by_id IS NULL OR answered_by_id = {ME}) AND can_see_partner(partner_id)",
    ),
    policies(
        "reporting_committee",
        select=f"{SEES} OR {STATE}",
        insert=f"{MANAGES} AND written_by_id = {ME}",
        update=MANAGES,
    ),
]

KINDS = [
    (f"SELECT journal_kind_register('{kind}', 'reporting_{kind}')", migrations.RunSQL.noop)
    for kind in ("closedperiod", "release", "statequestion", "committee")
]


class Migration(migrations.Migration):
    dependencies = [("reporting", "0001_initial"), ("access", "0002_scope"), ("partners", "0002_wall")]

    operations = [migrations.RunSQL(*pair) for pair in [SEEN, FILLED, *TABLES, GUARD, ANSWER, *KINDS]]
