from django.db import migrations

from cms.wall.sql import wall_load


class Migration(migrations.Migration):
    dependencies = [
        ("referentiel", "0003_wall"),
        ("documents", "0005_left_wall"),
    ]

    operations = wall_load(
        "referentiel/assessments",
    )
