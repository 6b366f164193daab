from django.db import migrations

from cms.wall.sql import wall_load


class Migration(migrations.Migration):
    initial = True
    dependencies = [
        ("journal", "0002_wall"),
        ("notify", "0004_wall"),
    ]

    operations = wall_load("cms/operations")
