"""A runaway, its return, and the delay of each département. Their keys are their only indexes: few rows of each."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import cms.vault.fields


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0033_incidents_wall"),
        ("territory", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Runaway",
            fields=[
                (
                    "incident",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="runaway",
                        serialize=False,
                        to="cases.incident",
                        verbose_name="incident",
                    ),
                ),
                (
                    "is_known_from_police",
                    models.BooleanField(default=False, verbose_name="connue par la police d’abord"),
                ),
                (
                    "absence",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="runaway",
                        to="cases.absence",
                        verbose_name="absence",
                    ),
                ),
            ],
            options={
                "verbose_name": "fugue",
                "verbose_name_plural": "fugues",
            },
        ),
        migrations.CreateModel(
            name="RunawayDelay",
            fields=[
                (
                    "territory",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="territory.territory",
                        verbose_name="département",
                    ),
                ),
                ("day_minutes", models.PositiveSmallIntegerField(verbose_name="délai de jour, en minutes")),
                ("night_minutes", models.PositiveSmallIntegerField(verbose_name="délai de nuit, en minutes")),
                ("protocol", models.CharField(blank=True, max_length=300, verbose_name="ce que demande le protocole")),
            ],
            options={
                "verbose_name": "délai de fugue",
                "verbose_name_plural": "délais de fugue",
                "ordering": ["territory"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("day_minutes__lte", 1440), ("night_minutes__lte", 1440)),
                        name="runawaydelay_within_a_day",
                        violation_error_message="Une disparition se signale dans la journée.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RunawayReturn",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("returned_at", models.DateTimeField(verbose_name="de retour le")),
                (
                    "interview",
                    models.CharField(
                        choices=[
                            ("accepted", "proposé et accepté"),
                            ("refused", "proposé et refusé"),
                            ("done", "fait"),
                        ],
                        max_length=8,
                        verbose_name="entretien de retour",
                    ),
                ),
                (
                    "medical",
                    models.CharField(
                        choices=[
                            ("accepted", "proposé et accepté"),
                            ("refused", "proposé et refusé"),
                            ("done", "fait"),
                        ],
                        max_length=8,
                        verbose_name="visite médicale",
                    ),
                ),
                ("police_told", models.BooleanField(verbose_name="police ou gendarmerie prévenues du retour")),
                (
                    "told",
                    cms.vault.fields.SealedTextField(blank=True, null=True, verbose_name="ce que le jeune en dit"),
                ),
                ("recorded_at", models.DateTimeField(verbose_name="écrit le")),
                (
                    "absence",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="runaway_return",
                        to="cases.absence",
                        verbose_name="absence",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="écrit par",
                    ),
                ),
            ],
            options={
                "verbose_name": "retour de fugue",
                "verbose_name_plural": "retours de fugue",
                "ordering": ["-returned_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("interview__in", ["accepted", "refused", "done"]),
                            ("medical__in", ["accepted", "refused", "done"]),
                        ),
                        name="runawayreturn_offers_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("returned_at__lte", models.F("recorded_at"))),
                        name="runawayreturn_not_to_come",
                        violation_error_message="Ce retour est dans le futur.",
                    ),
                ],
            },
        ),
    ]
