import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("partners", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Document",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("referentiel", "Référentiel"),
                            ("curriculum", "Programme de formation"),
                            ("fsi-protocol", "Protocole police et gendarmerie"),
                            ("charter", "Charte de confidentialité"),
                            ("training-strategy", "Stratégie de formation"),
                            ("incident-circuit", "Circuit de remontée des incidents"),
                        ],
                        max_length=30,
                        unique=True,
                        verbose_name="document",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="titre")),
                (
                    "must_be_acknowledged",
                    models.BooleanField(default=False, verbose_name="à signer par chaque structure"),
                ),
            ],
            options={
                "verbose_name": "document",
                "verbose_name_plural": "documents",
                "ordering": ["title"],
            },
        ),
        migrations.CreateModel(
            name="DocumentVersion",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("sequence", models.PositiveIntegerField(verbose_name="rang")),
                ("number", models.CharField(max_length=12, verbose_name="numéro")),
                ("is_major", models.BooleanField(verbose_name="à signer de nouveau")),
                ("change_note", models.TextField(verbose_name="ce qui change")),
                ("effective_on", models.DateField(verbose_name="date d’effet")),
                ("published_at", models.DateTimeField(verbose_name="publiée le")),
                ("content", models.JSONField(verbose_name="contenu canonique")),
                ("content_hash", models.CharField(max_length=64, verbose_name="empreinte")),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="documents.document",
                        verbose_name="document",
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="publiée par",
                    ),
                ),
            ],
            options={
                "verbose_name": "version",
                "verbose_name_plural": "versions",
                "ordering": ["document", "-sequence"],
                "constraints": [
                    models.UniqueConstraint(fields=("document", "sequence"), name="version_sequence_unique"),
                    models.UniqueConstraint(
                        fields=("document", "number"),
                        name="version_number_unique",
                        violation_error_message="Ce numéro de version existe déjà.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ClauseVersion",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("code", models.CharField(max_length=20, verbose_name="code")),
                ("chapter", models.CharField(blank=True, max_length=200, verbose_name="chapitre")),
                ("position", models.PositiveSmallIntegerField(verbose_name="rang")),
                ("content", models.JSONField(verbose_name="contenu canonique")),
                ("content_hash", models.CharField(max_length=64, verbose_name="empreinte")),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="clauses",
                        to="documents.documentversion",
                        verbose_name="version",
                    ),
                ),
            ],
            options={
                "verbose_name": "clause",
                "verbose_name_plural": "clauses",
                "ordering": ["version", "position"],
                "constraints": [models.UniqueConstraint(fields=("version", "code"), name="clause_code_unique")],
            },
        ),
        migrations.CreateModel(
            name="Acknowledgement",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("signer_name", models.CharField(max_length=200, verbose_name="nom du signataire")),
                ("signer_position", models.CharField(max_length=120, verbose_name="fonction du signataire")),
                ("signed_at", models.DateTimeField(verbose_name="signée le")),
                ("version_hash", models.CharField(max_length=64, verbose_name="empreinte de la version")),
                ("clause_hashes", models.JSONField(verbose_name="empreintes des clauses")),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="acknowledgements",
                        to="partners.partner",
                        verbose_name="partenaire",
                    ),
                ),
                (
                    "previous",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.acknowledgement",
                        verbose_name="engagement précédent",
                    ),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="signée par",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="acknowledgements",
                        to="documents.documentversion",
                        verbose_name="version",
                    ),
                ),
            ],
            options={
                "verbose_name": "prise de connaissance",
                "verbose_name_plural": "prises de connaissance",
                "ordering": ["-signed_at"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("version", "partner"),
                        name="acknowledgement_unique",
                        violation_error_message="Votre structure a déjà signé cette version.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("signer_position", ""), _negated=True), name="acknowledgement_has_position"
                    ),
                ],
            },
        ),
    ]
