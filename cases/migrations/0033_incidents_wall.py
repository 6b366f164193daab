"""Who reads what follows a declaration, who a ladder calls, and what retention and the page of a file know of children.

A confidential declaration leaves the structure's view whole: its rows, its reference (a series of its own) and its rung.
"""

from django.db import migrations

from cms.access.wall import definer, optional, policies

ALL = "(SELECT scope_sees_all_cases())"
MANAGES = "(SELECT scope_manages_cases())"
ME = "(SELECT scope_user_id())"
TEAM = "scope_partners_as('structure_director', 'structure_educator')"
SERVICES = "scope_partners_as('requester')"
MINE = f"""(i.partner_id = ANY ({TEAM}) OR i.service_id = ANY ({SERVICES}))
             AND (NOT i.is_confidential OR i.declared_by_id = scope_user_id())"""
OLD_MINE = f"i.partner_id = ANY ({TEAM}) AND (NOT i.is_confidential OR i.declared_by_id = scope_user_id())"


def incident_functions(mine: str, written: str) -> list[tuple[str, str]]:
    return [
        definer(
            "incident_visible_ids()",
            "SETOF uuid",
            f"SELECT i.id FROM cases_incident i WHERE {mine} UNION SELECT scope_granted_ids('incident', 10)",
        ),
        definer(
            "incident_written_ids()",
            "SETOF uuid",
            f"""SELECT i.id FROM cases_incident i WHERE i.declared_by_id = scope_user_id() AND {written}
                  AND i.state = 'declared'""",
        ),
        definer("incident_housed_ids()", "SETOF uuid", f"SELECT i.id FROM cases_incident i WHERE {mine}"),
    ]


