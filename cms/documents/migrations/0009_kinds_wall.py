"""Documents as rows: the coordination writes them, and two people decide what binds partners."""

from django.db import migrations

from cms.wall.sql import wall_load


class Migration(migrations.Migration):
    dependencies = [("access", "0014_hands"), ("documents", "0008_kinds")]

    operations = wall_load("cms/documents/kinds", "cms/documents/versions", "cms/documents/visibility")
