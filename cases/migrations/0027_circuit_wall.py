"""A circuit is the coordination's; a step is also read by whom its visibility says, and moved by who answers for it. A
review is read by the structure and by the coordination.
"""

from django.db import migrations

from cms.access.wall import definer, policies

ALL = "(SELECT scope_sees_all_cases())"
MANAGES = "(SELECT scope_manages_cases())"
ME = "(SELECT scope_user_id())"
TEAM = "scope_partners_as('structure_director', 'structure_educator')"

FUNCTIONS = [
    # Cases that the actor houses now, and cases whose stay a grant opens to the service that asked.
    definer(
        "circuit_followed_ids()",
        "SETOF uuid",
        f"""SELECT p.case_id FROM cases_placement p WHERE p.id IN (SELECT scope_granted_ids('placement', 20))
             AND NOT p.partner_id = ANY ({TEAM})""",
    ),
    definer(
        "circuitstep_visible_ids()",
        "SETOF uuid",
        """SELECT s.id FROM cases_circuitstep s JOIN cases_circuit c ON c.id = s.circuit_id
             WHERE (s.visibility IN ('structure', 'parties') AND c.case_id IN (SELECT scope_granted_ids('case', 30)))
                OR (s.visibility = 'parties' AND c.case_id IN (SELECT circuit_followed_ids()))""",
    ),
    definer(
        "circuitstep_own_ids()",
        "SETOF uuid",
        """SELECT s.id FROM cases_circuitstep s JOIN cases_circuit c ON c.id = s.circuit_id WHERE c.closed_on IS NULL
             AND ((s.owner = 'structure' AND c.case_id IN (SELECT scope_granted_ids('case', 30)))
               OR (s.owner = 'requester' AND c.case_id IN (SELECT circuit_followed_ids())))""",
    ),
    definer(
        "circuit_visible_ids()",
        "SETOF uuid",
        """SELECT c.id FROM cases_circuit c WHERE c.case_id IN (SELECT scope_granted_ids('case', 30))
             OR c.case_id IN (SELECT circuit_followed_ids())""",
    ),
    definer("can_see_circuit(row_id uuid)", "boolean", f"SELECT {ALL} OR $1 IN (SELECT circuit_visible_ids())"),
    # Steps of a template say how minors are protected, and nothing of one: who sees a circuit may see where it began.
    definer("can_see_circuittemplate(row_id uuid)", "boolean", f"SELECT {ALL} OR scope_is_reference()"),
    definer("can_see_circuitversion(row_id uuid)", "boolean", f"SELECT {ALL} OR scope_is_reference()"),
]

WRITES = f"({MANAGES} OR scope_is_reference())"
TABLES = [
    policies("cases_circuittemplate", select=f"{ALL} OR scope_is_reference()", insert=WRITES, update=MANAGES),
    policies(
        "cases_circuitversion",
        select=f"{ALL} OR scope_is_reference()",
        insert=f"(scope_is_reference() AND published_by_id IS NULL) OR ({MANAGES} AND published_by_id = {ME})",
        update="false",
        check="can_see_circuittemplate(template_id)",
    ),
    policies(
        "cases_circuit",
        select=f"{ALL} OR id IN (SELECT circuit_visible_ids())",
        insert=MANAGES,
        update=MANAGES,
        check="can_see_case(case_id) AND can_see_circuitversion(version_id)",
    ),
    policies(
        "cases_circuitstep",
        select=f"{ALL} OR id IN (SELECT circuitstep_visible_ids())",
        insert=MANAGES,
        update=f"{MANAGES} OR id IN (SELECT circuitstep_own_ids())",
        check="can_see_circuit(circuit_id)",
    ),
    policies(
        "cases_stayreview",
        select=f"{ALL} OR placement_id IN (SELECT placement_housed_ids())",
        insert=f"written_by_id = {ME} AND ({MANAGES} OR placement_id IN (SELECT placement_housed_ids()))",
        update="false",
        check="can_see_placement(placement_id)",
    ),
    policies(
        "cases_afterstay",
        select=ALL,
        insert=f"{MANAGES} AND noted_by_id = {ME}",
        update=MANAGES,
        check="can_see_placement(placement_id)",
    ),
]

