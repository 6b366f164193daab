"""Who declares from outside, what the service in charge of a child reads, what proves that an authority was told."""

from importlib import import_module

from django.db import migrations

from cms.access.wall import definer, optional, policies

ALL = "(SELECT scope_sees_all_cases())"
MANAGES = "(SELECT scope_manages_cases())"
ME = "(SELECT scope_user_id())"
TEAM = "scope_partners_as('structure_director', 'structure_educator')"
SERVICES = "scope_partners_as('requester')"
OLD_MINE = f"""(i.partner_id = ANY ({TEAM}) OR i.service_id = ANY ({SERVICES}))
             AND (NOT i.is_confidential OR i.declared_by_id = scope_user_id())"""
# Somebody from outside reads what they declared, and nothing of the structure.
MINE = f"({OLD_MINE} OR (i.is_from_outside AND i.declared_by_id = scope_user_id()))"
OLD_WRITTEN = f"(i.partner_id = ANY ({TEAM}) OR i.service_id = ANY ({SERVICES}))"
WRITTEN = f"({OLD_WRITTEN} OR i.is_from_outside)"


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


# A child is in charge of the ASE authority that pays, else of that of the département of origin; of a PJJ service, when
# a grant opens the stay to it. Neither a confidential declaration nor a drill is ever told to them here.
IN_CHARGE = f"""SELECT h.id AS child_id, i.id AS incident_id, c.reference
  FROM cases_incidentchild h JOIN cases_incident i ON i.id = h.incident_id
  LEFT JOIN cases_placement s ON s.id = h.placement_id JOIN cases_case c ON c.id = coalesce(s.case_id, h.case_id)
 WHERE cardinality({SERVICES}) > 0 AND NOT i.is_confidential AND NOT i.is_test AND EXISTS (
   SELECT 1 FROM partners_partner p WHERE p.id = ANY ({SERVICES}) AND (
     (p.kind = 'ase' AND (p.ase_authority_id = c.payer_id OR (c.payer_id IS NULL AND EXISTS (
       SELECT 1 FROM territory_asecoverage v
        WHERE v.authority_id = p.ase_authority_id AND v.territory_id = c.origin_id))))
     OR (p.requester_type_id LIKE 'acteur:PJJ-%' AND s.id IN (SELECT scope_granted_ids('placement', 10)))))"""

FUNCTIONS = [
    *replaced(incident_functions(MINE, WRITTEN), incident_functions(OLD_MINE, OLD_WRITTEN)),
    definer("incident_in_charge_ids()", "SETOF uuid", f"SELECT k.incident_id FROM ({IN_CHARGE}) k"),
    definer("incidentchild_in_charge_ids()", "SETOF uuid", f"SELECT k.child_id FROM ({IN_CHARGE}) k"),
    # What the notice to the service in charge holds, besides the row: which of its minors, and when it was told.
    definer(
        "incident_of_charge(p_id uuid)",
        "TABLE (minors text[], told_at timestamptz)",
        f"""SELECT array_agg(DISTINCT k.reference ORDER BY k.reference),
              (SELECT min(n.told_at) FROM cases_authoritynotice n WHERE n.incident_id = $1
                 AND n.authority_id = 'autorite:GARDIEN' AND (n.ase_authority_id IS NULL OR n.ase_authority_id IN (
                   SELECT p.ase_authority_id FROM partners_partner p WHERE p.id = ANY ({SERVICES}))))
             FROM ({IN_CHARGE}) k WHERE k.incident_id = $1 HAVING count(*) > 0""",
    ),
    definer(
        "notice_visible_ids()",
        "SETOF uuid",
        "SELECT n.id FROM cases_authoritynotice n WHERE n.incident_id IN (SELECT incident_visible_ids())",
    ),
    definer(
        "notice_housed_ids()",
        "SETOF uuid",
        "SELECT n.id FROM cases_authoritynotice n WHERE n.incident_id IN (SELECT incident_housed_ids())",
    ),
    definer("can_see_notice(row_id uuid)", "boolean", f"SELECT {ALL} OR $1 IN (SELECT notice_visible_ids())"),
]

