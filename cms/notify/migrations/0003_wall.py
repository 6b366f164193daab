from django.db import migrations


class Migration(migrations.Migration):
    """Loads nothing any more: `0005_due_at_wall` loads the wall, which speaks of the tables as they are now."""

    dependencies = [
        ("notify", "0002_initial"),
        ("exports", "0003_wall"),
    ]
