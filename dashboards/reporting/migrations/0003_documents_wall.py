"""Documents that the two sides share on a question and on a committee: who reads them, who adds one.

A question is between the coordination and one State body; a committee is read by every reader of the State, who may
bring a document to it. `can_see_…` answers for the object itself: the page of attachments asks nothing else.
"""

from django.db import migrations

from cms.access.wall import definer

OWN = """EXISTS (SELECT 1 FROM reporting_statequestion q
    WHERE q.id = $1 AND q.partner_id = ANY (scope_partners_as('state_reader')))"""
HELD = "scope_has_role('state_reader') AND EXISTS (SELECT 1 FROM reporting_committee c WHERE c.id = $1)"

FUNCTIONS = [
    definer("can_see_files_statequestion(row_id uuid)", "boolean", f"SELECT scope_sees_all_cases() OR {OWN}"),
    definer("can_add_files_statequestion(row_id uuid)", "boolean", f"SELECT {OWN}"),
    definer("can_see_files_committee(row_id uuid)", "boolean", f"SELECT scope_sees_all_cases() OR ({HELD})"),
    definer("can_add_files_committee(row_id uuid)", "boolean", f"SELECT {HELD}"),
]


class Migration(migrations.Migration):
    dependencies = [("reporting", "0002_wall"), ("files", "0002_wall")]

    operations = [migrations.RunSQL(*pair) for pair in FUNCTIONS]
