"""Figures read linkings, for what nights cost: a change of one leaves a mark."""

from django.db import migrations

from cms.wall.sql import wall_load


class Migration(migrations.Migration):
    dependencies = [
        ("dashboards", "0003_wall"),
    ]

    operations = wall_load("dashboards/figures")
