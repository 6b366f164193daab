from django.db import migrations

from cms.wall.sql import wall_load


class Migration(migrations.Migration):
    dependencies = [
        ("partners", "0004_writing"),
    ]

    operations = wall_load("cms/partners/conventions/writing")
