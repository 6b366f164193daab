"""The contact of a unit that left the address book loses its name a year later; dates and reviews stay."""

from django.db import migrations

KEPT = (
    """
CREATE FUNCTION unit_contact_forget(row_id uuid) RETURNS uuid[] LANGUAGE sql
SET search_path = pg_catalog, public, pg_temp AS $$
  WITH gone AS (UPDATE documents_authorisedunit SET contact_name = 'Ancien contact', contact_position = '–',
      contact_phone = '' WHERE partner_id = $1 AND contact_name <> 'Ancien contact' RETURNING partner_id)
  SELECT coalesce(array_agg(partner_id), '{}') FROM gone
$$;
SELECT retention_kind_register('unit_contact', 'partner', 'partners_partner',
  'contact d’une unité sortie du carnet', 'la sortie de l’unité', 'anonymise',
  'SELECT u.partner_id AS object_id, '''' AS reference,
     CASE WHEN u.contact_name <> ''Ancien contact'' THEN p.closed_on END AS starts_on, ARRAY[u.partner_id] AS together
   FROM documents_authorisedunit u JOIN partners_partner p ON p.id = u.partner_id',
  'unit_contact_forget', 12, 'Une unité partie n’est plus à appeler : un an suffit pour régler ce qui restait.',
  'RGPD, article 5 : pas plus longtemps que nécessaire', 92);
""",
    """DELETE FROM retention_kind WHERE kind = 'unit_contact';
    DROP FUNCTION unit_contact_forget(uuid)""",
)


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0010_scheduled_publication_wall"),
        ("retention", "0003_rings"),
        ("partners", "0009_retention"),
    ]

    operations = [migrations.RunSQL(*KEPT)]
