from django.db import migrations

from cms.wall.sql import wall_load


class Migration(migrations.Migration):
    dependencies = [
        ("proconnect", "0002_initial"),
        ("partners", "0006_wall"),
        ("socialaccount", "0006_alter_socialaccount_extra_data"),
    ]

    operations = wall_load(
        "cms/proconnect",
    )
