from django.db import migrations

from cms.wall.sql import wall_load


class Migration(migrations.Migration):
    dependencies = [
        ("referentiel", "0002_initial"),
        ("documents", "0004_wall"),
    ]

    operations = wall_load(
        "referentiel/assessments",
        "referentiel/visits",
        "referentiel/derogations",
    )
