"""What protects a minor is seen with the case, and written by the coordination alone."""

from django.db import migrations

from cms.access.wall import policies

ALL = "(SELECT scope_sees_all_cases())"
MANAGES = "(SELECT scope_manages_cases())"
SEEN = f"{ALL} OR case_id IN (SELECT case_visible_ids())"

TABLES = [
    policies(
        f"cases_{name}",
        select=SEEN,
        insert=MANAGES,
        update=MANAGES,
        delete=delete,
        check="can_see_case(case_id)",
    )
    for name, delete in (
        ("keepaway", "false"),
        ("caseneed", MANAGES),
        ("caselanguage", MANAGES),
        ("legalframe", "false"),
    )
]


class Migration(migrations.Migration):
    dependencies = [("cases", "0007_protection")]

    operations = [migrations.RunSQL(*pair) for pair in TABLES]
