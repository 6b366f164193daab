"""A linking is seen by the coordination and through its grants; each party gives its own agreement; and no arrival is
recorded before everything is there, or waived.
"""

from django.db import migrations

from cms.access.wall import definer, optional, policies

ALL = "(SELECT scope_sees_all_cases())"
MANAGES = "(SELECT scope_manages_cases())"
ME = "(SELECT scope_user_id())"

FUNCTIONS = [
    definer("linking_visible_ids()", "SETOF uuid", "SELECT scope_granted_ids('linking', 10)"),
    definer("can_see_linking(row_id uuid)", "boolean", f"SELECT {ALL} OR $1 IN (SELECT linking_visible_ids())"),
    definer(
        "linking_housed_ids()",
        "SETOF uuid",
        """SELECT l.id FROM cases_linking l WHERE l.partner_id = ANY (scope_partners_as('structure_director'))
             AND l.cancelled_at IS NULL AND l.id IN (SELECT scope_granted_ids('linking', 20))""",
    ),
    definer(
        "linking_asked_ids()",
        "SETOF uuid",
        """SELECT l.id FROM cases_linking l WHERE l.requester_id = ANY (scope_partners_as('requester'))
             AND l.cancelled_at IS NULL AND l.id IN (SELECT scope_granted_ids('linking', 10))""",
    ),
    # What is not there yet. A linking is held to the points that were asked the day it opened.
    definer(
        "linking_missing(row_id uuid)",
        "text[]",
        """SELECT coalesce(array_agg(m.code), '{}') FROM (
             SELECT 'agreement:' || p.party AS code FROM unnest(ARRAY['requester', 'structure', 'network']) AS p(party)
               WHERE NOT EXISTS (SELECT 1 FROM cases_linkingagreement a WHERE a.linking_id = $1 AND a.party = p.party)
             UNION ALL
             SELECT 'check:' || v.code FROM cases_linking l JOIN values_value v ON v.list_code = 'protocole_securite'
               WHERE l.id = $1 AND (v.extra ->> 'is_required')::boolean
                 AND (v.active_from IS NULL OR v.active_from <= (l.opened_at AT TIME ZONE 'Europe/Paris')::date)
                 AND (v.active_to IS NULL OR v.active_to >= (l.opened_at AT TIME ZONE 'Europe/Paris')::date)
                 AND NOT EXISTS (SELECT 1 FROM cases_linkingcheck c WHERE c.linking_id = l.id AND c.item_id = v.id)
             UNION ALL
             SELECT 'finance' FROM cases_linking l WHERE l.id = $1 AND l.financed_on IS NULL
           ) AS m WHERE can_see_linking($1)""",
    ),
]

TABLES = [
    policies(
        "cases_linking",
        select=f"{ALL} OR id IN (SELECT linking_visible_ids())",
        insert=f"{MANAGES} AND placement_id IS NULL AND waived_at IS NULL AND cancelled_at IS NULL",
        update=MANAGES,
        check=f"can_see_case(case_id) AND can_see_partner(partner_id) AND {optional('can_see_partner', 'requester_id')} "
        f"AND {optional('can_see_orientation', 'orientation_id')} AND {optional('can_see_placement', 'placement_id')}",
    ),
    policies(
        "cases_linkingagreement",
        select=f"{ALL} OR linking_id IN (SELECT linking_visible_ids())",
        insert=f"given_by_id = {ME} AND ({MANAGES} OR (NOT is_on_paper AND ("
        "(party = 'structure' AND linking_id IN (SELECT linking_housed_ids())) "
        "OR (party = 'requester' AND linking_id IN (SELECT linking_asked_ids())))))",
        update="false",
        check="can_see_linking(linking_id)",
    ),
    policies(
        "cases_linkingcheck",
        select=f"{ALL} OR linking_id IN (SELECT linking_visible_ids())",
        insert=MANAGES,
        update="false",
        delete=MANAGES,
        check="can_see_linking(linking_id)",
    ),
    policies(
        "cases_journey",
        select=f"{ALL} OR id IN (SELECT scope_granted_ids('journey', 20))",
        insert=MANAGES,
        update=MANAGES,
        check="can_see_linking(linking_id)",
    ),
]

