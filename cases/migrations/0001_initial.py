import uuid

import django.contrib.postgres.constraints
import django.core.serializers.json
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import cms.partners.models
import cms.values.fields
import cms.vault.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("partners", "0001_initial"),
        ("territory", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("values", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Case",
            fields=[
                (
                    "birth_year",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="année de naissance"),
                ),
                (
                    "birth_month",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="mois de naissance"),
                ),
                ("is_unaccompanied", models.BooleanField(blank=True, null=True, verbose_name="mineur non accompagné")),
                (
                    "is_test",
                    models.BooleanField(
                        default=False, help_text="Ne compte dans aucun chiffre.", verbose_name="fiche d’essai"
                    ),
                ),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("reference", models.CharField(editable=False, max_length=20, unique=True, verbose_name="référence")),
                ("person_key", models.UUIDField(default=uuid.uuid4, editable=False, verbose_name="clé de personne")),
                ("opened_on", models.DateField(verbose_name="ouvert le")),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="clos le")),
                (
                    "adhesion",
                    cms.values.fields.ValueField(
                        blank=True,
                        limit_choices_to={"list": "adhesion"},
                        list_code="adhesion",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="values.value",
                        verbose_name="adhésion du mineur",
                    ),
                ),
                (
                    "age_precision",
                    cms.values.fields.ValueField(
                        blank=True,
                        limit_choices_to={"list": "precision_age"},
                        list_code="precision_age",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="values.value",
                        verbose_name="précision de l’âge",
                    ),
                ),
                (
                    "closing_reason",
                    cms.values.fields.ValueField(
                        blank=True,
                        limit_choices_to={"list": "motif_cloture"},
                        list_code="motif_cloture",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="values.value",
                        verbose_name="motif de clôture",
                    ),
                ),
                (
                    "containment",
                    cms.values.fields.ValueField(
                        blank=True,
                        limit_choices_to={"list": "contenance"},
                        list_code="contenance",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="values.value",
                        verbose_name="niveau de contenance requis",
                    ),
                ),
                (
                    "exploitation_place",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.territory",
                        verbose_name="département d’exploitation",
                    ),
                ),
                (
                    "identification_level",
                    cms.values.fields.ValueField(
                        blank=True,
                        limit_choices_to={"list": "niveau_identification"},
                        list_code="niveau_identification",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="values.value",
                        verbose_name="niveau d’identification",
                    ),
                ),
                (
                    "legal_frame",
                    cms.values.fields.ValueField(
                        blank=True,
                        limit_choices_to={"list": "cadre_juridique"},
                        list_code="cadre_juridique",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="values.value",
                        verbose_name="cadre juridique",
                    ),
                ),
                (
                    "nationality_zone",
                    cms.values.fields.ValueField(
                        blank=True,
                        limit_choices_to={"list": "zone_nationalite"},
                        list_code="zone_nationalite",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="values.value",
                        verbose_name="zone de nationalité",
                    ),
                ),
                (
                    "origin",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.territory",
                        verbose_name="département d’origine",
                    ),
                ),
                (
                    "payer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.aseauthority",
                        verbose_name="autorité qui paie",
                    ),
                ),
                (
                    "prior_follow_up",
                    cms.values.fields.ValueField(
                        blank=True,
                        limit_choices_to={"list": "suivi_anterieur"},
                        list_code="suivi_anterieur",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="values.value",
                        verbose_name="suivi antérieur",
                    ),
                ),
                (
                    "sex",
                    cms.values.fields.ValueField(
                        blank=True,
                        limit_choices_to={"list": "sexe"},
                        list_code="sexe",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="values.value",
                        verbose_name="sexe",
                    ),
                ),
            ],
            options={
                "verbose_name": "situation",
                "verbose_name_plural": "situations",
                "ordering": ["-opened_on", "-reference"],
                "indexes": [models.Index(fields=["person_key"], name="case_by_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("sex__in_list", "sexe"), ("sex__isnull", True), _connector="OR"),
                        name="case_sex_list",
                        violation_error_message="Cette valeur n’appartient pas à la liste attendue.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("age_precision__in_list", "precision_age"),
                            ("age_precision__isnull", True),
                            _connector="OR",
                        ),
                        name="case_age_precision_list",
                        violation_error_message="Cette valeur n’appartient pas à la liste attendue.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("identification_level__in_list", "niveau_identification"),
                            ("identification_level__isnull", True),
                            _connector="OR",
                        ),
                        name="case_identification_level_list",
                        violation_error_message="Cette valeur n’appartient pas à la liste attendue.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("nationality_zone__in_list", "zone_nationalite"),
                            ("nationality_zone__isnull", True),
                            _connector="OR",
                        ),
                        name="case_nationality_zone_list",
                        violation_error_message="Cette valeur n’appartient pas à la liste attendue.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("prior_follow_up__in_list", "suivi_anterieur"),
                            ("prior_follow_up__isnull", True),
                            _connector="OR",
                        ),
                        name="case_prior_follow_up_list",
                        violation_error_message="Cette valeur n’appartient pas à la liste attendue.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("birth_year", None), ("birth_year__range", (1990, 2100)), _connector="OR"),
                        name="case_birth_year_plausible",
                        violation_error_message="Cette année de naissance n’est pas possible.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("birth_month", None),
                            models.Q(("birth_month__range", (1, 12)), ("birth_year__isnull", False)),
                            _connector="OR",
                        ),
                        name="case_birth_month_plausible",
                        violation_error_message="Indiquez l’année avec le mois de naissance.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closing_reason__in_list", "motif_cloture"),
                            ("closing_reason__isnull", True),
                            _connector="OR",
                        ),
                        name="case_closing_reason_list",
                        violation_error_message="Cette valeur n’appartient pas à la liste attendue.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("adhesion__in_list", "adhesion"), ("adhesion__isnull", True), _connector="OR"
                        ),
                        name="case_adhesion_list",
                        violation_error_message="Cette valeur n’appartient pas à la liste attendue.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("containment__in_list", "contenance"), ("containment__isnull", True), _connector="OR"
                        ),
                        name="case_containment_list",
                        violation_error_message="Cette valeur n’appartient pas à la liste attendue.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("legal_frame__in_list", "cadre_juridique"), ("legal_frame__isnull", True), _connector="OR"
                        ),
                        name="case_legal_frame_list",
                        violation_error_message="Cette valeur n’appartient pas à la liste attendue.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_on", None), ("closed_on__gte", models.F("opened_on")), _connector="OR"
                        ),
                        name="case_dates_in_order",
                        violation_error_message="La clôture précède l’ouverture.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("closed_on", None), ("closing_reason__isnull", False), _connector="OR"),
                        name="case_closed_has_reason",
                        violation_error_message="Indiquez le motif de clôture.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Incident",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("reference", models.CharField(editable=False, max_length=20, unique=True, verbose_name="référence")),
                ("occurred_at", models.DateTimeField(verbose_name="survenu le")),
                ("noticed_at", models.DateTimeField(verbose_name="constaté le")),
                ("declared_at", models.DateTimeField(verbose_name="déclaré le")),
                ("declared_on", models.DateField(editable=False, verbose_name="jour de déclaration")),
                (
                    "is_confidential",
                    models.BooleanField(
                        default=False,
                        help_text="Vu du déclarant et de la coordination seulement.",
                        verbose_name="confidentiel",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("declared", "déclaré"), ("acknowledged", "pris en compte"), ("closed", "clos")],
                        default="declared",
                        max_length=14,
                        verbose_name="état",
                    ),
                ),
                ("acknowledged_at", models.DateTimeField(blank=True, null=True, verbose_name="pris en compte le")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="clos le")),
                ("has_analysis", models.BooleanField(default=False, verbose_name="analyse collective faite")),
                ("is_test", models.BooleanField(default=False, verbose_name="fiche d’essai")),
                (
                    "acknowledged_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="pris en compte par",
                    ),
                ),
                (
                    "declared_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="déclaré par",
                    ),
                ),
                (
                    "incident_type",
                    cms.values.fields.ValueField(
                        limit_choices_to={"list": "type_incident"},
                        list_code="type_incident",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="values.value",
                        verbose_name="type",
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.partner",
                        verbose_name="structure",
                    ),
                ),
                (
                    "severity",
                    cms.values.fields.ValueField(
                        limit_choices_to={"list": "gravite"},
                        list_code="gravite",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="values.value",
                        verbose_name="gravité",
                    ),
                ),
            ],
            options={
                "verbose_name": "incident",
                "verbose_name_plural": "incidents",
                "ordering": ["-declared_at"],
            },
        ),
        migrations.CreateModel(
            name="Sollicitation",
            fields=[
                (
                    "birth_year",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="année de naissance"),
                ),
                (
                    "birth_month",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="mois de naissance"),
                ),
                ("is_unaccompanied", models.BooleanField(blank=True, null=True, verbose_name="mineur non accompagné")),
                (
                    "is_test",
                    models.BooleanField(
                        default=False, help_text="Ne compte dans aucun chiffre.", verbose_name="fiche d’essai"
                    ),
                ),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("reference", models.CharField(editable=False, max_length=20, unique=True, verbose_name="référence")),
                ("received_at", models.DateTimeField(verbose_name="reçue le")),
                ("received_on", models.DateField(editable=False, verbose_name="jour de réception")),
                (
                    "group_id",
                    models.UUIDField(blank=True, editable=False, null=True, verbose_name="groupe de fratrie"),
                ),
                (
                    "age_at_reception",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="âge à la réception"),
                ),
                ("safe_until", models.DateTimeField(blank=True, null=True, verbose_name="en sécurité jusqu’à")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("received", "reçue"),
                            ("in_charge", "prise en charge"),
                            ("oriented", "orientée"),
                            ("closed", "close"),
                        ],
                        default="received",
                        max_length=12,
                        verbose_name="état",
                    ),
                ),
                ("first_answered_at", models.DateTimeField(blank=True, null=True, verbose_name="première réponse le")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="close le")),
                (
                    "idempotency_key",
                    models.UUIDField(blank=True, editable=False, null=True, unique=True, verbose_name="clé d’envoi"),
                ),
                (
                    "age_precision",
                    cms.values.fields.ValueField(
                        blank=True,
                        limit_choices_to={"list": "precision_age"},
                        list_code="precision_age",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="values.value",
                        verbose_name="précision de l’âge",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sollicitations",
                        to="cases.case",
                        verbose_name="situation",
                    ),
                ),
                (
                    "channel",
                    cms.values.fields.ValueField(
                        limit_choices_to={"list": "canal"},
                        list_code="canal",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="values.value",
                        verbose_name="canal",
                    ),
                ),
                (
                    "current_place",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.territory",
                        verbose_name="département où se trouve le mineur",
                    ),
                ),
                (
                    "detected_by",
                    cms.values.fields.ValueField(
                        blank=True,
                        limit_choices_to={"list": "acteur"},
                        list_code="acteur",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="values.value",
                        verbose_name="acteur du repérage",
                    ),
                ),
                (
                    "exploitation_place",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.territory",
                        verbose_name="département d’exploitation",
                    ),
                ),
                (
                    "identification_level",
                    cms.values.fields.ValueField(
                        blank=True,
                        limit_choices_to={"list": "niveau_identification"},
                        list_code="niveau_identification",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="values.value",
                        verbose_name="niveau d’identification",
                    ),
                ),
                (
                    "nationality_zone",
                    cms.values.fields.ValueField(
                        blank=True,
                        limit_choices_to={"list": "zone_nationalite"},
                        list_code="zone_nationalite",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="values.value",
                        verbose_name="zone de nationalité",
                    ),
                ),
                (
                    "nature",
                    cms.values.fields.ValueField(
                        limit_choices_to={"list": "nature"},
                        list_code="nature",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="values.value",
                        verbose_name="nature de la demande",
                    ),
                ),
                (
                    "origin",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.territory",
                        verbose_name="département d’origine",
                    ),
                ),
                (
                    "outcome",
                    cms.values.fields.ValueField(
                        blank=True,
                        limit_choices_to={"list": "decision"},
                        list_code="decision",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="values.value",
                        verbose_name="suite donnée",
                    ),
                ),
                (
                    "prior_follow_up",
                    cms.values.fields.ValueField(
                        blank=True,
                        limit_choices_to={"list": "suivi_anterieur"},
                        list_code="suivi_anterieur",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="values.value",
                        verbose_name="suivi antérieur",
                    ),
                ),
                (
                    "relance_of",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="relances",
                        to="cases.sollicitation",
                        verbose_name="relance de",
                    ),
                ),
                (
                    "requester",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.partner",
                        verbose_name="service demandeur",
                    ),
                ),
                (
                    "requester_type",
                    cms.values.fields.ValueField(
                        limit_choices_to={"list": "acteur"},
                        list_code="acteur",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="values.value",
                        verbose_name="type de service demandeur",
                    ),
                ),
                (
                    "sex",
                    cms.values.fields.ValueField(
                        blank=True,
                        limit_choices_to={"list": "sexe"},
                        list_code="sexe",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="values.value",
                        verbose_name="sexe",
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="saisie par",
                    ),
                ),
                (
                    "taken_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="suivie par",
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
                "verbose_name": "sollicitation",
                "verbose_name_plural": "sollicitations",
                "ordering": ["-received_at"],
                "indexes": [
                    models.Index(fields=["received_on"], name="sollicitation_by_day"),
                    models.Index(fields=["state", "received_at"], name="sollicitation_open"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("sex__in_list", "sexe"), ("sex__isnull", True), _connector="OR"),
                        name="sollicitation_sex_list",
                        violation_error_message="Cette valeur n’appartient pas à la liste attendue.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("age_precision__in_list", "precision_age"),
                            ("age_precision__isnull", True),
                            _connector="OR",
                        ),
                        name="sollicitation_age_precision_list",
                        violation_error_message="Cette valeur n’appartient pas à la liste attendue.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("identification_level__in_list", "niveau_identification"),
                            ("identification_level__isnull", True),
                            _connector="OR",
                        ),
                        name="sollicitation_identification_level_list",
                        violation_error_message="Cette valeur n’appartient pas à la liste attendue.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("nationality_zone__in_list", "zone_nationalite"),
                            ("nationality_zone__isnull", True),
                            _connector="OR",
                        ),
                        name="sollicitation_nationality_zone_list",
                        violation_error_message="Cette valeur n’appartient pas à la liste attendue.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("prior_follow_up__in_list", "suivi_anterieur"),
                            ("prior_follow_up__isnull", True),
                            _connector="OR",
                        ),
                        name="sollicitation_prior_follow_up_list",
                        violation_error_message="Cette valeur n’appartient pas à la liste attendue.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("birth_year", None), ("birth_year__range", (1990, 2100)), _connector="OR"),
                        name="sollicitation_birth_year_plausible",
                        violation_error_message="Cette année de naissance n’est pas possible.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("birth_month", None),
                            models.Q(("birth_month__range", (1, 12)), ("birth_year__isnull", False)),
                            _connector="OR",
                        ),
                        name="sollicitation_birth_month_plausible",
                        violation_error_message="Indiquez l’année avec le mois de naissance.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("requester_type__in_list", "acteur"), ("requester_type__isnull", True), _connector="OR"
                        ),
                        name="sollicitation_requester_type_list",
                        violation_error_message="Cette valeur n’appartient pas à la liste attendue.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("detected_by__in_list", "acteur"), ("detected_by__isnull", True), _connector="OR"
                        ),
                        name="sollicitation_detected_by_list",
                        violation_error_message="Cette valeur n’appartient pas à la liste attendue.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("channel__in_list", "canal"), ("channel__isnull", True), _connector="OR"),
                        name="sollicitation_channel_list",
                        violation_error_message="Cette valeur n’appartient pas à la liste attendue.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("nature__in_list", "nature"), ("nature__isnull", True), _connector="OR"),
                        name="sollicitation_nature_list",
                        violation_error_message="Cette valeur n’appartient pas à la liste attendue.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("urgency__in_list", "urgence"), ("urgency__isnull", True), _connector="OR"
                        ),
                        name="sollicitation_urgency_list",
                        violation_error_message="Cette valeur n’appartient pas à la liste attendue.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("outcome__in_list", "decision"), ("outcome__isnull", True), _connector="OR"
                        ),
                        name="sollicitation_outcome_list",
                        violation_error_message="Cette valeur n’appartient pas à la liste attendue.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("first_answered_at", None),
                            ("first_answered_at__gte", models.F("received_at")),
                            _connector="OR",
                        ),
                        name="sollicitation_answer_after_reception",
                        violation_error_message="La réponse précède la réception.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("relance_of", None),
                            models.Q(("relance_of", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="sollicitation_not_its_own_relance",
                        violation_error_message="Une demande n’est pas sa propre relance.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_at", None), ("closed_at__gte", models.F("received_at")), _connector="OR"
                        ),
                        name="sollicitation_closed_after_reception",
                        violation_error_message="La clôture précède la réception.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "closed"), _negated=True),
                            models.Q(("closed_at__isnull", False), ("outcome__isnull", False)),
                            _connector="OR",
                        ),
                        name="sollicitation_closed_has_outcome",
                        violation_error_message="Indiquez la suite donnée.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("age_at_reception", None), ("age_at_reception__lte", 25), _connector="OR"),
                        name="sollicitation_age_plausible",
                        violation_error_message="Cet âge n’est pas celui d’un mineur ou d’un jeune majeur.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CaseIdentity",
            fields=[
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="identity",
                        serialize=False,
                        to="cases.case",
                    ),
                ),
                ("last_name", cms.vault.fields.SealedTextField(blank=True, verbose_name="nom")),
                ("first_name", cms.vault.fields.SealedTextField(blank=True, verbose_name="prénom")),
                (
                    "birth_date",
                    cms.vault.fields.SealedDateField(blank=True, null=True, verbose_name="date de naissance"),
                ),
                (
                    "aliases",
                    cms.vault.fields.SealedJSONField(
                        blank=True,
                        default=list,
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                        verbose_name="autres identités",
                    ),
                ),
                ("phone", cms.vault.fields.SealedTextField(blank=True, verbose_name="téléphone")),
                ("place", cms.vault.fields.SealedTextField(blank=True, verbose_name="lieu précis")),
                ("narrative", cms.vault.fields.SealedTextField(blank=True, verbose_name="récit")),
            ],
            options={
                "verbose_name": "identité",
                "verbose_name_plural": "identités",
            },
        ),
        migrations.CreateModel(
            name="CaseForm",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("is_main", models.BooleanField(default=False, verbose_name="forme principale")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="forms",
                        to="cases.case",
                        verbose_name="situation",
                    ),
                ),
                (
                    "form",
                    cms.values.fields.ValueField(
                        limit_choices_to={"list": "forme"},
                        list_code="forme",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="values.value",
                        verbose_name="forme d’exploitation",
                    ),
                ),
            ],
            options={
                "verbose_name": "forme d’exploitation d’une situation",
                "verbose_name_plural": "formes d’exploitation d’une situation",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("form__in_list", "forme"), ("form__isnull", True), _connector="OR"),
                        name="caseform_form_list",
                        violation_error_message="Cette valeur n’appartient pas à la liste attendue.",
                    ),
                    models.UniqueConstraint(fields=("case", "form"), name="caseform_unique"),
                    models.UniqueConstraint(
                        condition=models.Q(("is_main", True)), fields=("case",), name="caseform_one_main"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="IncidentDetail",
            fields=[
                (
                    "incident",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="detail",
                        serialize=False,
                        to="cases.incident",
                    ),
                ),
                ("narrative", cms.vault.fields.SealedTextField(blank=True, verbose_name="faits")),
                ("measures", cms.vault.fields.SealedTextField(blank=True, verbose_name="mesures prises")),
            ],
            options={
                "verbose_name": "détail d’incident",
                "verbose_name_plural": "détails d’incident",
            },
        ),
        migrations.CreateModel(
            name="AuthorityNotice",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("told_at", models.DateTimeField(verbose_name="informée le")),
                (
                    "authority",
                    cms.values.fields.ValueField(
                        limit_choices_to={"list": "autorite"},
                        list_code="autorite",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="values.value",
                        verbose_name="autorité informée",
                    ),
                ),
                (
                    "channel",
                    cms.values.fields.ValueField(
                        blank=True,
                        limit_choices_to={"list": "canal"},
                        list_code="canal",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="values.value",
                        verbose_name="canal",
                    ),
                ),
                (
                    "told_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="informée par",
                    ),
                ),
                (
                    "incident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to="cases.incident",
                        verbose_name="incident",
                    ),
                ),
            ],
            options={
                "verbose_name": "information d’une autorité",
                "verbose_name_plural": "informations d’autorités",
                "ordering": ["told_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("authority__in_list", "autorite"), ("authority__isnull", True), _connector="OR"
                        ),
                        name="notice_authority_list",
                        violation_error_message="Cette valeur n’appartient pas à la liste attendue.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("channel__in_list", "canal"), ("channel__isnull", True), _connector="OR"),
                        name="notice_channel_list",
                        violation_error_message="Cette valeur n’appartient pas à la liste attendue.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Orientation",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("decided_at", models.DateTimeField(verbose_name="décidée le")),
                ("decided_on", models.DateField(editable=False, verbose_name="jour de la décision")),
                (
                    "age_at_decision",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="âge à la décision"),
                ),
                ("cancelled_at", models.DateTimeField(blank=True, null=True, verbose_name="annulée le")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="orientations",
                        to="cases.case",
                        verbose_name="situation",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="décidée par",
                    ),
                ),
                (
                    "decision",
                    cms.values.fields.ValueField(
                        limit_choices_to={"list": "decision"},
                        list_code="decision",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="values.value",
                        verbose_name="décision",
                    ),
                ),
                (
                    "identification_level",
                    cms.values.fields.ValueField(
                        limit_choices_to={"list": "niveau_identification"},
                        list_code="niveau_identification",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="values.value",
                        verbose_name="niveau d’identification à la décision",
                    ),
                ),
                (
                    "ordinary_service",
                    cms.values.fields.ValueField(
                        blank=True,
                        limit_choices_to={"list": "type_structure"},
                        list_code="type_structure",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="values.value",
                        verbose_name="service de droit commun",
                    ),
                ),
                (
                    "sollicitation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="orientations",
                        to="cases.sollicitation",
                        verbose_name="sollicitation",
                    ),
                ),
            ],
            options={
                "verbose_name": "orientation",
                "verbose_name_plural": "orientations",
                "ordering": ["-decided_at"],
                "indexes": [models.Index(fields=["decided_on"], name="orientation_by_day")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decision__in_list", "decision"), ("decision__isnull", True), _connector="OR"
                        ),
                        name="orientation_decision_list",
                        violation_error_message="Cette valeur n’appartient pas à la liste attendue.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("identification_level__in_list", "niveau_identification"),
                            ("identification_level__isnull", True),
                            _connector="OR",
                        ),
                        name="orientation_identification_level_list",
                        violation_error_message="Cette valeur n’appartient pas à la liste attendue.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ordinary_service__in_list", "type_structure"),
                            ("ordinary_service__isnull", True),
                            _connector="OR",
                        ),
                        name="orientation_ordinary_service_list",
                        violation_error_message="Cette valeur n’appartient pas à la liste attendue.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("cancelled_at", None), ("cancelled_at__gte", models.F("decided_at")), _connector="OR"
                        ),
                        name="orientation_cancelled_after_decision",
                        violation_error_message="L’annulation précède la décision.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Placement",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "legal_frame_ends_on",
                    models.DateField(blank=True, null=True, verbose_name="fin du cadre juridique"),
                ),
                ("arrived_at", models.DateTimeField(verbose_name="arrivée")),
                ("arrived_on", models.DateField(editable=False, verbose_name="jour d’arrivée")),
                ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="arrivée confirmée le")),
                (
                    "age_at_arrival",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="âge à l’arrivée"),
                ),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="fin du séjour")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="placements",
                        to="cases.case",
                        verbose_name="situation",
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="confirmée par",
                    ),
                ),
                (
                    "convention",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.convention",
                        verbose_name="convention",
                    ),
                ),
                (
                    "end_reason",
                    cms.values.fields.ValueField(
                        blank=True,
                        limit_choices_to={"list": "motif_fin"},
                        list_code="motif_fin",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="values.value",
                        verbose_name="motif de fin",
                    ),
                ),
                (
                    "legal_frame",
                    cms.values.fields.ValueField(
                        limit_choices_to={"list": "cadre_juridique"},
                        list_code="cadre_juridique",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="values.value",
                        verbose_name="cadre juridique",
                    ),
                ),
                (
                    "orientation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="placements",
                        to="cases.orientation",
                        verbose_name="orientation",
                    ),
                ),
                (
                    "outside_reason",
                    cms.values.fields.ValueField(
                        blank=True,
                        limit_choices_to={"list": "motif_hors_convention"},
                        list_code="motif_hors_convention",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="values.value",
                        verbose_name="motif hors convention",
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.partner",
                        verbose_name="structure",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.place",
                        verbose_name="place",
                    ),
                ),
            ],
            options={
                "verbose_name": "séjour",
                "verbose_name_plural": "séjours",
                "ordering": ["-arrived_on"],
                "indexes": [
                    models.Index(fields=["arrived_on"], name="placement_by_day"),
                    models.Index(fields=["partner", "arrived_on"], name="placement_by_structure"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("outside_reason__in_list", "motif_hors_convention"),
                            ("outside_reason__isnull", True),
                            _connector="OR",
                        ),
                        name="placement_outside_reason_list",
                        violation_error_message="Cette valeur n’appartient pas à la liste attendue.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("legal_frame__in_list", "cadre_juridique"), ("legal_frame__isnull", True), _connector="OR"
                        ),
                        name="placement_legal_frame_list",
                        violation_error_message="Cette valeur n’appartient pas à la liste attendue.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("end_reason__in_list", "motif_fin"), ("end_reason__isnull", True), _connector="OR"
                        ),
                        name="placement_end_reason_list",
                        violation_error_message="Cette valeur n’appartient pas à la liste attendue.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_on", None), ("ended_on__gte", models.F("arrived_on")), _connector="OR"
                        ),
                        name="placement_dates_in_order",
                        violation_error_message="La date de fin précède la date de début.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("end_reason", None), ("ended_on", None)),
                            models.Q(("end_reason__isnull", False), ("ended_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="placement_end_has_reason",
                        violation_error_message="Indiquez la date et le motif de fin.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("convention__isnull", False), ("outside_reason", None)),
                            models.Q(("convention", None), ("outside_reason__isnull", False)),
                            _connector="OR",
                        ),
                        name="placement_convention_or_reason",
                        violation_error_message="Sans convention en cours, indiquez le motif hors convention.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("confirmed_at", None),
                            models.Q(("confirmed_at__gte", models.F("arrived_at")), ("confirmed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="placement_confirmed_after_arrival",
                        violation_error_message="La confirmation précède l’arrivée.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("case", "="),
                            (cms.partners.models.DateRange(models.F("arrived_on"), models.F("ended_on")), "&&"),
                        ],
                        name="placement_no_overlap",
                        violation_error_message="Ce mineur est déjà accueilli à ces dates.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("place__isnull", False)),
                        expressions=[
                            ("place", "="),
                            (cms.partners.models.DateRange(models.F("arrived_on"), models.F("ended_on")), "&&"),
                        ],
                        name="placement_one_per_place",
                        violation_error_message="Cette place est déjà occupée à ces dates.",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="incident",
            name="placement",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="incidents",
                to="cases.placement",
                verbose_name="séjour concerné",
            ),
        ),
        migrations.CreateModel(
            name="Absence",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("starts_on", models.DateField(verbose_name="du")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="retour le")),
                ("is_runaway", models.BooleanField(default=True, verbose_name="fugue")),
                (
                    "placement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="absences",
                        to="cases.placement",
                        verbose_name="séjour",
                    ),
                ),
            ],
            options={
                "verbose_name": "absence",
                "verbose_name_plural": "absences",
                "ordering": ["starts_on"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on", None), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                        ),
                        name="absence_dates_in_order",
                        violation_error_message="La date de fin précède la date de début.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("placement", "="),
                            (cms.partners.models.DateRange(models.F("starts_on"), models.F("ends_on")), "&&"),
                        ],
                        name="absence_no_overlap",
                        violation_error_message="Une absence est déjà enregistrée à ces dates.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "sheet",
                    models.JSONField(
                        help_text="Ce que la structure a vu, figé à l’envoi.", verbose_name="fiche anonyme"
                    ),
                ),
                ("sent_at", models.DateTimeField(verbose_name="envoyée le")),
                ("answer_by", models.DateTimeField(verbose_name="réponse attendue avant")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="répondue le")),
                ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="retenue le")),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="retirée le")),
                (
                    "answer",
                    cms.values.fields.ValueField(
                        blank=True,
                        limit_choices_to={"list": "reponse"},
                        list_code="reponse",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="values.value",
                        verbose_name="réponse",
                    ),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="répondue par",
                    ),
                ),
                (
                    "orientation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposals",
                        to="cases.orientation",
                        verbose_name="orientation",
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.partner",
                        verbose_name="structure",
                    ),
                ),
                (
                    "refusal_reason",
                    cms.values.fields.ValueField(
                        blank=True,
                        limit_choices_to={"list": "motif_refus"},
                        list_code="motif_refus",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="values.value",
                        verbose_name="motif de refus",
                    ),
                ),
            ],
            options={
                "verbose_name": "proposition",
                "verbose_name_plural": "propositions",
                "ordering": ["answer_by"],
                "indexes": [models.Index(fields=["partner", "answer_by"], name="proposal_by_structure")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("answer__in_list", "reponse"), ("answer__isnull", True), _connector="OR"),
                        name="proposal_answer_list",
                        violation_error_message="Cette valeur n’appartient pas à la liste attendue.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("refusal_reason__in_list", "motif_refus"),
                            ("refusal_reason__isnull", True),
                            _connector="OR",
                        ),
                        name="proposal_refusal_reason_list",
                        violation_error_message="Cette valeur n’appartient pas à la liste attendue.",
                    ),
                    models.UniqueConstraint(fields=("orientation", "partner"), name="proposal_once_per_structure"),
                    models.UniqueConstraint(
                        condition=models.Q(("confirmed_at__isnull", False)),
                        fields=("orientation",),
                        name="proposal_one_confirmed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", "reponse:REFUS"), _negated=True),
                            ("refusal_reason__isnull", False),
                            _connector="OR",
                        ),
                        name="proposal_refusal_has_reason",
                        violation_error_message="Indiquez le motif du refus.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", None), ("answered_at", None)),
                            models.Q(("answer__isnull", False), ("answered_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="proposal_answer_is_dated",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("confirmed_at", None),
                            models.Q(
                                ("answer__in", ("reponse:ACC", "reponse:ACC-COND")),
                                ("answer__isnull", False),
                                ("withdrawn_at", None),
                            ),
                            _connector="OR",
                        ),
                        name="proposal_confirmed_is_accepted",
                        violation_error_message="Seule une réponse favorable peut être retenue.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("answered_at", None), ("answered_at__gte", models.F("sent_at")), _connector="OR"
                        ),
                        name="proposal_answer_after_sending",
                        violation_error_message="La réponse précède l’envoi.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SollicitationDetail",
            fields=[
                (
                    "sollicitation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="detail",
                        serialize=False,
                        to="cases.sollicitation",
                    ),
                ),
                ("callback_name", cms.vault.fields.SealedTextField(blank=True, verbose_name="personne à rappeler")),
                ("callback_phone", cms.vault.fields.SealedTextField(blank=True, verbose_name="ligne de rappel")),
                (
                    "minor_label",
                    cms.vault.fields.SealedTextField(blank=True, verbose_name="initiales ou prénom d’emprunt"),
                ),
                ("place", cms.vault.fields.SealedTextField(blank=True, verbose_name="lieu précis")),
                ("narrative", cms.vault.fields.SealedTextField(blank=True, verbose_name="récit")),
            ],
            options={
                "verbose_name": "détail de sollicitation",
                "verbose_name_plural": "détails de sollicitation",
            },
        ),
        migrations.CreateModel(
            name="SollicitationForm",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("is_main", models.BooleanField(default=False, verbose_name="forme principale")),
                (
                    "form",
                    cms.values.fields.ValueField(
                        limit_choices_to={"list": "forme"},
                        list_code="forme",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="values.value",
                        verbose_name="forme d’exploitation",
                    ),
                ),
                (
                    "sollicitation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="forms",
                        to="cases.sollicitation",
                        verbose_name="sollicitation",
                    ),
                ),
            ],
            options={
                "verbose_name": "forme d’exploitation présumée",
                "verbose_name_plural": "formes d’exploitation présumées",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("form__in_list", "forme"), ("form__isnull", True), _connector="OR"),
                        name="sollicitationform_form_list",
                        violation_error_message="Cette valeur n’appartient pas à la liste attendue.",
                    ),
                    models.UniqueConstraint(fields=("sollicitation", "form"), name="sollicitationform_unique"),
                    models.UniqueConstraint(
                        condition=models.Q(("is_main", True)),
                        fields=("sollicitation",),
                        name="sollicitationform_one_main",
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="incident",
            index=models.Index(fields=["declared_on"], name="incident_by_day"),
        ),
        migrations.AddConstraint(
            model_name="incident",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("incident_type__in_list", "type_incident"), ("incident_type__isnull", True), _connector="OR"
                ),
                name="incident_incident_type_list",
                violation_error_message="Cette valeur n’appartient pas à la liste attendue.",
            ),
        ),
        migrations.AddConstraint(
            model_name="incident",
            constraint=models.CheckConstraint(
                condition=models.Q(("severity__in_list", "gravite"), ("severity__isnull", True), _connector="OR"),
                name="incident_severity_list",
                violation_error_message="Cette valeur n’appartient pas à la liste attendue.",
            ),
        ),
        migrations.AddConstraint(
            model_name="incident",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("noticed_at__lte", models.F("declared_at")), ("occurred_at__lte", models.F("noticed_at"))
                ),
                name="incident_dates_in_order",
                violation_error_message="Un incident survient, puis est constaté, puis déclaré : vérifiez les dates.",
            ),
        ),
        migrations.AddConstraint(
            model_name="incident",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("acknowledged_at", None), ("acknowledged_at__gte", models.F("declared_at")), _connector="OR"
                ),
                name="incident_acknowledged_after_declared",
                violation_error_message="La prise en compte précède la déclaration.",
            ),
        ),
        migrations.AddConstraint(
            model_name="incident",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "closed"), _negated=True),
                    models.Q(("closed_at__gte", models.F("declared_at")), ("closed_at__isnull", False)),
                    _connector="OR",
                ),
                name="incident_closed_is_dated",
                violation_error_message="La clôture précède la déclaration, ou n’est pas datée.",
            ),
        ),
    ]
