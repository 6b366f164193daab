"""Functions of the owner enrol too (a place freed, somebody by themselves) and name no hours: those begin at zero."""

from django.db import migrations

ZERO = (
    """ALTER TABLE formation_enrolment ALTER COLUMN hours_present SET DEFAULT 0;
    ALTER TABLE formation_session ALTER COLUMN total_hours SET DEFAULT 0;""",
    """ALTER TABLE formation_enrolment ALTER COLUMN hours_present DROP DEFAULT;
    ALTER TABLE formation_session ALTER COLUMN total_hours DROP DEFAULT;""",
)


class Migration(migrations.Migration):
    dependencies = [("formation", "0014_hours_kept")]

    operations = [migrations.RunSQL(*ZERO)]
