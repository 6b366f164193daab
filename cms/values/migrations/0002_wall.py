from django.db import migrations

from cms.wall.sql import wall_load


class Migration(migrations.Migration):
    dependencies = [
        ("values", "0001_initial"),
        ("access", "0003_wall"),
    ]

    operations = wall_load(
        "cms/values",
    )
