from django.db import migrations

from cms.wall.sql import wall_load


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0006_visibility"),
        ("partners", "0007_left_wall"),
    ]

    operations = wall_load(
        "cms/documents/versions",
        "cms/documents/visibility",
    )