# Somebody from outside reads what they attached, never what the coordination did: it may name the place.
before = import_module("cases.migrations.0039_pieces_and_agreed_words_wall")
PIECES = definer(
    "can_see_files_incident(row_id uuid, author uuid)",
    "boolean",
    """SELECT scope_sees_all_cases() OR ($1 IN (SELECT incident_visible_ids()) AND EXISTS (
         SELECT 1 FROM cases_incident i WHERE i.id = $1 AND CASE WHEN i.is_from_outside THEN $2 = scope_user_id()
           ELSE i.service_id IS NULL
             OR i.partner_id = ANY (scope_partners_as('structure_director', 'structure_educator'))
             OR EXISTS (SELECT 1 FROM partners_membership m WHERE m.user_id = $2 AND m.partner_id = i.service_id) END))""",
)

DECLARES = f"(declared_by_id = {ME} AND partner_id = ANY ({TEAM}))"
DECLARES_FOR = f"""(declared_by_id = {ME} AND service_id = ANY ({SERVICES})
    AND placement_id IN (SELECT placement_of_own_minor_ids()))"""
# Whoever is signed in tells the coordination, in confidence, of a structure that they name: which one it is, the
# coordination alone says.
FROM_OUTSIDE = f"""(declared_by_id = {ME} AND is_from_outside AND is_confidential AND partner_id IS NULL
    AND placement_id IS NULL AND service_id IS NULL AND state = 'declared')"""
OLD_SEES = f"""(can_see_partner(partner_id) OR {DECLARES_FOR}) AND {optional("can_see_placement", "placement_id")}
    AND {optional("can_see_partner", "service_id")}"""
SEES = f"""({optional("can_see_partner", "partner_id")} OR {DECLARES_FOR})
    AND {optional("can_see_placement", "placement_id")} AND {optional("can_see_partner", "service_id")}"""
OLD_INSERT = f"({MANAGES} OR (({DECLARES} AND service_id IS NULL OR {DECLARES_FOR}) AND NOT is_test)) AND ({OLD_SEES})"
INSERT = f"""({MANAGES} OR (NOT is_test AND ({FROM_OUTSIDE}
    OR (NOT is_from_outside AND ({DECLARES} AND service_id IS NULL OR {DECLARES_FOR}))))) AND ({SEES})"""


def rewall(table: str, verb: str, new: str, old: str) -> tuple[str, str]:
    def put(clauses: str) -> str:
        return f"DROP POLICY {verb}_rows ON {table}; CREATE POLICY {verb}_rows ON {table} FOR {verb.upper()} {clauses}"

    return put(new), put(old)


SEEN = f"{ALL} OR id IN (SELECT incident_visible_ids())"
CHILD_SEEN = f"{ALL} OR incident_id IN (SELECT incident_visible_ids())"
TABLES = [
    rewall(
        "cases_incident", "select", f"USING ({SEEN} OR id IN (SELECT incident_in_charge_ids()))", f"USING ({SEEN})"
    ),
    rewall("cases_incident", "insert", f"WITH CHECK ({INSERT})", f"WITH CHECK ({OLD_INSERT})"),
    rewall(
        "cases_incident",
        "update",
        f"USING ({MANAGES}) WITH CHECK ({MANAGES} AND ({SEES}))",
        f"USING ({MANAGES}) WITH CHECK ({MANAGES} AND ({OLD_SEES}))",
    ),
    rewall(
        "cases_incidentchild",
        "select",
        f"USING ({CHILD_SEEN} OR id IN (SELECT incidentchild_in_charge_ids()))",
        f"USING ({CHILD_SEEN})",
    ),
    policies(
        "cases_noticeproof",
        select=f"{ALL} OR notice_id IN (SELECT notice_visible_ids())",
        insert=f"added_by_id = {ME} AND ({MANAGES} OR notice_id IN (SELECT notice_housed_ids()))",
        update="false",
        check="can_see_notice(notice_id)",
    ),
]

NOTES = "UPDATE cases_authoritynotice SET note = NULL, proof_id = NULL WHERE incident_id = $1;"
# That an authority was told, and when, stays for indicator 8; what proved it goes with the words.
PROOFS = f"""{NOTES}
  DELETE FROM cases_noticeproof WHERE notice_id IN (
    SELECT n.id FROM cases_authoritynotice n WHERE n.incident_id = $1);"""


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


FORGET = (rewritten(NOTES, PROOFS), rewritten(PROOFS, NOTES))


class Migration(migrations.Migration):
    dependencies = [("cases", "0040_incidents_told"), ("territory", "0001_initial")]

    operations = [migrations.RunSQL(*pair) for pair in [*FUNCTIONS, (PIECES[0], before.PIECES[0]), *TABLES, FORGET]]
