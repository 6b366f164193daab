from django.db import migrations

from cms.wall.sql import wall_load


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0050_voice"),
    ]

    operations = wall_load("cases/voice", "cases/incidents/authorities")
