from django.db import migrations

from cms.wall.sql import wall_load


class Migration(migrations.Migration):
    dependencies = [
        ("formation", "0005_presence_hours"),
    ]

    operations = wall_load(
        "formation/sessions",
        "formation/attendance",
        "formation/attestations",
    )
