"""A scope is believed when it bears the proof of the owner; policies ask for the scope once a statement."""

from django.db import migrations

from cms.wall.sql import wall_load


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0007_owner_wall"),
        ("dashboards", "0003_wall"),
        ("documents", "0007_visibility_wall"),
        ("exports", "0003_wall"),
        ("partners", "0007_left_wall"),
        ("referentiel", "0004_left_wall"),
        ("reporting", "0003_wall"),
        ("rights", "0005_brake_wall"),
    ]

    operations = [
        migrations.RunSQL("DROP FUNCTION IF EXISTS scope_enter(uuid)", migrations.RunSQL.noop),
        *wall_load(
            "cms/journal",
            "cms/data_rights",
            "cms/documents/signatures",
            "cms/documents/units",
            "cms/documents/versions",
            "cms/exports",
            "cms/notify/duty",
            "cms/notify/inbox",
            "cms/partners/book",
            "cms/partners/conventions",
            "cms/partners/oncall",
            "cms/partners/people",
            "cases/arrival",
            "cases/circuit",
            "cases/files",
            "cases/incidents",
            "cases/incidents/authorities",
            "cases/matching",
            "cases/proposals",
            "cases/proposals/exchange",
            "cases/requests",
            "cases/stays",
            "dashboards/reporting/periods",
            "dashboards/reporting/state",
            "dashboards/tables",
            "formation/people",
            "formation/sessions",
            "referentiel/assessments",
            "referentiel/visits",
        ),
    ]
