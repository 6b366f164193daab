"""Hashes of sounds and merges are the coordination's alone; what was decided keeps its author; all goes with the file."""

from django.db import migrations

from cms.access.wall import policies

MANAGES = "(SELECT scope_manages_cases())"
ME = "(SELECT scope_user_id())"

TABLES = [
    policies(
        "cases_casesound",
        select=MANAGES,
        insert=MANAGES,
        update="false",
        delete=MANAGES,
        check="can_see_case(case_id)",
    ),
    policies(
        "cases_casemerge",
        select=MANAGES,
        insert=f"{MANAGES} AND asked_by_id = {ME} AND agreed_at IS NULL AND refused_at IS NULL",
        update=MANAGES,
        check="can_see_case(kept_id) AND can_see_case(merged_id)",
    ),
    policies(
        "cases_caseapart",
        select=MANAGES,
        insert=f"{MANAGES} AND said_by_id = {ME} AND lifted_at IS NULL",
        update=MANAGES,
        check="can_see_case(first_id) AND can_see_case(second_id)",
    ),
]

# A merge is two people's: nobody answers under another name, nor changes what was asked, agreed or kept for the undoing.
FREEZE = (
    """
CREATE FUNCTION casemerge_freeze() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF (NEW.kept_id, NEW.merged_id, NEW.asked_by_id, NEW.asked_at)
       IS DISTINCT FROM (OLD.kept_id, OLD.merged_id, OLD.asked_by_id, OLD.asked_at)
    OR OLD.refused_at IS NOT NULL OR OLD.undone_at IS NOT NULL
    OR (OLD.agreed_at IS NOT NULL AND (NEW.agreed_by_id, NEW.agreed_at, NEW.moved)
       IS DISTINCT FROM (OLD.agreed_by_id, OLD.agreed_at, OLD.moved))
    OR (NEW.agreed_by_id IS DISTINCT FROM OLD.agreed_by_id AND NEW.agreed_by_id IS DISTINCT FROM scope_user_id())
    OR (NEW.refused_by_id IS DISTINCT FROM OLD.refused_by_id AND NEW.refused_by_id IS DISTINCT FROM scope_user_id())
    OR (NEW.undone_by_id IS DISTINCT FROM OLD.undone_by_id AND NEW.undone_by_id IS DISTINCT FROM scope_user_id())
  THEN
    RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'casemerge_frozen',
      MESSAGE = 'a merge keeps who asked and who answered';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER casemerge_frozen BEFORE UPDATE ON cases_casemerge FOR EACH ROW EXECUTE FUNCTION casemerge_freeze();
""",
    "DROP TRIGGER casemerge_frozen ON cases_casemerge; DROP FUNCTION casemerge_freeze()",
)

NAMES = "  DELETE FROM cases_casename WHERE case_id = ANY (v_cases);\n"
# A merge would tie the new person key to the old one.
ALL_OF_IT = f"""{NAMES}  DELETE FROM cases_casesound WHERE case_id = ANY (v_cases);
  DELETE FROM cases_casemerge WHERE kept_id = ANY (v_cases) OR merged_id = ANY (v_cases);
  DELETE FROM cases_caseapart WHERE first_id = ANY (v_cases) OR second_id = ANY (v_cases);
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


FORGET = (rewritten(NAMES, ALL_OF_IT), rewritten(ALL_OF_IT, NAMES))


class Migration(migrations.Migration):
    dependencies = [("cases", "0016_duplicates")]

    operations = [migrations.RunSQL(*pair) for pair in [*TABLES, FREEZE, FORGET]]
