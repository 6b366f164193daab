"""Whoever has no account is told at an address, through the same rows; the message is over once it has left."""

from django.db import migrations

TODAY = "(now() AT TIME ZONE 'Europe/Paris')::date"


def owe(parameter: str, same: str, column: str, value: str) -> str:
    return f"""
CREATE FUNCTION obligation_owe(p_id uuid, p_kind text, p_object_id uuid, p_person uuid, p_partner uuid, p_role text,
  p_due date{parameter}) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF scope_user_id() IS NULL AND scope_system() IS NULL THEN
    RETURN false;
  END IF;
  UPDATE notify_obligation o SET closed_at = clock_timestamp() WHERE o.kind = p_kind AND o.object_id = p_object_id
    AND o.person_id {same} p_person AND o.partner_id IS NOT DISTINCT FROM p_partner AND o.closed_at IS NULL
    AND o.due_on IS DISTINCT FROM p_due;
  INSERT INTO notify_obligation (id, kind, object_id, person_id, partner_id, role, due_on, owed_at{column})
    VALUES (p_id, p_kind, p_object_id, p_person, p_partner, p_role, p_due, clock_timestamp(){value})
    ON CONFLICT (kind, object_id, person_id, partner_id{column}) WHERE closed_at IS NULL DO NOTHING;
  RETURN FOUND;
END $$;
"""


WITHOUT = "DROP FUNCTION obligation_owe(uuid, text, uuid, uuid, uuid, text, date)"
WITH = "DROP FUNCTION obligation_owe(uuid, text, uuid, uuid, uuid, text, date, text)"
OWE = (
    f"{WITHOUT}; {owe(', p_address text', 'IS NOT DISTINCT FROM', ', address', ', p_address')}",
    f"{WITH}; {owe('', '=', '', '')}",
)


def held(join: str, always: str) -> str:
    """Who still holds what they were told for: an account that signs in, the membership, the role. An address always."""
    return f"""
CREATE OR REPLACE FUNCTION obligation_held_ids() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT o.id FROM notify_obligation o {join}
    WHERE o.closed_at IS NULL AND CASE {always}
      WHEN o.partner_id IS NOT NULL THEN EXISTS (SELECT 1 FROM partners_membership m
        WHERE m.user_id = o.person_id AND m.partner_id = o.partner_id AND (o.role = '' OR m.role = o.role)
          AND m.revoked_at IS NULL
          AND m.starts_on <= {TODAY} AND (m.ends_on IS NULL OR m.ends_on >= {TODAY}))
      WHEN o.role <> '' THEN EXISTS (SELECT 1 FROM users_user_groups l JOIN auth_group g ON g.id = l.group_id
        WHERE l.user_id = o.person_id AND g.name = o.role)
      ELSE true END $$;
"""


HELD = (
    held(
        "LEFT JOIN users_user u ON u.id = o.person_id",
        "WHEN o.person_id IS NULL THEN true WHEN NOT u.is_active THEN false",
    ),
    held("JOIN users_user u ON u.id = o.person_id AND u.is_active", ""),
)


class Migration(migrations.Migration):
    dependencies = [("notify", "0007_addresses")]

    operations = [migrations.RunSQL(*pair) for pair in [OWE, HELD]]
