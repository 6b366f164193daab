"""The wall rests on every table: it comes after all of them, and each app's after that of the app below."""

from django.db import migrations

from cms.wall.sql import wall_load


class Migration(migrations.Migration):
    dependencies = [
        ("journal", "0001_initial"),
        ("access", "0002_initial"),
        ("accounts", "0002_initial"),
        ("cases", "0002_initial"),
        ("dashboards", "0002_initial"),
        ("documents", "0003_initial"),
        ("exports", "0002_initial"),
        ("files", "0002_initial"),
        ("formation", "0002_initial"),
        ("home", "0001_initial"),
        ("notify", "0002_initial"),
        ("partners", "0002_initial"),
        ("proconnect", "0002_initial"),
        ("referentiel", "0002_initial"),
        ("reporting", "0002_initial"),
        ("retention", "0001_initial"),
        ("rights", "0002_initial"),
        ("territory", "0001_initial"),
        ("users", "0001_initial"),
        ("values", "0001_initial"),
    ]

    operations = wall_load(
        "cms/journal",
    )
