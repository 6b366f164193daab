"""A declaration from outside names its structure; a notice to an authority is proved afterwards.

No index beside those of foreign keys: proofs and waivers are read by their notice or their incident, a few at a time.
On the way back, a declaration whose structure is not yet recognised must first be tied to one.
"""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import cms.vault.fields


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0039_pieces_and_agreed_words_wall"),
        ("partners", "0012_terms"),
        ("territory", "0001_initial"),
        ("values", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="NoticeProof",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("dated_on", models.DateField(verbose_name="daté du")),
                (
                    "words",
                    cms.vault.fields.SealedTextField(blank=True, null=True, verbose_name="accusé, référence, réponse"),
                ),
                ("piece_id", models.UUIDField(blank=True, editable=False, null=True, verbose_name="pièce")),
                ("added_at", models.DateTimeField(verbose_name="ajouté le")),
            ],
            options={
                "verbose_name": "justificatif d’une information",
                "verbose_name_plural": "justificatifs d’informations",
                "ordering": ["added_at"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="authoritywaiver",
            name="authoritywaiver_once",
        ),
        migrations.AddField(
            model_name="authoritywaiver",
            name="ase_authority",
            field=models.ForeignKey(
                blank=True,
                help_text="Vide : de tous ceux que l’incident appelle.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="territory.aseauthority",
                verbose_name="de quel département",
            ),
        ),
        migrations.AddField(
            model_name="incident",
            name="is_from_outside",
            field=models.BooleanField(
                default=False,
                editable=False,
                help_text="En confiance, par un professionnel d’ailleurs, sur une structure qu’il a nommée.",
                verbose_name="déclaré de l’extérieur",
            ),
        ),
        migrations.AddField(
            model_name="incidentdetail",
            name="structure_named",
            field=cms.vault.fields.SealedTextField(
                blank=True, null=True, verbose_name="structure, telle qu’elle est nommée"
            ),
        ),
        migrations.AlterField(
            model_name="incident",
            name="partner",
            field=models.ForeignKey(
                blank=True,
                help_text="Vide : déclarée de l’extérieur, la coordination n’a pas encore reconnu la structure.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="partners.partner",
                verbose_name="structure",
            ),
        ),
        migrations.AddConstraint(
            model_name="authoritywaiver",
            constraint=models.UniqueConstraint(
                fields=("incident", "authority", "ase_authority"),
                name="authoritywaiver_once",
                nulls_distinct=False,
                violation_error_message="Ce destinataire est déjà écarté.",
            ),
        ),
        migrations.AddConstraint(
            model_name="incident",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("is_from_outside", False), ("partner__isnull", False)),
                    models.Q(("is_confidential", True), ("is_from_outside", True), ("service", None)),
                    _connector="OR",
                ),
                name="incident_from_outside_is_confidential",
                violation_error_message="Choisissez la structure : seule une déclaration en confiance peut la nommer.",
            ),
        ),
        migrations.AddField(
            model_name="noticeproof",
            name="added_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="ajouté par",
            ),
        ),
        migrations.AddField(
            model_name="noticeproof",
            name="notice",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="proofs",
                to="cases.authoritynotice",
                verbose_name="information",
            ),
        ),
    ]
