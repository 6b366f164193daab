from django.db import migrations

from cms.wall.sql import wall_load


class Migration(migrations.Migration):
    dependencies = [
        ("partners", "0005_extra_place"),
        ("retention", "0002_wall"),
    ]

    operations = wall_load(
        "cms/partners/book",
        "cms/partners/conventions",
        "cms/partners/people",
        "cms/partners/conventions/writing",
        "cms/partners/oncall",
    )
