"""A membership ends at once when it is revoked; a director renews and ends those of the team; nobody touches their own."""

from django.db import migrations

BODY = """
CREATE OR REPLACE FUNCTION scope_memberships_of(user_id uuid, day date) RETURNS TABLE (partner_id uuid, role text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT m.partner_id, m.role::text FROM partners_membership m
  WHERE m.user_id = $1 AND m.starts_on <= day AND (m.ends_on IS NULL OR m.ends_on >= day) {condition} $$;
"""
MEMBERSHIPS = (
    BODY.format(condition="AND (m.revoked_at IS NULL OR m.revoked_at > statement_timestamp())"),
    BODY.format(condition=""),
)

# How far somebody directs: the last day of the own membership, and a year at most. Nobody gives more than they hold.
UNTIL = (
    """
CREATE OR REPLACE FUNCTION directs_until(partner uuid) RETURNS date
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT max(least(coalesce(m.ends_on, 'infinity'::date), today + 366))
  FROM partners_membership m, LATERAL (SELECT (now() AT TIME ZONE 'Europe/Paris')::date) AS paris(today)
  WHERE m.user_id = scope_user_id() AND m.partner_id = $1 AND m.role = 'structure_director'
    AND m.starts_on <= today AND m.revoked_at IS NULL AND $1 = ANY (scope_partners_as('structure_director')) $$;
""",
    "DROP FUNCTION directs_until(uuid);",
)
CAN_SEE = (
    """
CREATE OR REPLACE FUNCTION can_see_membership(row_id uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT scope_sees_all_cases() OR scope_is_reference() OR EXISTS (SELECT 1 FROM partners_membership m
    WHERE m.id = $1 AND (m.user_id = scope_user_id() OR m.partner_id = ANY (scope_partner_ids()))) $$;
""",
    "DROP FUNCTION can_see_membership(uuid);",
)

MANAGES = "((SELECT scope_manages_cases()) OR (SELECT scope_is_reference()))"
NOT_OWN = "user_id IS DISTINCT FROM (SELECT scope_user_id())"
TEAM = "(role = 'structure_educator' AND partner_id = ANY ((SELECT scope_partners_as('structure_director'))::uuid[]))"
WRITE = """
DROP POLICY insert_rows ON partners_membership;
DROP POLICY update_rows ON partners_membership;
CREATE POLICY insert_rows ON partners_membership FOR INSERT WITH CHECK ({insert} AND can_see_partner(partner_id));
CREATE POLICY update_rows ON partners_membership FOR UPDATE USING ({update})
  WITH CHECK ({update} AND can_see_partner(partner_id));
"""
POLICIES = (
    WRITE.format(insert=f"({MANAGES} AND {NOT_OWN})", update=f"(({MANAGES} OR {TEAM}) AND {NOT_OWN})"),
    WRITE.format(insert=MANAGES, update=MANAGES),
)

# A policy cannot say which columns change.
FIXED = (
    """
CREATE OR REPLACE FUNCTION membership_guard() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF (NEW.user_id, NEW.partner_id, NEW.role) IS DISTINCT FROM (OLD.user_id, OLD.partner_id, OLD.role)
     OR (OLD.revoked_at IS NOT NULL AND NEW.revoked_at IS DISTINCT FROM OLD.revoked_at) THEN
    RAISE EXCEPTION 'membership: who, where, as what and a revocation never change'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'membership_fixed';
  END IF;
  IF scope_user_id() IS NOT NULL AND NOT scope_manages_cases() THEN
    IF (NEW.starts_on, NEW.can_sign) IS DISTINCT FROM (OLD.starts_on, OLD.can_sign) THEN
      RAISE EXCEPTION 'membership: a director changes its end alone'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'membership_fixed';
    ELSIF NEW.ends_on IS DISTINCT FROM OLD.ends_on
          AND (NEW.ends_on IS NULL OR NEW.ends_on > coalesce(directs_until(NEW.partner_id), '-infinity'::date)) THEN
      RAISE EXCEPTION 'membership: beyond the rights of the director'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'membership_within_director';
    END IF;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER membership_guard BEFORE UPDATE ON partners_membership
  FOR EACH ROW EXECUTE FUNCTION membership_guard();
""",
    "DROP TRIGGER membership_guard ON partners_membership; DROP FUNCTION membership_guard();",
)


class Migration(migrations.Migration):
    dependencies = [("partners", "0006_revoked"), ("access", "0002_scope")]

    operations = [migrations.RunSQL(*pair) for pair in [MEMBERSHIPS, UNTIL, CAN_SEE, POLICIES, FIXED]]
