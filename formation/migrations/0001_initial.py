import uuid
from decimal import Decimal

import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import cms.values.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("documents", "0002_wall"),
        ("partners", "0002_wall"),
        ("territory", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("values", "0001_initial"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.CreateModel(
            name="CurriculumIndexPage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                ("introduction", models.TextField(blank=True, verbose_name="introduction")),
            ],
            options={
                "verbose_name": "programme de formation",
                "verbose_name_plural": "programmes de formation",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="ModulePage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        max_length=10,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[A-Z][A-Z0-9]{0,9}$",
                                "Une lettre majuscule, puis des chiffres ou des majuscules : M1, R.",
                            )
                        ],
                        verbose_name="code",
                    ),
                ),
                (
                    "hours",
                    models.DecimalField(
                        decimal_places=1,
                        max_digits=4,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0.5")),
                            django.core.validators.MaxValueValidator(Decimal("60")),
                        ],
                        verbose_name="durée en heures",
                    ),
                ),
                ("publics", models.CharField(max_length=200, verbose_name="publics")),
                ("is_compulsory", models.BooleanField(default=False, verbose_name="obligatoire pour un partenaire")),
                ("compulsory", models.CharField(blank=True, max_length=200, verbose_name="obligation, en clair")),
                ("is_refresher", models.BooleanField(default=False, verbose_name="recyclage")),
                ("objectives", models.TextField(help_text="Un par ligne.", verbose_name="objectifs")),
                ("programme", models.TextField(help_text="Un par ligne.", verbose_name="programme")),
                ("evaluation", models.TextField(blank=True, verbose_name="évaluation")),
                ("prerequisites", models.CharField(blank=True, max_length=200, verbose_name="prérequis")),
            ],
            options={
                "verbose_name": "module de formation",
                "verbose_name_plural": "modules de formation",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="Professional",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("last_name", models.CharField(max_length=100, verbose_name="nom")),
                ("first_name", models.CharField(max_length=100, verbose_name="prénom")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="adresse électronique")),
                ("employer_name", models.CharField(blank=True, max_length=160, verbose_name="autre employeur")),
                ("is_test", models.BooleanField(default=False, verbose_name="fiche d’essai")),
                ("created_by_id", models.UUIDField(editable=False, null=True, verbose_name="saisi par")),
                (
                    "employer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="professionals",
                        to="partners.partner",
                        verbose_name="partenaire employeur",
                    ),
                ),
                (
                    "employer_type",
                    cms.values.fields.ValueField(
                        blank=True,
                        limit_choices_to={"list": "type_employeur"},
                        list_code="type_employeur",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="values.value",
                        verbose_name="type d’employeur",
                    ),
                ),
                (
                    "profession",
                    cms.values.fields.ValueField(
                        blank=True,
                        limit_choices_to={"list": "profession"},
                        list_code="profession",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="values.value",
                        verbose_name="profession",
                    ),
                ),
                (
                    "territory",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.territory",
                        verbose_name="département",
                    ),
                ),
                (
                    "user",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="professional",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="compte",
                    ),
                ),
            ],
            options={
                "verbose_name": "professionnel",
                "verbose_name_plural": "professionnels",
                "ordering": ["last_name", "first_name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("profession__in_list", "profession"), ("profession__isnull", True), _connector="OR"
                        ),
                        name="professional_profession_list",
                        violation_error_message="Cette valeur n’appartient pas à la liste attendue.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("employer_type__in_list", "type_employeur"),
                            ("employer_type__isnull", True),
                            _connector="OR",
                        ),
                        name="professional_employer_type_list",
                        violation_error_message="Cette valeur n’appartient pas à la liste attendue.",
                    ),
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("email"),
                        condition=models.Q(("email", ""), _negated=True),
                        name="professional_email_unique",
                        violation_error_message="Une personne a déjà cette adresse.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Session",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("module_code", models.CharField(max_length=20, verbose_name="code du module")),
                ("title", models.CharField(max_length=200, verbose_name="intitulé")),
                ("starts_on", models.DateField(verbose_name="du")),
                ("ends_on", models.DateField(verbose_name="au")),
                (
                    "venue",
                    models.CharField(
                        blank=True,
                        help_text="Jamais l’adresse d’une structure d’accueil.",
                        max_length=200,
                        verbose_name="lieu",
                    ),
                ),
                ("is_remote", models.BooleanField(default=False, verbose_name="à distance")),
                ("capacity", models.PositiveSmallIntegerField(default=15, verbose_name="places")),
                (
                    "state",
                    models.CharField(
                        choices=[("planned", "prévue"), ("held", "tenue"), ("cancelled", "annulée")],
                        default="planned",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                ("is_test", models.BooleanField(default=False, verbose_name="fiche d’essai")),
                (
                    "clause",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.clauseversion",
                        verbose_name="version du module",
                    ),
                ),
                (
                    "territory",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.territory",
                        verbose_name="département",
                    ),
                ),
            ],
            options={
                "verbose_name": "session",
                "verbose_name_plural": "sessions",
                "ordering": ["starts_on"],
            },
        ),
        migrations.CreateModel(
            name="HalfDay",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("day", models.DateField(verbose_name="jour")),
                (
                    "period",
                    models.CharField(
                        choices=[("morning", "matin"), ("afternoon", "après-midi")],
                        max_length=10,
                        verbose_name="demi-journée",
                    ),
                ),
                ("hours", models.DecimalField(decimal_places=2, max_digits=4, verbose_name="heures")),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="half_days",
                        to="formation.session",
                        verbose_name="session",
                    ),
                ),
            ],
            options={
                "verbose_name": "demi-journée",
                "verbose_name_plural": "demi-journées",
                "ordering": ["day", "-period"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("session", "day", "period"),
                        name="halfday_unique",
                        violation_error_message="Cette demi-journée existe déjà.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("hours__gt", 0), ("hours__lte", 5)),
                        name="halfday_hours_plausible",
                        violation_error_message="Une demi-journée dure plus de 0 et au plus 5 heures.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Enrolment",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("enrolled_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="inscrit le")),
                ("cancelled_at", models.DateTimeField(blank=True, null=True, verbose_name="désinscrit le")),
                (
                    "employer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.partner",
                        verbose_name="employeur",
                    ),
                ),
                (
                    "employer_type",
                    cms.values.fields.ValueField(
                        blank=True,
                        limit_choices_to={"list": "type_employeur"},
                        list_code="type_employeur",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="values.value",
                        verbose_name="type d’employeur",
                    ),
                ),
                (
                    "profession",
                    cms.values.fields.ValueField(
                        blank=True,
                        limit_choices_to={"list": "profession"},
                        list_code="profession",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="values.value",
                        verbose_name="profession",
                    ),
                ),
                (
                    "professional",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="enrolments",
                        to="formation.professional",
                        verbose_name="professionnel",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="enrolments",
                        to="formation.session",
                        verbose_name="session",
                    ),
                ),
            ],
            options={
                "verbose_name": "inscription",
                "verbose_name_plural": "inscriptions",
                "ordering": ["professional__last_name", "professional__first_name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("profession__in_list", "profession"), ("profession__isnull", True), _connector="OR"
                        ),
                        name="enrolment_profession_list",
                        violation_error_message="Cette valeur n’appartient pas à la liste attendue.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("employer_type__in_list", "type_employeur"),
                            ("employer_type__isnull", True),
                            _connector="OR",
                        ),
                        name="enrolment_employer_type_list",
                        violation_error_message="Cette valeur n’appartient pas à la liste attendue.",
                    ),
                    models.UniqueConstraint(
                        fields=("session", "professional"),
                        name="enrolment_unique",
                        violation_error_message="Cette personne est déjà inscrite à la session.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SessionTrainer",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="formation.session",
                        verbose_name="session",
                    ),
                ),
                (
                    "trainer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="formateur",
                    ),
                ),
            ],
            options={
                "verbose_name": "formateur d’une session",
                "verbose_name_plural": "formateurs d’une session",
                "constraints": [models.UniqueConstraint(fields=("session", "trainer"), name="sessiontrainer_unique")],
            },
        ),
        migrations.AddField(
            model_name="session",
            name="trainers",
            field=models.ManyToManyField(
                related_name="+",
                through="formation.SessionTrainer",
                to=settings.AUTH_USER_MODEL,
                verbose_name="formateurs",
            ),
        ),
        migrations.CreateModel(
            name="SupportAct",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("happened_on", models.DateField(verbose_name="le")),
                ("head_count", models.PositiveSmallIntegerField(default=1, verbose_name="personnes accompagnées")),
                ("is_test", models.BooleanField(default=False, verbose_name="fiche d’essai")),
                (
                    "kind",
                    cms.values.fields.ValueField(
                        limit_choices_to={"list": "type_acte"},
                        list_code="type_acte",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="values.value",
                        verbose_name="nature",
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.partner",
                        verbose_name="partenaire",
                    ),
                ),
                (
                    "professional",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="support_acts",
                        to="formation.professional",
                        verbose_name="professionnel",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="saisi par",
                    ),
                ),
            ],
            options={
                "verbose_name": "acte d’accompagnement",
                "verbose_name_plural": "actes d’accompagnement",
                "ordering": ["-happened_on"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in_list", "type_acte"), ("kind__isnull", True), _connector="OR"),
                        name="supportact_kind_list",
                        violation_error_message="Cette valeur n’appartient pas à la liste attendue.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("partner__isnull", False), ("professional__isnull", False), _connector="OR"
                        ),
                        name="supportact_has_beneficiary",
                        violation_error_message="Indiquez la structure ou la personne accompagnée.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("professional", None), ("head_count", 1), _connector="OR"),
                        name="supportact_one_person",
                        violation_error_message="Un acte pour une personne nommée compte une personne.",
                    ),
                    models.CheckConstraint(condition=models.Q(("head_count__gte", 1)), name="supportact_someone"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Attendance",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("present", "présent"),
                            ("left_early", "parti avant la fin"),
                            ("excused", "excusé"),
                            ("absent", "absent"),
                        ],
                        max_length=10,
                        verbose_name="présence",
                    ),
                ),
                ("recorded_at", models.DateTimeField(verbose_name="relevée le")),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="relevée par",
                    ),
                ),
                (
                    "enrolment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attendances",
                        to="formation.enrolment",
                        verbose_name="inscription",
                    ),
                ),
                (
                    "half_day",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attendances",
                        to="formation.halfday",
                        verbose_name="demi-journée",
                    ),
                ),
            ],
            options={
                "verbose_name": "présence",
                "verbose_name_plural": "présences",
                "constraints": [models.UniqueConstraint(fields=("enrolment", "half_day"), name="attendance_unique")],
            },
        ),
        migrations.AddIndex(
            model_name="session",
            index=models.Index(fields=["ends_on"], name="session_by_last_day"),
        ),
        migrations.AddConstraint(
            model_name="session",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on", None), ("ends_on__gte", models.F("starts_on")), _connector="OR"),
                name="session_dates_in_order",
                violation_error_message="La date de fin précède la date de début.",
            ),
        ),
    ]
