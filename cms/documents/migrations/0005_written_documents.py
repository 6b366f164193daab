"""Pages of documents made of articles. No index: a branch is read by its path, a kind is unique."""

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0004_readings_wall"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.CreateModel(
            name="ArticlePage",
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
                        help_text="Il ne change plus : on s’y réfère.",
                        max_length=20,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[A-Z]?[0-9]+(\\.[0-9]+)*$", "Un code s’écrit avec des chiffres, comme 3 ou 3.1."
                            )
                        ],
                        verbose_name="numéro d’article",
                    ),
                ),
                (
                    "text",
                    models.TextField(
                        help_text="Un paragraphe par ligne. Un tiret (- ) en tête de ligne fait un point de liste.",
                        verbose_name="texte",
                    ),
                ),
                ("law", models.CharField(blank=True, max_length=200, verbose_name="texte de loi")),
                (
                    "is_law_verified",
                    models.BooleanField(
                        default=False,
                        help_text="Tant qu’il ne l’est pas, personne ne le voit.",
                        verbose_name="texte de loi vérifié",
                    ),
                ),
            ],
            options={
                "verbose_name": "article d’un document",
                "verbose_name_plural": "articles de documents",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="DocumentPage",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("fsi-protocol", "Protocole police et gendarmerie"),
                            ("charter", "Charte de confidentialité"),
                            ("training-strategy", "Stratégie de formation"),
                            ("incident-circuit", "Circuit de remontée des incidents"),
                        ],
                        editable=False,
                        max_length=30,
                        unique=True,
                        verbose_name="document",
                    ),
                ),
                (
                    "introduction",
                    models.TextField(
                        help_text="À qui ce document s’adresse, et ce qu’il engage.", verbose_name="introduction"
                    ),
                ),
            ],
            options={
                "verbose_name": "page d’un document",
                "verbose_name_plural": "pages de documents",
            },
            bases=("wagtailcore.page",),
        ),
    ]
