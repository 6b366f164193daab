import uuid

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import cms.partners.models
import cms.values.fields
import cms.vault.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("access", "0002_scope"),
        ("territory", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("values", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Convention",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("reference", models.CharField(max_length=40, unique=True, verbose_name="référence")),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("contact", "contact"),
                            ("letter", "lettre d’intention"),
                            ("draft", "projet"),
                            ("signed", "signée"),
                            ("ended", "échue"),
                            ("denounced", "dénoncée"),
                        ],
                        default="contact",
                        max_length=12,
                        verbose_name="étape",
                    ),
                ),
                ("signed_on", models.DateField(blank=True, null=True, verbose_name="signée le")),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="prend effet le")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="prend fin le")),
                ("denounced_on", models.DateField(blank=True, null=True, verbose_name="dénoncée le")),
            ],
            options={
                "verbose_name": "convention",
                "verbose_name_plural": "conventions",
                "ordering": ["-starts_on", "reference"],
            },
        ),
        migrations.CreateModel(
            name="Partner",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("structure", "Structure d’accueil"),
                            ("ase", "Autorité ASE"),
                            ("requester", "Service prescripteur"),
                            ("state", "Organisme d’État"),
                        ],
                        max_length=12,
                        verbose_name="nature",
                    ),
                ),
                (
                    "code_name",
                    models.CharField(
                        help_text="Pour une structure : un nom de code, jamais son vrai nom.",
                        max_length=120,
                        unique=True,
                        verbose_name="nom d’usage",
                    ),
                ),
                ("manager_name", models.CharField(blank=True, max_length=160, verbose_name="organisme gestionnaire")),
                (
                    "establishment_number",
                    models.CharField(blank=True, max_length=14, verbose_name="numéro FINESS ou SIRET"),
                ),
                ("opened_on", models.DateField(verbose_name="entrée dans le carnet du réseau")),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="sortie du carnet")),
                ("is_test", models.BooleanField(default=False, verbose_name="fiche d’essai")),
                (
                    "ase_authority",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.aseauthority",
                        verbose_name="autorité ASE",
                    ),
                ),
                (
                    "requester_type",
                    cms.values.fields.ValueField(
                        blank=True,
                        limit_choices_to={"list": "acteur"},
                        list_code="acteur",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="values.value",
                        verbose_name="type de service",
                    ),
                ),
                (
                    "structure_type",
                    cms.values.fields.ValueField(
                        blank=True,
                        limit_choices_to={"list": "type_structure"},
                        list_code="type_structure",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="values.value",
                        verbose_name="type de structure",
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
                "verbose_name": "partenaire",
                "verbose_name_plural": "partenaires",
                "ordering": ["code_name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("structure_type__in_list", "type_structure"),
                            ("structure_type__isnull", True),
                            _connector="OR",
                        ),
                        name="partner_structure_type_list",
                        violation_error_message="Cette valeur n’appartient pas à la liste attendue.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("requester_type__in_list", "acteur"), ("requester_type__isnull", True), _connector="OR"
                        ),
                        name="partner_requester_type_list",
                        violation_error_message="Cette valeur n’appartient pas à la liste attendue.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_on", None), ("closed_on__gte", models.F("opened_on")), _connector="OR"
                        ),
                        name="partner_dates_in_order",
                        violation_error_message="La date de fin précède la date de début.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "structure"), _negated=True),
                            models.Q(("structure_type__isnull", False), ("territory__isnull", False)),
                            _connector="OR",
                        ),
                        name="partner_structure_is_described",
                        violation_error_message="Indiquez le type et le département de la structure.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "ase"), _negated=True), ("ase_authority__isnull", False), _connector="OR"
                        ),
                        name="partner_ase_has_authority",
                        violation_error_message="Choisissez l’autorité ASE.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "requester"), _negated=True),
                            ("requester_type__isnull", False),
                            _connector="OR",
                        ),
                        name="partner_requester_has_type",
                        violation_error_message="Choisissez le type de service.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ConventionStep",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("contact", "contact"),
                            ("letter", "lettre d’intention"),
                            ("draft", "projet"),
                            ("signed", "signée"),
                            ("ended", "échue"),
                            ("denounced", "dénoncée"),
                        ],
                        max_length=12,
                        verbose_name="étape",
                    ),
                ),
                ("happened_on", models.DateField(verbose_name="le")),
                ("recorded_at", models.DateTimeField(auto_now_add=True, verbose_name="saisi le")),
                (
                    "convention",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="partners.convention",
                        verbose_name="convention",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="saisi par",
                    ),
                ),
            ],
            options={
                "verbose_name": "étape de convention",
                "verbose_name_plural": "étapes de convention",
                "ordering": ["happened_on", "recorded_at"],
            },
        ),
        migrations.CreateModel(
            name="PartnerIdentity",
            fields=[
                (
                    "partner",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="identity",
                        serialize=False,
                        to="partners.partner",
                    ),
                ),
                ("real_name", cms.vault.fields.SealedTextField(blank=True, verbose_name="nom réel")),
                ("address", cms.vault.fields.SealedTextField(blank=True, verbose_name="adresse")),
                (
                    "mail_address",
                    cms.vault.fields.SealedTextField(blank=True, verbose_name="adresse postale de correspondance"),
                ),
            ],
            options={
                "verbose_name": "identité de structure",
                "verbose_name_plural": "identités de structures",
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("structure_director", "Direction de structure"),
                            ("structure_educator", "Équipe de structure"),
                            ("requester", "Service demandeur"),
                            ("transmitter", "Transmetteur"),
                            ("state_reader", "État"),
                        ],
                        max_length=30,
                        verbose_name="rôle",
                    ),
                ),
                ("can_sign", models.BooleanField(default=False, verbose_name="signe au nom du partenaire")),
                ("starts_on", models.DateField(verbose_name="du")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="au")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="personne",
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="partners.partner",
                        verbose_name="partenaire",
                    ),
                ),
            ],
            options={
                "verbose_name": "rattachement",
                "verbose_name_plural": "rattachements",
                "ordering": ["-starts_on"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on", None), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                        ),
                        name="membership_dates_in_order",
                        violation_error_message="La date de fin précède la date de début.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "role__in",
                                [
                                    "requester",
                                    "state_reader",
                                    "structure_director",
                                    "structure_educator",
                                    "transmitter",
                                ],
                            )
                        ),
                        name="membership_role_of_partner",
                        violation_error_message="Ce rôle ne se donne pas par un rattachement.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("user", "="),
                            ("partner", "="),
                            ("role", "="),
                            (
                                cms.partners.models.DateRange(
                                    models.F("starts_on"),
                                    models.F("ends_on"),
                                    django.contrib.postgres.fields.ranges.RangeBoundary(
                                        inclusive_lower=True, inclusive_upper=True
                                    ),
                                ),
                                "&&",
                            ),
                        ],
                        name="membership_no_overlap",
                        violation_error_message="Cette personne a déjà ce rôle dans ce partenaire à ces dates.",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="convention",
            name="partner",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="conventions",
                to="partners.partner",
                verbose_name="partenaire",
            ),
        ),
        migrations.CreateModel(
            name="Contact",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=120, verbose_name="nom")),
                ("position", models.CharField(blank=True, max_length=120, verbose_name="fonction")),
                ("phone", models.CharField(blank=True, max_length=30, verbose_name="téléphone")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="adresse électronique")),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contacts",
                        to="partners.partner",
                        verbose_name="partenaire",
                    ),
                ),
            ],
            options={
                "verbose_name": "contact",
                "verbose_name_plural": "contacts",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Place",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("label", models.CharField(max_length=40, verbose_name="repère")),
                ("starts_on", models.DateField(verbose_name="ouverte du")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="jusqu’au")),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="places",
                        to="partners.partner",
                        verbose_name="structure",
                    ),
                ),
            ],
            options={
                "verbose_name": "place",
                "verbose_name_plural": "places",
                "ordering": ["label"],
                "constraints": [
                    models.UniqueConstraint(fields=("partner", "label"), name="place_label_unique"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on", None), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                        ),
                        name="place_dates_in_order",
                        violation_error_message="La date de fin précède la date de début.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Suspension",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("starts_on", models.DateField(verbose_name="du")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="au")),
                ("reason", models.CharField(max_length=200, verbose_name="motif")),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="suspensions",
                        to="partners.partner",
                        verbose_name="structure",
                    ),
                ),
            ],
            options={
                "verbose_name": "suspension",
                "verbose_name_plural": "suspensions",
                "ordering": ["-starts_on"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on", None), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                        ),
                        name="suspension_dates_in_order",
                        violation_error_message="La date de fin précède la date de début.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("partner", "="),
                            (
                                cms.partners.models.DateRange(
                                    models.F("starts_on"),
                                    models.F("ends_on"),
                                    django.contrib.postgres.fields.ranges.RangeBoundary(
                                        inclusive_lower=True, inclusive_upper=True
                                    ),
                                ),
                                "&&",
                            ),
                        ],
                        name="suspension_no_overlap",
                        violation_error_message="Une autre suspension couvre déjà une partie de ces dates.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StructureProfile",
            fields=[
                (
                    "partner",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="profile",
                        serialize=False,
                        to="partners.partner",
                    ),
                ),
                ("age_min", models.PositiveSmallIntegerField(default=11, verbose_name="âge minimum")),
                ("age_max", models.PositiveSmallIntegerField(default=17, verbose_name="âge maximum")),
                (
                    "pledged_places",
                    models.PositiveSmallIntegerField(default=0, verbose_name="places promises au réseau"),
                ),
                ("takes_at_night", models.BooleanField(default=False, verbose_name="accueil de nuit et de week-end")),
                ("takes_siblings", models.BooleanField(default=False, verbose_name="accueil de fratries")),
                (
                    "admission_days",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="délai d’admission (jours)"),
                ),
                (
                    "daily_price",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=7, null=True, verbose_name="prix de journée (euros)"
                    ),
                ),
                ("has_psychologist", models.BooleanField(default=False, verbose_name="psychologue dans l’équipe")),
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
                        verbose_name="niveau de contenance",
                    ),
                ),
                (
                    "forms",
                    models.ManyToManyField(
                        blank=True, related_name="+", to="values.value", verbose_name="formes d’exploitation acceptées"
                    ),
                ),
                (
                    "habilitation",
                    cms.values.fields.ValueField(
                        blank=True,
                        limit_choices_to={"list": "habilitation"},
                        list_code="habilitation",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="values.value",
                        verbose_name="habilitation",
                    ),
                ),
                (
                    "languages",
                    models.ManyToManyField(
                        blank=True, related_name="+", to="values.value", verbose_name="langues parlées"
                    ),
                ),
                (
                    "sexes",
                    models.ManyToManyField(
                        blank=True, related_name="+", to="values.value", verbose_name="sexes accueillis"
                    ),
                ),
            ],
            options={
                "verbose_name": "profil d’accueil",
                "verbose_name_plural": "profils d’accueil",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("containment__in_list", "contenance"), ("containment__isnull", True), _connector="OR"
                        ),
                        name="profile_containment_list",
                        violation_error_message="Cette valeur n’appartient pas à la liste attendue.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("habilitation__in_list", "habilitation"), ("habilitation__isnull", True), _connector="OR"
                        ),
                        name="profile_habilitation_list",
                        violation_error_message="Cette valeur n’appartient pas à la liste attendue.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("age_max__gte", models.F("age_min")), ("age_max__lte", 21)),
                        name="profile_ages_in_order",
                        violation_error_message="L’âge maximum précède l’âge minimum, ou dépasse 21 ans.",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="convention",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on", None), ("ends_on__gte", models.F("starts_on")), _connector="OR"),
                name="convention_dates_in_order",
                violation_error_message="La date de fin précède la date de début.",
            ),
        ),
        migrations.AddConstraint(
            model_name="convention",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("stage", "signed"), _negated=True),
                    models.Q(("signed_on__isnull", False), ("starts_on__isnull", False)),
                    _connector="OR",
                ),
                name="convention_signed_has_dates",
                violation_error_message="Une convention signée a une date de signature et une date d’effet.",
            ),
        ),
        migrations.AddConstraint(
            model_name="convention",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("denounced_on", None),
                    models.Q(("denounced_on__gte", models.F("signed_on")), ("signed_on__isnull", False)),
                    _connector="OR",
                ),
                name="convention_denounced_after_signed",
                violation_error_message="La dénonciation suit la signature.",
            ),
        ),
        migrations.AddConstraint(
            model_name="convention",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("stage", "signed"), ("starts_on__isnull", False)),
                expressions=[
                    ("partner", "="),
                    (
                        cms.partners.models.DateRange(
                            models.F("starts_on"),
                            models.F("ends_on"),
                            django.contrib.postgres.fields.ranges.RangeBoundary(True, True),
                        ),
                        "&&",
                    ),
                ],
                name="convention_no_overlap",
                violation_error_message="Une autre convention signée couvre déjà une partie de ces dates.",
            ),
        ),
    ]
