"""A software calls under an account that two people opened."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from cms.wall.sql import wall_load


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0012_software_key"),
        ("events", "0004_webhooks_wall"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SoftwareAccount",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("asked_at", models.DateTimeField(editable=False, verbose_name="demandé le")),
                ("agreed_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="accordé le")),
                (
                    "dismissed_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="écarté le"),
                ),
                ("name", models.CharField(max_length=80, verbose_name="logiciel")),
                (
                    "scopes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("partner.read", "Partenaires, places et conventions"),
                                ("request.read", "Demandes d’accueil, sans identité ni récit"),
                                ("case.read", "Situations, sans identité"),
                                ("proposal.read", "Orientations et propositions"),
                                ("stay.read", "Séjours, absences et bilans"),
                                ("incident.read", "Incidents, sauf confidentiels"),
                                ("training.read", "Formation : sessions, inscriptions, présences, attestations"),
                                ("document.read", "Référentiel et documents du réseau, engagements, auto-évaluations"),
                                ("figures.read", "Indicateurs, tableaux et publications"),
                                ("event.read", "Fil des événements, pour ce qui est coché ici"),
                                ("place.confirm", "Lire et confirmer les places libres"),
                                ("request.create", "Envoyer des demandes d’accueil"),
                                ("training.plan", "Planifier des sessions de formation"),
                                ("training.record", "Relever les présences d’une formation"),
                            ],
                            max_length=20,
                        ),
                        size=None,
                        verbose_name="ce qu’il ouvre",
                    ),
                ),
                ("ends_on", models.DateField(verbose_name="jusqu’au")),
                ("reason", models.CharField(max_length=300, verbose_name="pourquoi")),
                ("revoked_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="arrêté le")),
                (
                    "agreed_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="accordé par",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="demandé par",
                    ),
                ),
                (
                    "dismissed_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="écarté par",
                    ),
                ),
                (
                    "revoked_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="arrêté par",
                    ),
                ),
            ],
            options={
                "verbose_name": "compte de logiciel",
                "verbose_name_plural": "comptes de logiciels",
                "ordering": ["-asked_at"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("agreed_at", None), ("agreed_by", None)),
                            models.Q(
                                ("agreed_at__isnull", False),
                                ("agreed_by__isnull", False),
                                models.Q(("agreed_by", models.F("asked_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="softwareaccount_two_people",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("dismissed_at", None), ("dismissed_by", None)),
                            models.Q(
                                ("dismissed_at__isnull", False), ("dismissed_by__isnull", False), ("agreed_at", None)
                            ),
                            _connector="OR",
                        ),
                        name="softwareaccount_dismissed_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("revoked_at", None), ("revoked_by", None)),
                            models.Q(
                                ("revoked_at__isnull", False),
                                ("revoked_by__isnull", False),
                                ("agreed_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="softwareaccount_revoked_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("scopes", []), _negated=True),
                        name="softwareaccount_opens_something",
                        violation_error_message="Choisissez au moins une chose à ouvrir.",
                    ),
                ],
            },
        ),
        *wall_load("cms/events/software", "cms/sessions/scopes"),
    ]
