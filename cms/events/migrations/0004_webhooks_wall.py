from django.db import migrations

from cms.wall.sql import wall_load


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0003_webhooks"),
        ("documents", "0007_visibility_wall"),
    ]

    operations = wall_load("cms/events/webhooks")
