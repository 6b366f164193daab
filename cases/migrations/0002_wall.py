"""Row security of everything about minors. The coordination sees all; the others, what is theirs by nature (their
request, the proposal they answer, the stay they house, the incident they declare) or what a grant opens to them.
"""

from django.db import migrations

from cms.access.wall import definer, optional, policies

ALL = "(SELECT scope_sees_all_cases())"
MANAGES = "(SELECT scope_manages_cases())"
ME = "(SELECT scope_user_id())"


def visible(name: str, body: str) -> list[tuple[str, str]]:
    """Ids that the actor may see beside the coordination's, and the test of a foreign key."""
    return [
        definer(f"{name}_visible_ids()", "SETOF uuid", body),
        definer(f"can_see_{name}(row_id uuid)", "boolean", f"SELECT {ALL} OR $1 IN (SELECT {name}_visible_ids())"),
    ]


def seen(name: str, column: str = "id") -> str:
    return f"{ALL} OR {column} IN (SELECT {name}_visible_ids())"


FUNCTIONS = [
    *visible("case", "SELECT scope_granted_ids('case', 30)"),
    *visible(
        "sollicitation",
        """SELECT s.id FROM cases_sollicitation s WHERE s.requester_id = ANY (scope_partners_as('requester'))
           UNION SELECT s.id FROM cases_sollicitation s
             WHERE s.submitted_by_id = scope_user_id() AND s.requester_id = ANY (scope_partner_ids())
           UNION SELECT scope_granted_ids('sollicitation', 10)""",
    ),
    *visible("orientation", "SELECT scope_granted_ids('orientation', 10)"),
    *visible(
        "placement",
        """SELECT p.id FROM cases_placement p
             WHERE p.partner_id = ANY (scope_partners_as('structure_director', 'structure_educator'))
           UNION SELECT scope_granted_ids('placement', 10)""",
    ),
    *visible(
        "incident",
        """SELECT i.id FROM cases_incident i
             WHERE i.partner_id = ANY (scope_partners_as('structure_director', 'structure_educator'))
               AND (NOT i.is_confidential OR i.declared_by_id = scope_user_id())
           UNION SELECT scope_granted_ids('incident', 10)""",
    ),
    # What is told in words goes back to the service that asks for care, never to who only transmitted it.
    definer(
        "sollicitation_asked_ids()",
        "SETOF uuid",
        "SELECT s.id FROM cases_sollicitation s WHERE s.requester_id = ANY (scope_partners_as('requester'))",
    ),
    # Forms and words are written with the sollicitation or the incident itself, not later by somebody who sees it.
    definer(
        "sollicitation_written_ids()",
        "SETOF uuid",
        """SELECT s.id FROM cases_sollicitation s WHERE s.submitted_by_id = scope_user_id()
             AND s.requester_id = ANY (scope_partners_as('requester', 'transmitter'))
             AND s.case_id IS NULL AND s.state = 'received'""",
    ),
    definer(
        "incident_written_ids()",
        "SETOF uuid",
        """SELECT i.id FROM cases_incident i WHERE i.declared_by_id = scope_user_id()
             AND i.partner_id = ANY (scope_partners_as('structure_director', 'structure_educator'))
             AND i.state = 'declared'""",
    ),
    definer(
        "placement_housed_ids()",
        "SETOF uuid",
        """SELECT p.id FROM cases_placement p
             WHERE p.partner_id = ANY (scope_partners_as('structure_director', 'structure_educator'))""",
    ),
    definer(
        "incident_housed_ids()",
        "SETOF uuid",
        """SELECT i.id FROM cases_incident i
             WHERE i.partner_id = ANY (scope_partners_as('structure_director', 'structure_educator'))
               AND (NOT i.is_confidential OR i.declared_by_id = scope_user_id())""",
    ),
]

