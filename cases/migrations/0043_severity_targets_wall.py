"""The delays of incidents are the coordination's to write; what is in force is in the list that everybody reads."""

from django.db import migrations

from cms.access.wall import policies

WALL = policies(
    "cases_severitytargets",
    select="(SELECT scope_sees_all_cases())",
    insert="(SELECT scope_manages_cases()) AND changed_by_id = (SELECT scope_user_id())",
    update="false",
)


class Migration(migrations.Migration):
    dependencies = [("cases", "0042_severity_targets")]

    operations = [migrations.RunSQL(*WALL)]
