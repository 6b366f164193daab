"""Which rows an export counted: for the coordination and the direction, and never changed."""

from django.db import migrations

from cms.access.wall import policies

MANAGES = "(SELECT scope_manages_cases())"
TRACE = policies("dashboards_trace", select=MANAGES, insert=MANAGES, update="false")


class Migration(migrations.Migration):
    dependencies = [("dashboards", "0002_trace"), ("access", "0002_scope")]

    operations = [migrations.RunSQL(*TRACE)]
