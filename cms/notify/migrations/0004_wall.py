from django.db import migrations

from cms.wall.sql import wall_load


class Migration(migrations.Migration):
    dependencies = [
        ("notify", "0003_due_at"),
        ("exports", "0003_wall"),
    ]

    operations = wall_load(
        "cms/notify/inbox",
        "cms/notify/duty",
    )