def replaced(new: list[tuple[str, str]], old: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Functions that policies use: they are replaced where they stand, and so on the way back."""
    return [(after[0], before[0]) for after, before in zip(new, old, strict=True)]


FUNCTIONS = [
    *replaced(
        incident_functions(MINE, f"(i.partner_id = ANY ({TEAM}) OR i.service_id = ANY ({SERVICES}))"),
        incident_functions(OLD_MINE, f"i.partner_id = ANY ({TEAM})"),
    ),
    # The stays of its own minors that a service may declare for: those that a grant opens to it now.
    definer(
        "placement_of_own_minor_ids()",
        "SETOF uuid",
        f"""SELECT p.id FROM cases_placement p WHERE p.id IN (SELECT scope_granted_ids('placement', 10))
              AND NOT p.partner_id = ANY ({TEAM})""",
    ),
    # What the ladder asks. The job sees no incident: it learns how grave, and which accounts to call.
    definer(
        "incident_plan(p_id uuid)",
        "TABLE (level integer, opened_at timestamptz, structure uuid[], direction uuid[], state uuid[])",
        """SELECT (v.extra ->> 'level')::integer, i.declared_at,
             CASE WHEN i.is_confidential THEN '{}' ELSE ARRAY(
               SELECT m.user_id FROM partners_membership m JOIN users_user u ON u.id = m.user_id AND u.is_active
                WHERE m.partner_id = i.partner_id AND m.role = 'structure_director' AND d.today >= m.starts_on
                  AND (m.ends_on IS NULL OR m.ends_on >= d.today) AND (m.revoked_at IS NULL OR m.revoked_at > now())
                  AND m.user_id <> i.declared_by_id ORDER BY 1) END,
             ARRAY(SELECT u.id FROM users_user u JOIN users_user_groups g ON g.user_id = u.id
                     JOIN auth_group a ON a.id = g.group_id AND a.name = 'direction' WHERE u.is_active ORDER BY 1),
             ARRAY(
               SELECT DISTINCT m.user_id FROM partners_membership m JOIN users_user u ON u.id = m.user_id AND u.is_active
                WHERE m.role = 'state_reader' AND d.today >= m.starts_on
                  AND (m.ends_on IS NULL OR m.ends_on >= d.today) AND (m.revoked_at IS NULL OR m.revoked_at > now())
                ORDER BY 1)
             FROM cases_incident i JOIN values_value v ON v.id = i.severity_id
             CROSS JOIN (SELECT (now() AT TIME ZONE 'Europe/Paris')::date AS today) d
            WHERE i.id = $1 AND coalesce(scope_system() = 'notify', false)""",
    ),
    # What somebody who was called reads on the page of the call: the State, nothing else of it.
    definer(
        "incident_told(p_id uuid)",
        "TABLE (severity text, declared_at timestamptz, is_drill boolean)",
        """SELECT v.label, i.declared_at, i.is_drill FROM cases_incident i JOIN values_value v ON v.id = i.severity_id
            WHERE i.id = $1 AND (scope_sees_all_cases() OR EXISTS (
              SELECT 1 FROM notify_ringstep s JOIN notify_ring r ON r.id = s.ring_id
               WHERE r.kind = 'incident' AND r.object_id = i.id AND s.person_id = scope_user_id()))""",
    ),
]

DECLARES = f"(declared_by_id = {ME} AND partner_id = ANY ({TEAM}))"
DECLARES_FOR = f"""(declared_by_id = {ME} AND service_id = ANY ({SERVICES})
    AND placement_id IN (SELECT placement_of_own_minor_ids()))"""
SEES = f"can_see_partner(partner_id) AND {optional('can_see_placement', 'placement_id')}"
# A service never reads the structure: the trigger `incident_coherent` ties the structure to the stay of its minor.
SEES_NOW = f"""(can_see_partner(partner_id) OR {DECLARES_FOR}) AND {optional("can_see_placement", "placement_id")}
    AND {optional("can_see_partner", "service_id")}"""


def rewall(table: str, verb: str, *, using: str = "", new: str, old: str) -> tuple[str, str]:
    def put(check: str) -> str:
        shown = f"USING ({using}) " if using else ""
        return (
            f"DROP POLICY {verb}_rows ON {table};"
            f"CREATE POLICY {verb}_rows ON {table} FOR {verb.upper()} {shown}WITH CHECK ({check})"
        )

    return put(new), put(old)


INCIDENTS = [
    rewall(
        "cases_incident",
        "insert",
        # A trial sheet or a drill, which no figure counts, is the coordination's alone.
        new=f"({MANAGES} OR (({DECLARES} AND service_id IS NULL OR {DECLARES_FOR}) AND NOT is_test)) AND ({SEES_NOW})",
        old=f"({MANAGES} OR {DECLARES}) AND ({SEES})",
    ),
    rewall(
        "cases_incident",
        "update",
        using=MANAGES,
        new=f"{MANAGES} AND ({SEES_NOW})",
        old=f"({MANAGES}) AND ({SEES})",
    ),
]

SEEN = f"{ALL} OR incident_id IN (SELECT incident_visible_ids())"
CHECK = "can_see_incident(incident_id)"
TABLES = [
    policies(
        "cases_incidentchild",
        select=SEEN,
        insert=f"{MANAGES} OR incident_id IN (SELECT incident_written_ids())",
        update="false",
        check=f"{CHECK} AND {optional('can_see_placement', 'placement_id')} AND {optional('can_see_case', 'case_id')}",
    ),
    policies(
        "cases_incidentevent",
        select=f"{ALL} OR (is_shared AND incident_id IN (SELECT incident_visible_ids()))",
        insert=f"author_id = {ME} AND ({MANAGES} OR (is_shared AND incident_id IN (SELECT incident_housed_ids())))",
        update="false",
        check=CHECK,
    ),
    policies(
        "cases_incidenttask",
        select=f"{ALL} OR (owner_id = {ME} AND incident_id IN (SELECT incident_visible_ids()))",
        insert=MANAGES,
        update=f"{MANAGES} OR owner_id = {ME}",
        check=CHECK,
    ),
    policies("cases_incidentreview", select=SEEN, insert=MANAGES, update="false", check=CHECK),
    policies("cases_incidentcause", select=SEEN, insert=MANAGES, update="false", check=CHECK),
    policies(
        "cases_incidentpair",
        select=ALL,
        insert=f"{MANAGES} AND said_by_id = {ME}",
        update="false",
        check="can_see_incident(first_id) AND can_see_incident(second_id)",
    ),
]

RULES = (
    """
CREATE FUNCTION incidentchild_check() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NEW.placement_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM cases_placement p JOIN cases_incident i ON i.partner_id = p.partner_id
     WHERE p.id = NEW.placement_id AND i.id = NEW.incident_id)
  THEN
    RAISE EXCEPTION 'incident_same_partner' USING ERRCODE = 'check_violation', CONSTRAINT = 'incident_same_partner';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER incidentchild_coherent AFTER INSERT ON cases_incidentchild
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION incidentchild_check();

