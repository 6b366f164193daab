"""Somebody without an account is told at an address. The index of the inbox keeps to people: addresses have none."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("notify", "0006_text_reason"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="obligation",
            name="obligation_one_open",
        ),
        migrations.AddField(
            model_name="obligation",
            name="address",
            field=models.EmailField(blank=True, max_length=254, verbose_name="adresse sans compte"),
        ),
        migrations.AlterField(
            model_name="obligation",
            name="person",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="personne",
            ),
        ),
        migrations.AddConstraint(
            model_name="obligation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed_at", None)),
                fields=("kind", "object_id", "person", "partner_id", "address"),
                name="obligation_one_open",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="obligation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("address", ""), ("person__isnull", False)),
                    models.Q(models.Q(("address", ""), _negated=True), ("person", None)),
                    _connector="OR",
                ),
                name="obligation_person_or_address",
            ),
        ),
    ]
