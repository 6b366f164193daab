"""A writing of a software is done once for a key."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from cms.wall.sql import wall_load


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0009_session_digests"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="IdempotentCall",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("key", models.CharField(max_length=64, verbose_name="clé")),
                ("fingerprint", models.CharField(max_length=64, verbose_name="empreinte de l’envoi")),
                (
                    "object_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), size=None, verbose_name="objets écrits"
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="fait le")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="compte",
                    ),
                ),
            ],
            options={
                "verbose_name": "envoi d’un logiciel",
                "verbose_name_plural": "envois d’un logiciel",
                "indexes": [models.Index(fields=["at"], name="idempotent_call_by_age")],
                "constraints": [models.UniqueConstraint(fields=("user", "key"), name="idempotent_call_once")],
            },
        ),
        *wall_load("cms/sessions/calls"),
    ]
