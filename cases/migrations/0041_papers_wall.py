from django.db import migrations

from cms.wall.sql import wall_load


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0040_papers"),
        ("files", "0005_portrait_wall"),
    ]

    operations = wall_load("cases/files", "cases/arrival/convention", "cases/arrival")
