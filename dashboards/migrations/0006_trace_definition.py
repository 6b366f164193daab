"""Under which version of its definition a figure was exported: two exports under two rules are not compared as they are."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dashboards", "0005_savedtable_wall")]

    operations = [
        migrations.AddField(
            "trace",
            "definition",
            models.CharField(default="1.0", max_length=10, verbose_name="version de la définition"),
        )
    ]
