"""Hashes of the names of minors, seen and written by the coordination alone; those already sealed enter here."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

from cases.names import name_digests
from cms.access.wall import policies

MANAGES = "(SELECT scope_manages_cases())"
WALL = policies(
    "cases_casename", select=MANAGES, insert=MANAGES, update="false", delete=MANAGES, check="can_see_case(case_id)"
)


def names_enter(apps, schema_editor):
    names = apps.get_model("cases", "CaseName").objects
    for row in apps.get_model("cases", "CaseIdentity").objects.all():
        digests = name_digests(last_name=row.last_name, first_name=row.first_name, aliases=row.aliases or ())
        for digest in digests:
            names.create(case_id=row.case_id, digest=digest)


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_reveal_wall")]

    operations = [
        migrations.CreateModel(
            name="CaseName",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("digest", models.CharField(db_index=True, max_length=64, verbose_name="empreinte")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="names",
                        to="cases.case",
                        verbose_name="situation",
                    ),
                ),
            ],
            options={
                "verbose_name": "empreinte de nom",
                "verbose_name_plural": "empreintes de noms",
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("case", "digest"), name="casename_unique"),
                    models.CheckConstraint(
                        condition=models.Q(("digest__regex", "^[0-9a-f]{64}$")), name="casename_digest"
                    ),
                ],
            },
        ),
        # Deferred checks of the rows entered would forbid to alter the table: they are settled first.
        migrations.RunPython(names_enter, migrations.RunPython.noop),
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED", migrations.RunSQL.noop),
        migrations.RunSQL(*WALL),
    ]
