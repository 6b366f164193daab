"""A proposal may be published on a day by itself, or lapse. No index: open proposals are a handful, found by their own."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0008_proposals_units_wall"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="versionproposal",
            name="scheduled_on",
            field=models.DateField(
                blank=True,
                help_text="Vide : une personne la publie.",
                null=True,
                verbose_name="publiée d’elle-même le",
            ),
        ),
        migrations.AlterField(
            model_name="versionproposal",
            name="state",
            field=models.CharField(
                choices=[
                    ("proposed", "À valider"),
                    ("validated", "Validée, à publier"),
                    ("returned", "À reprendre"),
                    ("withdrawn", "Retirée"),
                    ("published", "Publiée"),
                    ("lapsed", "Pas publiée le jour prévu"),
                ],
                default="proposed",
                max_length=10,
                verbose_name="état",
            ),
        ),
        migrations.AddConstraint(
            model_name="versionproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("scheduled_on", None), ("scheduled_on__lte", models.F("effective_on")), _connector="OR"
                ),
                name="proposal_scheduled_before_effect",
                violation_error_message="La version ne s’applique pas avant d’être publiée.",
            ),
        ),
        migrations.AddConstraint(
            model_name="versionproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "lapsed"), _negated=True), ("scheduled_on__isnull", False), _connector="OR"
                ),
                name="proposal_lapsed_whole",
            ),
        ),
    ]
