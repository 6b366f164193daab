"""Guards of rows that do not change let a new sealing of the same words through."""

from django.db import migrations

from cms.wall.sql import wall_load


class Migration(migrations.Migration):
    dependencies = [("cases", "0011_left_wall")]

    operations = wall_load(
        "cases/requests/unverified",
        "cases/arrival/convention",
        "cases/arrival",
        "cases/circuit",
    )
