"""A convention is known to the journal, which keeps who read its signed document."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("partners", "0007_membership_wall"), ("files", "0002_wall")]

    operations = [
        migrations.RunSQL(
            "SELECT journal_kind_register('convention', 'partners_convention')",
            "DELETE FROM journal_kind WHERE kind = 'convention'",
        )
    ]
