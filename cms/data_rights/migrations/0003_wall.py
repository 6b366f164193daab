from django.db import migrations

from cms.wall.sql import wall_load


class Migration(migrations.Migration):
    dependencies = [
        ("rights", "0002_initial"),
        ("reporting", "0003_wall"),
    ]

    operations = wall_load(
        "cms/data_rights",
    )
