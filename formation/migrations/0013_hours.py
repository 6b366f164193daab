"""Hours of a session and hours followed by each person, beside the rows they are the sum of."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("formation", "0012_year_plan_wall")]

    operations = [
        migrations.AddField(
            "session",
            "total_hours",
            models.DecimalField("durée en heures", max_digits=7, decimal_places=2, default=0, editable=False),
        ),
        migrations.AddField(
            "enrolment",
            "hours_present",
            models.DecimalField("heures suivies", max_digits=7, decimal_places=2, default=0, editable=False),
        ),
    ]
