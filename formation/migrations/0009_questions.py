import uuid

import django.core.validators
import django.db.models.deletion
import wagtail.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("formation", "0008_merges_wall"),
    ]

    operations = [
        migrations.AddField(
            model_name="modulepage",
            name="questions",
            field=wagtail.fields.StreamField(
                [("one", 6), ("several", 6), ("scale", 7), ("text", 9)],
                blank=True,
                block_lookup={
                    0: ("wagtail.blocks.CharBlock", (), {"label": "Question", "max_length": 300}),
                    1: ("wagtail.blocks.CharBlock", (), {"label": "Réponse proposée", "max_length": 200}),
                    2: ("wagtail.blocks.BooleanBlock", (), {"label": "Bonne réponse", "required": False}),
                    3: ("wagtail.blocks.StructBlock", [[("text", 1), ("is_right", 2)]], {}),
                    4: ("wagtail.blocks.ListBlock", (3,), {"label": "Réponses proposées", "max_num": 8, "min_num": 2}),
                    5: (
                        "wagtail.blocks.ChoiceBlock",
                        [],
                        {
                            "choices": [
                                ("both", "Avant et après, pour mesurer le gain"),
                                ("before", "Avant seulement"),
                                ("after", "Après seulement"),
                            ],
                            "label": "Posée",
                        },
                    ),
                    6: ("wagtail.blocks.StructBlock", [[("text", 0), ("choices", 4), ("moment", 5)]], {}),
                    7: ("wagtail.blocks.StructBlock", [[("text", 0), ("moment", 5)]], {}),
                    8: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {
                            "help_text": "Sous la question, chacun lira : N’écrivez aucun nom, et rien qui concerne un mineur.",
                            "label": "Question",
                            "max_length": 300,
                        },
                    ),
                    9: ("wagtail.blocks.StructBlock", [[("text", 8), ("moment", 5)]], {}),
                },
                help_text="Les sessions planifiées ensuite le posent tel que publié. La satisfaction se demande toujours.",
                verbose_name="questionnaire",
            ),
        ),
        migrations.AlterField(
            model_name="sessionnotice",
            name="kind",
            field=models.CharField(
                choices=[
                    ("invited", "convocation"),
                    ("promoted", "place libérée"),
                    ("postponed", "report"),
                    ("cancelled", "annulation"),
                    ("questions", "questionnaire d’après"),
                ],
                max_length=10,
                verbose_name="nature",
            ),
        ),
        migrations.CreateModel(
            name="AnswerSheet",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "moment",
                    models.CharField(
                        choices=[("before", "avant la session"), ("after", "après la session")],
                        max_length=10,
                        verbose_name="moment",
                    ),
                ),
                ("answers", models.JSONField(default=dict, verbose_name="réponses")),
                ("knowledge", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="bonnes réponses")),
                (
                    "confidence",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="aisance ressentie"),
                ),
                (
                    "way",
                    models.CharField(
                        choices=[("account", "compte"), ("link", "lien"), ("device", "appareil du formateur")],
                        max_length=10,
                        verbose_name="moyen",
                    ),
                ),
                ("answered_at", models.DateTimeField(verbose_name="répondu le")),
                (
                    "enrolment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answer_sheets",
                        to="formation.enrolment",
                        verbose_name="inscription",
                    ),
                ),
                (
                    "walk_in",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answer_sheets",
                        to="formation.walkin",
                        verbose_name="personne venue sans inscription",
                    ),
                ),
            ],
            options={
                "verbose_name": "réponses à un questionnaire",
                "verbose_name_plural": "réponses à un questionnaire",
                "ordering": ["answered_at"],
                "constraints": [
                    models.UniqueConstraint(fields=("enrolment", "moment"), name="answersheet_once"),
                    models.UniqueConstraint(fields=("walk_in", "moment"), name="answersheet_once_walk_in"),
                    models.CheckConstraint(
                        condition=models.Q(("enrolment__isnull", False), ("walk_in__isnull", False), _connector="OR"),
                        name="answersheet_of_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("knowledge", None), ("knowledge__lte", 100), _connector="OR"),
                            models.Q(("confidence", None), ("confidence__lte", 100), _connector="OR"),
                        ),
                        name="answersheet_percents",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Satisfaction",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "aims",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ],
                        verbose_name="objectifs tenus",
                    ),
                ),
                (
                    "useful",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ],
                        verbose_name="utile au travail",
                    ),
                ),
                (
                    "teaching",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ],
                        verbose_name="animation",
                    ),
                ),
                (
                    "recommended",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ],
                        verbose_name="conseillée",
                    ),
                ),
                ("comment", models.TextField(blank=True, max_length=1000, verbose_name="en quelques mots")),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="formation.session",
                        verbose_name="session",
                    ),
                ),
            ],
            options={
                "verbose_name": "avis sur une session",
                "verbose_name_plural": "avis sur une session",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("aims__range", (1, 5)),
                            ("recommended__range", (1, 5)),
                            ("teaching__range", (1, 5)),
                            ("useful__range", (1, 5)),
                        ),
                        name="satisfaction_marks",
                    )
                ],
            },
        ),
    ]