# Row security cannot say which columns change: who answers for a step says where it stands, and moves nothing else.
FREEZE = (
    """
CREATE FUNCTION circuitstep_freeze() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  expected cases_circuitstep := OLD;
BEGIN
  IF public.scope_manages_cases() THEN
    expected := NEW;
    expected.circuit_id := OLD.circuit_id;
    expected.measure_id := OLD.measure_id;
  ELSE
    expected.state := NEW.state;
    expected.done_on := NEW.done_on;
    expected.note := NEW.note;
  END IF;
  IF NEW IS DISTINCT FROM expected THEN
    RAISE EXCEPTION 'circuitstep_frozen' USING ERRCODE = 'check_violation', CONSTRAINT = 'circuitstep_frozen';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER circuitstep_frozen BEFORE UPDATE ON cases_circuitstep FOR EACH ROW EXECUTE FUNCTION circuitstep_freeze();

CREATE FUNCTION stayreview_check() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM cases_placement p WHERE p.id = NEW.placement_id AND p.confirmed_at IS NOT NULL
      AND (NEW.milestone <> 0 OR p.ended_on IS NOT NULL) AND NEW.written_on >= p.arrived_on)
  THEN
    RAISE EXCEPTION 'stayreview_of_its_stay' USING ERRCODE = 'check_violation', CONSTRAINT = 'stayreview_of_its_stay';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER stayreview_coherent AFTER INSERT ON cases_stayreview
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION stayreview_check();

CREATE FUNCTION afterstay_check() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM cases_placement p WHERE p.id = NEW.placement_id AND p.ended_on <= NEW.known_on)
  THEN
    RAISE EXCEPTION 'afterstay_of_its_stay' USING ERRCODE = 'check_violation', CONSTRAINT = 'afterstay_of_its_stay';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER afterstay_coherent AFTER INSERT OR UPDATE ON cases_afterstay
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NOT retention_erases()) EXECUTE FUNCTION afterstay_check();
""",
    """DROP FUNCTION circuitstep_freeze() CASCADE; DROP FUNCTION stayreview_check() CASCADE;
    DROP FUNCTION afterstay_check() CASCADE;""",
)

FRAMES = "  DELETE FROM cases_legalframe WHERE case_id = ANY (v_cases);\n"
# What figures count of the six months after stays; how it was known goes.
ALL_OF_IT = f"""{FRAMES}  DELETE FROM cases_circuitstep
    WHERE circuit_id IN (SELECT c.id FROM cases_circuit c WHERE c.case_id = ANY (v_cases));
  DELETE FROM cases_circuit WHERE case_id = ANY (v_cases);
  DELETE FROM cases_stayreview WHERE placement_id IN (SELECT p.id FROM cases_placement p WHERE p.case_id = ANY (v_cases));
  UPDATE cases_afterstay SET words = NULL
    WHERE placement_id IN (SELECT p.id FROM cases_placement p WHERE p.case_id = ANY (v_cases));
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
    ("SELECT journal_kind_register('circuit', 'cases_circuit')", migrations.RunSQL.noop),
    ("SELECT journal_kind_register('circuitstep', 'cases_circuitstep')", migrations.RunSQL.noop),
    ("SELECT journal_kind_register('circuittemplate', 'cases_circuittemplate')", migrations.RunSQL.noop),
]


class Migration(migrations.Migration):
    dependencies = [("cases", "0026_circuit")]

    operations = [migrations.RunSQL(*pair) for pair in [*FUNCTIONS, *TABLES, FREEZE, FORGET, *KINDS]]
