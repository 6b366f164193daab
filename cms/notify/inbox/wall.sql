-- cms/notify/inbox: who may read and write its tables, and what the database holds true.
-- Loaded by a migration, which may load it again: docs/wall.md.

-- Functions

CREATE OR REPLACE FUNCTION can_see_obligation(row_id uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT coalesce(scope_system() = 'notify', false)
    OR EXISTS (SELECT 1 FROM notify_obligation o WHERE o.id = $1 AND o.person_id = (SELECT scope_user_id()))
$body$;

CREATE OR REPLACE FUNCTION obligation_close(p_kind text, p_object_id uuid, p_person uuid, p_partner uuid) RETURNS
  integer
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  WITH done AS (
      UPDATE notify_obligation o SET closed_at = clock_timestamp() WHERE (scope_user_id() IS NOT NULL OR scope_system() IS NOT NULL) AND o.kind = $1
        AND o.object_id = $2 AND o.closed_at IS NULL AND ($3 IS NULL OR o.person_id = $3)
        AND ($4 IS NULL OR o.partner_id = $4) RETURNING 1)
    SELECT count(*)::integer FROM done
$body$;

CREATE OR REPLACE FUNCTION obligation_freeze() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $body$
DECLARE
  expected notify_obligation := OLD;
BEGIN
  IF public.acts_as_owner() THEN
    RETURN NEW;
  END IF;
  IF coalesce(public.scope_system() = 'notify', false) THEN
    expected.closed_at := NEW.closed_at;
  ELSE
    expected.read_at := NEW.read_at;
    expected.opened_at := NEW.opened_at;
  END IF;
  IF NEW IS DISTINCT FROM expected THEN
    RAISE EXCEPTION 'obligation_frozen' USING ERRCODE = 'check_violation', CONSTRAINT = 'obligation_frozen';
  END IF;
  RETURN NEW;
END
$body$;

-- Who still holds what they were told for: an account that signs in, the membership, the role.
CREATE OR REPLACE FUNCTION obligation_held_ids() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT o.id FROM notify_obligation o LEFT JOIN users_user u ON u.id = o.person_id
    WHERE o.closed_at IS NULL AND CASE WHEN o.person_id IS NULL THEN true WHEN NOT u.is_active THEN false
      WHEN o.partner_id IS NOT NULL THEN EXISTS (SELECT 1 FROM partners_membership m
        WHERE m.user_id = o.person_id AND m.partner_id = o.partner_id AND (o.role = '' OR m.role = o.role
            OR (o.role = 'structure_delegate' AND m.role = 'structure_educator' AND m.may_answer))
          AND m.revoked_at IS NULL
          AND m.starts_on <= (now() AT TIME ZONE 'Europe/Paris')::date AND (m.ends_on IS NULL OR m.ends_on >= (now() AT TIME ZONE 'Europe/Paris')::date))
      WHEN o.role <> '' THEN EXISTS (SELECT 1 FROM users_user_groups l JOIN auth_group g ON g.id = l.group_id
        WHERE l.user_id = o.person_id AND g.name = o.role)
      ELSE true END
$body$;

CREATE OR REPLACE FUNCTION obligation_owe(p_id uuid, p_kind text, p_object_id uuid, p_person uuid, p_partner uuid,
  p_role text, p_due date, p_address text, p_due_at timestamptz) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
BEGIN
  IF scope_user_id() IS NULL AND scope_system() IS NULL THEN
    RETURN false;
  END IF;
  UPDATE notify_obligation o SET closed_at = clock_timestamp() WHERE o.kind = p_kind AND o.object_id = p_object_id
    AND o.person_id IS NOT DISTINCT FROM p_person AND o.partner_id IS NOT DISTINCT FROM p_partner AND o.closed_at IS NULL
    AND (o.due_on IS DISTINCT FROM p_due OR o.due_at IS DISTINCT FROM p_due_at);
  INSERT INTO notify_obligation (id, kind, object_id, person_id, partner_id, role, due_on, owed_at, address, due_at)
    VALUES (p_id, p_kind, p_object_id, p_person, p_partner, p_role, p_due, clock_timestamp(), p_address, p_due_at)
    ON CONFLICT (kind, object_id, person_id, partner_id, address) WHERE closed_at IS NULL DO NOTHING;
  RETURN FOUND;
END
$body$;

-- Tables

ALTER TABLE notify_messagetext ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON notify_messagetext FOR SELECT
  USING (coalesce((SELECT scope_system()) = 'notify', false) OR (SELECT scope_manages_cases()));
CREATE POLICY insert_rows ON notify_messagetext FOR INSERT
  WITH CHECK ((SELECT scope_manages_cases()) AND written_by_id = (SELECT scope_user_id()));
CREATE POLICY update_rows ON notify_messagetext FOR UPDATE USING (false) WITH CHECK (false);
CREATE POLICY delete_rows ON notify_messagetext FOR DELETE USING (false);

ALTER TABLE notify_notificationchoice ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON notify_notificationchoice FOR SELECT
  USING (coalesce((SELECT scope_system()) = 'notify', false) OR person_id = (SELECT scope_user_id()));
CREATE POLICY insert_rows ON notify_notificationchoice FOR INSERT
  WITH CHECK (person_id = (SELECT scope_user_id()));
CREATE POLICY update_rows ON notify_notificationchoice FOR UPDATE
  USING (person_id = (SELECT scope_user_id()))
  WITH CHECK (person_id = (SELECT scope_user_id()));
CREATE POLICY delete_rows ON notify_notificationchoice FOR DELETE USING (false);

CREATE TRIGGER obligation_frozen BEFORE UPDATE ON notify_obligation FOR EACH ROW EXECUTE FUNCTION
  obligation_freeze();
ALTER TABLE notify_obligation ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON notify_obligation FOR SELECT
  USING (coalesce((SELECT scope_system()) = 'notify', false) OR person_id = (SELECT scope_user_id()));
CREATE POLICY insert_rows ON notify_obligation FOR INSERT WITH CHECK (false);
CREATE POLICY update_rows ON notify_obligation FOR UPDATE
  USING (coalesce((SELECT scope_system()) = 'notify', false) OR person_id = (SELECT scope_user_id()))
  WITH CHECK (coalesce((SELECT scope_system()) = 'notify', false) OR person_id = (SELECT scope_user_id()));
CREATE POLICY delete_rows ON notify_obligation FOR DELETE USING (false);

ALTER TABLE notify_sending ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON notify_sending FOR SELECT USING (coalesce((SELECT scope_system()) = 'notify', false));
CREATE POLICY insert_rows ON notify_sending FOR INSERT
  WITH CHECK ((coalesce((SELECT scope_system()) = 'notify', false)) AND (can_see_obligation(obligation_id)));
CREATE POLICY update_rows ON notify_sending FOR UPDATE
  USING (coalesce((SELECT scope_system()) = 'notify', false))
  WITH CHECK ((coalesce((SELECT scope_system()) = 'notify', false)) AND (can_see_obligation(obligation_id)));
CREATE POLICY delete_rows ON notify_sending FOR DELETE USING (false);

-- Kinds of the journal and of retention
SELECT journal_kind_register('obligation', 'notify_obligation');
