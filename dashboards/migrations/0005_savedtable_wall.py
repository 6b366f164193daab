"""Tables built without code: their author's, and the coordination's once shared. Never the State's, nor a structure's."""

from django.db import migrations

from cms.access.wall import definer, policies

MANAGES = "(SELECT scope_manages_cases())"
MINE = f"{MANAGES} AND author_id = (SELECT scope_user_id())"
TABLE = policies(
    "dashboards_savedtable",
    select=f"{MINE} OR ({MANAGES} AND is_shared AND removed_at IS NULL)",
    insert=MINE,
    update=MINE,
)
CAN_SEE = definer(
    "can_see_saved_table(row_id uuid)",
    "boolean",
    """SELECT scope_manages_cases() AND EXISTS (SELECT FROM dashboards_savedtable t WHERE t.id = $1
         AND (t.author_id = scope_user_id() OR (t.is_shared AND t.removed_at IS NULL)))""",
)
KIND = (
    "SELECT journal_kind_register('saved_table', 'dashboards_savedtable')",
    "DELETE FROM journal_kind WHERE kind = 'saved_table'",
)


class Migration(migrations.Migration):
    dependencies = [("dashboards", "0004_savedtable"), ("access", "0002_scope"), ("journal", "0002_functions")]

    operations = [migrations.RunSQL(*pair) for pair in [TABLE, CAN_SEE, KIND]]
