from django.db import migrations

from cms.wall.sql import wall_load


class Migration(migrations.Migration):
    dependencies = [
        ("operations", "0001_wall"),
        ("notify", "0005_sending_refused_at"),
    ]

    operations = wall_load("cms/operations")
