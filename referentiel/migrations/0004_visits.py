"""Visits of the coordination and what follows them.

One index beside the unique ones: `confirmed_mark_latest` answers « the latest mark of each exigence of a structure », which
the search of a place and the steering ask for the whole network. Visits are few (one a structure and two years): their
constraints are enough.
"""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0004_readings_wall"),
        ("partners", "0011_pipeline_wall"),
        ("referentiel", "0003_assessments_wall"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="evidence",
            name="replaces",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="replaced_by",
                to="referentiel.evidence",
                verbose_name="remplace",
            ),
        ),
        migrations.CreateModel(
            name="Visit",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[("visit", "Visite sur place"), ("desk", "Examen sur pièces")],
                        max_length=10,
                        verbose_name="nature",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "En préparation"),
                            ("sent", "Observations attendues"),
                            ("answered", "Observations reçues"),
                            ("unanswered", "Sans réponse de la structure"),
                            ("closed", "Close"),
                            ("cancelled", "Abandonnée"),
                        ],
                        default="draft",
                        max_length=12,
                        verbose_name="état",
                    ),
                ),
                ("opened_at", models.DateTimeField(verbose_name="préparée le")),
                ("visited_on", models.DateField(blank=True, null=True, verbose_name="faite le")),
                (
                    "summary",
                    models.TextField(blank=True, max_length=3000, verbose_name="ce que la coordination retient"),
                ),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="envoyée le")),
                ("answer_by", models.DateField(blank=True, null=True, verbose_name="observations jusqu’au")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="observations envoyées le")),
                ("silent_at", models.DateTimeField(blank=True, null=True, verbose_name="délai passé le")),
                ("reply_by", models.DateField(blank=True, null=True, verbose_name="réponse jusqu’au")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="close le")),
                ("closing", models.TextField(blank=True, max_length=3000, verbose_name="conclusion")),
                ("cancelled_at", models.DateTimeField(blank=True, null=True, verbose_name="abandonnée le")),
                ("cancel_reason", models.CharField(blank=True, max_length=300, verbose_name="motif d’abandon")),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="observations envoyées par",
                    ),
                ),
                (
                    "assessment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visits",
                        to="referentiel.assessment",
                        verbose_name="auto-évaluation",
                    ),
                ),
                (
                    "cancelled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="abandonnée par",
                    ),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="close par",
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="préparée par",
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
                    "sent_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="envoyée par",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.documentversion",
                        verbose_name="version",
                    ),
                ),
            ],
            options={
                "verbose_name": "visite du référentiel",
                "verbose_name_plural": "visites du référentiel",
                "ordering": ["-opened_at"],
            },
        ),
        migrations.CreateModel(
            name="Observation",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("code", models.CharField(max_length=20, verbose_name="code")),
                ("is_agreed", models.BooleanField(verbose_name="d’accord")),
                ("text", models.TextField(blank=True, max_length=1000, verbose_name="observation")),
                ("written_at", models.DateTimeField(verbose_name="écrite le")),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="écrite par",
                    ),
                ),
                (
                    "visit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="observations",
                        to="referentiel.visit",
                        verbose_name="visite",
                    ),
                ),
            ],
            options={
                "verbose_name": "observation",
                "verbose_name_plural": "observations",
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="ConfirmedMark",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("code", models.CharField(max_length=20, verbose_name="code")),
                (
                    "level",
                    models.CharField(
                        choices=[("imperative", "Impérative"), ("standard", "Standard")],
                        max_length=10,
                        verbose_name="niveau",
                    ),
                ),
                (
                    "value",
                    models.CharField(
                        choices=[
                            ("1", "1 : pas du tout"),
                            ("2", "2 : plutôt non"),
                            ("3", "3 : plutôt oui"),
                            ("4", "4 : tout à fait"),
                            ("5", "Au-delà de ce qui est demandé"),
                            ("nc", "Non concerné"),
                        ],
                        max_length=2,
                        verbose_name="cotation",
                    ),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("agreed", "Acceptée par la structure"),
                            ("decided", "Décidée par la coordination"),
                            ("silence", "Confirmée faute de réponse"),
                        ],
                        max_length=10,
                        verbose_name="ce qui la fonde",
                    ),
                ),
                ("reply", models.TextField(blank=True, max_length=1000, verbose_name="réponse de la coordination")),
                ("decided_at", models.DateTimeField(verbose_name="décidée le")),
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
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.partner",
                        verbose_name="structure",
                    ),
                ),
                (
                    "visit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="confirmed",
                        to="referentiel.visit",
                        verbose_name="visite",
                    ),
                ),
            ],
            options={
                "verbose_name": "cotation confirmée",
                "verbose_name_plural": "cotations confirmées",
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="VisitMark",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("code", models.CharField(max_length=20, verbose_name="code")),
                (
                    "level",
                    models.CharField(
                        choices=[("imperative", "Impérative"), ("standard", "Standard")],
                        max_length=10,
                        verbose_name="niveau",
                    ),
                ),
                (
                    "value",
                    models.CharField(
                        choices=[
                            ("1", "1 : pas du tout"),
                            ("2", "2 : plutôt non"),
                            ("3", "3 : plutôt oui"),
                            ("4", "4 : tout à fait"),
                            ("5", "Au-delà de ce qui est demandé"),
                            ("nc", "Non concerné"),
                        ],
                        max_length=2,
                        verbose_name="cotation",
                    ),
                ),
                ("comment", models.TextField(blank=True, max_length=1000, verbose_name="constat")),
                ("marked_at", models.DateTimeField(verbose_name="cotée le")),
                (
                    "marked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="cotée par",
                    ),
                ),
                (
                    "visit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="marks",
                        to="referentiel.visit",
                        verbose_name="visite",
                    ),
                ),
            ],
            options={
                "verbose_name": "cotation proposée",
                "verbose_name_plural": "cotations proposées",
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="Derogation",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("code", models.CharField(max_length=20, verbose_name="exigence")),
                ("reason", models.TextField(max_length=1000, verbose_name="motif")),
                ("starts_on", models.DateField(verbose_name="du")),
                ("ends_on", models.DateField(verbose_name="au")),
                ("asked_at", models.DateTimeField(verbose_name="proposée le")),
                ("agreed_at", models.DateTimeField(blank=True, null=True, verbose_name="accordée le")),
                ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="levée le")),
                ("revoke_reason", models.CharField(blank=True, max_length=300, verbose_name="motif de la levée")),
                (
                    "agreed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="accordée par",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="proposée par",
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
                    "revoked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="levée par",
                    ),
                ),
            ],
            options={
                "verbose_name": "dérogation",
                "verbose_name_plural": "dérogations",
                "ordering": ["-asked_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))), name="derogation_dates_in_order"
                    ),
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
                        name="derogation_by_two",
                        violation_error_message="Une autre personne de la coordination accorde cette dérogation.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("revoked_at", None), ("revoked_by", None)),
                            models.Q(
                                ("revoked_at__isnull", False),
                                ("revoked_by__isnull", False),
                                models.Q(("revoke_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="derogation_revoked_whole",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("agreed_at", None), ("revoked_at", None)),
                        fields=("partner", "code"),
                        name="derogation_one_pending",
                        violation_error_message="Une dérogation attend déjà pour cette exigence.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StandardsReminder",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "about",
                    models.CharField(
                        choices=[
                            ("answer", "observations à envoyer"),
                            ("silence", "délai d’observations passé"),
                            ("reply", "réponse de la coordination attendue"),
                            ("evidence", "preuve qui se périme"),
                            ("derogation", "dérogation qui s’achève"),
                        ],
                        max_length=10,
                        verbose_name="au sujet de",
                    ),
                ),
                ("object_id", models.UUIDField(verbose_name="objet")),
                ("due_on", models.DateField(verbose_name="échéance")),
                ("days", models.PositiveSmallIntegerField(verbose_name="jours avant")),
                ("sent_at", models.DateTimeField(verbose_name="le")),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="prévenu",
                    ),
                ),
            ],
            options={
                "verbose_name": "rappel du référentiel",
                "verbose_name_plural": "rappels du référentiel",
                "ordering": ["-sent_at"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("about", "object_id", "due_on", "days", "recipient"), name="standards_reminder_once"
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="visit",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("draft", "sent", "unanswered", "answered"))),
                fields=("partner",),
                name="visit_one_open",
                violation_error_message="Une visite de cette structure est déjà en cours : terminez-la d’abord.",
            ),
        ),
        migrations.AddConstraint(
            model_name="visit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["draft", "cancelled"]),
                    models.Q(
                        ("answer_by__isnull", False),
                        ("sent_at__isnull", False),
                        ("sent_by__isnull", False),
                        ("visited_on__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="visit_sent_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="visit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "answered"), _negated=True),
                    models.Q(
                        ("answered_at__isnull", False), ("answered_by__isnull", False), ("reply_by__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="visit_answered_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="visit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "unanswered"), _negated=True),
                    models.Q(("reply_by__isnull", False), ("silent_at__isnull", False)),
                    _connector="OR",
                ),
                name="visit_unanswered_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="visit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at__isnull", False), ("closed_by__isnull", False), ("state", "closed")),
                    models.Q(models.Q(("state", "closed"), _negated=True), ("closed_at", None), ("closed_by", None)),
                    _connector="OR",
                ),
                name="visit_closed_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="visit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "cancelled"), _negated=True),
                    models.Q(
                        ("cancelled_at__isnull", False),
                        ("cancelled_by__isnull", False),
                        models.Q(("cancel_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="visit_cancelled_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="observation",
            constraint=models.UniqueConstraint(fields=("visit", "code"), name="observation_unique"),
        ),
        migrations.AddConstraint(
            model_name="observation",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_agreed", True), models.Q(("text", ""), _negated=True), _connector="OR"),
                name="observation_says_why",
                violation_error_message="Dites pourquoi vous n’êtes pas d’accord.",
            ),
        ),
        migrations.AddIndex(
            model_name="confirmedmark",
            index=models.Index(fields=["partner", "code", "-decided_at"], name="confirmed_mark_latest"),
        ),
        migrations.AddConstraint(
            model_name="confirmedmark",
            constraint=models.UniqueConstraint(fields=("visit", "code"), name="confirmed_mark_once"),
        ),
        migrations.AddConstraint(
            model_name="confirmedmark",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_by", None), ("level", "standard"), ("origin", "silence")),
                    models.Q(models.Q(("origin", "silence"), _negated=True), ("decided_by__isnull", False)),
                    _connector="OR",
                ),
                name="confirmed_mark_never_by_silence",
            ),
        ),
        migrations.AddConstraint(
            model_name="confirmedmark",
            constraint=models.CheckConstraint(
                condition=models.Q(("level", "imperative"), ("value", "nc"), _negated=True),
                name="confirmed_mark_imperative_concerns",
            ),
        ),
        migrations.AddConstraint(
            model_name="visitmark",
            constraint=models.UniqueConstraint(fields=("visit", "code"), name="visit_mark_unique"),
        ),
        migrations.AddConstraint(
            model_name="visitmark",
            constraint=models.CheckConstraint(
                condition=models.Q(("level", "imperative"), ("value", "nc"), _negated=True),
                name="visit_mark_imperative_concerns",
            ),
        ),
    ]
