import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

STEPS = [("first", "premier rappel"), ("last", "dernier rappel"), ("over", "délai passé")]


def person(label: str) -> models.ForeignKey:
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to=settings.AUTH_USER_MODEL,
        verbose_name=label,
    )


def version(related_name: str) -> models.ForeignKey:
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT,
        related_name=related_name,
        to="documents.documentversion",
        verbose_name="version",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0002_wall"),
        ("partners", "0009_retention"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Reading",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("chapter", models.CharField(blank=True, max_length=200, verbose_name="chapitre")),
                ("read_at", models.DateTimeField(verbose_name="lu le")),
                ("user", person("personne")),
                ("version", version("readings")),
            ],
            options={
                "verbose_name": "lecture",
                "verbose_name_plural": "lectures",
                "ordering": ["read_at"],
                "constraints": [
                    models.UniqueConstraint(fields=("user", "version", "chapter"), name="reading_unique"),
                ],
            },
        ),
        migrations.CreateModel(
            name="SignatureReminder",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("step", models.CharField(choices=STEPS, max_length=10, verbose_name="étape")),
                ("due_on", models.DateField(verbose_name="à signer avant le")),
                ("sent_at", models.DateTimeField(verbose_name="envoyé le")),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.partner",
                        verbose_name="partenaire",
                    ),
                ),
                ("user", person("destinataire")),
                ("version", version("reminders")),
            ],
            options={
                "verbose_name": "rappel de signature",
                "verbose_name_plural": "rappels de signature",
                "ordering": ["-sent_at"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("version", "partner", "user", "step"), name="signature_reminder_unique"
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="acknowledgement",
            name="recorded_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="enregistrée le"),
        ),
        migrations.AddField(
            model_name="acknowledgement",
            name="recorded_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="enregistrée par",
            ),
        ),
        migrations.AlterField(
            model_name="acknowledgement",
            name="signed_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="signée par",
            ),
        ),
        migrations.AddConstraint(
            model_name="acknowledgement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("recorded_at", None), ("recorded_by", None), ("signed_by__isnull", False)),
                    models.Q(("recorded_at__isnull", False), ("recorded_by__isnull", False), ("signed_by", None)),
                    _connector="OR",
                ),
                name="acknowledgement_screen_or_paper",
            ),
        ),
    ]
