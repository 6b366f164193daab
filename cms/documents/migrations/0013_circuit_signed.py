"""The circuit of incidents is signed by structures, as the référentiel is: documents loaded before said that nobody does."""

from django.db import migrations

SIGNED = (
    "UPDATE documents_document SET must_be_acknowledged = true WHERE kind = 'incident-circuit'",
    "UPDATE documents_document SET must_be_acknowledged = false WHERE kind = 'incident-circuit'",
)


class Migration(migrations.Migration):
    dependencies = [("documents", "0012_reminders_gone")]

    operations = [migrations.RunSQL(*SIGNED)]
