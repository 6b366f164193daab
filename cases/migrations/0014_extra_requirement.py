"""Two people decide that an answer to an added field is compulsory."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0013_one_list_of_shelters"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ExtraRequirement",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("asked_at", models.DateTimeField(editable=False, verbose_name="demandé le")),
                ("agreed_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="accordé le")),
                (
                    "dismissed_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="écarté le"),
                ),
                ("reason", models.CharField(editable=False, max_length=300, verbose_name="pourquoi")),
                (
                    "asked_count",
                    models.PositiveIntegerField(editable=False, verbose_name="fiches sans réponse, à la demande"),
                ),
                (
                    "agreed_count",
                    models.PositiveIntegerField(
                        editable=False, null=True, verbose_name="fiches sans réponse, à l’accord"
                    ),
                ),
                (
                    "undone_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="rendu facultatif le"),
                ),
            ],
            options={
                "verbose_name": "réponse rendue obligatoire",
                "verbose_name_plural": "réponses rendues obligatoires",
                "ordering": ["-asked_at"],
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.AlterField(
            model_name="extrafield",
            name="is_required",
            field=models.BooleanField(
                default=False,
                editable=False,
                help_text="Jamais sur les trois écrans de la police, de la gendarmerie et des transmetteurs.",
                verbose_name="réponse obligatoire",
            ),
        ),
        migrations.AddConstraint(
            model_name="extrafield",
            constraint=models.CheckConstraint(
                condition=models.Q(("retired_on", None), ("is_required", False), _connector="OR"),
                name="extrafield_retired_optional",
            ),
        ),
        migrations.AddField(
            model_name="extrarequirement",
            name="agreed_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="accordé par",
            ),
        ),
        migrations.AddField(
            model_name="extrarequirement",
            name="asked_by",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="demandé par",
            ),
        ),
        migrations.AddField(
            model_name="extrarequirement",
            name="dismissed_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="écarté par",
            ),
        ),
        migrations.AddField(
            model_name="extrarequirement",
            name="field",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="requirements",
                to="cases.extrafield",
                verbose_name="champ",
            ),
        ),
        migrations.AddField(
            model_name="extrarequirement",
            name="undone_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="rendu facultatif par",
            ),
        ),
        migrations.AddConstraint(
            model_name="extrarequirement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("agreed_at", None), ("agreed_by", None)),
                    models.Q(
                        ("agreed_at__isnull", False),
                        ("agreed_by__isnull", False),
                        models.Q(("agreed_by", models.F("asked_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="extrarequirement_two_people",
            ),
        ),
        migrations.AddConstraint(
            model_name="extrarequirement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("dismissed_at", None), ("dismissed_by", None)),
                    models.Q(("dismissed_at__isnull", False), ("dismissed_by__isnull", False), ("agreed_at", None)),
                    _connector="OR",
                ),
                name="extrarequirement_dismissed_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="extrarequirement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("undone_at", None), ("undone_by", None)),
                    models.Q(("undone_at__isnull", False), ("undone_by__isnull", False), ("agreed_at__isnull", False)),
                    _connector="OR",
                ),
                name="extrarequirement_undone_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="extrarequirement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("agreed_at", None), ("agreed_count", None)),
                    models.Q(("agreed_at__isnull", False), ("agreed_count__isnull", False)),
                    _connector="OR",
                ),
                name="extrarequirement_counted",
            ),
        ),
        migrations.AddConstraint(
            model_name="extrarequirement",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="extrarequirement_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="extrarequirement",
            constraint=models.UniqueConstraint(
                condition=models.Q(("agreed_at", None), ("dismissed_at", None)),
                fields=("field",),
                name="extrarequirement_one_waiting",
                violation_error_message="Une demande attend déjà une seconde personne pour ce champ.",
            ),
        ),
        migrations.AddConstraint(
            model_name="extrarequirement",
            constraint=models.UniqueConstraint(
                condition=models.Q(("agreed_at__isnull", False), ("undone_at", None)),
                fields=("field",),
                name="extrarequirement_one_holding",
            ),
        ),
    ]
