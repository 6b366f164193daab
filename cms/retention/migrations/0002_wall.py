from django.db import migrations

from cms.wall.sql import wall_load


class Migration(migrations.Migration):
    dependencies = [
        ("retention", "0001_initial"),
        ("notify", "0005_due_at_wall"),
    ]

    operations = wall_load(
        "cms/retention",
    )
