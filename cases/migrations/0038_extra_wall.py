"""Answers to added fields are read as the words of their request, or as the identity of their situation when sealed;
definitions by whoever is signed in. What erases the words erases sealed answers; coded ones stay, as other codes do.
"""

from django.db import migrations

from cms.access.wall import optional, policies

ALL = "(SELECT scope_sees_all_cases())"
MANAGES = "(SELECT scope_manages_cases())"
OF_REQUEST = f"sollicitation_id IS NOT NULL AND ({ALL} OR sollicitation_id IN (SELECT sollicitation_asked_ids()))"
CLEAR_OF_CASE = f"case_id IS NOT NULL AND NOT is_sealed AND ({ALL} OR case_id IN (SELECT case_visible_ids()))"
# The same condition as that of the identity: a live reveal, or a service of the coordination that writes this row.
SEALED_OF_CASE = f"""case_id IS NOT NULL AND is_sealed AND (case_id IN (SELECT reveal_live_ids('case', 'identity'))
  OR ({MANAGES} AND case_id = (SELECT sealed_row_of('case'))))"""

TABLES = [
    policies(
        "cases_extrafield",
        select="(SELECT scope_user_id()) IS NOT NULL OR (SELECT scope_system()) IS NOT NULL",
        insert=MANAGES,
        update=MANAGES,
    ),
    policies(
        "cases_extraanswer",
        select=f"({OF_REQUEST}) OR ({CLEAR_OF_CASE}) OR ({SEALED_OF_CASE})",
        insert=f"{MANAGES} OR sollicitation_id IN (SELECT sollicitation_written_ids())",
        update=MANAGES,
        delete=f"{MANAGES} AND NOT is_sealed",
        check=f"{optional('can_see_sollicitation', 'sollicitation_id')} AND {optional('can_see_case', 'case_id')}",
    ),
]

WORDS = (
    """
CREATE FUNCTION sollicitation_extra_forget() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  DELETE FROM cases_extraanswer WHERE sollicitation_id = OLD.sollicitation_id AND is_sealed;
  RETURN NULL;
END $$;
CREATE TRIGGER sollicitation_extra_forgotten AFTER DELETE ON cases_sollicitationdetail
  FOR EACH ROW EXECUTE FUNCTION sollicitation_extra_forget();
""",
    """DROP TRIGGER sollicitation_extra_forgotten ON cases_sollicitationdetail;
    DROP FUNCTION sollicitation_extra_forget();""",
)
NAMES = "  DELETE FROM cases_casename WHERE case_id = ANY (v_cases);\n"
NAMES_AND_EXTRA = f"{NAMES}  DELETE FROM cases_extraanswer WHERE case_id = ANY (v_cases) AND is_sealed;\n"


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


FORGET = (rewritten(NAMES, NAMES_AND_EXTRA), rewritten(NAMES_AND_EXTRA, NAMES))
KIND = ("SELECT journal_kind_register('extrafield', 'cases_extrafield')", migrations.RunSQL.noop)


class Migration(migrations.Migration):
    dependencies = [("cases", "0037_extra_fields")]

    operations = [migrations.RunSQL(*pair) for pair in [*TABLES, WORDS, FORGET, KIND]]
