import uuid

import django.core.serializers.json
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import cms.values.fields
import cms.vault.fields


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0021_reperage_wall"),
        ("partners", "0009_retention"),
        ("territory", "0001_initial"),
        ("values", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="UnverifiedRequest",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("reference", models.CharField(editable=False, max_length=20, unique=True, verbose_name="référence")),
                (
                    "key_hash",
                    models.CharField(
                        editable=False, max_length=64, unique=True, verbose_name="empreinte de la clé d’envoi"
                    ),
                ),
                (
                    "code_hash",
                    models.CharField(editable=False, max_length=64, verbose_name="empreinte du code de suivi"),
                ),
                ("received_at", models.DateTimeField(verbose_name="reçue le")),
                ("unit", cms.vault.fields.SealedTextField(blank=True, max_length=120, verbose_name="unité")),
                ("callback_name", cms.vault.fields.SealedTextField(blank=True, verbose_name="personne à rappeler")),
                ("callback_phone", cms.vault.fields.SealedTextField(blank=True, verbose_name="ligne donnée")),
                (
                    "callback_digest",
                    models.CharField(
                        blank=True, editable=False, max_length=64, verbose_name="empreinte de la ligne donnée"
                    ),
                ),
                ("narrative", cms.vault.fields.SealedTextField(blank=True, verbose_name="récit")),
                (
                    "answers",
                    cms.vault.fields.SealedJSONField(
                        blank=True,
                        default=dict,
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                        verbose_name="réponses codées",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "à rappeler"), ("verified", "vérifiée"), ("dismissed", "écartée")],
                        default="waiting",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="traitée le")),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="traitée par",
                    ),
                ),
                (
                    "sollicitation",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="unverified",
                        to="cases.sollicitation",
                        verbose_name="sollicitation",
                    ),
                ),
                (
                    "unit_type",
                    cms.values.fields.ValueField(
                        limit_choices_to={"list": "acteur"},
                        list_code="acteur",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="values.value",
                        verbose_name="type d’unité",
                    ),
                ),
                (
                    "urgency",
                    cms.values.fields.ValueField(
                        limit_choices_to={"list": "urgence"},
                        list_code="urgence",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="values.value",
                        verbose_name="urgence",
                    ),
                ),
            ],
            options={
                "verbose_name": "demande non vérifiée",
                "verbose_name_plural": "demandes non vérifiées",
                "ordering": ["-received_at"],
                "indexes": [
                    models.Index(fields=["state", "received_at"], name="unverified_waiting"),
                    models.Index(
                        condition=models.Q(("callback_digest", ""), _negated=True),
                        fields=["callback_digest"],
                        name="unverified_by_callback",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("urgency__in_list", "urgence"), ("urgency__isnull", True), _connector="OR"
                        ),
                        name="unverified_urgency_list",
                        violation_error_message="Cette valeur n’appartient pas à la liste attendue.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("unit_type__in_list", "acteur"), ("unit_type__isnull", True), _connector="OR"
                        ),
                        name="unverified_unit_type_list",
                        violation_error_message="Cette valeur n’appartient pas à la liste attendue.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("decided_by", None), ("state", "waiting")),
                            models.Q(
                                models.Q(("state", "waiting"), _negated=True),
                                ("decided_at__gte", models.F("received_at")),
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="unverified_decided_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sollicitation__isnull", False), ("state", "verified")),
                            models.Q(models.Q(("state", "verified"), _negated=True), ("sollicitation", None)),
                            _connector="OR",
                        ),
                        name="unverified_becomes_a_sollicitation",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SwitchboardCall",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("number", models.CharField(blank=True, max_length=30, verbose_name="numéro du standard")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("confirmed", "l’unité connaît la personne et la demande"),
                            ("unknown", "l’unité ne connaît pas cette personne ou cette demande"),
                            ("no_unit", "cette unité n’existe pas"),
                            ("no_answer", "pas de réponse : à rappeler"),
                        ],
                        max_length=10,
                        verbose_name="réponse du standard",
                    ),
                ),
                ("called_at", models.DateTimeField(verbose_name="appelé le")),
                (
                    "called_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="appelé par",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="calls",
                        to="cases.unverifiedrequest",
                        verbose_name="demande non vérifiée",
                    ),
                ),
            ],
            options={
                "verbose_name": "rappel par le standard",
                "verbose_name_plural": "rappels par le standard",
                "ordering": ["called_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("number", ""), _negated=True), ("outcome", "no_unit"), _connector="OR"
                        ),
                        name="switchboard_number_called",
                        violation_error_message="Indiquez le numéro du standard que vous avez appelé.",
                    )
                ],
            },
        ),
        migrations.AlterModelOptions(
            name="sollicitationmessage",
            options={
                "ordering": ["written_at"],
                "verbose_name": "message avec le service demandeur",
                "verbose_name_plural": "messages avec le service demandeur",
            },
        ),
        migrations.AddField(
            model_name="sollicitation",
            name="rights_told",
            field=models.BooleanField(
                default=False,
                help_text="Information de l’article R425-1 du CESEDA, remise par la police ou la gendarmerie.",
                verbose_name="droits des victimes étrangères expliqués",
            ),
        ),
        migrations.AddField(
            model_name="sollicitationdetail",
            name="callback_digest",
            field=models.CharField(
                blank=True, editable=False, max_length=64, verbose_name="empreinte de la ligne de rappel"
            ),
        ),
        migrations.AlterField(
            model_name="sollicitationmessage",
            name="kind",
            field=models.CharField(
                choices=[("more", "complément demandé"), ("advice", "avis rendu"), ("reply", "réponse du service")],
                max_length=12,
                verbose_name="nature",
            ),
        ),
        migrations.AddIndex(
            model_name="sollicitation",
            index=models.Index(
                condition=models.Q(("group_id__isnull", False)), fields=["group_id"], name="sollicitation_by_group"
            ),
        ),
        migrations.AddIndex(
            model_name="sollicitationdetail",
            index=models.Index(
                condition=models.Q(("callback_digest", ""), _negated=True),
                fields=["callback_digest"],
                name="sollicitation_by_callback",
            ),
        ),
        migrations.AddConstraint(
            model_name="sollicitation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("safe_until", None), ("safe_until__gte", models.F("received_at")), _connector="OR"
                ),
                name="sollicitation_safe_after_reception",
                violation_error_message="Le mineur serait en sécurité jusqu’à une heure qui précède la demande.",
            ),
        ),
    ]
