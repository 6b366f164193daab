"""A token names what it opens, and a policy of each table asks for it. Those that there are go on reading everything."""

import django.contrib.postgres.fields
from django.db import migrations, models

from cms.wall.sql import wall_load

CHOICES = [
    ("partner.read", "Partenaires, places et conventions"),
    ("request.read", "Demandes d’accueil, sans identité ni récit"),
    ("case.read", "Situations, sans identité"),
    ("proposal.read", "Orientations et propositions"),
    ("stay.read", "Séjours, absences et bilans"),
    ("incident.read", "Incidents, sauf confidentiels"),
    ("training.read", "Formation : sessions, inscriptions, présences, attestations"),
    ("document.read", "Référentiel et documents du réseau, engagements, auto-évaluations"),
    ("figures.read", "Indicateurs, tableaux et publications"),
    ("event.read", "Fil des événements, pour ce qui est coché ici"),
    ("place.confirm", "Lire et confirmer les places libres"),
    ("request.create", "Envoyer des demandes d’accueil"),
    ("training.plan", "Planifier des sessions de formation"),
    ("training.record", "Relever les présences d’une formation"),
]
EVERYTHING_READ = [code for code, _ in CHOICES if code.endswith(".read")]


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0010_idempotent_calls"),
        ("accounts", "0003_wall"),
        ("cases", "0015_extra_wall"),
        ("columns", "0002_wall"),
        ("dashboards", "0003_wall"),
        ("documents", "0007_visibility_wall"),
        ("events", "0004_webhooks_wall"),
        ("exports", "0003_wall"),
        ("files", "0004_wall"),
        ("formation", "0006_wall"),
        ("notify", "0004_wall"),
        ("partners", "0007_left_wall"),
        ("proconnect", "0003_wall"),
        ("referentiel", "0004_left_wall"),
        ("reporting", "0004_revision_cells"),
        ("retention", "0002_wall"),
        ("rights", "0005_brake_wall"),
        ("socialaccount", "0006_alter_socialaccount_extra_data"),
    ]

    operations = [
        migrations.AddField(
            model_name="apitoken",
            name="scopes",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(choices=CHOICES, max_length=20),
                default=EVERYTHING_READ,
                editable=False,
                size=None,
                verbose_name="ce qu’il ouvre",
            ),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="apitoken",
            constraint=models.CheckConstraint(
                condition=~models.Q(scopes=[]),
                name="api_token_opens_something",
                violation_error_message="Choisissez au moins une chose à ouvrir.",
            ),
        ),
        *wall_load("cms/wall", "cases/files", "cms/sessions/scopes"),
    ]
