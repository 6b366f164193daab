import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("formation", "0006_proofs_retention"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="professional",
            name="merged_into",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="formation.professional",
                verbose_name="compte avec",
            ),
        ),
        migrations.CreateModel(
            name="ProfessionalApart",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("said_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="dit le")),
                (
                    "first",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="formation.professional",
                        verbose_name="première",
                    ),
                ),
                (
                    "said_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="dit par",
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="formation.professional",
                        verbose_name="seconde",
                    ),
                ),
            ],
            options={
                "verbose_name": "professionnels distincts",
                "verbose_name_plural": "professionnels distincts",
                "constraints": [models.UniqueConstraint(fields=("first", "second"), name="professionalapart_once")],
            },
        ),
        migrations.CreateModel(
            name="ProfessionalMerge",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("moved", models.JSONField(default=dict, verbose_name="lignes déplacées")),
                ("merged_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="rapprochée le")),
                ("undone_at", models.DateTimeField(blank=True, null=True, verbose_name="défaite le")),
                (
                    "kept",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merges_kept",
                        to="formation.professional",
                        verbose_name="fiche gardée",
                    ),
                ),
                (
                    "merged",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merges",
                        to="formation.professional",
                        verbose_name="fiche rapprochée",
                    ),
                ),
                (
                    "merged_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="rapprochée par",
                    ),
                ),
                (
                    "undone_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="défaite par",
                    ),
                ),
            ],
            options={
                "verbose_name": "rapprochement de professionnels",
                "verbose_name_plural": "rapprochements de professionnels",
                "ordering": ["-merged_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("undone_at", None)), fields=("merged",), name="professionalmerge_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kept", models.F("merged")), _negated=True),
                        name="professionalmerge_two_people",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RenewalReminder",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("due_on", models.DateField(verbose_name="à renouveler avant le")),
                ("days", models.PositiveSmallIntegerField(verbose_name="jours avant")),
                ("sent_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="envoyé le")),
                (
                    "professional",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="formation.professional",
                        verbose_name="professionnel",
                    ),
                ),
            ],
            options={
                "verbose_name": "rappel de renouvellement",
                "verbose_name_plural": "rappels de renouvellement",
                "constraints": [
                    models.UniqueConstraint(fields=("professional", "due_on", "days"), name="renewalreminder_once")
                ],
            },
        ),
    ]
