from django.db import migrations

from cms.wall.sql import wall_load


class Migration(migrations.Migration):
    dependencies = [
        ("dashboards", "0002_initial"),
        ("cases", "0010_wall"),
    ]

    operations = wall_load(
        "dashboards/figures",
        "dashboards/tables",
    )