CASES = [
    policies("cases_case", select=seen("case"), insert=MANAGES, update=MANAGES),
    policies(
        "cases_caseform",
        select=seen("case", "case_id"),
        insert=MANAGES,
        update=MANAGES,
        delete=MANAGES,
        check="can_see_case(case_id)",
    ),
    policies(
        "cases_caseidentity",
        select=f"{ALL} OR case_id IN (SELECT scope_granted_ids('case', 40))",
        insert=MANAGES,
        update=MANAGES,
        check="can_see_case(case_id)",
    ),
]

ASKS = f"(submitted_by_id = {ME} AND requester_id = ANY (scope_partners_as('requester', 'transmitter')) AND case_id IS NULL)"
SOLLICITATIONS = [
    policies(
        "cases_sollicitation",
        select=seen("sollicitation"),
        insert=f"{MANAGES} OR {ASKS}",
        update=MANAGES,
        check=f"can_see_partner(requester_id) AND {optional('can_see_case', 'case_id')} "
        f"AND {optional('can_see_sollicitation', 'relance_of_id')}",
    ),
    policies(
        "cases_sollicitationform",
        select=seen("sollicitation", "sollicitation_id"),
        insert=f"{MANAGES} OR sollicitation_id IN (SELECT sollicitation_written_ids())",
        update=MANAGES,
        delete=MANAGES,
        check="can_see_sollicitation(sollicitation_id)",
    ),
    policies(
        "cases_sollicitationdetail",
        select=f"{ALL} OR sollicitation_id IN (SELECT sollicitation_asked_ids())",
        insert=f"{MANAGES} OR sollicitation_id IN (SELECT sollicitation_written_ids())",
        update=MANAGES,
        check="can_see_sollicitation(sollicitation_id)",
    ),
]

ANSWERS = "partner_id = ANY (scope_partners_as('structure_director'))"
ORIENTATIONS = [
    policies(
        "cases_orientation",
        select=seen("orientation"),
        insert=MANAGES,
        update=MANAGES,
        check="can_see_case(case_id) AND can_see_sollicitation(sollicitation_id)",
    ),
    # A structure answers without seeing the orientation: it reads the frozen sheet of its own proposal.
    policies(
        "cases_proposal",
        select=f"{ALL} OR {ANSWERS}",
        insert=MANAGES,
        update=f"{MANAGES} OR {ANSWERS}",
        check=f"can_see_partner(partner_id) AND (can_see_orientation(orientation_id) OR {ANSWERS})",
    ),
]

HOUSES = "partner_id = ANY (scope_partners_as('structure_director'))"
PLACEMENTS = [
    policies(
        "cases_placement",
        select=seen("placement"),
        insert=MANAGES,
        update=f"{MANAGES} OR {HOUSES}",
        check=f"can_see_partner(partner_id) AND (can_see_case(case_id) OR {HOUSES}) "
        f"AND ({optional('can_see_orientation', 'orientation_id')} OR {HOUSES}) "
        f"AND {optional('can_see_place', 'place_id')} AND {optional('can_see_convention', 'convention_id')}",
    ),
    policies(
        "cases_absence",
        select=seen("placement", "placement_id"),
        insert=f"{MANAGES} OR placement_id IN (SELECT placement_housed_ids())",
        update=f"{MANAGES} OR placement_id IN (SELECT placement_housed_ids())",
        check="can_see_placement(placement_id)",
    ),
]

DECLARES = (
    f"(declared_by_id = {ME} AND partner_id = ANY (scope_partners_as('structure_director', 'structure_educator')))"
)
INCIDENTS = [
    policies(
        "cases_incident",
        select=seen("incident"),
        insert=f"{MANAGES} OR {DECLARES}",
        update=MANAGES,
        check=f"can_see_partner(partner_id) AND {optional('can_see_placement', 'placement_id')}",
    ),
    policies(
        "cases_incidentdetail",
        select=seen("incident", "incident_id"),
        insert=f"{MANAGES} OR incident_id IN (SELECT incident_written_ids())",
        update=MANAGES,
        check="can_see_incident(incident_id)",
    ),
    policies(
        "cases_authoritynotice",
        select=seen("incident", "incident_id"),
        insert=f"{MANAGES} OR (told_by_id = {ME} AND incident_id IN (SELECT incident_housed_ids()))",
        update="false",
        check="can_see_incident(incident_id)",
    ),
]

