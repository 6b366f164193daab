"""How many notifications a person has not read comes with their scope, since every page shows it. Counted by
`cms.notify`, which stands above: here nobody is told anything yet.
"""

from django.db import migrations

from cms.access.wall import definer

UNREAD = definer("scope_unread(p_user uuid)", "integer", "SELECT 0")


class Migration(migrations.Migration):
    dependencies = [("access", "0011_token_day")]

    operations = [migrations.RunSQL(*UNREAD)]
