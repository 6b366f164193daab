"""A request opens the scope by a secret of its connexion. Connexions begun before have none: everybody signs in again."""

from django.db import migrations

# `CREATE OR REPLACE` does not rename a parameter: the next migration writes them again.
PARAMETERS = """
DROP FUNCTION IF EXISTS api_token_use(text);
DROP FUNCTION IF EXISTS token_narrow(text);
"""
SIGN_IN_AGAIN = """
UPDATE access_signin SET ended_at = now(), ending = 'account' WHERE ended_at IS NULL;
DELETE FROM django_session;
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0012_software_key")]

    operations = [
        migrations.RunSQL(PARAMETERS, migrations.RunSQL.noop),
        migrations.RunSQL(SIGN_IN_AGAIN, migrations.RunSQL.noop),
    ]
