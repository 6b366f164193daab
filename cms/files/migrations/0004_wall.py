from django.db import migrations

from cms.wall.sql import wall_load


class Migration(migrations.Migration):
    dependencies = [
        ("files", "0003_portrait"),
        ("values", "0002_wall"),
    ]

    operations = wall_load(
        "cms/files",
    )
