from django.db import migrations

from cms.wall.sql import wall_load


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0002_initial"),
        ("journal", "0002_wall"),
    ]

    operations = wall_load(
        "cms/wall",
        "cms/sessions",
    )