# Periods are counted in civil days of Paris: the stored day must be the day of the stored moment.
DAYS = [
    (
        f"ALTER TABLE {table} ADD CONSTRAINT {name} CHECK ({day} = ({moment} AT TIME ZONE 'Europe/Paris')::date)",
        f"ALTER TABLE {table} DROP CONSTRAINT {name}",
    )
    for table, day, moment, name in [
        ("cases_sollicitation", "received_on", "received_at", "sollicitation_day_of_reception"),
        ("cases_orientation", "decided_on", "decided_at", "orientation_day_of_decision"),
        ("cases_placement", "arrived_on", "arrived_at", "placement_day_of_arrival"),
        ("cases_incident", "declared_on", "declared_at", "incident_day_of_declaration"),
    ]
]


def checked(table: str, name: str, body: str) -> tuple[str, str]:
    """A rule that spans tables, held at the end of the transaction."""
    return (
        f"""
CREATE OR REPLACE FUNCTION {name}_check() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
{body}
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER {name}_coherent AFTER INSERT OR UPDATE ON {table}
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION {name}_check();
""",
        f"DROP FUNCTION {name}_check() CASCADE;",
    )


def refuse(condition: str, constraint: str) -> str:
    return f"""  IF {condition} THEN
    RAISE EXCEPTION '{constraint}' USING ERRCODE = 'check_violation', CONSTRAINT = '{constraint}';
  END IF;"""


COHERENCE = [
    checked(
        "cases_sollicitation",
        "sollicitation",
        "\n".join(
            [
                refuse(
                    """NEW.relance_of_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM cases_sollicitation s WHERE s.id = NEW.relance_of_id AND s.requester_id = NEW.requester_id)""",
                    "sollicitation_relance_same_service",
                ),
                refuse(
                    # The row as it stands at the end: one transaction may receive, link and orient.
                    """EXISTS (
    SELECT 1 FROM cases_orientation o JOIN cases_sollicitation s ON s.id = o.sollicitation_id
    WHERE s.id = NEW.id AND o.case_id IS DISTINCT FROM s.case_id)""",
                    "sollicitation_case_of_orientations",
                ),
            ]
        ),
    ),
    checked(
        "cases_orientation",
        "orientation",
        refuse(
            """NOT EXISTS (
    SELECT 1 FROM cases_sollicitation s WHERE s.id = NEW.sollicitation_id AND s.case_id = NEW.case_id)""",
            "orientation_same_case",
        ),
    ),
    checked(
        "cases_placement",
        "placement",
        "\n".join(
            [
                refuse(
                    """NEW.convention_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM partners_convention c WHERE c.id = NEW.convention_id AND c.partner_id = NEW.partner_id
      AND c.signed_on <= NEW.arrived_on AND c.starts_on <= NEW.arrived_on
      AND (c.ends_on IS NULL OR c.ends_on >= NEW.arrived_on)
      AND (c.denounced_on IS NULL OR c.denounced_on > NEW.arrived_on))""",
                    "placement_convention_in_force",
                ),
                refuse(
                    """NEW.place_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM partners_place p WHERE p.id = NEW.place_id AND p.partner_id = NEW.partner_id)""",
                    "placement_place_of_partner",
                ),
                refuse(
                    """NEW.orientation_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM cases_orientation o WHERE o.id = NEW.orientation_id AND o.case_id = NEW.case_id)""",
                    "placement_same_case",
                ),
            ]
        ),
    ),
    checked(
        "partners_place",
        "place",
        refuse(
            """NEW.ends_on IS NOT NULL AND EXISTS (
    SELECT 1 FROM cases_placement p WHERE p.place_id = NEW.id AND (p.ended_on IS NULL OR p.ended_on > NEW.ends_on))""",
            "place_closed_when_free",
        ),
    ),
    checked(
        "cases_absence",
        "absence",
        refuse(
            """NOT EXISTS (
    SELECT 1 FROM cases_placement p WHERE p.id = NEW.placement_id AND p.arrived_on <= NEW.starts_on
      AND (p.ended_on IS NULL OR p.ended_on >= NEW.starts_on))""",
            "absence_within_stay",
        ),
    ),
    checked(
        "cases_incident",
        "incident",
        refuse(
            """NEW.placement_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM cases_placement p WHERE p.id = NEW.placement_id AND p.partner_id = NEW.partner_id)""",
            "incident_same_partner",
        ),
    ),
]

