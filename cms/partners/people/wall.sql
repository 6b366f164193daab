-- cms/partners/people: who may read and write its tables, and what the database holds true.
-- Loaded by a migration, which may load it again: docs/wall.md.

-- Functions

CREATE OR REPLACE FUNCTION can_see_membership(row_id uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT scope_sees_all_cases() OR scope_is_reference() OR EXISTS (SELECT 1 FROM partners_membership m
    WHERE m.id = $1 AND (m.user_id = (SELECT scope_user_id()) OR m.partner_id = ANY ((SELECT scope_partner_ids())::uuid[])))
$body$;

-- People who belong, or belonged, to a structure that the actor directs today.
CREATE OR REPLACE FUNCTION directed_user_ids() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT m.user_id FROM partners_membership m
    WHERE m.partner_id = ANY ((SELECT scope_partners_as('structure_director'))::uuid[])
$body$;

CREATE OR REPLACE FUNCTION directs_until(partner uuid) RETURNS date
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT max(least(coalesce(m.ends_on, 'infinity'::date), today + 366))
  FROM partners_membership m, LATERAL (SELECT (now() AT TIME ZONE 'Europe/Paris')::date) AS paris(today)
  WHERE m.user_id = (SELECT scope_user_id()) AND m.partner_id = $1 AND m.role = 'structure_director'
    AND m.starts_on <= today AND m.revoked_at IS NULL AND $1 = ANY ((SELECT scope_partners_as('structure_director'))::uuid[])
$body$;

CREATE OR REPLACE FUNCTION membership_guard() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $body$
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
END
$body$;

-- What the memberships of a day give. An educator who holds the delegation of the direction holds one role more.
CREATE OR REPLACE FUNCTION scope_memberships_of(user_id uuid, day date) RETURNS TABLE(partner_id uuid, role text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT m.partner_id, r.role FROM partners_membership m CROSS JOIN LATERAL (
      SELECT m.role::text AS role
      UNION ALL SELECT 'structure_delegate' WHERE m.may_answer AND m.role = 'structure_educator') r
    WHERE m.user_id = $1 AND m.starts_on <= day AND (m.ends_on IS NULL OR m.ends_on >= day)
      AND (m.revoked_at IS NULL OR m.revoked_at > statement_timestamp())
$body$;

-- Who belonged to the network and no longer does: every attachment ended, or a role taken back, and nothing held today.
-- An account that never held anything, as that of a trainee, did not leave. `accounts_rightschange` is known further up.
CREATE OR REPLACE FUNCTION scope_has_left() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT scope_user_id() IS NOT NULL AND cardinality(scope_roles()) = 0 AND (
    EXISTS (SELECT 1 FROM partners_membership m WHERE m.user_id = (SELECT scope_user_id())
      AND (m.revoked_at <= statement_timestamp() OR m.ends_on < (now() AT TIME ZONE 'Europe/Paris')::date))
    OR EXISTS (SELECT 1 FROM accounts_rightschange c WHERE c.user_id = (SELECT scope_user_id()) AND NOT c.is_given
      AND c.state = 'approved'))
$body$;

-- What is everybody's in the network: whoever is signed in and did not leave, and the system actors.
CREATE OR REPLACE FUNCTION scope_is_inside() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT scope_system() IS NOT NULL OR (scope_user_id() IS NOT NULL AND NOT scope_has_left())
$body$;

-- Tables

CREATE TRIGGER membership_guard BEFORE UPDATE ON partners_membership FOR EACH ROW EXECUTE FUNCTION
  membership_guard();
ALTER TABLE partners_membership ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON partners_membership FOR SELECT
  USING ((SELECT scope_sees_all_cases()) OR (SELECT scope_is_reference()) OR user_id = (SELECT scope_user_id()) OR
    partner_id = ANY ((SELECT scope_partner_ids())::uuid[]));
CREATE POLICY insert_rows ON partners_membership FOR INSERT
  WITH CHECK ((((SELECT scope_manages_cases()) OR (SELECT scope_is_reference())) AND user_id IS DISTINCT FROM
    (SELECT scope_user_id())) AND can_see_partner(partner_id));
CREATE POLICY update_rows ON partners_membership FOR UPDATE
  USING (((((SELECT scope_manages_cases()) OR (SELECT scope_is_reference())) OR (role = 'structure_educator' AND
    partner_id = ANY ((SELECT scope_partners_as('structure_director'))::uuid[]))) AND user_id IS DISTINCT FROM
    (SELECT scope_user_id())))
  WITH CHECK (((((SELECT scope_manages_cases()) OR (SELECT scope_is_reference())) OR (role = 'structure_educator'
    AND partner_id = ANY ((SELECT scope_partners_as('structure_director'))::uuid[]))) AND user_id IS DISTINCT
    FROM (SELECT scope_user_id())) AND can_see_partner(partner_id));
CREATE POLICY delete_rows ON partners_membership FOR DELETE USING (false);
