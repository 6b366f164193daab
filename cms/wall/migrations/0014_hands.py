"""What lets somebody sign in is written under the seal of the process; what a password gives stands apart."""

from django.db import migrations

from cms.wall.sql import wall_load

APART = """
INSERT INTO users_secret (user_id, digest)
SELECT id, encode(sha256(convert_to(substring(password FROM '[^$]+$'), 'UTF8')), 'hex') FROM users_user
WHERE password ~ '^[^!].*[$][^$]+$';
UPDATE users_user SET password = regexp_replace(password, '[^$]+$', '') WHERE password ~ '^[^!].*[$][^$]+$';
SET CONSTRAINTS ALL IMMEDIATE;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0013_doors"),
        ("accounts", "0003_wall"),
        ("proconnect", "0003_wall"),
        ("retention", "0002_wall"),
        ("values", "0002_wall"),
    ]

    operations = [
        *wall_load(
            "cms/wall", "cms/sessions", "cms/sessions/scopes", "cms/accounts", "cms/proconnect", "cms/retention"
        ),
        migrations.RunSQL(APART, migrations.RunSQL.noop),
    ]
