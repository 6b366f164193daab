from django.db import migrations

from cms.wall.sql import wall_load


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0010_wall"),
        ("partners", "0007_left_wall"),
    ]

    operations = wall_load(
        "cases/incidents/runaways",
    )
