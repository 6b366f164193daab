import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import cms.vault.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("access", "0005_journal_months"),
        ("cases", "0008_protection_wall"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="RightsRequest",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("reference", models.CharField(editable=False, max_length=20, unique=True, verbose_name="référence")),
                (
                    "right",
                    models.CharField(
                        choices=[
                            ("access", "Accès au dossier"),
                            ("rectification", "Rectification"),
                            ("erasure", "Effacement"),
                            ("restriction", "Limitation"),
                            ("objection", "Opposition"),
                        ],
                        max_length=20,
                        verbose_name="demande",
                    ),
                ),
                (
                    "asker",
                    models.CharField(
                        choices=[
                            ("minor", "Le mineur lui-même"),
                            ("parent", "Un parent"),
                            ("guardian", "Le tuteur ou le délégataire de l’autorité parentale"),
                            ("ad_hoc", "L’administrateur ad hoc"),
                            ("adult", "La personne, devenue majeure"),
                            ("lawyer", "L’avocat"),
                            ("professional", "Un professionnel, pour ses propres données"),
                            ("other", "Une autre personne"),
                        ],
                        max_length=20,
                        verbose_name="qui demande",
                    ),
                ),
                ("received_on", models.DateField(verbose_name="reçue le")),
                ("due_on", models.DateField(editable=False, verbose_name="réponse avant le")),
                ("extended_on", models.DateField(blank=True, null=True, verbose_name="prolongée le")),
                (
                    "extension_reason",
                    models.CharField(
                        blank=True,
                        choices=[("complex", "Demande complexe"), ("many", "Plusieurs demandes de la même personne")],
                        max_length=20,
                        verbose_name="motif",
                    ),
                ),
                (
                    "identity_check",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("known", "Connue d’un professionnel qui l’accompagne"),
                            ("paper", "Pièce d’identité présentée"),
                            ("decision", "Jugement, ordonnance ou mandat présenté"),
                        ],
                        max_length=20,
                        verbose_name="identité vérifiée",
                    ),
                ),
                ("identity_checked_on", models.DateField(blank=True, null=True, verbose_name="vérifiée le")),
                ("is_with_coordination", models.BooleanField(default=False, verbose_name="confiée à la coordination")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "à traiter"),
                            ("answered", "réponse donnée"),
                            ("partly", "réponse donnée en partie"),
                            ("refused", "refusée"),
                            ("withdrawn", "retirée"),
                        ],
                        default="open",
                        max_length=20,
                        verbose_name="état",
                    ),
                ),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="réponse du")),
                (
                    "refusal_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("identity", "L’identité du demandeur n’est pas établie"),
                            ("not_entitled", "Le demandeur n’a pas qualité pour agir au nom du mineur"),
                            ("danger", "La réponse mettrait le mineur ou un tiers en danger"),
                            ("others", "Elle porterait atteinte aux droits d’autres personnes"),
                            ("legal", "La loi impose de garder ces données"),
                            ("judge", "Ces pièces se demandent au juge des enfants"),
                            ("no_data", "Le réseau ne détient aucune donnée sur cette personne"),
                            ("excessive", "Demande manifestement infondée ou répétée"),
                        ],
                        max_length=20,
                        verbose_name="motif du refus",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.case",
                        verbose_name="situation",
                    ),
                ),
                (
                    "registered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="inscrite par",
                    ),
                ),
            ],
            options={
                "verbose_name": "demande de droits",
                "verbose_name_plural": "demandes de droits",
                "default_permissions": (),
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "open")), fields=["due_on"], name="rights_request_waiting"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("due_on__gt", models.F("received_on"))), name="rights_due_after_reception"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("extended_on", None), ("extension_reason", "")),
                            models.Q(
                                ("extended_on__isnull", False), models.Q(("extension_reason", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="rights_extension_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("identity_check", ""), ("identity_checked_on", None)),
                            models.Q(
                                ("identity_checked_on__isnull", False), models.Q(("identity_check", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="rights_identity_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_on", None), ("state", "open")),
                            models.Q(
                                models.Q(("state", "open"), _negated=True), ("closed_on__gte", models.F("received_on"))
                            ),
                            _connector="OR",
                        ),
                        name="rights_closed_is_dated",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state__in", ("refused", "partly")), models.Q(("refusal_reason", ""), _negated=True)
                            ),
                            models.Q(
                                models.Q(("state__in", ("refused", "partly")), _negated=True), ("refusal_reason", "")
                            ),
                            _connector="OR",
                        ),
                        name="rights_refusal_has_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AlertReceipt",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("words", cms.vault.fields.SealedTextField(blank=True, verbose_name="remarque")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="prise en compte le")),
                (
                    "alert",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="receipt",
                        to="access.alert",
                        verbose_name="alerte",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="prise en compte par",
                    ),
                ),
            ],
            options={
                "verbose_name": "prise en compte d’alerte",
                "verbose_name_plural": "prises en compte d’alertes",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="NightCheck",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="faite le")),
                ("problems", models.JSONField(default=dict, verbose_name="problèmes")),
                ("count", models.PositiveIntegerField(default=0, verbose_name="nombre de problèmes")),
            ],
            options={
                "verbose_name": "vérification de la nuit",
                "verbose_name_plural": "vérifications de la nuit",
                "default_permissions": (),
                "indexes": [models.Index(fields=["-at"], name="night_check_last")],
            },
        ),
        migrations.CreateModel(
            name="RightsDetail",
            fields=[
                (
                    "request",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="detail",
                        serialize=False,
                        to="rights.rightsrequest",
                    ),
                ),
                ("name", cms.vault.fields.SealedTextField(blank=True, verbose_name="nom du demandeur")),
                ("contact", cms.vault.fields.SealedTextField(blank=True, verbose_name="où répondre")),
                ("words", cms.vault.fields.SealedTextField(blank=True, verbose_name="ce qui est demandé")),
                ("answer", cms.vault.fields.SealedTextField(blank=True, verbose_name="réponse")),
            ],
            options={
                "verbose_name": "détail de demande de droits",
                "verbose_name_plural": "détails de demandes de droits",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="FileCopy",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("choices", models.JSONField(default=dict, verbose_name="passages")),
                ("digest", models.CharField(max_length=64, verbose_name="empreinte")),
                ("prepared_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="relue le")),
                (
                    "prepared_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="relue par",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="copies",
                        to="rights.rightsrequest",
                        verbose_name="demande",
                    ),
                ),
            ],
            options={
                "verbose_name": "copie de dossier",
                "verbose_name_plural": "copies de dossiers",
                "ordering": ["-prepared_at"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="RightsStep",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("received", "demande reçue"),
                            ("entrusted", "confiée à la coordination"),
                            ("identity", "identité du demandeur vérifiée"),
                            ("linked", "rapprochée d’une situation"),
                            ("extended", "délai prolongé, demandeur informé"),
                            ("rectified", "correction faite dans le dossier"),
                            ("told", "destinataires informés de la correction"),
                            ("note", "remarque"),
                            ("prepared", "copie du dossier relue"),
                            ("agreed", "copie du dossier autorisée"),
                            ("made", "copie du dossier produite"),
                            ("answered", "réponse donnée"),
                            ("partly", "réponse donnée en partie"),
                            ("refused", "demande refusée"),
                            ("withdrawn", "demande retirée"),
                        ],
                        max_length=20,
                        verbose_name="étape",
                    ),
                ),
                ("words", cms.vault.fields.SealedTextField(blank=True, verbose_name="précision")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="le")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="par",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="rights.rightsrequest",
                        verbose_name="demande",
                    ),
                ),
            ],
            options={
                "verbose_name": "étape d’une demande de droits",
                "verbose_name_plural": "étapes d’une demande de droits",
                "ordering": ["at"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="AccessReview",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("month", models.DateField(verbose_name="mois")),
                ("figures", models.JSONField(default=dict, verbose_name="chiffres")),
                ("remarks", cms.vault.fields.SealedTextField(blank=True, verbose_name="remarques")),
                ("signed_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="signée le")),
                (
                    "signed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="signée par",
                    ),
                ),
            ],
            options={
                "verbose_name": "revue des accès",
                "verbose_name_plural": "revues des accès",
                "ordering": ["-month", "-signed_at"],
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("month", "signed_by"),
                        name="accessreview_once",
                        violation_error_message="Vous avez déjà signé la revue de ce mois.",
                    ),
                    models.CheckConstraint(condition=models.Q(("month__day", 1)), name="accessreview_first_day"),
                ],
            },
        ),
        migrations.CreateModel(
            name="FileCopyAgreement",
            fields=[
                (
                    "copy",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="agreement",
                        serialize=False,
                        to="rights.filecopy",
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="autorisée le")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="autorisée par",
                    ),
                ),
            ],
            options={
                "verbose_name": "autorisation de copie",
                "verbose_name_plural": "autorisations de copies",
                "default_permissions": (),
            },
        ),
    ]
