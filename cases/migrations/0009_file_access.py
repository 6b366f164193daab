"""Who did what on a file is told of all that hangs on it; who reads a part of it without any grant is told too."""

from django.db import migrations

from cms.access.wall import definer

ASKS = "(scope_manages_cases() OR scope_has_role('dpo'))"

# A refusal on a stay or on a sheet is a refusal on the file: the journal names the stay, this names its file.
OBJECTS = definer(
    "case_objects(case_id uuid)",
    "TABLE (kind text, id uuid)",
    f"""SELECT o.kind, o.id FROM (
          SELECT 'case' AS kind, $1 AS id
          UNION ALL SELECT 'sollicitation', s.id FROM cases_sollicitation s WHERE s.case_id = $1
          UNION ALL SELECT 'orientation', o.id FROM cases_orientation o WHERE o.case_id = $1
          UNION ALL SELECT 'proposal', p.id FROM cases_proposal p
                      JOIN cases_orientation o ON o.id = p.orientation_id WHERE o.case_id = $1
          UNION ALL SELECT 'placement', p.id FROM cases_placement p WHERE p.case_id = $1
          UNION ALL SELECT 'incident', i.id FROM cases_incident i
                      JOIN cases_placement p ON p.id = i.placement_id WHERE p.case_id = $1
        ) o WHERE {ASKS} AND EXISTS (SELECT FROM cases_case c WHERE c.id = $1)""",
)
# To the coordination the journal is closed: of one file it reads when, who, what and how it ended.
TRACES = definer(
    "case_traces(case_id uuid, line_limit integer)",
    "TABLE (at timestamptz, actor_id uuid, actor_system text, action text, outcome text)",
    """SELECT l.at, l.actor_id, l.actor_system, l.action, l.outcome
         FROM case_objects($1) o JOIN journal_line l ON l.object_id = o.id AND l.object_kind = o.kind
        WHERE scope_manages_cases() ORDER BY l.at DESC, l.id DESC LIMIT least($2, 1000)""",
)
REFUSALS = definer(
    "case_refusals(case_id uuid)",
    "TABLE (actor_id uuid, kind text, action text, number bigint, last_at timestamptz)",
    """SELECT l.actor_id, o.kind, l.action, count(*), max(l.at)
         FROM case_objects($1) o JOIN journal_line l ON l.object_id = o.id AND l.object_kind = o.kind
        WHERE l.outcome = 'refused' GROUP BY 1, 2, 3 ORDER BY 5 DESC LIMIT 1000""",
)
# Data protection sees no partner: it learns that a service asked and that a structure houses, not which.
NATURES = definer(
    "case_natures(case_id uuid)",
    "TABLE (partner_id uuid, kind text, since date, until date)",
    f"""SELECT CASE WHEN scope_manages_cases() THEN n.partner_id END, n.kind, n.since, n.until FROM (
          SELECT s.requester_id AS partner_id, 'sollicitation' AS kind, min(s.received_on) AS since, NULL::date AS until
            FROM cases_sollicitation s WHERE s.case_id = $1 GROUP BY 1
          UNION ALL SELECT p.partner_id, 'placement', p.arrived_on, p.ended_on
            FROM cases_placement p WHERE p.case_id = $1
        ) n WHERE {ASKS} ORDER BY n.since""",
)


class Migration(migrations.Migration):
    dependencies = [("cases", "0008_protection_wall")]

    operations = [migrations.RunSQL(*pair) for pair in [OBJECTS, TRACES, REFUSALS, NATURES]]
