import uuid

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.constraints
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("access", "0002_scope"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Duty",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "rank",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "rang 1"), (2, "rang 2"), (3, "rang 3")], verbose_name="rang"
                    ),
                ),
                ("starts_at", models.DateTimeField(verbose_name="début")),
                ("ends_at", models.DateTimeField(verbose_name="fin")),
                ("phone", models.CharField(blank=True, max_length=30, verbose_name="numéro pendant la garde")),
                (
                    "cancelled_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="retirée le"),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="personne",
                    ),
                ),
            ],
            options={
                "verbose_name": "garde",
                "verbose_name_plural": "gardes",
                "ordering": ["starts_at", "rank"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                        name="duty_ends_after_start",
                        violation_error_message="La fin suit le début.",
                    ),
                    models.CheckConstraint(condition=models.Q(("rank__in", [1, 2, 3])), name="duty_rank_known"),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("cancelled_at", None)),
                        expressions=[
                            ("rank", "="),
                            (
                                models.Func(
                                    models.F("starts_at"),
                                    models.F("ends_at"),
                                    function="tstzrange",
                                    output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField(),
                                ),
                                "&&",
                            ),
                        ],
                        name="duty_one_person_a_rank",
                        violation_error_message="Une garde du même rang couvre déjà une partie de ces heures.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("cancelled_at", None)),
                        deferrable=django.db.models.constraints.Deferrable["IMMEDIATE"],
                        expressions=[
                            ("person", "="),
                            (
                                models.Func(
                                    models.F("starts_at"),
                                    models.F("ends_at"),
                                    function="tstzrange",
                                    output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField(),
                                ),
                                "&&",
                            ),
                        ],
                        name="duty_one_rank_a_person",
                        violation_error_message="Cette personne est déjà de garde à un autre rang pendant ces heures.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DutySwap",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("proposed_at", models.DateTimeField(verbose_name="proposé le")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="répondu le")),
                ("is_accepted", models.BooleanField(default=False, verbose_name="accepté")),
                (
                    "duty",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="swaps",
                        to="notify.duty",
                        verbose_name="garde",
                    ),
                ),
                (
                    "in_exchange",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="notify.duty",
                        verbose_name="en échange de",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="proposé par",
                    ),
                ),
                (
                    "proposed_to",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="proposé à",
                    ),
                ),
            ],
            options={
                "verbose_name": "échange de garde",
                "verbose_name_plural": "échanges de garde",
                "ordering": ["proposed_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("answered_at", None)),
                        fields=("duty",),
                        name="dutyswap_one_waiting",
                        violation_error_message="Un échange attend déjà une réponse pour cette garde.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("proposed_by", models.F("proposed_to")), _negated=True),
                        name="dutyswap_between_two",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("is_accepted", False), ("answered_at__isnull", False), _connector="OR"),
                        name="dutyswap_accepted_when_answered",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Ring",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=40, verbose_name="nature")),
                ("object_id", models.UUIDField(verbose_name="objet")),
                ("opened_at", models.DateTimeField(verbose_name="ouverte le")),
                ("rung", models.IntegerField(default=-1, verbose_name="échelon")),
                ("rung_at", models.DateTimeField(blank=True, null=True, verbose_name="échelon atteint le")),
                ("acknowledged_at", models.DateTimeField(blank=True, null=True, verbose_name="appel pris le")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="terminée le")),
                (
                    "acknowledged_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="appel pris par",
                    ),
                ),
            ],
            options={
                "verbose_name": "sonnerie",
                "verbose_name_plural": "sonneries",
                "ordering": ["opened_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at", None)),
                        fields=("kind", "object_id"),
                        name="ring_one_open_an_object",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("acknowledged_at", None), ("acknowledged_by", None)),
                            models.Q(("acknowledged_at__isnull", False), ("acknowledged_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="ring_acknowledged_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("rung", -1), ("rung_at", None)),
                            models.Q(("rung__gte", 0), ("rung_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="ring_rung_dated",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RingStep",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("rung", models.PositiveIntegerField(verbose_name="échelon")),
                (
                    "channel",
                    models.CharField(
                        choices=[("mail", "courriel"), ("phone", "téléphone")], max_length=10, verbose_name="canal"
                    ),
                ),
                ("tried_at", models.DateTimeField(blank=True, null=True, verbose_name="essayé le")),
                ("tries", models.PositiveSmallIntegerField(default=0, verbose_name="essais")),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="envoyé le")),
                ("delivered_at", models.DateTimeField(blank=True, null=True, verbose_name="remis le")),
                ("opened_at", models.DateTimeField(blank=True, null=True, verbose_name="ouvert le")),
                ("acknowledged_at", models.DateTimeField(blank=True, null=True, verbose_name="répondu le")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="personne",
                    ),
                ),
                (
                    "ring",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="notify.ring",
                        verbose_name="sonnerie",
                    ),
                ),
            ],
            options={
                "verbose_name": "appel",
                "verbose_name_plural": "appels",
                "ordering": ["rung", "person", "channel"],
                "constraints": [
                    models.UniqueConstraint(fields=("ring", "rung", "person", "channel"), name="ringstep_once"),
                    models.CheckConstraint(
                        condition=models.Q(("delivered_at", None), ("sent_at__isnull", False), _connector="OR"),
                        name="ringstep_sent_before_delivered",
                    ),
                ],
            },
        ),
    ]
