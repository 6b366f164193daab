"""Structures invited to a session. The unique index serves the page of a session; that of the partner, its home page."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("formation", "0016_own_enrolment"),
        ("partners", "0012_terms"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SessionInvitation",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("invited_at", models.DateTimeField(verbose_name="invitée le")),
                ("declined_at", models.DateTimeField(blank=True, null=True, verbose_name="déclinée le")),
                ("why", models.CharField(blank=True, max_length=300, verbose_name="ce que dit la structure")),
                (
                    "declined_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="déclinée par",
                    ),
                ),
                (
                    "invited_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="invitée par",
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
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations",
                        to="formation.session",
                        verbose_name="session",
                    ),
                ),
            ],
            options={
                "verbose_name": "invitation d’une structure",
                "verbose_name_plural": "invitations de structures",
                "ordering": ["invited_at"],
                "constraints": [
                    models.UniqueConstraint(fields=("session", "partner"), name="sessioninvitation_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("declined_at", None), ("declined_by", None), ("why", "")),
                            models.Q(("declined_at__isnull", False), ("declined_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="sessioninvitation_declined_whole",
                    ),
                ],
            },
        ),
    ]
