"""Rows of sessions bear a digest of their key: who is signed in stays so."""

from django.db import migrations

DIGESTS = """
UPDATE django_session SET session_key = left(encode(sha256(convert_to(session_key, 'UTF8')), 'hex'), 40)
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0008_proof_wall"), ("sessions", "0001_initial")]

    operations = [migrations.RunSQL(DIGESTS, migrations.RunSQL.noop)]
