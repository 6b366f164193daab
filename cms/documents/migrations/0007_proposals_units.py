"""Versions proposed to a second person, units under the protocol. `review_on` is indexed: each morning reads what is due."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0006_retention"),
        ("partners", "0011_pipeline_wall"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AuthorisedUnit",
            fields=[
                (
                    "partner",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="partners.partner",
                        verbose_name="unité",
                    ),
                ),
                ("contact_name", models.CharField(max_length=120, verbose_name="contact dans l’unité")),
                ("contact_position", models.CharField(max_length=120, verbose_name="sa fonction")),
                ("contact_phone", models.CharField(blank=True, max_length=30, verbose_name="sa ligne directe")),
                ("review_on", models.DateField(db_index=True, verbose_name="prochaine revue")),
                (
                    "network_contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="contact au réseau",
                    ),
                ),
            ],
            options={
                "verbose_name": "unité autorisée",
                "verbose_name_plural": "unités autorisées",
                "ordering": ["review_on"],
            },
        ),
        migrations.CreateModel(
            name="UnitReminder",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("review_on", models.DateField(verbose_name="revue prévue le")),
                (
                    "step",
                    models.CharField(
                        choices=[("first", "premier rappel"), ("last", "dernier rappel"), ("over", "délai passé")],
                        max_length=10,
                        verbose_name="étape",
                    ),
                ),
                ("sent_at", models.DateTimeField(verbose_name="envoyé le")),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.authorisedunit",
                        verbose_name="unité",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="destinataire",
                    ),
                ),
            ],
            options={
                "verbose_name": "rappel de revue",
                "verbose_name_plural": "rappels de revue",
                "ordering": ["-sent_at"],
                "constraints": [
                    models.UniqueConstraint(fields=("unit", "user", "review_on", "step"), name="unit_reminder_unique")
                ],
            },
        ),
        migrations.CreateModel(
            name="UnitReview",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("reviewed_on", models.DateField(verbose_name="faite le")),
                ("decisions", models.CharField(max_length=500, verbose_name="ce qui a été décidé")),
                ("next_on", models.DateField(verbose_name="revue suivante")),
                ("recorded_at", models.DateTimeField(verbose_name="écrite le")),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="menée par",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews",
                        to="documents.authorisedunit",
                        verbose_name="unité",
                    ),
                ),
            ],
            options={
                "verbose_name": "revue annuelle d’une unité",
                "verbose_name_plural": "revues annuelles d’une unité",
                "ordering": ["-reviewed_on"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("next_on__gt", models.F("reviewed_on"))),
                        name="unit_review_goes_on",
                        violation_error_message="La revue suivante vient après celle-ci.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="VersionProposal",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("number", models.CharField(max_length=12, verbose_name="numéro")),
                ("is_major", models.BooleanField(verbose_name="à signer de nouveau")),
                ("change_note", models.TextField(verbose_name="ce qui change")),
                ("effective_on", models.DateField(verbose_name="date d’effet")),
                ("content_hash", models.CharField(max_length=64, verbose_name="empreinte")),
                ("proposed_at", models.DateTimeField(verbose_name="proposée le")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "À valider"),
                            ("validated", "Validée, à publier"),
                            ("returned", "À reprendre"),
                            ("withdrawn", "Retirée"),
                            ("published", "Publiée"),
                        ],
                        default="proposed",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="décidée le")),
                ("answer", models.TextField(blank=True, verbose_name="ce qui est à reprendre")),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposals",
                        to="documents.document",
                        verbose_name="document",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="proposée par",
                    ),
                ),
                (
                    "validator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="à valider par",
                    ),
                ),
                (
                    "version",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposal",
                        to="documents.documentversion",
                        verbose_name="version",
                    ),
                ),
            ],
            options={
                "verbose_name": "version proposée",
                "verbose_name_plural": "versions proposées",
                "ordering": ["-proposed_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("proposed", "validated"))),
                        fields=("document",),
                        name="proposal_open_unique",
                        violation_error_message="Une version de ce document attend déjà : publiez-la ou retirez-la d’abord.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("validator", models.F("proposed_by")), _negated=True),
                        name="proposal_by_two",
                        violation_error_message="Une autre personne que vous valide la version.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "published"), ("version__isnull", False)),
                            models.Q(models.Q(("state", "published"), _negated=True), ("version", None)),
                            _connector="OR",
                        ),
                        name="proposal_published_whole",
                    ),
                ],
            },
        ),
    ]
