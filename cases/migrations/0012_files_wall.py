"""Who reads and adds the attachments of a request and of an incident. Those of a case are seen as the case itself."""

from django.db import migrations

from cms.access.wall import definer

FUNCTIONS = [
    # An attachment tells as much as words: who only transmitted, or sees the request through a grant, reads none.
    definer(
        "can_see_files_sollicitation(row_id uuid)",
        "boolean",
        "SELECT scope_sees_all_cases() OR $1 IN (SELECT sollicitation_asked_ids())",
    ),
    definer(
        "can_add_files_sollicitation(row_id uuid)",
        "boolean",
        """SELECT $1 IN (SELECT sollicitation_asked_ids())
             AND EXISTS (SELECT 1 FROM cases_sollicitation s WHERE s.id = $1 AND s.state <> 'closed')""",
    ),
    definer(
        "can_add_files_incident(row_id uuid)",
        "boolean",
        """SELECT $1 IN (SELECT incident_housed_ids())
             AND EXISTS (SELECT 1 FROM cases_incident i WHERE i.id = $1 AND i.state <> 'closed')""",
    ),
]


class Migration(migrations.Migration):
    dependencies = [("cases", "0011_matching_wall"), ("files", "0002_wall")]

    operations = [migrations.RunSQL(*pair) for pair in FUNCTIONS]
