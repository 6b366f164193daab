"""The feed reads, and its triggers stand on, tables of every capability."""

from django.db import migrations

from cms.wall.sql import wall_load


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0001_initial"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0098_apitoken"),
        ("documents", "0007_visibility_wall"),
        ("partners", "0007_left_wall"),
        ("formation", "0006_wall"),
        ("cases", "0015_extra_wall"),
    ]

    operations = wall_load("cms/events/feed")
