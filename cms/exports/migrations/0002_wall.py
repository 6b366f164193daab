"""An export is its author's alone; two system actors follow it, and neither reads what it holds."""

from django.db import migrations

from cms.access.wall import definer, policies

MINE = "author_id = (SELECT scope_user_id())"
FOLLOWS = "(SELECT scope_system()) = 'exports'"
EXPORT = policies(
    "exports_export",
    select=f"{MINE} OR {FOLLOWS} OR (SELECT scope_system()) = 'files'",
    insert=MINE,
    update=f"{MINE} OR {FOLLOWS}",
)
CAN_SEE = definer(
    "can_see_export(row_id uuid)",
    "boolean",
    "SELECT EXISTS (SELECT FROM exports_export e WHERE e.id = $1 AND e.author_id = scope_user_id())",
)
KIND = (
    "SELECT journal_kind_register('export', 'exports_export')",
    "DELETE FROM journal_kind WHERE kind = 'export'",
)


class Migration(migrations.Migration):
    dependencies = [("exports", "0001_initial"), ("access", "0002_scope"), ("journal", "0002_functions")]

    operations = [migrations.RunSQL(*pair) for pair in [EXPORT, CAN_SEE, KIND]]
