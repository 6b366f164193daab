from django.db import migrations

from cms.wall.sql import wall_load


class Migration(migrations.Migration):
    dependencies = [
        ("notify", "0004_due_at"),
    ]

    operations = [
        migrations.RunSQL(
            "DROP FUNCTION IF EXISTS obligation_owe(uuid, text, uuid, uuid, uuid, text, date, text)",
            migrations.RunSQL.noop,
        ),
        *wall_load("cms/notify/inbox", "cms/notify/duty"),
    ]
