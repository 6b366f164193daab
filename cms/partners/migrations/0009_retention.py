"""How long accounts of former members and contacts of a partner that left are kept."""

from django.db import migrations

# Everything that signs in goes with the name; the id stays, for the rows that this person wrote.
FORGET = (
    """
CREATE FUNCTION account_forget(row_id uuid) RETURNS uuid[]
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  DELETE FROM account_emailaddress WHERE user_id = $1;
  DELETE FROM mfa_authenticator WHERE user_id = $1;
  DELETE FROM access_apitoken WHERE user_id = $1;
  DELETE FROM access_draft WHERE user_id = $1;
  DELETE FROM access_signin WHERE user_id = $1;
  DELETE FROM socialaccount_socialaccount WHERE user_id = $1;
  DELETE FROM wagtailusers_userprofile WHERE user_id = $1;
  UPDATE users_user SET email = 'x-' || left(replace(gen_random_uuid()::text, '-', ''), 12) || '@anonyme.invalid',
    first_name = 'Ancien', last_name = 'membre', position = '', phone = '', password = '!', is_active = false,
    last_login = NULL WHERE id = $1;
  RETURN ARRAY[$1];
END $$;

CREATE FUNCTION contact_forget(row_id uuid) RETURNS uuid[] LANGUAGE sql SET search_path = pg_catalog, public, pg_temp AS $$
  WITH gone AS (DELETE FROM partners_contact WHERE id = $1 RETURNING id) SELECT coalesce(array_agg(id), '{}') FROM gone
$$;
SELECT journal_kind_register('contact', 'partners_contact');
""",
    """DELETE FROM journal_kind WHERE kind = 'contact'; DROP FUNCTION contact_forget(uuid);
    DROP FUNCTION account_forget(uuid)""",
)

# Whoever still holds a role of the network, or belongs to a partner today or tomorrow, has no date.
ACCOUNT = """SELECT u.id AS object_id, '' AS reference,
  CASE WHEN EXISTS (SELECT FROM users_user_groups g WHERE g.user_id = u.id)
         OR EXISTS (SELECT FROM partners_membership m WHERE m.user_id = u.id
                    AND (m.ends_on IS NULL OR m.ends_on >= current_date)) THEN NULL
       ELSE greatest((u.date_joined AT TIME ZONE 'Europe/Paris')::date, (u.last_login AT TIME ZONE 'Europe/Paris')::date,
                     (SELECT max(m.ends_on) FROM partners_membership m WHERE m.user_id = u.id)) END AS starts_on,
  ARRAY[u.id] AS together
FROM users_user u"""

CONTACT = """SELECT c.id AS object_id, '' AS reference, p.closed_on AS starts_on, ARRAY[c.id, p.id] AS together
FROM partners_contact c JOIN partners_partner p ON p.id = c.partner_id"""

REGISTER = (
    f"""
SELECT retention_kind_register('account', 'user', 'users_user', 'compte d’une personne partie',
  'la fin du dernier rattachement, ou la dernière connexion', 'anonymise', $starts${ACCOUNT}$starts$, 'account_forget', 24,
  'Deux ans après un départ, le compte ne sert plus ; ce que la personne a écrit reste, sous le nom « Ancien membre ».',
  'CNIL, référentiel protection de l’enfance, délibération 2022-008', 70);
SELECT retention_kind_register('contact', 'contact', 'partners_contact', 'contact d’un partenaire sorti du carnet',
  'la sortie du partenaire', 'destroy', $starts${CONTACT}$starts$, 'contact_forget', 12,
  'Un partenaire parti n’est plus à appeler : un an suffit pour régler ce qui restait.',
  'RGPD, article 5 : pas plus longtemps que nécessaire', 75);
""",
    "DELETE FROM retention_kind WHERE kind IN ('account', 'contact')",
)


class Migration(migrations.Migration):
    dependencies = [
        ("partners", "0008_convention_files"),
        ("retention", "0002_wall"),
        ("access", "0010_sessions_wall"),
        ("account", "0009_emailaddress_unique_primary_email"),
        ("socialaccount", "0006_alter_socialaccount_extra_data"),
        ("mfa", "0003_authenticator_type_uniq"),
        ("wagtailusers", "0015_userprofile_keyboard_shortcuts"),
    ]

    operations = [migrations.RunSQL(*FORGET), migrations.RunSQL(*REGISTER)]
