from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("partners", "0004_oncall"),
    ]

    operations = [
        migrations.AddField(
            model_name="place",
            name="is_extra",
            field=models.BooleanField(default=False, verbose_name="place supplémentaire"),
        ),
        migrations.AddField(
            model_name="place",
            name="note",
            field=models.CharField(blank=True, default="", max_length=200, verbose_name="mot de la structure"),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="place",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("is_extra", False), ("note", "")),
                    models.Q(("ends_on__isnull", False), ("is_extra", True)),
                    _connector="OR",
                ),
                name="place_extra_ends",
                violation_error_message="Une place supplémentaire a un dernier jour.",
            ),
        ),
    ]
