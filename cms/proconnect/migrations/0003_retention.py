"""How long a request for an account is kept: an answer that nobody came back to, or none, is not kept for ever."""

from django.db import migrations

FORGET = (
    """
CREATE FUNCTION account_request_forget(row_id uuid) RETURNS uuid[]
LANGUAGE sql SET search_path = pg_catalog, public, pg_temp AS $$
  WITH gone AS (DELETE FROM proconnect_accountrequest WHERE id = $1 RETURNING id)
  SELECT coalesce(array_agg(id), '{}') FROM gone
$$;
""",
    "DROP FUNCTION account_request_forget(uuid)",
)
# What opened an account is told by the account itself, which has its own rule.
STARTS = """SELECT r.id AS object_id, '' AS reference,
  (coalesce(r.decided_at, r.asked_at) AT TIME ZONE 'Europe/Paris')::date AS starts_on,
  array_remove(ARRAY[r.id, r.user_id], NULL) AS together
FROM proconnect_accountrequest r"""
REGISTER = (
    f"""
SELECT retention_kind_register('account_request', 'account_request', 'proconnect_accountrequest',
  'demande de compte venue de ProConnect', 'la réponse, ou la demande si personne n’a répondu', 'destroy',
  $starts${STARTS}$starts$, 'account_request_forget', 12,
  'Un an suffit pour revenir sur une réponse ; la personne peut toujours demander de nouveau.',
  'RGPD, article 5 : pas plus longtemps que nécessaire', 72);
""",
    "DELETE FROM retention_kind WHERE kind = 'account_request'",
)


class Migration(migrations.Migration):
    dependencies = [("proconnect", "0002_wall"), ("retention", "0002_wall")]

    operations = [migrations.RunSQL(*FORGET), migrations.RunSQL(*REGISTER)]
