from django.db import migrations

from cms.wall.sql import wall_load


class Migration(migrations.Migration):
    dependencies = [
        ("partners", "0006_wall"),
    ]

    operations = wall_load(
        "cms/partners/people",
    )
