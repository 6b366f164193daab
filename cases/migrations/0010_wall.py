from django.db import migrations

from cms.wall.sql import wall_load


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0009_shelter"),
        ("files", "0004_wall"),
        ("formation", "0003_wall"),
        ("notify", "0004_wall"),
        ("partners", "0006_wall"),
    ]

    operations = wall_load(
        "cases/notices",
        "cases/files",
        "cases/files/protection",
        "cases/files/duplicates",
        "cases/guard",
        "cases/requests",
        "cases/requests/shelter",
        "cases/grid",
        "cases/proposals",
        "cases/proposals/exchange",
        "cases/proposals/unmet",
        "cases/matching",
        "cases/stays",
        "cases/stays/reviews",
        "cases/incidents",
        "cases/incidents/authorities",
        "cases/incidents/runaways",
        "cases/incidents/targets",
        "cases/voice",
    )
