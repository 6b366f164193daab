"""Guards let the owner of the tables through, and no other login."""

from django.db import migrations

from cms.wall.sql import wall_load


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0006_wall"),
        ("accounts", "0003_wall"),
        ("cases", "0015_extra_wall"),
        ("files", "0004_wall"),
        ("formation", "0006_wall"),
        ("notify", "0004_wall"),
        ("retention", "0002_wall"),
    ]

    operations = wall_load(
        "cms/wall",
        "cms/notify/inbox",
        "cms/notify/duty",
        "cms/retention",
        "cms/files",
        "cms/accounts",
        "cases/extra",
        "cases/incidents",
        "formation/sessions",
        "formation/questions",
        "formation/attestations",
    )
