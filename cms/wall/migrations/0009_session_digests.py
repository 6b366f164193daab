"""Rows of sessions bear a digest of their key: who is signed in stays so."""

from django.db import migrations

from cms.wall.sql import wall_load

DIGESTS = "UPDATE django_session SET session_key = session_digest(session_key)"


class Migration(migrations.Migration):
    dependencies = [("access", "0008_proof_wall"), ("sessions", "0001_initial")]

    operations = [*wall_load("cms/sessions"), migrations.RunSQL(DIGESTS, migrations.RunSQL.noop)]
