from django.db import migrations

from cms.wall.sql import wall_load


class Migration(migrations.Migration):
    dependencies = [
        ("retention", "0001_initial"),
        ("notify", "0004_wall"),
    ]

    operations = wall_load(
        "cms/retention",
    )
