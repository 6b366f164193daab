from django.db import migrations

from cms.wall.sql import wall_load


class Migration(migrations.Migration):
    dependencies = [
        ("columns", "0001_initial"),
        ("files", "0004_wall"),
    ]

    operations = wall_load(
        "cms/columns",
    )
