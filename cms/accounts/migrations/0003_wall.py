from django.db import migrations

from cms.wall.sql import wall_load


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_initial"),
        ("proconnect", "0003_wall"),
    ]

    operations = wall_load(
        "cms/accounts",
    )
