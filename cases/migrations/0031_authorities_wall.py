"""Who was told of an incident is read as the incident; setting an authority aside is the coordination's."""

from django.db import migrations

from cms.access.wall import policies

WALL = policies(
    "cases_authoritywaiver",
    select="(SELECT scope_sees_all_cases()) OR incident_id IN (SELECT incident_visible_ids())",
    insert="(SELECT scope_manages_cases()) AND decided_by_id = (SELECT scope_user_id())",
    update="false",
    check="can_see_incident(incident_id)",
)

WORDS = "DELETE FROM cases_incidentdetail WHERE incident_id = $1;"
# Which authorities were told, and when, counts in indicator 8; whom they spoke to, and why one was set aside, goes.
ALL_WORDS = f"""{WORDS}
  DELETE FROM cases_authoritywaiver WHERE incident_id = $1;
  UPDATE cases_authoritynotice SET note = NULL, proof_id = NULL WHERE incident_id = $1;"""


def rewritten(before: str, after: str) -> str:
    """Replace a passage of `incident_forget` where it stands, whatever other migrations have added to it."""
    return f"""DO $do$
DECLARE
  v_before text := pg_get_functiondef('incident_forget(uuid)'::regprocedure);
  v_after text := replace(v_before, $old${before}$old$, $new${after}$new$);
BEGIN
  IF v_before = v_after THEN RAISE EXCEPTION 'incident_forget has not the passage to replace'; END IF;
  EXECUTE v_after;
END $do$"""


FORGET = (rewritten(WORDS, ALL_WORDS), rewritten(ALL_WORDS, WORDS))


class Migration(migrations.Migration):
    dependencies = [("cases", "0030_authorities")]

    operations = [migrations.RunSQL(*pair) for pair in [WALL, FORGET]]
