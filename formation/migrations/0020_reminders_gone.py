"""Reminders of renewal are notifications: the table that kept them goes, and the function that wrote it."""

from importlib import import_module

from django.db import migrations

before = import_module("formation.migrations.0008_merges_wall")

REMIND = (before.REMIND[1], before.REMIND[0])
WALL = (before.TABLES[-1][1], before.TABLES[-1][0])


class Migration(migrations.Migration):
    dependencies = [("formation", "0019_notices_said")]

    operations = [
        *(migrations.RunSQL(*pair) for pair in [REMIND, WALL]),
        migrations.DeleteModel("RenewalReminder"),
    ]
