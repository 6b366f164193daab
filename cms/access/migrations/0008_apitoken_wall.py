"""Row security of tokens, and the one function by which a token is recognised before anybody acts."""

from django.db import migrations

from cms.access.wall import definer, policies

OWN = "user_id = (SELECT scope_user_id())"
TOKEN = policies("access_apitoken", select=OWN, insert=OWN, update=OWN)
# Answers nothing about a digest that it does not know. The day is noted once: reading does not write at each call.
USE = definer(
    "api_token_use(digest text)",
    "TABLE(user_id uuid, held varchar[], is_live boolean)",
    """UPDATE access_apitoken t SET last_used_on = current_date
       WHERE t.digest = $1 AND t.revoked_at IS NULL AND t.expires_at > statement_timestamp()
         AND t.last_used_on IS DISTINCT FROM current_date;
       SELECT t.user_id, t.held, t.revoked_at IS NULL AND t.expires_at > statement_timestamp() AND u.is_active
       FROM access_apitoken t JOIN users_user u ON u.id = t.user_id WHERE t.digest = $1""",
    volatility="VOLATILE",
)
# Tokens of Django REST framework, kept in clear, which these replace.
FORMER = ("DROP TABLE IF EXISTS authtoken_token", migrations.RunSQL.noop)


class Migration(migrations.Migration):
    dependencies = [("access", "0007_apitoken")]

    operations = [migrations.RunSQL(*pair) for pair in [TOKEN, USE, FORMER]]
