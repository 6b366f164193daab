"""A form that was begun is kept for the hours that the coordination sets."""

from django.db import migrations

from cms.wall.sql import wall_load


class Migration(migrations.Migration):
    dependencies = [("access", "0012_software_key"), ("values", "0002_wall")]

    operations = wall_load("cms/sessions")
