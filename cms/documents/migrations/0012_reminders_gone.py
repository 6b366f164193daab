"""Reminders of signatures and of reviews are notifications: the two tables that kept them go, with their retention.

On the way back the tables are empty: nothing of what was sent through notifications is written there.
"""

from importlib import import_module

from django.db import migrations

readings = import_module("cms.documents.migrations.0004_readings_wall")
units = import_module("cms.documents.migrations.0008_proposals_units_wall")
retention = import_module("cms.documents.migrations.0006_retention")

KIND = (
    """DELETE FROM retention_kind WHERE kind = 'signature_reminder';
       DELETE FROM journal_kind WHERE kind = 'signature_reminder'; DROP FUNCTION signature_reminder_forget(uuid)""",
    f"""
CREATE FUNCTION signature_reminder_forget(row_id uuid) {retention.PLAIN}
  WITH gone AS (DELETE FROM documents_signaturereminder WHERE id = $1 RETURNING id)
  SELECT coalesce(array_agg(id), '{{}}') FROM gone
$$;
SELECT journal_kind_register('signature_reminder', 'documents_signaturereminder');
SELECT retention_kind_register('signature_reminder', 'signature_reminder', 'documents_signaturereminder',
  'rappel de signature', 'l’envoi du rappel', 'destroy', $starts${retention.REMINDER}$starts$,
  'signature_reminder_forget', 12, 'Un an suffit pour savoir qui a été prévenu.',
  'RGPD, article 5 : pas plus longtemps que nécessaire', 91)""",
)
WALLS = [(wall.REMINDER[1], wall.REMINDER[0]) for wall in (readings, units)]


class Migration(migrations.Migration):
    dependencies = [("documents", "0011_unit_contacts_kept")]

    operations = [
        *(migrations.RunSQL(*pair) for pair in [KIND, *WALLS]),
        migrations.DeleteModel("SignatureReminder"),
        migrations.DeleteModel("UnitReminder"),
    ]
