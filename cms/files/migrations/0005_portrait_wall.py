from django.db import migrations

from cms.wall.sql import wall_load


class Migration(migrations.Migration):
    dependencies = [
        ("files", "0004_portrait"),
    ]

    operations = wall_load("cms/files")
