from django.db import migrations

from cms.wall.sql import wall_load


class Migration(migrations.Migration):
    dependencies = [
        ("reporting", "0002_initial"),
        ("dashboards", "0003_wall"),
    ]

    operations = wall_load(
        "dashboards/reporting/periods",
        "dashboards/reporting/targets",
        "dashboards/reporting/releases",
        "dashboards/reporting/state",
        "dashboards/reporting/history",
    )