# Row security cannot say which columns change: a structure answers once and confirms once, and moves nothing else.
FREEZE = (
    """
CREATE OR REPLACE FUNCTION proposal_freeze() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  expected cases_proposal := OLD;
BEGIN
  IF public.scope_manages_cases() THEN
    expected := NEW;
    expected.sheet := OLD.sheet;
    expected.sent_at := OLD.sent_at;
    expected.partner_id := OLD.partner_id;
    expected.orientation_id := OLD.orientation_id;
  ELSIF OLD.answer_id IS NULL AND OLD.withdrawn_at IS NULL AND NEW.answered_by_id = public.scope_user_id() THEN
    expected.answer_id := NEW.answer_id;
    expected.refusal_reason_id := NEW.refusal_reason_id;
    expected.answered_at := NEW.answered_at;
    expected.answered_by_id := NEW.answered_by_id;
  END IF;
  IF NEW IS DISTINCT FROM expected THEN
    RAISE EXCEPTION 'proposal_frozen' USING ERRCODE = 'check_violation', CONSTRAINT = 'proposal_frozen';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER proposal_frozen BEFORE UPDATE ON cases_proposal FOR EACH ROW EXECUTE FUNCTION proposal_freeze();

CREATE OR REPLACE FUNCTION placement_freeze() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  expected cases_placement := OLD;
BEGIN
  IF public.scope_manages_cases() THEN
    RETURN NEW;
  END IF;
  IF OLD.confirmed_at IS NULL AND NEW.confirmed_by_id = public.scope_user_id() THEN
    expected.confirmed_at := NEW.confirmed_at;
    expected.confirmed_by_id := NEW.confirmed_by_id;
  END IF;
  IF NEW IS DISTINCT FROM expected THEN
    RAISE EXCEPTION 'placement_frozen' USING ERRCODE = 'check_violation', CONSTRAINT = 'placement_frozen';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER placement_frozen BEFORE UPDATE ON cases_placement FOR EACH ROW EXECUTE FUNCTION placement_freeze();
""",
    "DROP FUNCTION proposal_freeze() CASCADE; DROP FUNCTION placement_freeze() CASCADE;",
)

# The sheet leaves the coordination: nothing may be added to it that would tell who or where the minor is.
SHEET = (
    """ALTER TABLE cases_proposal ADD CONSTRAINT proposal_sheet_is_anonymous CHECK (sheet - ARRAY[
      'age', 'age_precision', 'sex', 'forms', 'urgency', 'adhesion', 'containment', 'is_unaccompanied', 'needs'
    ] = '{}'::jsonb)""",
    "ALTER TABLE cases_proposal DROP CONSTRAINT proposal_sheet_is_anonymous",
)

KINDS = [
    (f"SELECT journal_kind_register('{kind}', 'cases_{kind}')", migrations.RunSQL.noop)
    for kind in ("case", "sollicitation", "orientation", "proposal", "placement", "incident")
]


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial"), ("partners", "0002_wall"), ("journal", "0002_functions")]

    operations = [
        migrations.RunSQL(*pair)
        for pair in [
            *FUNCTIONS,
            *CASES,
            *SOLLICITATIONS,
            *ORIENTATIONS,
            *PLACEMENTS,
            *INCIDENTS,
            *DAYS,
            *COHERENCE,
            FREEZE,
            SHEET,
            *KINDS,
        ]
    ]
