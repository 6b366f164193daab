"""The day on which a token last served is a day of Paris, as every other."""

from django.db import migrations

USE = """
CREATE OR REPLACE FUNCTION api_token_use(digest text) RETURNS TABLE(user_id uuid, held varchar[], is_live boolean)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  UPDATE access_apitoken t SET last_used_on = {today}
  WHERE t.digest = $1 AND t.revoked_at IS NULL AND t.expires_at > statement_timestamp()
    AND t.last_used_on IS DISTINCT FROM {today};
  SELECT t.user_id, t.held, t.revoked_at IS NULL AND t.expires_at > statement_timestamp() AND u.is_active
  FROM access_apitoken t JOIN users_user u ON u.id = t.user_id WHERE t.digest = $1
$$"""


class Migration(migrations.Migration):
    dependencies = [("access", "0010_sessions_wall")]

    operations = [
        migrations.RunSQL(
            USE.format(today="(now() AT TIME ZONE 'Europe/Paris')::date"), USE.format(today="current_date")
        )
    ]
