"""An authority told: of which département, whom they spoke to, the proof; and those that need not be told, and why.

The keys of both tables are their only indexes: a page asks for the rows of one incident.
"""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import cms.values.fields
import cms.vault.fields


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0029_unmet_wall"),
        ("territory", "0001_initial"),
        ("values", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="authoritynotice",
            name="ase_authority",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="territory.aseauthority",
                verbose_name="de quel département",
            ),
        ),
        migrations.AddField(
            model_name="authoritynotice",
            name="note",
            field=cms.vault.fields.SealedTextField(
                blank=True, null=True, verbose_name="interlocuteur, numéro ou référence donnés"
            ),
        ),
        migrations.AddField(
            model_name="authoritynotice",
            name="proof_id",
            field=models.UUIDField(blank=True, editable=False, null=True, verbose_name="justificatif"),
        ),
        migrations.CreateModel(
            name="AuthorityWaiver",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("words", cms.vault.fields.SealedTextField(blank=True, verbose_name="précision")),
                ("decided_at", models.DateTimeField(verbose_name="décidé le")),
                (
                    "authority",
                    cms.values.fields.ValueField(
                        limit_choices_to={"list": "autorite"},
                        list_code="autorite",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="values.value",
                        verbose_name="destinataire",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="décidé par",
                    ),
                ),
                (
                    "incident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="authority_waivers",
                        to="cases.incident",
                        verbose_name="incident",
                    ),
                ),
                (
                    "reason",
                    cms.values.fields.ValueField(
                        limit_choices_to={"list": "motif_non_information"},
                        list_code="motif_non_information",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="values.value",
                        verbose_name="motif",
                    ),
                ),
            ],
            options={
                "verbose_name": "destinataire écarté",
                "verbose_name_plural": "destinataires écartés",
                "ordering": ["decided_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("authority__in_list", "autorite"), ("authority__isnull", True), _connector="OR"
                        ),
                        name="authoritywaiver_authority_list",
                        violation_error_message="Cette valeur n’appartient pas à la liste attendue.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reason__in_list", "motif_non_information"), ("reason__isnull", True), _connector="OR"
                        ),
                        name="authoritywaiver_reason_list",
                        violation_error_message="Cette valeur n’appartient pas à la liste attendue.",
                    ),
                    models.UniqueConstraint(
                        fields=("incident", "authority"),
                        name="authoritywaiver_once",
                        violation_error_message="Ce destinataire est déjà écarté.",
                    ),
                ],
            },
        ),
    ]
