from django.db import migrations

from cms.wall.sql import wall_load


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0005_counter_secret"),
    ]

    operations = wall_load("cms/wall")
