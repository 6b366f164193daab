from django.db import migrations

from cms.wall.sql import wall_load


class Migration(migrations.Migration):
    dependencies = [
        ("formation", "0002_initial"),
        ("referentiel", "0003_wall"),
    ]

    operations = wall_load(
        "formation/sessions",
        "formation/sessions/invitations",
        "formation/people",
        "formation/support",
        "formation/year_plan",
        "formation/questions",
        "formation/attendance",
        "formation/attestations",
    )
