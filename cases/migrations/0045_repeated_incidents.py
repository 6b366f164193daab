"""An index on what indicator 8 looks up for each incident: the one before it, same structure, same type, 90 days at most.
Without it two bitmaps are crossed each time: 13 ms a thousand incidents, and more as types fill up.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0044_extra_missing"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="incident",
            index=models.Index(fields=["partner", "incident_type", "declared_at"], name="incident_repeated"),
        ),
    ]
