"""The agreement of the authority that pays, on the price and the end as they are written."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0023_requests_wall"),
        ("territory", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PayerAgreement",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("daily_price_cents", models.PositiveIntegerField(verbose_name="prix de journée (centimes)")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="jusqu’au")),
                ("agreed_on", models.DateField(verbose_name="accord du")),
                ("is_on_paper", models.BooleanField(default=False, verbose_name="reçu sur papier")),
                (
                    "given_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="donné par",
                    ),
                ),
                (
                    "linking",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payer_agreements",
                        to="cases.linking",
                        verbose_name="mise en lien",
                    ),
                ),
                (
                    "payer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.aseauthority",
                        verbose_name="autorité qui paie",
                    ),
                ),
            ],
            options={
                "verbose_name": "accord de l’autorité qui paie",
                "verbose_name_plural": "accords des autorités qui paient",
                "ordering": ["agreed_on"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("linking", "payer", "daily_price_cents", "ends_on"),
                        name="payeragreement_once",
                        nulls_distinct=False,
                        violation_error_message="Cet accord financier est déjà validé.",
                    )
                ],
            },
        ),
    ]