# The arrival is held at the end of the transaction, which opens the stay, then ties its linking to it.
GATE = (
    """
CREATE FUNCTION placement_linked() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM cases_linking l WHERE l.placement_id = NEW.id AND l.case_id = NEW.case_id
      AND l.partner_id = NEW.partner_id AND (l.waived_at IS NOT NULL OR linking_missing(l.id) = '{}'))
  THEN
    RAISE EXCEPTION 'placement_linked' USING ERRCODE = 'check_violation', CONSTRAINT = 'placement_linked';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER placement_linked AFTER INSERT ON cases_placement
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION placement_linked();

CREATE FUNCTION linking_check() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF (NEW.orientation_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM cases_orientation o WHERE o.id = NEW.orientation_id AND o.case_id = NEW.case_id))
    OR (NEW.placement_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM cases_placement p WHERE p.id = NEW.placement_id AND p.case_id = NEW.case_id
          AND p.partner_id = NEW.partner_id))
  THEN
    RAISE EXCEPTION 'linking_same_case' USING ERRCODE = 'check_violation', CONSTRAINT = 'linking_same_case';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER linking_coherent AFTER INSERT OR UPDATE ON cases_linking
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION linking_check();

CREATE FUNCTION linking_freeze() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF (NEW.case_id, NEW.partner_id, NEW.orientation_id, NEW.requester_id, NEW.opened_at)
       IS DISTINCT FROM (OLD.case_id, OLD.partner_id, OLD.orientation_id, OLD.requester_id, OLD.opened_at)
    OR OLD.cancelled_at IS NOT NULL
    OR (OLD.placement_id IS NOT NULL AND (NEW.placement_id, NEW.waived_at)
       IS DISTINCT FROM (OLD.placement_id, OLD.waived_at))
    OR (OLD.waived_at IS NOT NULL AND (NEW.waived_at, NEW.waived_by_id, NEW.waiver_reason_id)
       IS DISTINCT FROM (OLD.waived_at, OLD.waived_by_id, OLD.waiver_reason_id))
    OR (NEW.waived_by_id IS DISTINCT FROM OLD.waived_by_id AND NEW.waived_by_id IS DISTINCT FROM public.scope_user_id())
    OR (OLD.financed_on IS NOT NULL AND NEW.financed_on IS NULL)
  THEN
    RAISE EXCEPTION 'linking_frozen' USING ERRCODE = 'check_violation', CONSTRAINT = 'linking_frozen';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER linking_frozen BEFORE UPDATE ON cases_linking FOR EACH ROW EXECUTE FUNCTION linking_freeze();
""",
    """DROP FUNCTION placement_linked() CASCADE; DROP FUNCTION linking_check() CASCADE; DROP FUNCTION linking_freeze() CASCADE;""",
)

FRAMES = "  DELETE FROM cases_legalframe WHERE case_id = ANY (v_cases);\n"
# The price, the agreements and the journey tell nothing to figures: they go whole, with what they opened.
ALL_OF_IT = f"""{FRAMES}  DELETE FROM access_grant WHERE object_id IN (
    SELECT l.id FROM cases_linking l WHERE l.case_id = ANY (v_cases)
    UNION ALL SELECT j.id FROM cases_journey j JOIN cases_linking l ON l.id = j.linking_id WHERE l.case_id = ANY (v_cases));
  DELETE FROM cases_journey WHERE linking_id IN (SELECT l.id FROM cases_linking l WHERE l.case_id = ANY (v_cases));
  DELETE FROM cases_linkingcheck WHERE linking_id IN (SELECT l.id FROM cases_linking l WHERE l.case_id = ANY (v_cases));
  DELETE FROM cases_linkingagreement
    WHERE linking_id IN (SELECT l.id FROM cases_linking l WHERE l.case_id = ANY (v_cases));
  DELETE FROM cases_linking WHERE case_id = ANY (v_cases);
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


FORGET = (rewritten(FRAMES, ALL_OF_IT), rewritten(ALL_OF_IT, FRAMES))
KINDS = [
    ("SELECT journal_kind_register('linking', 'cases_linking')", migrations.RunSQL.noop),
    ("SELECT journal_kind_register('journey', 'cases_journey')", migrations.RunSQL.noop),
]


class Migration(migrations.Migration):
    dependencies = [("cases", "0018_linking")]

    operations = [migrations.RunSQL(*pair) for pair in [*FUNCTIONS, *TABLES, GATE, FORGET, *KINDS]]
