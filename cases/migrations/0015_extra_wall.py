"""Two people decide that an answer to an added field is compulsory."""

from django.db import migrations

from cms.wall.sql import wall_load


class Migration(migrations.Migration):
    dependencies = [("cases", "0014_extra_requirement")]

    operations = wall_load("cases/extra")
