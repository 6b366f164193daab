import uuid

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import cms.values.fields


class Migration(migrations.Migration):
    dependencies = [
        ("formation", "0010_questions_wall"),
        ("partners", "0011_pipeline_wall"),
        ("territory", "0001_initial"),
        ("values", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="YearPlan",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "year",
                    models.PositiveSmallIntegerField(
                        unique=True,
                        validators=[
                            django.core.validators.MinValueValidator(2020),
                            django.core.validators.MaxValueValidator(2100),
                        ],
                        verbose_name="année",
                    ),
                ),
                ("aims", models.TextField(max_length=4000, verbose_name="objectifs de l’année")),
                ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="publié le")),
            ],
            options={
                "verbose_name": "plan annuel de formation",
                "verbose_name_plural": "plans annuels de formation",
                "ordering": ["-year"],
            },
        ),
        migrations.CreateModel(
            name="YearPlanLine",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("module_code", models.CharField(max_length=20, verbose_name="module")),
                (
                    "quarter",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "1er trimestre"), (2, "2e trimestre"), (3, "3e trimestre"), (4, "4e trimestre")],
                        verbose_name="trimestre",
                    ),
                ),
                (
                    "sessions",
                    models.PositiveSmallIntegerField(
                        validators=[django.core.validators.MaxValueValidator(200)], verbose_name="sessions"
                    ),
                ),
                (
                    "people",
                    models.PositiveSmallIntegerField(
                        validators=[django.core.validators.MaxValueValidator(10000)], verbose_name="personnes à former"
                    ),
                ),
            ],
            options={
                "verbose_name": "ligne du plan annuel",
                "verbose_name_plural": "lignes du plan annuel",
                "ordering": ["module_code", "quarter"],
            },
        ),
        migrations.AddField(
            model_name="professional",
            name="sex",
            field=models.CharField(
                blank=True, choices=[("F", "femme"), ("M", "homme"), ("X", "autre")], max_length=1, verbose_name="sexe"
            ),
        ),
        migrations.AddField(
            model_name="professional",
            name="working_since",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="exerce depuis (année)"),
        ),
        migrations.AddField(
            model_name="session",
            name="aimed_territories",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=3),
                blank=True,
                default=list,
                size=None,
                verbose_name="départements visés",
            ),
        ),
        migrations.AddField(
            model_name="session",
            name="audiences",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=80),
                blank=True,
                default=list,
                size=None,
                verbose_name="publics visés",
            ),
        ),
        migrations.AddField(
            model_name="session",
            name="closed_without",
            field=models.CharField(blank=True, max_length=300, verbose_name="close sans contre-signature"),
        ),
        migrations.AddConstraint(
            model_name="professional",
            constraint=models.CheckConstraint(
                condition=models.Q(("working_since", None), ("working_since__range", (1950, 2100)), _connector="OR"),
                name="professional_working_since",
                violation_error_message="Écrivez l’année où la personne a commencé à exercer.",
            ),
        ),
        migrations.AddField(
            model_name="yearplan",
            name="published_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="publié par",
            ),
        ),
        migrations.AddField(
            model_name="yearplanline",
            name="audience",
            field=cms.values.fields.ValueField(
                blank=True,
                limit_choices_to={"list": "groupe_profession"},
                list_code="groupe_profession",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="values.value",
                verbose_name="public",
            ),
        ),
        migrations.AddField(
            model_name="yearplanline",
            name="plan",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="lines",
                to="formation.yearplan",
                verbose_name="plan",
            ),
        ),
        migrations.AddField(
            model_name="yearplanline",
            name="region",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="territory.region",
                verbose_name="région",
            ),
        ),
        migrations.AddConstraint(
            model_name="yearplan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("published_at", None), ("published_by", None)),
                    models.Q(("published_at__isnull", False), ("published_by__isnull", False)),
                    _connector="OR",
                ),
                name="yearplan_published_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="yearplanline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("audience__in_list", "groupe_profession"), ("audience__isnull", True), _connector="OR"
                ),
                name="yearplanline_audience_list",
                violation_error_message="Cette valeur n’appartient pas à la liste attendue.",
            ),
        ),
        migrations.AddConstraint(
            model_name="yearplanline",
            constraint=models.CheckConstraint(
                condition=models.Q(("quarter__range", (1, 4))), name="yearplanline_quarter"
            ),
        ),
        migrations.AddConstraint(
            model_name="yearplanline",
            constraint=models.UniqueConstraint(
                fields=("plan", "module_code", "quarter", "audience", "region"),
                name="yearplanline_once",
                nulls_distinct=False,
                violation_error_message="Le plan a déjà cette ligne : changez ses nombres.",
            ),
        ),
    ]