CREATE FUNCTION incidenttask_freeze() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  expected cases_incidenttask := OLD;
BEGIN
  IF OLD.done_at IS NULL THEN
    expected.done_at := NEW.done_at;
    expected.done_by_id := NEW.done_by_id;
    IF public.scope_manages_cases() THEN
      expected.owner_id := NEW.owner_id;
      expected.due_on := NEW.due_on;
    END IF;
  END IF;
  IF NEW IS DISTINCT FROM expected THEN
    RAISE EXCEPTION 'incidenttask_frozen' USING ERRCODE = 'check_violation', CONSTRAINT = 'incidenttask_frozen';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER incidenttask_frozen BEFORE UPDATE ON cases_incidenttask FOR EACH ROW WHEN (NOT retention_erases())
  EXECUTE FUNCTION incidenttask_freeze();
""",
    "DROP FUNCTION incidentchild_check() CASCADE; DROP FUNCTION incidenttask_freeze() CASCADE;",
)

# An incident declared before this table existed concerned the child of its stay.
KNOWN = (
    """INSERT INTO cases_incidentchild (id, incident_id, placement_id)
       SELECT gen_random_uuid(), i.id, i.placement_id FROM cases_incident i WHERE i.placement_id IS NOT NULL""",
    "DELETE FROM cases_incidentchild",
)


def rewritten(function: str, before: str, after: str) -> str:
    """Replace a passage of a function where it stands, whatever other migrations have added to it."""
    return f"""DO $do$
DECLARE
  v_before text := pg_get_functiondef('{function}'::regprocedure);
  v_after text := replace(v_before, $old${before}$old$, $new${after}$new$);
BEGIN
  IF v_before = v_after THEN RAISE EXCEPTION 'the function has not the passage to replace'; END IF;
  EXECUTE v_after;
END $do$"""


def both(function: str, before: str, after: str) -> tuple[str, str]:
    return rewritten(function, before, after), rewritten(function, after, before)


DETAIL = "DELETE FROM cases_incidentdetail WHERE incident_id = $1;"
# What was learnt stays as codes, and so do pairs, on which counting repeats relies; what was told in words, by whom and for whom, goes.
FOLLOWED = f"""{DETAIL}
  DELETE FROM cases_incidentevent WHERE incident_id = $1;
  DELETE FROM cases_incidenttask WHERE incident_id = $1;
  UPDATE cases_incidentreview SET lessons = NULL WHERE incident_id = $1;
  UPDATE cases_incident SET idempotency_key = NULL WHERE id = $1;"""
ONE = "JOIN cases_placement p ON p.id = i.placement_id WHERE p.case_id = $1"
EACH = """WHERE i.placement_id IN (SELECT p.id FROM cases_placement p WHERE p.case_id = $1)
             OR EXISTS (SELECT 1 FROM cases_incidentchild h LEFT JOIN cases_placement p ON p.id = h.placement_id
                         WHERE h.incident_id = i.id AND $1 IN (h.case_id, p.case_id))"""


def started(kinds: str, before: str, after: str) -> tuple[str, str]:
    """Change how the starting point of kinds is worked out; the text is kept in their rows."""

    def put(old: str, new: str) -> str:
        return f"UPDATE retention_kind SET starts = replace(starts, $old${old}$old$, $new${new}$new$) WHERE kind IN ({kinds})"

    return put(before, after), put(after, before)


OF_STAYS = "FROM cases_incident x WHERE x.placement_id = ANY (p.ids)"
OF_CHILDREN = """FROM cases_incident x WHERE x.placement_id = ANY (p.ids) OR EXISTS (
    SELECT 1 FROM cases_incidentchild h
     WHERE h.incident_id = x.id AND (h.placement_id = ANY (p.ids) OR h.case_id = ANY (k.ids)))"""
HELD = "array_remove(ARRAY[n.id, p.id, p.case_id], NULL) AS together"
HELD_BY_EACH = """array_remove(ARRAY[n.id, p.id, p.case_id], NULL) || ARRAY(
    SELECT v FROM cases_incidentchild h LEFT JOIN cases_placement q ON q.id = h.placement_id
      CROSS JOIN LATERAL unnest(ARRAY[h.placement_id, q.case_id, h.case_id]) AS v
     WHERE h.incident_id = n.id AND v IS NOT NULL) AS together"""
KEPT = [
    both("incident_forget(uuid)", DETAIL, FOLLOWED),
    both("case_objects(uuid)", ONE, EACH),
    started("'case', 'case_unfollowed'", OF_STAYS, OF_CHILDREN),
    started("'incident'", HELD, HELD_BY_EACH),
]


class Migration(migrations.Migration):
    dependencies = [("cases", "0032_incidents"), ("notify", "0003_read_wall")]

    operations = [migrations.RunSQL(*pair) for pair in [*FUNCTIONS, *INCIDENTS, *TABLES, RULES, KNOWN, *KEPT]]
