from django.db import migrations

from cms.wall.sql import wall_load


class Migration(migrations.Migration):
    dependencies = [("cases", "0030_requests")]

    operations = wall_load("cases/files", "cases/files/protection", "cases/requests", "cases/proposals")
