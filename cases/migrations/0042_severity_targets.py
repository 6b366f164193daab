"""Versions of the delays of incidents. Their number is their key: no other index serves a dozen rows."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0041_incidents_told_wall"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SeverityTargets",
            fields=[
                ("number", models.PositiveIntegerField(primary_key=True, serialize=False, verbose_name="numéro")),
                ("targets", models.JSONField(verbose_name="délais")),
                ("reason", models.CharField(max_length=300, verbose_name="pourquoi ce changement")),
                ("changed_at", models.DateTimeField(verbose_name="en vigueur depuis le")),
                (
                    "changed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="changés par",
                    ),
                ),
            ],
            options={
                "verbose_name": "version des délais d’incident",
                "verbose_name_plural": "versions des délais d’incident",
                "ordering": ["-number"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)), name="severitytargets_number_from_one"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="severitytargets_has_reason",
                        violation_error_message="Dites pourquoi les délais changent.",
                    ),
                ],
            },
        ),
    ]
