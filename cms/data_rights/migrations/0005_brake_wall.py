from django.db import migrations

from cms.wall.sql import wall_load


class Migration(migrations.Migration):
    dependencies = [("rights", "0004_readingstop")]

    operations = wall_load("cms/data_rights/readings")
