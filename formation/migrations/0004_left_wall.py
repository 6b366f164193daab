from django.db import migrations

from cms.wall.sql import wall_load


class Migration(migrations.Migration):
    dependencies = [
        ("formation", "0003_wall"),
        ("documents", "0005_left_wall"),
    ]

    operations = wall_load(
        "formation/sessions",
        "formation/year_plan",
    )
