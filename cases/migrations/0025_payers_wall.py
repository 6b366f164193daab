"""The authority that pays reads the linkings that a grant opens to it, and agrees to the price as it is written."""

from django.db import migrations

from cms.access.wall import definer, policies

ALL = "(SELECT scope_sees_all_cases())"
MANAGES = "(SELECT scope_manages_cases())"

FUNCTIONS = [
    definer(
        "linking_paid_ids()",
        "SETOF uuid",
        """SELECT l.id FROM cases_linking l JOIN partners_partner p ON p.kind = 'ase' AND p.ase_authority_id = l.payer_id
           WHERE p.id = ANY (scope_partners_as('requester')) AND l.cancelled_at IS NULL
             AND l.id IN (SELECT scope_granted_ids('linking', 10))""",
    ),
    definer(
        "payer_agreement_holds(p_linking uuid, p_payer text, p_cents integer, p_ends_on date)",
        "boolean",
        """SELECT EXISTS (SELECT 1 FROM cases_linking l WHERE l.id = $1 AND l.payer_id = $2 AND l.daily_price_cents = $3
             AND l.finance_ends_on IS NOT DISTINCT FROM $4)""",
    ),
    # The authority knows which minor it pays for; nothing else of the file is told.
    definer(
        "linking_reference(row_id uuid)",
        "text",
        """SELECT c.reference FROM cases_linking l JOIN cases_case c ON c.id = l.case_id
           WHERE l.id = $1 AND ((SELECT scope_sees_all_cases()) OR l.id IN (SELECT linking_paid_ids()))""",
    ),
]

TABLE = policies(
    "cases_payeragreement",
    select=f"{ALL} OR linking_id IN (SELECT linking_visible_ids())",
    insert=f"given_by_id = (SELECT scope_user_id()) AND payer_agreement_holds(linking_id, payer_id, daily_price_cents, "
    f"ends_on) AND ({MANAGES} OR (NOT is_on_paper AND linking_id IN (SELECT linking_paid_ids())))",
    update="false",
    check="can_see_linking(linking_id)",
)

BEFORE = "  DELETE FROM cases_linking WHERE case_id = ANY (v_cases);\n"
AFTER = f"""  DELETE FROM cases_payeragreement
    WHERE linking_id IN (SELECT l.id FROM cases_linking l WHERE l.case_id = ANY (v_cases));
{BEFORE}"""


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


FORGET = (rewritten(BEFORE, AFTER), rewritten(AFTER, BEFORE))


class Migration(migrations.Migration):
    dependencies = [("cases", "0024_payers"), ("partners", "0009_retention")]

    operations = [migrations.RunSQL(*pair) for pair in [*FUNCTIONS, TABLE, FORGET]]
