from django.db import migrations

from cms.wall.sql import wall_load


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0003_initial"),
        ("accounts", "0003_wall"),
    ]

    operations = wall_load(
        "cms/documents/versions",
        "cms/documents/proposals",
        "cms/documents/signatures",
        "cms/documents/units",
    )
