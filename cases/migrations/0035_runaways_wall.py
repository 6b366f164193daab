"""A runaway is read as its incident; its return by the team that houses the minor; delays by whoever is signed in."""

from django.db import migrations

from cms.access.wall import definer, optional, policies

ALL = "(SELECT scope_sees_all_cases())"
MANAGES = "(SELECT scope_manages_cases())"
ME = "(SELECT scope_user_id())"

FUNCTIONS = [
    definer(
        "absence_housed_ids()",
        "SETOF uuid",
        "SELECT a.id FROM cases_absence a WHERE a.placement_id IN (SELECT placement_housed_ids())",
    ),
    definer("can_see_absence(row_id uuid)", "boolean", f"SELECT {ALL} OR $1 IN (SELECT absence_housed_ids())"),
]
TABLES = [
    policies(
        "cases_runawaydelay",
        select="(SELECT scope_user_id()) IS NOT NULL OR (SELECT scope_system()) IS NOT NULL",
        insert=MANAGES,
        update=MANAGES,
    ),
    policies(
        "cases_runaway",
        select=f"{ALL} OR incident_id IN (SELECT incident_visible_ids())",
        insert=f"{MANAGES} OR incident_id IN (SELECT incident_written_ids())",
        update=MANAGES,
        check=f"can_see_incident(incident_id) AND {optional('can_see_absence', 'absence_id')}",
    ),
    policies(
        "cases_runawayreturn",
        select=f"{ALL} OR absence_id IN (SELECT absence_housed_ids())",
        insert=f"recorded_by_id = {ME} AND ({MANAGES} OR absence_id IN (SELECT absence_housed_ids()))",
        update="false",
        check="can_see_absence(absence_id)",
    ),
]

IDENTITY = "  DELETE FROM cases_caseidentity WHERE case_id = ANY (v_cases);\n"
# That a minor came back, and was offered a doctor, stays; what they said of it goes.
TOLD = f"""{IDENTITY}  UPDATE cases_runawayreturn SET told = NULL WHERE absence_id IN (SELECT a.id FROM cases_absence a
    JOIN cases_placement p ON p.id = a.placement_id WHERE p.case_id = ANY (v_cases));
"""


def rewritten(before: str, after: str) -> str:
    """Replace a passage of `case_forget` where it stands, whatever other migrations have added to it."""
    return f"""DO $do$
DECLARE
  v_before text := pg_get_functiondef('case_forget(uuid)'::regprocedure);
  v_after text := replace(v_before, $old${before}$old$, $new${after}$new$);
BEGIN
  IF v_before = v_after THEN RAISE EXCEPTION 'case_forget has not the passage to replace'; END IF;
  EXECUTE v_after;
END $do$"""


FORGET = (rewritten(IDENTITY, TOLD), rewritten(TOLD, IDENTITY))


class Migration(migrations.Migration):
    dependencies = [("cases", "0034_runaways")]

    operations = [migrations.RunSQL(*pair) for pair in [*FUNCTIONS, *TABLES, FORGET]]
