"""The owner seals the words of a task again under a new key: only what the application writes is held to its states."""

from django.db import migrations

TRIGGER = """DROP TRIGGER incidenttask_frozen ON cases_incidenttask;
CREATE TRIGGER incidenttask_frozen BEFORE UPDATE ON cases_incidenttask FOR EACH ROW WHEN ({when})
  EXECUTE FUNCTION incidenttask_freeze();"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0035_runaways_wall")]

    operations = [
        migrations.RunSQL(
            TRIGGER.format(when="current_user = 'havre_app'"), TRIGGER.format(when="NOT retention_erases()")
        )
    ]
