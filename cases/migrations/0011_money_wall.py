from django.db import migrations

from cms.wall.sql import wall_load


class Migration(migrations.Migration):
    dependencies = [("cases", "0010_money")]

    operations = [
        # The service that asked agrees no more: the one to which the minor is entrusted does.
        *wall_load(
            "cases/arrival",
            "cases/circuit",
            "cases/incidents",
            "cases/incidents/authorities",
            "cases/incidents/runaways",
            "cases/incidents/targets",
        ),
        migrations.RunSQL("DROP FUNCTION IF EXISTS linking_asked_ids()", migrations.RunSQL.noop),
    ]
