import uuid

import django.db.models.constraints
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import cms.values.fields


class Migration(migrations.Migration):
    dependencies = [
        ("formation", "0003_retention"),
        ("users", "__first__"),
        ("values", "0001_initial"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="halfday",
            name="halfday_unique",
        ),
        migrations.AddField(
            model_name="enrolment",
            name="result",
            field=models.CharField(
                blank=True,
                choices=[("acquired", "acquis"), ("partly", "en cours d’acquisition"), ("not_acquired", "non acquis")],
                max_length=12,
                verbose_name="résultat de l’évaluation",
            ),
        ),
        migrations.AddField(
            model_name="halfday",
            name="begins_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="début"),
        ),
        migrations.AddField(
            model_name="halfday",
            name="ends_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="fin"),
        ),
        migrations.AddField(
            model_name="halfday",
            name="starts_at",
            field=models.TimeField(blank=True, null=True, verbose_name="commence à"),
        ),
        migrations.AddField(
            model_name="session",
            name="sequence",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="rang du calendrier"),
        ),
        migrations.AddField(
            model_name="session",
            name="time_zone",
            field=models.CharField(
                choices=[
                    ("Europe/Paris", "heure de Paris"),
                    ("America/Guadeloupe", "heure de Guadeloupe"),
                    ("America/Martinique", "heure de Martinique"),
                    ("America/Cayenne", "heure de Guyane"),
                    ("Indian/Reunion", "heure de La Réunion"),
                    ("Indian/Mayotte", "heure de Mayotte"),
                    ("America/Miquelon", "heure de Saint-Pierre-et-Miquelon"),
                    ("Pacific/Noumea", "heure de Nouvelle-Calédonie"),
                    ("Pacific/Tahiti", "heure de Tahiti"),
                    ("Pacific/Wallis", "heure de Wallis-et-Futuna"),
                ],
                default="Europe/Paris",
                max_length=40,
                verbose_name="fuseau horaire",
            ),
        ),
        migrations.AddConstraint(
            model_name="halfday",
            constraint=models.UniqueConstraint(
                deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                fields=("session", "day", "period"),
                name="halfday_unique",
                violation_error_message="Cette demi-journée existe déjà.",
            ),
        ),
        migrations.CreateModel(
            name="WalkIn",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("last_name", models.CharField(blank=True, max_length=100, verbose_name="nom")),
                ("first_name", models.CharField(blank=True, max_length=100, verbose_name="prénom")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="adresse électronique")),
                ("employer_name", models.CharField(blank=True, max_length=160, verbose_name="employeur")),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="venue le")),
                (
                    "state",
                    models.CharField(
                        choices=[("pending", "à décider"), ("accepted", "acceptée"), ("refused", "refusée")],
                        default="pending",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="décidée le")),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="décidée par",
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
                    "enrolment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="formation.enrolment",
                        verbose_name="inscription",
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
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="walk_ins",
                        to="formation.session",
                        verbose_name="session",
                    ),
                ),
            ],
            options={
                "verbose_name": "personne venue sans inscription",
                "verbose_name_plural": "personnes venues sans inscription",
                "ordering": ["asked_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("profession__in_list", "profession"), ("profession__isnull", True), _connector="OR"
                        ),
                        name="walkin_profession_list",
                        violation_error_message="Cette valeur n’appartient pas à la liste attendue.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("employer_type__in_list", "type_employeur"),
                            ("employer_type__isnull", True),
                            _connector="OR",
                        ),
                        name="walkin_employer_type_list",
                        violation_error_message="Cette valeur n’appartient pas à la liste attendue.",
                    ),
                    models.UniqueConstraint(
                        models.F("session"),
                        django.db.models.functions.text.Lower("email"),
                        condition=models.Q(("state", "pending"), models.Q(("email", ""), _negated=True)),
                        name="walkin_once_a_session",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "pending"),
                            models.Q(
                                ("decided_at__isnull", False), ("email", ""), ("first_name", ""), ("last_name", "")
                            ),
                            _connector="OR",
                        ),
                        name="walkin_decided_keeps_no_name",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Signature",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "way",
                    models.CharField(
                        choices=[("qr", "code scanné"), ("code", "code tapé"), ("device", "appareil du formateur")],
                        max_length=10,
                        verbose_name="moyen",
                    ),
                ),
                ("signed_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="signée le")),
                (
                    "enrolment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signatures",
                        to="formation.enrolment",
                        verbose_name="inscription",
                    ),
                ),
                (
                    "half_day",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signatures",
                        to="formation.halfday",
                        verbose_name="demi-journée",
                    ),
                ),
                (
                    "walk_in",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signatures",
                        to="formation.walkin",
                        verbose_name="personne venue sans inscription",
                    ),
                ),
            ],
            options={
                "verbose_name": "signature de présence",
                "verbose_name_plural": "signatures de présence",
                "ordering": ["signed_at"],
                "constraints": [
                    models.UniqueConstraint(fields=("half_day", "enrolment"), name="signature_once"),
                    models.UniqueConstraint(fields=("half_day", "walk_in"), name="signature_once_walk_in"),
                    models.CheckConstraint(
                        condition=models.Q(("enrolment__isnull", False), ("walk_in__isnull", False), _connector="OR"),
                        name="signature_of_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Excuse",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("sequence", models.PositiveSmallIntegerField(default=0, verbose_name="rang du calendrier")),
                ("told_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="prévenue le")),
                (
                    "enrolment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="excuses",
                        to="formation.enrolment",
                        verbose_name="inscription",
                    ),
                ),
                (
                    "half_day",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="excuses",
                        to="formation.halfday",
                        verbose_name="demi-journée",
                    ),
                ),
                (
                    "told_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="prévenue par",
                    ),
                ),
            ],
            options={
                "verbose_name": "absence prévenue",
                "verbose_name_plural": "absences prévenues",
                "constraints": [
                    models.UniqueConstraint(fields=("enrolment", "half_day", "sequence"), name="excuse_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="CounterSignature",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("rank", models.PositiveSmallIntegerField(verbose_name="rang")),
                ("content_hash", models.CharField(max_length=64, verbose_name="empreinte")),
                ("signed_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="signée le")),
                ("is_correction", models.BooleanField(default=False, verbose_name="correction")),
                (
                    "half_day",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="countersignatures",
                        to="formation.halfday",
                        verbose_name="demi-journée",
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
            ],
            options={
                "verbose_name": "contre-signature",
                "verbose_name_plural": "contre-signatures",
                "ordering": ["half_day", "rank"],
                "constraints": [models.UniqueConstraint(fields=("half_day", "rank"), name="countersignature_rank")],
            },
        ),
        migrations.CreateModel(
            name="WaitingEntry",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="demandée le")),
                ("left_at", models.DateTimeField(blank=True, null=True, verbose_name="retirée le")),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="demandée par",
                    ),
                ),
                (
                    "enrolment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="formation.enrolment",
                        verbose_name="inscription",
                    ),
                ),
                (
                    "professional",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="waiting",
                        to="formation.professional",
                        verbose_name="professionnel",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="waiting",
                        to="formation.session",
                        verbose_name="session",
                    ),
                ),
            ],
            options={
                "verbose_name": "attente d’une place en formation",
                "verbose_name_plural": "attentes d’une place en formation",
                "ordering": ["asked_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("enrolment", None), ("left_at", None)),
                        fields=("session", "professional"),
                        name="waitingentry_once",
                        violation_error_message="Cette personne attend déjà une place.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SessionNotice",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("invited", "convocation"),
                            ("promoted", "place libérée"),
                            ("postponed", "report"),
                            ("cancelled", "annulation"),
                        ],
                        max_length=10,
                        verbose_name="nature",
                    ),
                ),
                ("sequence", models.PositiveSmallIntegerField(default=0, verbose_name="rang du calendrier")),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="demandé le")),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="envoyé le")),
                ("tries", models.PositiveSmallIntegerField(default=0, verbose_name="essais")),
                (
                    "enrolment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to="formation.enrolment",
                        verbose_name="inscription",
                    ),
                ),
            ],
            options={
                "verbose_name": "message de session",
                "verbose_name_plural": "messages de session",
                "ordering": ["asked_at"],
                "indexes": [
                    models.Index(condition=models.Q(("sent_at", None)), fields=["asked_at"], name="sessionnotice_owed")
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("enrolment", "kind", "sequence"), name="sessionnotice_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Attestation",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("number", models.CharField(max_length=20, unique=True, verbose_name="numéro")),
                ("check_code", models.CharField(max_length=12, verbose_name="code de vérification")),
                ("title", models.CharField(max_length=200, verbose_name="intitulé")),
                ("starts_on", models.DateField(verbose_name="du")),
                ("ends_on", models.DateField(verbose_name="au")),
                ("expires_on", models.DateField(blank=True, null=True, verbose_name="valable jusqu’au")),
                ("content", models.JSONField(verbose_name="contenu")),
                ("content_hash", models.CharField(max_length=64, verbose_name="empreinte")),
                ("issued_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="établie le")),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="retirée le")),
                (
                    "withdrawn_why",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("error", "établie par erreur"),
                            ("fraud", "présence contestée"),
                            ("person", "à la demande de la personne"),
                        ],
                        max_length=10,
                        verbose_name="motif de retrait",
                    ),
                ),
                (
                    "enrolment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attestations",
                        to="formation.enrolment",
                        verbose_name="inscription",
                    ),
                ),
                (
                    "issued_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="établie par",
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="successor",
                        to="formation.attestation",
                        verbose_name="remplace",
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="retirée par",
                    ),
                ),
            ],
            options={
                "verbose_name": "attestation de formation",
                "verbose_name_plural": "attestations de formation",
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("replaces", None)), fields=("enrolment",), name="attestation_first_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawn_at", None), ("withdrawn_why", "")),
                            models.Q(("withdrawn_at__isnull", False), models.Q(("withdrawn_why", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="attestation_withdrawn_with_reason",
                    ),
                ],
            },
        ),
    ]
