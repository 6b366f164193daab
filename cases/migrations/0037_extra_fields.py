"""Fields that a network adds to its requests and situations, and their answers.

Answers are read by request, by situation, or beside the rows of a table: the two keys of uniqueness serve these reads.
"""

import re
import uuid

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import cms.vault.fields


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0036_tasks_sealed_again"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ExtraField",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "target",
                    models.CharField(
                        choices=[("sollicitation", "la sollicitation"), ("case", "la situation")],
                        max_length=15,
                        verbose_name="champ de",
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        error_messages={"unique": "Un champ porte déjà ce code."},
                        max_length=30,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                re.compile("^[a-z][a-z0-9_]{0,29}\\Z"),
                                "Lettres minuscules sans accent, chiffres et tirets bas.",
                            )
                        ],
                        verbose_name="code",
                    ),
                ),
                ("label", models.CharField(max_length=120, verbose_name="question")),
                ("help", models.CharField(blank=True, max_length=240, verbose_name="aide sous la question")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("text", "texte"),
                            ("choice", "choix dans une liste"),
                            ("date", "date"),
                            ("yes_no", "oui ou non"),
                        ],
                        max_length=10,
                        verbose_name="nature de la réponse",
                    ),
                ),
                ("choices", models.JSONField(blank=True, default=list, verbose_name="choix")),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("everybody", "tous les services"),
                            ("stages", "les services qui remplissent la demande par étapes (ASE, PJJ, associations)"),
                            ("office", "la coordination seule"),
                        ],
                        default="office",
                        max_length=12,
                        verbose_name="posée à",
                    ),
                ),
                (
                    "is_required",
                    models.BooleanField(
                        default=False,
                        help_text="Jamais sur les trois écrans de la police, de la gendarmerie et des transmetteurs.",
                        verbose_name="réponse obligatoire",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="ordre")),
                ("is_sealed", models.BooleanField(default=True, editable=False, verbose_name="gardée sous scellé")),
                (
                    "unseal_reason",
                    models.CharField(
                        blank=True, editable=False, max_length=300, verbose_name="pourquoi lever le scellé"
                    ),
                ),
                ("retired_on", models.DateField(blank=True, editable=False, null=True, verbose_name="retiré le")),
                (
                    "unseal_agreed_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="levée accordée par",
                    ),
                ),
                (
                    "unseal_asked_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="levée demandée par",
                    ),
                ),
            ],
            options={
                "verbose_name": "champ ajouté",
                "verbose_name_plural": "champs ajoutés",
                "ordering": ["target", "position", "label"],
            },
        ),
        migrations.CreateModel(
            name="ExtraAnswer",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("is_sealed", models.BooleanField(default=True, verbose_name="sous scellé")),
                ("sealed", cms.vault.fields.SealedTextField(blank=True, verbose_name="réponse sous scellé")),
                ("code", models.CharField(blank=True, max_length=40, verbose_name="réponse codée")),
                (
                    "case",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="extra_answers",
                        to="cases.case",
                        verbose_name="situation",
                    ),
                ),
                (
                    "sollicitation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="extra_answers",
                        to="cases.sollicitation",
                        verbose_name="sollicitation",
                    ),
                ),
                (
                    "field",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="cases.extrafield",
                        verbose_name="champ",
                    ),
                ),
            ],
            options={
                "verbose_name": "réponse à un champ ajouté",
                "verbose_name_plural": "réponses à un champ ajouté",
            },
        ),
        migrations.AddConstraint(
            model_name="extrafield",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_sealed", True),
                    models.Q(("unseal_agreed_by__isnull", False), ("unseal_asked_by__isnull", False)),
                    _connector="OR",
                ),
                name="extrafield_unsealed_by_two",
            ),
        ),
        migrations.AddConstraint(
            model_name="extrafield",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("unseal_agreed_by", None),
                    models.Q(
                        ("unseal_asked_by__isnull", False),
                        models.Q(("unseal_agreed_by", models.F("unseal_asked_by")), _negated=True),
                        models.Q(("unseal_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="extrafield_two_people",
                violation_error_message="Une autre personne que celle qui l’a demandé accorde la levée du scellé.",
            ),
        ),
        migrations.AddConstraint(
            model_name="extrafield",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_sealed", True), models.Q(("kind", "text"), _negated=True), _connector="OR"),
                name="extrafield_text_is_sealed",
                violation_error_message="Un texte reste toujours sous scellé.",
            ),
        ),
        migrations.AddConstraint(
            model_name="extrafield",
            constraint=models.CheckConstraint(
                condition=models.Q(("code__regex", "^[a-z][a-z0-9_]{0,29}$")), name="extrafield_code"
            ),
        ),
        migrations.AddConstraint(
            model_name="extraanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("case__isnull", False), ("sollicitation", None)),
                    models.Q(("case", None), ("sollicitation__isnull", False)),
                    _connector="OR",
                ),
                name="extraanswer_one_parent",
            ),
        ),
        migrations.AddConstraint(
            model_name="extraanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("code", ""), ("is_sealed", True)),
                    models.Q(("is_sealed", False), models.Q(("code", ""), _negated=True)),
                    _connector="OR",
                ),
                name="extraanswer_one_value",
            ),
        ),
        migrations.AddConstraint(
            model_name="extraanswer",
            constraint=models.UniqueConstraint(
                fields=("field", "sollicitation"), name="extraanswer_once_sollicitation"
            ),
        ),
        migrations.AddConstraint(
            model_name="extraanswer",
            constraint=models.UniqueConstraint(fields=("field", "case"), name="extraanswer_once_case"),
        ),
    ]
