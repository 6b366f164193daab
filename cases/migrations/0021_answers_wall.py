from django.db import migrations

from cms.wall.sql import wall_load


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0020_answers"),
        ("notify", "0005_due_at_wall"),
        ("partners", "0005_oncall_wall"),
    ]

    operations = wall_load(
        "cases/notices",
        "cases/files",
        "cases/proposals",
        "cases/proposals/exchange",
        "cases/matching",
        "cases/stays",
    )
