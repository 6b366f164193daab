from django.db import migrations

from cms.wall.sql import wall_load


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0004_guard"),
    ]

    operations = wall_load(
        "cms/wall",
        "referentiel/visits",
        "cases/guard",
        "cases/stays",
        "cases/arrival",
    )
