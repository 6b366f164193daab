"""A refusal may be about the account itself: step-up."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("access", "0005_journal_months"), ("users", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "SELECT journal_kind_register('user', 'users_user')", "DELETE FROM journal_kind WHERE kind = 'user'"
        )
    ]
