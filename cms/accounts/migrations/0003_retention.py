"""How long an invitation is kept: it holds the address of somebody who may never have come."""

from django.db import migrations

FORGET = (
    """
CREATE FUNCTION invitation_forget(row_id uuid) RETURNS uuid[]
LANGUAGE sql SET search_path = pg_catalog, public, pg_temp AS $$
  WITH gone AS (DELETE FROM accounts_invitation WHERE id = $1 RETURNING id)
  SELECT coalesce(array_agg(id), '{}') FROM gone
$$;
""",
    "DROP FUNCTION invitation_forget(uuid)",
)
STARTS = """SELECT i.id AS object_id, '' AS reference,
  (coalesce(i.accepted_at, i.cancelled_at, i.expires_at) AT TIME ZONE 'Europe/Paris')::date AS starts_on,
  array_remove(ARRAY[i.id, i.accepted_by_id], NULL) AS together
FROM accounts_invitation i"""
REGISTER = (
    f"""
SELECT retention_kind_register('invitation', 'invitation', 'accounts_invitation', 'invitation à ouvrir un compte',
  'son acceptation, son annulation ou la fin de son lien', 'destroy', $starts${STARTS}$starts$, 'invitation_forget', 6,
  'Une invitation close ne sert plus ; six mois suffisent pour savoir qui a été invité, et par qui.',
  'RGPD, article 5 : pas plus longtemps que nécessaire', 73);
""",
    "DELETE FROM retention_kind WHERE kind = 'invitation'",
)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_wall"), ("retention", "0002_wall")]

    operations = [migrations.RunSQL(*FORGET), migrations.RunSQL(*REGISTER)]
